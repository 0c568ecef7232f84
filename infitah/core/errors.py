"""Errors that a person can act on."""


class OperationRefused(Exception):
    """A rule said no; `message` is translated, says what to do, and is safe to show."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "refused",
        law: str | None = None,
        field: str | None = None,
    ) -> None:
        self.message = str(message)
        self.code = code
        self.law = law
        self.field = field
        super().__init__(self.message)
