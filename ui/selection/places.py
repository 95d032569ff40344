"""The places of a programme, beside whatever is decided: how many are used, held and left."""

from models.queries.selection import PlacesRow
from ui.kit.labels import Elided
from ui.language import _, plural, tr


class PlacesLine(Elided):
    """One line, as high whatever it says, so that nothing below it moves while one decides."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(" ", "strong")

    def show_places(self, found: PlacesRow) -> None:
        """Show the places as they are counted now."""
        self.setText(f"{found.code}: {places_words(found)}")
        self.setAccessibleName(self.text())


def places_words(found: PlacesRow) -> str:
    """How many places are used, held and left; and what waits for a second person, which holds none yet."""
    said = used_words(found.taken, found.held, found.places)
    waiting = plural("{n} proposed", "{n} proposed", found.waiting)
    return " · ".join((said, waiting)) if found.waiting else said


def used_words(taken: int, held: int, places: int | None) -> str:
    """How many places are used, held and left; `taken` counts those held."""
    parts = [_("{n} used", n=tr().number(taken - held)), _("{n} held", n=tr().number(held))]
    if places is None:
        parts.append(_("no number of places is set"))
    else:
        parts.insert(0, _("{left} of {places} places left", left=tr().number(places - taken), places=places))
    return " · ".join(parts)


def would_use(found: PlacesRow, uses: int) -> str:
    """What an acceptance would hold, before it is entered."""
    if found.left is None:
        return plural("{n} person is expected from then on.", "{n} people are expected from then on.", uses)
    return plural(
        "This holds {n} place; {left} of {places} are left then.",
        "This holds {n} places; {left} of {places} are left then.",
        uses,
        left=found.left - uses,
        places=found.places,
    )
