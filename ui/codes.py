"""Countries and languages: asked for by their names, kept as codes."""

from functools import cache
from typing import Unpack

from models.exchange.countries import read_country, read_language
from models.rules.codes import COUNTRIES, STATELESS
from models.rules.sorting import sort_key
from ui.kit.field import More
from ui.kit.fields import ListField
from ui.kit.search import Found
from ui.language import _, tr
from ui.picks import PickField
from ui.reading import Unreadable


@cache
def _countries(locale: str) -> tuple[Found, ...]:
    from babel import Locale

    names = Locale.parse(locale).territories
    found = (Found(code, str(names[code]), code) for code in COUNTRIES & names.keys())
    return tuple(sorted(found, key=lambda one: sort_key(one.text, locale[:2])))


def countries(*, stateless: bool = False) -> list[Found]:
    """All countries by their names in the screen's language; their values are ISO 3166 alpha-2.

    Args:
        stateless: Whether "stateless" (`XXA`, ICAO Doc 9303) is offered first.
    """
    first = [Found(STATELESS, tr().country(STATELESS), STATELESS)] if stateless else []
    return [*first, *_countries(tr().locale)]


class CountryField(PickField[str]):
    """A country, by typing a part of its name or its two letters."""

    def __init__(
        self, name: str, label: str, *, value: str | None = None, stateless: bool = False, **more: Unpack[More]
    ) -> None:
        """Show a country by its ISO 3166 alpha-2 code."""
        super().__init__(name, label, countries(stateless=stateless), **more)
        self.put(value)
        self.settle()


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
