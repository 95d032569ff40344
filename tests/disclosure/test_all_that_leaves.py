"""Whatever leaves, read out to the last bit by who has the file: nothing sealed, and nobody where counts are told.

A register is filled with marks: of each sealed kind, and of each personal field of somebody. Every paper of the
catalogue, every export and every command that reads is made as every role that may have it, taken apart, and held
against what it says that it shows. A paper, an export or a command that is new takes part of itself.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from itertools import chain, product
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from desktop.grammar import parser
from models.actions import admissions, contacts, documents, photos
from models.actions import property as things
from models.actions.needs import NEEDS
from models.clock import FixedClock
from models.errors import Refused
from models.exchange import door
from models.exchange.exports import export
from models.exchange.file_kinds import FileKind
from models.ids import ResidentId
from models.queries.papers import offers
from models.rules.birth import BirthDate
from models.rules.disclosure import class_of
from models.rules.field_types import FieldClass
from models.rules.papers import DATA, DUPLICATES, SECRET, Choice, Outgoing, Paper
from models.rules.people import reads
from models.rules.photos import HEIGHT, WIDTH
from models.rules.residents import DocumentFacts
from models.rules.time import Month
from models.rules.vocabulary import (
    ContactKind,
    DocumentKind,
    NeedKind,
    PropertyKind,
    PropertyOutcome,
    Role,
    SealedKind,
)
from models.store.opening import open_register
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.actions import leavers
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.covering import is_turn
from tests.desktop.command import commands, konak
from tests.disclosure.taken_apart import read_out, squeezed
from tests.disclosure.test_sealed_everywhere import ALL, HELD_BY, MARK, OF_HEALTH, TODAY, fill
from tests.once import shared
from tests.papers import LISTS, needed, who_may
from ui.papers.catalogue import PAPERS

BORN = BirthDate(1907, 7, 13)
NUMBER = "K-7777"
MARKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Qvarnholt": ("family_name",),
        "Ulfztina": ("given_names",),
        "Жмкрдова": ("own_script",),
        "Wqxalias": ("aliases",),
        "Ghqgender": ("stated_gender",),
        "Zqwritten": ("birth_as_written",),
        "Tuvalu": ("birth_country",),
        "Kiribati": ("nationality", "counts"),  # how many are of a country is a count
        "Nauru": ("other_nationalities",),
        "Xqdoc99": ("document_number",),
        "Nqdetail": ("personal_needs",),
        "Nqnight": ("personal_needs",),
        "Pqring": ("property",),
        "Cqcontact": ("arrival_record",),
        "Lqauthority": ("arrival_record",),
        f"picture {WIDTH} x {HEIGHT}": ("photo",),
        "Rqrelation": ("relation", "family"),
        **{translator(each).value(BORN.earliest): ("birth",) for each in ("en", "sq", "sr", "cyr", "da")},
        BORN.earliest.isoformat(): ("birth",),
    }
)
"""What is personal of one resident, each by the fields of which a paper must have said one to show it."""


@pytest.fixture(scope="session")
def house(much_done: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with something of every sealed kind, and somebody of whom every personal field is a mark."""

    def make(folder: Path) -> None:
        made = folder / "register"
        shutil.copytree(much_done, made)
        with open_register(made, passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK) as register:
            fill(register, ALL, folder)
            _mark(register)

    return shared(tmp_path_factory, "marked", make) / "register"


def _mark(register: Register) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = leavers.programme(register, "MARKED")
    who = builders.resident(
        register,
        NUMBER,
        family_name="Qvarnholt",
        given_names="Ulfztina",
        own_script="Жмкрдова",
        aliases=["Wqxalias"],
        stated_gender="Ghqgender",
        birth=BORN,
        birth_as_written="Zqwritten",
        birth_country="TV",
        nationality="KI",
        other_nationalities=["NR"],
        relation="Rqrelation",
    )
    stay = builders.stay(register, who, programme, date(2026, 9, 3))
    here: dict[str, Any] = {"stay_id": stay}
    register.perform(photos.put, resident_id=who, image=_photo())
    document = DocumentFacts(kind=DocumentKind.PASSPORT, number="Xqdoc99", expires_on=TODAY + timedelta(days=900))
    register.perform(documents.add, resident_id=who, document=document)
    register.perform(NEEDS.enter, resident_id=who, kind=NeedKind.DIET, detail="Nqdetail")
    register.perform(NEEDS.enter, resident_id=who, kind=NeedKind.HELP_TO_LEAVE, detail="Nqnight")
    register.perform(things.ITEMS.enter, kind=PropertyKind.ITEM, what="Pqring", outcome=PropertyOutcome.KEPT, **here)
    register.perform(contacts.CONTACTS.enter, resident_id=who, kind=ContactKind.RELATIVE, name="Cqcontact")
    register.perform(
        admissions.LEGAL_GROUNDS.enter, ground="Article 5", authority="Lqauthority", decided_on=TODAY, **here
    )
    builders.named_report(register, programme)


