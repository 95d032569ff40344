"""The stay certificate, and the notices of the last day of a stay and of a review, in two languages."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.rules.wording import word
from models.text import N_, Translator, pgettext
from reports import entries, terms
from reports.admissions import ACKNOWLEDGED, RIGHTS
from reports.bilingual import Bilingual
from reports.page import Furniture, Strip, draw_paper, gap

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.notices import Noticed

_CERTIFIES_NOTHING_ELSE = N_("It says nothing of why the person is here, and is no travel document.")
_SIGNED = (N_("The person, or why not signed"), N_("Interpreter"), N_("For the house"))

Said = list[tuple[str, Callable[[Translator], str]]]


def certificate(found: "Noticed", imprint: Imprint) -> bytes:
    """The stay certificate as a PDF: who stays in the house since when, and no more."""
    both, stay = _languages(found, imprint), found.stay
    strips = [entries.photo(found.photo), *both.title(N_("Stay certificate")), gap(entries.PHOTO[1] - 22)]
    if stay.departed is None:
        strips += both.paragraph(
            N_("It is certified that the person named below stays at {facility} and is entered in its register."),
            facility=imprint.facility,
        )
    else:
        strips += both.paragraph(
            N_("It is certified that the person named below stayed at {facility} and was entered in its register."),
            facility=imprint.facility,
        )
    said = [*_person(found), *_from_to(found)]
    if stay.departed is None and found.limit is not None:
        said.append((N_("Last day of the stay"), _day(found.limit.limit_on)))
    strips += both.pairs(said)
    strips += [gap(10), *both.paragraph(_CERTIFIES_NOTHING_ELSE)]
    strips += [*both.signatures(N_("For the house")), entries.stamp(both.label(N_("Stamp")))]
    return _drawn(strips, imprint, both, N_("Stay certificate"), found)


def last_day(found: "Noticed", imprint: Imprint) -> bytes:
    """The notice of the last day of a stay as a PDF, to be handed over and signed."""
    both, limit = _languages(found, imprint), found.limit
    title = N_("Notice of the last day of the stay")
    strips = both.title(title)
    day = None if limit is None else limit.limit_on
    if day is None:
        strips += both.paragraph(N_("No last day is set for your stay."))
    elif day < found.today:
        strips += both.paragraph(N_("The last day of your stay was {day}. It has passed."), day=day)
    else:
        strips += both.paragraph(N_("As things stand you may stay here up to and including {day}."), day=day)
    strips += both.paragraph(
        N_("If it is decided otherwise, you are told: until when, why, and by whom it was decided.")
    )
    said = [*_person(found), *_from_to(found), (N_("Programme"), lambda tr: tr(found.stay.programme_title))]
    if limit is not None:
        basis = word(limit.basis)
        said += [
            (N_("Last day"), _day(limit.limit_on)),
            (N_("On the ground of"), lambda tr: tr.render(basis)),
            (N_("Holds from"), _day(limit.valid_from)),
            (N_("Reason"), _text(limit.reason)),
            (N_("Decided by"), _text(limit.decided_by)),
            (N_("Authority"), _text(limit.authority)),
        ]
    strips += both.pairs(said)
    return _drawn([*strips, *_served(both)], imprint, both, title, found)


def review(found: "Noticed", imprint: Imprint) -> bytes:
    """The notice of the next review as a PDF, to be handed over and signed."""
    both, due = _languages(found, imprint), found.stay.next_review
    title = N_("Notice of a review")
    strips = both.title(title)
    if due is None:
        strips += both.paragraph(N_("No review of your stay is to come."))
    else:
        strips += both.paragraph(
            N_("On {day} a review of your stay falls due: it is looked at again why you are here and what follows."),
            day=due,
        )
    strips += both.paragraph(N_("You may say what you think of it, in a language that you understand."))
    held = [each for each in found.stay.reviews if each.held_on is not None]
    said = [*_person(found), *_from_to(found), (N_("Programme"), lambda tr: tr(found.stay.programme_title))]
    said.append((N_("Review due"), _day(due)))
    if held:
        said.append((N_("The last one was held on"), _day(held[0].held_on)))
    strips += both.pairs(said)
    return _drawn([*strips, *_served(both)], imprint, both, title, found)


# -- inside ------------------------------------------------------------------------------------------------------------


def _languages(found: "Noticed", imprint: Imprint) -> Bilingual:
    return Bilingual(imprint.language, found.facts.languages)


def _drawn(strips: list[Strip], imprint: Imprint, both: Bilingual, title: str, found: "Noticed") -> bytes:
    tr = both.tr
    furniture = Furniture.of(
        imprint,
        tr,
        title=tr(title),
        head_right=terms.of_person(tr, imprint, f"{tr(title)} {found.number}"),
        discloses=tr("Personal data: keep it locked"),
    )
    return draw_paper(strips, furniture, tr=tr)


def _person(found: "Noticed") -> Iterator[tuple[str, Callable[[Translator], str]]]:
    facts = found.facts
    yield N_("Name"), _text(found.name)
    if facts.own_script:
        yield N_("Name in own script"), _text(facts.own_script)
    yield N_("Number"), _text(found.number)
    birth, nationality = facts.birth, facts.nationality
    if birth is not None:
        yield N_("Born"), lambda tr: terms.birth(tr, birth)
    if nationality:
        yield N_("Nationality"), lambda tr: terms.nationality(tr, nationality)


def _from_to(found: "Noticed") -> Said:
    stay = found.stay
    said: Said = [(pgettext("date", "Arrived"), _day(stay.arrived.on))]
    if stay.departed is not None:
        said.append((pgettext("date", "Departed"), _day(stay.departed.on)))
    return said


def _served(both: Bilingual) -> list[Strip]:
    """What everybody may do against it, and where it is signed for."""
    strips = [gap(10)]
    for text in (*RIGHTS[:2], ACKNOWLEDGED):
        strips += both.paragraph(text)
    return [*strips, *both.signatures(*_SIGNED)]


def _text(said: str) -> Callable[[Translator], str]:
    return lambda _tr: said


def _day(day: date | None) -> Callable[[Translator], str]:
    return lambda tr: tr.value(day)
