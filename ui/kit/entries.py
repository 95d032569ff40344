"""Fields of people and lists: a number with a fraction, and languages and countries by their names."""

from decimal import Decimal, InvalidOperation
from typing import Unpack

from models.exchange.countries import read_country, read_language
from ui.kit.field import LineField, More
from ui.kit.fields import ListField
from ui.kit.reading import Unreadable
from ui.language import _, tr


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


class LanguagesField(ListField):
    """Languages by their names in any language; kept as ISO 639 codes where they have one."""

    def read(self) -> tuple[str, ...] | None:
        """The codes; what is no known language stays as it was typed."""
        return tuple(dict.fromkeys(read_language(name) for name in super().read() or ()))

    def put(self, value: tuple[str, ...] | None) -> None:
        """Show languages by their names."""
        super().put(tuple(tr().language_name(code) for code in value or ()))


class CountriesField(ListField):
    """Countries by their names in any language; kept as ISO 3166 alpha-2 codes."""

    def read(self) -> tuple[str, ...] | None:
        """The codes.

        Raises:
            Unreadable: A text is the name of no country.
        """
        codes = []
        for name in super().read() or ():
            code = read_country(name)
            if code is None:
                raise Unreadable(_("No country is called {name}. Write its name, such as Vietnam.", name=name))
            codes.append(code)
        return tuple(dict.fromkeys(codes))

    def put(self, value: tuple[str, ...] | None) -> None:
        """Show countries by their names."""
        super().put(tuple(tr().country(code) for code in value or ()))

    def raw(self) -> object:
        """What stands in the lines."""
        return super().read()