def _photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "teal").save(out, "JPEG")
    return out.getvalue()


@contextmanager
def _as(house: Path, role: Role, folder: Path) -> Iterator[Register]:
    copy = folder / "register"
    shutil.copytree(house, copy)
    passphrase = f"{PASSPHRASE} of others"
    with open_register(copy, passphrase=passphrase, person=f"The {role}", clock=FixedClock(NOON)) as opened:
        yield opened


def told(content: bytes, shows: frozenset[str], role: Role) -> list[str]:
    """What stands in a file that must not: sealed, or personal and not among the fields that it says it shows."""
    found = read_out(content)
    sealed = [MARK] if "health" in shows else [MARK, OF_HEALTH]
    sealed += [] if reads(role, SealedKind.CHECK) else [HELD_BY]
    personal = [mark for mark, fields in MARKS.items() if not shows.intersection(fields)]
    return [mark for mark in (*sealed, *personal) if squeezed(mark) in found]


def _chosen(register: Register, paper: Paper[Any]) -> Iterator[dict[Choice, Any]]:
    """What a paper is asked for: all that there is, and then about the marked alone where that can be chosen."""
    with register.read() as snapshot:
        programmes = {code: each for each, code in offers(snapshot).programmes}
        who = snapshot.connection.exec_driver_sql("SELECT id FROM residents WHERE number = ?", (NUMBER,)).scalar_one()
    chosen = needed(register, paper)
    marked = next(each for code, each in programmes.items() if "MARKED" in code)
    wanted = {Choice.PROGRAMME: marked, Choice.MONTH: Month(2026, 10), Choice.RESIDENT: ResidentId(who)}
    chosen |= {choice: value for choice, value in wanted.items() if choice in paper.needs}
    if Choice.FROM in paper.takes:  # else some papers are of last night, when the marked had long been there
        chosen[Choice.FROM] = date(2026, 9, 1)
    yield chosen | {choice: True for choice in paper.takes if choice is Choice.PHOTOS}
    if Choice.RESIDENT in paper.takes:
        yield chosen | {Choice.RESIDENT: ResidentId(who)}


@pytest.mark.parametrize("role", list(Role))
def test_no_paper_tells_more_than_it_says_that_it_shows(house: Path, tmp_path: Path, role: Role) -> None:
    """Each paper by each role in English, and by the first that may have it in its other languages.

    With every change that is one of these, which differs by paper; with `KONAK_LONG=1` all of them.
    """
    told_by: dict[str, list[str]] = {}
    with _as(house, role, tmp_path) as register:
        for at, paper in enumerate(PAPERS):
            if role not in paper.roles:
                with pytest.raises(Refused):
                    door.drawn(register, paper, language="en", chosen=next(_chosen(register, paper)))
                continue
            others = [each for each in paper.languages if each != "en"] if role is who_may(paper) else []
            languages = ["en", *(each for each in others if is_turn(each, others, at))]
            for language, chosen in product(languages, _chosen(register, paper)):
                content = door.drawn(register, paper, language=language, chosen=chosen).content
                if found := told(content, paper.fields, role):
                    told_by[f"{paper.id} {language}"] = found
    assert told_by == {}


def test_the_marks_are_there_to_be_found(house: Path, tmp_path: Path) -> None:
    """Else the tests around would see nothing: each comes out of something that says that it shows it."""
    found = ""
    with _as(house, Role.SUPERVISOR, tmp_path) as register:
        for paper in PAPERS:
            if Role.SUPERVISOR in paper.roles and SECRET.isdisjoint(paper.needs):
                for chosen in _chosen(register, paper):
                    found += read_out(door.drawn(register, paper, language="en", chosen=chosen).content)
        for what in DATA:
            found += read_out(export(register, what, FileKind.JSON).content)
    shown = frozenset(chain.from_iterable(each.fields for each in (*PAPERS, *DATA.values())))
    english = {
        mark: fields for mark, fields in MARKS.items() if not any(sign.isdigit() for sign in mark) or "-" in mark
    }
    missing = {mark for mark, fields in english.items() if shown.intersection(fields) and squeezed(mark) not in found}
    assert missing == set()


@pytest.mark.parametrize("role", list(Role))
def test_no_export_tells_more_than_it_says_that_it_shows(house: Path, tmp_path: Path, role: Role) -> None:
    told_by: dict[str, list[str]] = {}
    with _as(house, role, tmp_path) as register:
        for what, outgoing in DATA.items():
            for kind in FileKind:
                if role not in outgoing.roles:
                    with pytest.raises(Refused):
                        export(register, what, kind)
                elif found := told(export(register, what, kind).content, outgoing.fields, role):
                    told_by[f"{what} {kind}"] = found
    assert told_by == {}


# -- the command line -------------------------------------------------------------------------------------------------

