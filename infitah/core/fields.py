"""Model fields of the house."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from infitah.kernel.localized import LocalizedText

_ARABIC = {
    "sqlite": "COALESCE(TRIM(JSON_EXTRACT(%s, '$.ar')), '') <> ''",
    "postgresql": "COALESCE(TRIM(%s ->> 'ar'), '') <> ''",
}


class LocalizedTextField(models.JSONField):
    """Text of a record in Arabic, French and Amazigh, as one JSON value (decisions G31).

    Holds a `LocalizedText`; Arabic is required unless `blank`, by the form and by the database;
    never filtered or sorted as JSON.
    """

    description = _("Text in several languages")
    # Whether it may stay empty is a check of the database here: SQLite makes the table anew for it
    # (a migration for PostgreSQL drops or adds the check by its name).
    non_db_attrs = tuple(name for name in models.JSONField.non_db_attrs if name != "blank")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", LocalizedText)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> LocalizedText:
        return LocalizedText.from_json(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> LocalizedText:
        if isinstance(value, LocalizedText):
            return value
        return LocalizedText.from_json(value or {})

    def get_prep_value(self, value: Any) -> Any:
        return value.as_json() if isinstance(value, LocalizedText) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(self.get_prep_value(value), connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.get_prep_value(self.value_from_object(obj))

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's check: JSON, and an Arabic text where one is required."""
        json = super().db_check(connection)
        if self.blank:
            return json
        column = connection.ops.quote_name(self.column or "")
        parts = [json, _ARABIC[connection.vendor] % column]
        return " AND ".join(f"({part})" for part in parts if part)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not self.blank and not self.to_python(value).ar:
            raise ValidationError(_("The Arabic text is required."), code="arabic_required")
