"""The fields that `models.rules.fields` declares: how each is asked for in a form, and how its value reads."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, Unpack

from models.rules.field_types import Field as Declared
from models.rules.field_types import FieldClass, FieldType
from models.rules.vocabulary import Answer
from models.rules.wording import word
from ui.codes import CountriesField, CountryField, LanguagesField
from ui.kit.field import Field, LineField, More
from ui.kit.fields import CheckField, ChoiceField, ListField, LongTextField, TextField
from ui.kit.typed_fields import BirthDateField, DateField, MomentField
from ui.language import _, isolated, say, tr
from ui.picks import PickField
from ui.presentation import when
from ui.reading import Unreadable, say_birth
from ui.search import find


class DecimalField(LineField[Decimal]):
    """A number with a comma or a point."""

    def __init__(self, name: str, label: str, *, value: Decimal | None = None, **more: Unpack[More]) -> None:
        """Show a number."""
        super().__init__(name, label, value, width=110, **more)

    def parse(self, text: str) -> Decimal | None:
        """The number; None where nothing is typed.

        Raises:
            Unreadable: It is no number.
        """
        typed = "".join(text.split()).replace(",", ".")
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise Unreadable(_("Write a number, such as 98.5."))
        return number

    def written(self, value: Decimal) -> str:
        """In figures."""
        return f"{value:f}"


_ASKED: Mapping[object, Callable[..., Field[Any]]] = {
    FieldType.NAME: partial(TextField, wide=False),
    FieldType.TEXT: partial(TextField, wide=False),
    FieldType.LONG_TEXT: partial(LongTextField, lines=2),
    FieldType.TEXTS: partial(ListField, wide=False),
    FieldType.NUMBER: partial(DecimalField, wide=False),
    FieldType.YES_NO: CheckField,
    FieldType.DATE: partial(DateField, wide=False),
    FieldType.BIRTH: partial(BirthDateField, wide=False),
    FieldType.COUNTRY: partial(CountryField, wide=False),
    FieldType.NATIONALITY: partial(CountryField, wide=False, stateless=True),
    FieldType.COUNTRIES: partial(CountriesField, wide=False),
    FieldType.LANGUAGES: partial(LanguagesField, wide=False),
    FieldType.MOMENT: partial(MomentField, wide=False),
    FieldType.RESIDENT: lambda name, label, *, value=None, **more: PickField(name, label, find, wide=False, **more),
}
_SAID: Mapping[object, Callable[[Any], str]] = {
    FieldType.NAME: isolated,
    FieldType.TEXT: isolated,
    FieldType.LONG_TEXT: isolated,
    FieldType.TEXTS: lambda texts: ", ".join(map(isolated, texts)),
    FieldType.NUMBER: lambda number: tr().number(number),
    FieldType.YES_NO: lambda _is_so: _("yes"),
    FieldType.DATE: lambda day: tr().date(day),
    FieldType.BIRTH: say_birth,
    FieldType.COUNTRY: lambda code: tr().country(code),
    FieldType.NATIONALITY: lambda code: tr().country(code),
    FieldType.COUNTRIES: lambda codes: ", ".join(map(tr().country, codes)),
    FieldType.LANGUAGES: lambda codes: ", ".join(map(tr().language_name, codes)),
    FieldType.MOMENT: when,
}


def asked(declared: Declared, value: object = None, **more: Any) -> Field[Any]:  # noqa: ANN401 - of the form's field
    """A field of a form.

    Args:
        declared: What is asked for.
        value: What is known already.
        more: What else the field of the form takes: `hint`, `required`.
    """
    text = declared.question or declared.label
    label, known = _(text), declared.tidy(value)
    if isinstance(declared.type, FieldType):
        if declared.is_line:
            more["longest"] = declared.longest
        if declared.type is FieldType.LONG_TEXT:
            more["sealed"] = declared.disclosure is FieldClass.SEALED
        return _ASKED[declared.type](declared.name, label, value=known, **more)
    words = [(each, say(word(each))) for each in declared.type if each is not Answer.UNKNOWN]
    return ChoiceField(declared.name, label, words, value=known, wide=False, **more)


def said(declared: Declared, value: Any) -> str:  # noqa: ANN401 - whatever the field holds
    """A value in words; empty where nothing is known."""
    if value == declared.empty:
        return ""
    if not isinstance(declared.type, FieldType):
        return say(word(value))
    return _SAID[declared.type](value)