COUNTS = frozenset({"counts", "number"})
_OF = ("--programme", "MARKED")
_MONTH = (*_OF, "--month", "2026-10")
READERS: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "verify": ((), COUNTS),
    "check": ((), COUNTS),
    "figures": (_MONTH, COUNTS),
    "month list": (_OF, COUNTS),
    "month show": (_MONTH, COUNTS),
    "payments": (_OF, COUNTS),
    "addressing": (_OF, COUNTS),
    "certificate show": ((), COUNTS),
    "transports": ((), COUNTS),
    "gate list": ((), COUNTS | {"family_name", "given_names", "room"}),
    "roll-call list": ((), COUNTS),
    "roll-call show": ((), COUNTS | {"family_name", "given_names", "room"}),
    "decide": (("SEALED",), COUNTS | {"family_name", "given_names"}),
    "arrival": ((NUMBER,), COUNTS | {"family_name", "given_names", "personal_needs", "property", "arrival_record"}),
    "import take-back": (("--json",), COUNTS),
    "find-same": ((), DUPLICATES.fields),
    "export": (("residents", "--format", "json"), DATA["residents"].fields),
}
"""What reads the register on the command line, with what it is asked, and which fields it may show."""
MAKE_PAPERS = {"print", "report"}
"""What makes the papers of the catalogue, through the same door."""
WRITE = {
    "new", "demo", "window", "import stays", "import list", "backup", "restore", "put-back", "gate out", "gate in",
    "gate plan", "gate call-off", "erase ask", "erase confirm", "erase withdraw", "month check", "month open-again",
    "month sent", "month correct-sent", "month take-back-sent", "month sign", "certificate set", "certificate remove",
    "certificate time-stamps", "roll-call begin", "roll-call here", "roll-call not-here", "roll-call take-in",
    "roll-call answer", "roll-call close", "roll-call take-back",
}  # fmt: skip
"""What makes or changes a register, and tells nothing of it but whether it was done."""
READ_NONE = {"roles", "mrz"}
"""What opens no register."""


def test_each_command_is_said_to_read_or_not() -> None:
    assert {*READERS, *MAKE_PAPERS, *WRITE, *READ_NONE} == set(commands(parser()))


@pytest.mark.parametrize("role", list(Role))
def test_no_command_tells_more_than_it_may(house: Path, tmp_path: Path, role: Role) -> None:
    folder = tmp_path / "register"
    shutil.copytree(house, folder)
    told_by: dict[str, list[str]] = {}
    for command, (asked, shows) in READERS.items():
        to = ["--register", str(folder), "--person", f"The {role}"]
        done = konak(*command.split(), *asked, *to, cwd=tmp_path, passphrase=f"{PASSPHRASE} of others")
        if found := told(f"{done.stdout}\n{done.stderr}".encode(), shows, role):
            told_by[command] = found
    assert told_by == {}


# -- what takes it apart ----------------------------------------------------------------------------------------------


def _page(mark: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, mark)
    canvas.save()
    return out.getvalue()


def _with(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(_page("nothing"))) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _packed(mark: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("inner.csv", mark)
    return out.getvalue()


def _annotate(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=MARK, Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([note]))


def _describe(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as said:
        said["dc:description"] = MARK


def _outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(MARK, 0))


def _name(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Subject"] = MARK


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["figures.xlsx"] = pikepdf.AttachedFileSpec(pdf, _packed(MARK))


def _hide(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Hidden = pdf.make_indirect(pdf.make_stream(MARK.encode()))


@pytest.mark.parametrize("hide", [_annotate, _describe, _outline, _name, _attach, _hide])
def test_a_mark_is_found_wherever_a_file_can_hold_it(hide: Callable[[pikepdf.Pdf], None]) -> None:
    assert squeezed(MARK) in read_out(_with(hide))
    assert told(_with(hide), frozenset(), Role.CLERK) == [MARK]


def test_a_mark_is_found_in_the_text_of_a_page_and_in_a_table_that_is_packed() -> None:
    assert told(_page("Zz y zx"), frozenset(), Role.CLERK) == [MARK]
    assert told(_packed("Zzy\nzx"), frozenset(), Role.CLERK) == [MARK]
    assert told(_page("Qvarnholt"), frozenset({"counts"}), Role.CLERK) == ["Qvarnholt"]
    assert told(_page("Qvarnholt"), frozenset({"family_name"}), Role.CLERK) == []


def test_what_leaves_as_a_list_says_which_fields_it_shows_and_none_is_sealed() -> None:
    sealed = {each.id for each in LISTS for field in each.fields if class_of(field) is FieldClass.SEALED}
    assert sealed == set()
    assert all(isinstance(each, Outgoing) for each in LISTS)


ATTACKED = {"monthly_report", "figures"}
"""What a partner reads and `test_adversary.py` tries to undo the hidden counts of, all of it together."""
SUMS = {"period_report"}
"""What adds up such months as they are shown, of which it is given nothing else: it can tell no more than they do."""
NAMES = {"named_annex"}
"""What names everybody, beside reports in which no count is hidden."""


def test_whatever_a_partner_reads_is_attacked_together() -> None:
    assert {each.id for each in (*PAPERS, *LISTS) if each.audience is not None} == ATTACKED | SUMS | NAMES
