"""The papers of an arrival: admission sheet, property receipt, leaflet on rights with its acknowledgement."""

import gettext
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from models.rules import leaflets
from models.rules.fields import DOCUMENT, PERSON
from models.rules.papers import Imprint
from models.rules.rooms import bed_name
from models.rules.wording import word
from models.text import N_, Translator, TwoLanguages
from reports import entries, parts, terms
from reports import type as lettering
from reports.page import RIGHT, Furniture, Mark, Strip, Text, draw_paper, gap

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.admission_papers import AdmissionFacts
    from models.queries.admissions import EntryRow

_PARTS = (
    ("legal_grounds", N_("Legal order")),
    ("notices", N_("Whom to tell")),
    ("contacts", N_("Family elsewhere and other contacts")),
    ("language_skills", N_("Languages")),
    ("needs", N_("Needs of everyday life")),
    ("room_decisions", N_("Why this room")),
    ("rights_talks", N_("Rights explained")),
    ("health_checks", N_("First health check")),
    ("child_records", N_("The child")),
)
"""What stands on the admission sheet beside the person; the property has a paper of its own."""
RIGHTS = (
    N_("You may know why you are here, who decided it, and how you can appeal against it."),
    N_("You may speak with a lawyer, in private."),
    N_("You may have your family told that you are here, and your consulate only if you want it."),
    N_("You see a doctor or a nurse within 24 hours, and whenever you ask for it. They alone learn what is found."),
    N_("Nobody may beat, threaten or humiliate you. You may complain, also to people from outside, and in secret."),
    N_("What you hand in is written down, and you get it again when you leave."),
    N_("You may practise your religion, and tell us what you may not eat."),
    N_("Children are treated as children, and live with their family unless that would harm them."),
    N_(
        "The rules of the house were explained to you. Ask if anything is not clear, in a language that you understand."
    ),
)
"""What everybody is told on arrival, in plain words (standards.md, A8)."""
ACKNOWLEDGED = N_(
    "This was explained to me in a language that I understand, and I was given it in writing. I may refuse to sign; "
    "nothing follows from that."
)


def sheet(facts: "AdmissionFacts", imprint: Imprint) -> bytes:
    """The admission sheet as a PDF; the same arguments give the same bytes."""
    tr = terms.translator_of(imprint.language)
    return _drawn(strips_of(facts, tr), imprint, tr, tr("Admission sheet"))


def strips_of(facts: "AdmissionFacts", tr: Translator) -> list[Strip]:
    """What stands on the admission sheet of one person; it begins a page."""
    first, *rest = _head(facts, tr, tr("Admission sheet"))
    beside = [] if facts.photo is None else [entries.photo(facts.photo)]
    strips = [replace(first, begins=True), *beside, *rest]
    high = sum(strip.height for strip in strips[1:])
    strips.append(gap(max(0.0, entries.PHOTO[1] - high) if beside else 0.0))
    strips += entries.section(tr("Who it is"), _person(facts, tr))
    for paper in facts.documents:
        strips += entries.section(tr("Document"), entries.said(tr, facts.zone, DOCUMENT, paper))
    if facts.relatives:
        strips += entries.section(tr("Family here"), [("", "; ".join(facts.relatives))])
    for table, title in _PARTS:
        for entry in _of(facts, table):
            strips += entries.section(tr(title), entries.entered(tr, facts.zone, entry))
    missing = [tr.render(word(state.step)) for state in facts.record.steps if state.is_missing]
    if missing:
        strips += entries.section(tr("Still missing"), [("", "; ".join(missing))])
    return strips + entries.signatures(tr, tr("The person"), tr("For the house"))


def receipt(facts: "AdmissionFacts", imprint: Imprint) -> bytes:
    """The property receipt as a PDF: what was taken, refused or destroyed, and what was given back."""
    tr = terms.translator_of(imprint.language)
    strips = [*_head(facts, tr, tr("Property receipt"))]
    items = list(_of(facts, "property_items"))
    for number, item in enumerate(items, 1):
        strips += entries.section(
            tr("{n}. {what}", n=number, what=str(item.values["what"])), entries.entered(tr, facts.zone, item)
        )
        for back in _of(facts, "property_returns"):
            if back.values["item_id"] == item.id:
                strips += parts.note(tr("Given back"), bold=True)
                strips += entries.pairs(entries.entered(tr, facts.zone, back))
    if not items:
        strips += parts.paragraph(tr("The person has brought nothing, or nothing is entered."))
    for entry in _of(facts, "property_receipts"):
        strips += entries.section(tr("Property signed for"), entries.entered(tr, facts.zone, entry))
    strips += entries.signatures(tr, tr("The person"), tr("For the house"))
    return _drawn(strips, imprint, tr, tr("Property receipt"))


