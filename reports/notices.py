"""The stay certificate, and the notices of the last day of a stay and of a review, in two languages."""

from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.rules.wording import word
from models.sides import side
from models.text import N_, Translator, pgettext
from reports import entries, parts, terms
from reports.admissions import ACKNOWLEDGED, RIGHTS
from reports.page import Furniture, Strip, draw_paper, gap

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.notices import Noticed

_CERTIFIES_NOTHING_ELSE = N_("It says nothing of why the person is here, and is no travel document.")
_SIGNED = (N_("The person, or why not signed"), N_("Interpreter"), N_("For the house"))

Said = list[tuple[str, str]]


def certificate(found: "Noticed", imprint: Imprint) -> bytes:
    """The stay certificate as a PDF: who stays in the house since when, and no more."""
    tr, stay = terms.with_own(imprint.language, found.facts.languages), found.stay
    strips = [entries.photo(found.photo, tr("Photo")), *parts.title(tr("Stay certificate")), gap(entries.PHOTO[1] - 22)]
    if stay.departed is None:
        strips += parts.beside(
            tr(
                "It is certified that the person named below stays at {facility} and is entered in its register.",
                facility=imprint.facility,
            )
        )
    else:
        strips += parts.beside(
            tr(
                "It is certified that the person named below stayed at {facility} and was entered in its register.",
                facility=imprint.facility,
            )
        )
    said = [*_person(found, tr), *_from_to(found, tr)]
    if stay.departed is None and found.limit is not None:
        said.append((tr("Last day of the stay"), tr.value(found.limit.limit_on)))
    strips += entries.pairs([each for each in said if each[1]])
    strips += [gap(10), *parts.beside(tr(_CERTIFIES_NOTHING_ELSE))]
    strips += [*entries.signatures(tr, tr("For the house")), entries.stamp(tr("Stamp"))]
    return _drawn(strips, imprint, tr, tr("Stay certificate"), found)


def last_day(found: "Noticed", imprint: Imprint) -> bytes:
    """The notice of the last day of a stay as a PDF, to be handed over and signed."""
    tr, limit = terms.with_own(imprint.language, found.facts.languages), found.limit
    title = tr("Notice of the last day of the stay")
    strips = parts.title(title)
    day = None if limit is None else limit.limit_on
    if day is None:
        strips += parts.beside(tr("No last day is set for your stay."))
    elif day < found.today:
        strips += parts.beside(tr("The last day of your stay was {day}. It has passed.", day=day))
    else:
        strips += parts.beside(tr("As things stand you may stay here up to and including {day}.", day=day))
    strips += parts.beside(tr("If it is decided otherwise, you are told: until when, why, and by whom it was decided."))
    said = [*_person(found, tr), *_from_to(found, tr), (tr("Programme"), tr(found.stay.programme_title))]
    if limit is not None:
        said += [
            (tr("Last day"), tr.value(limit.limit_on)),
            (tr("On the ground of"), tr.render(word(limit.basis))),
            (tr("Holds from"), tr.value(limit.valid_from)),
            (tr("Reason"), limit.reason),
            (tr("Decided by"), limit.decided_by),
            (tr("Authority"), limit.authority),
        ]
    strips += entries.pairs([each for each in said if each[1]])
    return _drawn([*strips, *_served(tr)], imprint, tr, title, found)


def review(found: "Noticed", imprint: Imprint) -> bytes:
    """The notice of the next review as a PDF, to be handed over and signed."""
    tr, due = terms.with_own(imprint.language, found.facts.languages), found.stay.next_review
    title = tr("Notice of a review")
    strips = parts.title(title)
    if due is None:
        strips += parts.beside(tr("No review of your stay is to come."))
    elif due < found.today:
        strips += parts.beside(
            tr(
                "On {day} a review of your stay fell due, and it was not held yet: it is looked at again why you are "
                "here and what follows.",
                day=due,
            )
        )
    else:
        strips += parts.beside(
            tr(
                "On {day} a review of your stay falls due: it is looked at again why you are here and what follows.",
                day=due,
            )
        )
    strips += parts.beside(tr("You may say what you think of it, in a language that you understand."))
    held = [each for each in found.stay.reviews if each.held_on is not None]
    said = [*_person(found, tr), *_from_to(found, tr), (tr("Programme"), tr(found.stay.programme_title))]
    said.append((tr("Review due"), tr.value(due)))
    if held:
        said.append((tr("The last one was held on"), tr.value(held[0].held_on)))
    strips += entries.pairs([each for each in said if each[1]])
    return _drawn([*strips, *_served(tr)], imprint, tr, title, found)


# -- inside ------------------------------------------------------------------------------------------------------------


def _drawn(strips: list[Strip], imprint: Imprint, tr: Translator, title: str, found: "Noticed") -> bytes:
    """The paper; what stands around it is in the official language alone."""
    official, title = tr.first, side(title, 0)
    furniture = Furniture.of(
        imprint,
        official,
        title=title,
        head_right=terms.of_person(official, imprint, f"{title} {found.number}"),
        discloses=official("Personal data: keep it locked"),
    )
    return draw_paper(strips, furniture, tr=tr)


def _person(found: "Noticed", tr: Translator) -> Said:
    facts = found.facts
    said = [(tr("Name"), found.name), (tr("Name in own script"), facts.own_script), (tr("Number"), found.number)]
    if facts.birth is not None:
        said.append((tr("Born"), terms.birth(tr, facts.birth)))
    if facts.nationality:
        said.append((tr("Nationality"), terms.nationality(tr, facts.nationality)))
    return said


def _from_to(found: "Noticed", tr: Translator) -> Said:
    stay = found.stay
    said = [(tr(pgettext("date", "Arrived")), tr.value(stay.arrived.on))]
    if stay.departed is not None:
        said.append((tr(pgettext("date", "Departed")), tr.value(stay.departed.on)))
    return said


def _served(tr: Translator) -> list[Strip]:
    """What everybody may do against it, and where it is signed for."""
    strips = [gap(10)]
    for text in (*RIGHTS[:2], ACKNOWLEDGED):
        strips += parts.beside(tr(text))
    return [*strips, *entries.signatures(tr, *map(tr, _SIGNED))]
