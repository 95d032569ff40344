"""The individual file, the copy for the person, the certificate and the notices: what they say, and what never."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.actions import absences, departures, documents, rooms, safeguards, stays
from models.actions import property as things
from models.actions.needs import NEEDS
from models.errors import Refused
from models.exchange import door
from models.ids import ResidentId
from models.queries import individual_file
from models.rules.papers import Choice, Imprint, Paper
from models.rules.residents import DocumentFacts
from models.rules.time import Moment
from models.rules.vocabulary import (
    AbsenceKind,
    CheckKind,
    DocumentKind,
    FilePart,
    NeedKind,
    Role,
    SealedKind,
)
from models.store.register import Register
from models.text import Message
from reports import individual_file as files
from tests import builders
from tests.actions import leavers
from tests.actions.test_admissions import _KEPT, EACH, TODAY, owner_of
from tests.reports.pdf_text import pages
from tests.reports.pdf_text import text as text_of
from ui.papers.catalogue import INDIVIDUAL_FILE, LIMIT_NOTICE, OWN_COPY, REVIEW_NOTICE, STAY_CERTIFICATE

MARK = "Zzyzx"
STAFF = ("B. Hoxha", "V. Gashi", "Dr. Krasniqi")


@pytest.fixture
def whose(register: Register) -> ResidentId:
    """Somebody of whom everything is on record that can be, with a mark wherever something is sealed."""
    programme = leavers.programme(register)
    stay = leavers.stay(
        register, programme, family_name="Rahmani", given_names="Yousuf", own_script="یوسف", languages=["prs", "sq"]
    )
    resident = ResidentId(1)
    for what, said, more in EACH:
        values = said | more | (_KEPT if what is things.ITEMS else {}) | ({"found": MARK} if "found" in more else {})
        register.perform(what.enter, **owner_of(register, what, stay), **values)
    for need in (NeedKind.DIET, NeedKind.NOT_SHARED):
        register.perform(NEEDS.enter, resident_id=resident, kind=need, detail=f"about {need}")
    passport = DocumentFacts(kind=DocumentKind.PASSPORT, number="P0283714", country="AF", note=MARK)
    register.perform(documents.add, resident_id=resident, document=passport)
    register.perform(
        rooms.place, stay_id=stay, bed_id=builders.bed(register), moment=Moment(TODAY), reason="beside an enemy"
    )
    left, back = (Moment(TODAY - timedelta(days=days)) for days in (3, 2))
    register.perform(
        absences.record,
        stay_id=stay,
        kind=AbsenceKind.COURT,
        left=left,
        due_back=back,
        returned=back,
        place="Basic Court",
        note=MARK,
    )
    register.perform(
        stays.extend, stay_id=stay, until=date(2027, 1, 20), reason="vetting", decided_by="T. Shala", authority="118-2"
    )
    due = date(2026, 9, 24)
    register.perform(stays.hold_review, stay_id=stay, due_on=due, held_on=due, outcome="goes on", held_by="T. Shala")
    plan = leavers.plan(register, stay, planned_on=TODAY + timedelta(days=9), country="AF", note=MARK)
    for check in (CheckKind.COUNSELLING, CheckKind.CONSENT):
        leavers.check(register, plan, check, note=MARK)
    leavers.check(register, plan, CheckKind.FIT_TO_TRAVEL, passed=False, note=MARK, who=f"{MARK} doctor")
    register.perform(departures.stop, plan_id=plan, who=f"{MARK} doctor", note=f"{MARK} risk")
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    for kind in (SealedKind.HEALTH, SealedKind.ASYLUM_CLAIM):
        register.perform(safeguards.enter_note, resident_id=resident, kind=kind, text=MARK)
    leavers.at_desk(register, Role.CLERK)
    return resident


def _said(register: Register, paper: Paper[Any], whose: ResidentId, language: str = "en") -> str:
    return text_of(door.drawn(register, paper, language=language, chosen={Choice.RESIDENT: whose}).content)


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR, Role.INSPECTOR])
def test_the_file_says_what_is_on_record_and_nothing_that_is_sealed_whoever_prints_it(
    register: Register, whose: ResidentId, role: Role
) -> None:
    leavers.at_desk(register, role)
    said = _said(register, INDIVIDUAL_FILE, whose)
    for words in (
        "Rahmani, Yousuf", "On the roll since 26 Jun 2026, day 149", "Rights explained", "First health check",
        "Last day set to 20 Jan 2027", "vetting", "118-2", "T. Shala", "Review: held on 24 Sept 2026",
        "Review: goes on",
        "Room 12, bed A", "beside an enemy", "Court, Basic Court", "P0283714", "2026-118", "about diet",
        "about not_shared", "S-17", "oluntary return: Afghanistan", "Counselling", "B. Hoxha", "Papers about",
    ):  # fmt: skip
        assert words in said, words
    for sealed in (MARK, "Fit to travel", "No prospect", "stopped", "asylum claim"):
        assert sealed not in said, sealed


def test_a_reason_behind_a_serbian_date_has_one_point_before_it(register: Register, whose: ResidentId) -> None:
    said = text_of(door.drawn(register, INDIVIDUAL_FILE, language="sr", chosen={Choice.RESIDENT: whose}).content)
    assert "20. 1. 2027. vetting" in said
    assert ".. " not in said


def test_parts_that_were_chosen_stand_alone_and_the_file_says_so(register: Register, whose: ResidentId) -> None:
    chosen = {Choice.RESIDENT: whose, Choice.PARTS: ("absences", "decisions")}
    said = text_of(door.drawn(register, INDIVIDUAL_FILE, language="en", chosen=chosen).content)
    for there in ("Rahmani, Yousuf", "1 Decisions", "2 Absences", "Basic Court", "parts these: Decisions, Absences."):
        assert there in said, there
    for left_out in ("Chronology", "No photo", "P0283714", "2026-118", "about diet", "Counselling"):
        assert left_out not in said, left_out
    assert "Not all of the file" not in _said(register, INDIVIDUAL_FILE, whose)
    for parts in ((), ("health",)):
        with pytest.raises(Refused, match="at least one part"):
            door.drawn(register, INDIVIDUAL_FILE, language="en", chosen={**chosen, Choice.PARTS: parts})


def test_what_closes_the_file_stands_on_no_page_without_a_line_of_the_file(
    register: Register, whose: ResidentId
) -> None:
    with register.read() as snapshot:
        found = individual_file.of_resident(snapshot, resident_id=whose, parts=[FilePart.PAPERS])
    one = individual_file.IssuedPaper(
        datetime(2026, 11, 20, 12, tzinfo=UTC), Message("Card"), Message("Saved"), "A. Berisha"
    )
    imprint = Imprint(language="en", facility="North", printed_by="A. Berisha")
    ends = [pages(files.draw(replace(found, papers=(one,) * n), imprint)) for n in range(30, 50)]
    assert {len(each) for each in ends} == {1, 2}
    assert all("Card: Saved" in each[-1] and "is not in this file" in each[-1] for each in ends)


def test_a_paper_that_was_saved_stands_in_the_next_file(register: Register, whose: ResidentId, tmp_path: Any) -> None:
    assert "Stay certificate: Saved a paper" not in _said(register, INDIVIDUAL_FILE, whose)
    made = door.drawn(register, STAY_CERTIFICATE, language="en", chosen={Choice.RESIDENT: whose})
    door.save(register, made, tmp_path / "certificate.pdf")
    assert "Stay certificate: Saved a paper" in _said(register, INDIVIDUAL_FILE, whose)


def test_the_copy_for_the_person_names_who_decided_and_nobody_else(register: Register, whose: ResidentId) -> None:
    said = _said(register, OWN_COPY, whose)
    for words in (
        "Copy for the person",
        "Review: goes on",
        "Last day set to 20 Jan 2027",
        "vetting",
        "2026-118",
        "about diet",
        "S-17",
    ):
        assert words in said, words
    for hidden in (MARK, "about not_shared", "beside an enemy", "near the family", *STAFF):
        assert hidden not in said, hidden


def test_a_certificate_says_that_somebody_is_here_and_not_why(register: Register, whose: ResidentId) -> None:
    said = _said(register, STAY_CERTIFICATE, whose)
    for words in ("Rahmani, Yousuf", "K-0012", "Afghanistan", "26 Jun 2026", "20 Jan 2027", "stays at"):
        assert words in said, words
    for words in ("US-2025", "Temporary relocation", "vetting", "removal", MARK):
        assert words not in said, words


@pytest.mark.parametrize(
    ("spoken", "language", "own"),
    [
        (["prs", "sq"], "en", "Vërtetim qëndrimi"),
        (["prs"], "sq", "Stay certificate"),
        (["sr", "en"], "sq", "Potvrda o boravku"),
        (["sq", "en"], "sq", ""),
        ([], "en", ""),
    ],
)
def test_what_the_person_speaks_stands_beside_the_official_language(
    register: Register, spoken: list[str], language: str, own: str
) -> None:
    whose = builders.resident(register, languages=spoken, family_name="Rahmani")
    builders.stay(register, whose, builders.programme(register), date(2026, 9, 1))
    said = _said(register, STAY_CERTIFICATE, whose, language)
    titles = {"Stay certificate", "Vërtetim qëndrimi", "Potvrda o boravku"}
    official = {"en": "Stay certificate", "sq": "Vërtetim qëndrimi"}[language]
    assert {title for title in titles if title in said} == {official, own} - {""}


def test_the_notices_say_the_day_its_ground_and_what_the_person_may_do(register: Register, whose: ResidentId) -> None:
    said = _said(register, LIMIT_NOTICE, whose)
    for words in (
        "As things stand you may stay",
        "20 Jan 2027",
        "Extension",
        "T. Shala",
        "vetting",
        "lawyer",
        "20 jan 2027",
    ):
        assert words in said, words
    said = _said(register, REVIEW_NOTICE, whose)
    for words in ("23 Dec 2026", "falls due", "24 Sept 2026", "appeal", "rishikimin"):
        assert words in said, words
    assert MARK not in said


def test_a_review_that_is_late_is_not_told_as_one_to_come(register: Register) -> None:
    who = builders.resident(register, "K-0077")
    builders.stay(register, who, builders.programme(register, review_every=30), date(2026, 9, 1))
    said = _said(register, REVIEW_NOTICE, who)
    assert "fell due, and it was not held yet" in said
    assert "falls due" not in said


def test_a_notice_is_given_to_who_is_on_the_roll_and_a_certificate_to_who_has_arrived(register: Register) -> None:
    programme = builders.programme(register, review_every=0)
    here, gone, never = (builders.resident(register, f"K-{n}") for n in range(3))
    builders.stay(register, here, programme, date(2026, 9, 1))
    builders.stay(register, gone, programme, date(2026, 9, 1), date(2026, 9, 9))
    assert "No last day is set" in _said(register, LIMIT_NOTICE, here)
    assert "No review of your stay is to come" in _said(register, REVIEW_NOTICE, here)
    for paper, whom, why in (
        (REVIEW_NOTICE, gone, "not on the roll any more"),
        (LIMIT_NOTICE, gone, "not on the roll any more"),
        (STAY_CERTIFICATE, never, "no arrival is entered"),
    ):
        with pytest.raises(Refused, match=why):
            _said(register, paper, whom)
    assert "stayed at" in _said(register, STAY_CERTIFICATE, gone)
    assert "Never admitted" in _said(register, INDIVIDUAL_FILE, never)