def rights(facts: "AdmissionFacts", imprint: Imprint) -> bytes:
    """The leaflet on rights as a PDF, in the language of the house and beside it in the person's, to be signed.

    Where there is none in a language of the person, it says so, and stands in English beside.
    """
    spoken = facts.facts.languages
    own = leaflets.language_of(spoken)
    tr = terms.with_own(imprint.language, ["en" if own is None else own])
    if own is not None and own in leaflets.TEXTS:
        tr = TwoLanguages(tr.first, _InOther(own))
    official = tr.first
    names = ", ".join(official.language_name(code) for code in spoken)
    title = official("Leaflet on rights")
    strips = [*_head(facts, official, title)]
    if own is None:
        without = official("There is no leaflet on rights in {languages}. Have it interpreted.", languages=names)
        unknown = official("Which language the person understands is not entered. Have the leaflet interpreted.")
        strips += parts.note(without if names else unknown, bold=True)
    strips += parts.heading(tr("Your rights"))
    for number, text in enumerate(RIGHTS, 1):
        strips += parts.paragraph(f"{number}. {tr(text)}", after=4)
    strips += parts.paragraph(tr(ACKNOWLEDGED))
    strips += entries.pairs(
        [(tr("In which language"), names or " "), (tr("Interpreter"), " "), (tr("Explained by"), " ")]
    )
    strips += entries.signatures(tr, tr("The person, or why not signed"), tr("Interpreter"))
    return draw_paper([_from_right(strip) for strip in strips], _furniture(imprint, official, title), tr=tr)


# -- inside ------------------------------------------------------------------------------------------------------------


class _Texts(gettext.NullTranslations):
    """The sentences of a leaflet."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)


class _InOther(Translator):
    """A language in which Konak has the leaflet alone; all else on it is said in the official one."""

    def __init__(self, language: str) -> None:
        super().__init__("en")
        self.language, self.locale = language, {"prs": "fa_AF"}.get(language, language)
        self._catalogue = _Texts(leaflets.TEXTS[language])


def _from_right(strip: Strip) -> Strip:
    """A line of the second language begins at the right where it is read from there."""

    def turned(mark: Mark) -> Mark:
        if isinstance(mark, Text) and mark.second and lettering.runs_from_right(mark.text):
            return replace(mark, x=RIGHT, align="right")
        return mark

    return replace(strip, marks=tuple(map(turned, strip.marks)))


def _drawn(strips: Sequence[Strip], imprint: Imprint, tr: Translator, title: str) -> bytes:
    return draw_paper(strips, _furniture(imprint, tr, title), tr=tr)


def _furniture(imprint: Imprint, tr: Translator, title: str) -> Furniture:
    return Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"))


def _head(facts: "AdmissionFacts", tr: Translator, title: str) -> Iterator[Strip]:
    yield from parts.title(title)
    own = terms.own_script(tr, facts.facts.own_script)
    name = " · ".join(part for part in (facts.name, own, facts.number) if part)
    yield from parts.paragraph(name, size=11)
    came = tr("{programme}, arrived {moment}", programme=facts.programme,
              moment=entries.moment(tr, facts.zone, facts.record.arrived))  # fmt: skip
    bed = facts.bed
    where = "" if bed is None else tr.render(bed_name(bed.building, bed.room, bed.bed))
    yield from parts.note(" · ".join(part for part in (came, where) if part))
    yield gap(6)


def _of(facts: "AdmissionFacts", table: str) -> "Iterator[EntryRow]":
    return (entry for entry in facts.record.entries if entry.table == table)


def _person(facts: "AdmissionFacts", tr: Translator) -> list[tuple[str, str]]:
    return entries.said(tr, facts.zone, PERSON, facts.facts)
