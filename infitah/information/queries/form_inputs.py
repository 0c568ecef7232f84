"""What was typed on the screens, as the commission's model form takes it."""

from dataclasses import fields

from infitah.information.queries.letters import FormInput

FORM_FIELDS = frozenset(one.name for one in fields(FormInput))


def form_input(*, urgent_case: str = "", **typed: str) -> FormInput:
    """Return what was typed as the commission's model form takes it; what it lacks is left out."""
    known = {name: value for name, value in typed.items() if name in FORM_FIELDS}
    return FormInput(is_urgent=bool(urgent_case), **known)  # type: ignore[arg-type]
