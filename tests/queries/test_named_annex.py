"""The annex of a report by name: the numbers are those of the month, the names those of today."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models.entities.programmes import Programme
from models.entities.residents import PartnerNumber, Resident
from models.errors import Refused
from models.exchange import door
from models.ids import ResidentId
from models.queries import named_annex
from models.queries.issued_months import stored_figures
from models.queries.papers import offers
from models.rules.papers import Choice
from models.rules.people import EVERYBODY
from models.rules.vocabulary import Role
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders
from tests.actions import leavers
from tests.reports import pdf_text
from ui.papers.catalogue import NAMED_ANNEX


def told(register: Register) -> list[tuple[str, str | None, tuple[str, ...]]]:
    with register.read() as snapshot:
        ((report, _name),) = offers(snapshot).reports
        found = named_annex.of_report(snapshot, report_id=report)
    return [(row.number, row.name, row.partner_numbers) for row in found.rows]


@action("tests.change_resident", roles=EVERYBODY, told="")
def _change(unit: UnitOfWork, *, resident_id: ResidentId, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(unit.session.get_one(Resident, resident_id), name, value)


@action("tests.cite", roles=EVERYBODY, told="")
def _cite(unit: UnitOfWork, *, ground: str) -> None:
    unit.session.execute(select(Programme)).scalar_one().names_ground = ground


def test_names_are_those_of_today_and_numbers_those_of_the_month(register: Register) -> None:
    programme, other = builders.programme(register), builders.programme(register, "OTHER")
    who = [
        builders.resident(register, f"K-000{n}", family_name=name, given_names="Gul")
        for n, name in enumerate(("Ahmadzai", "Barak", "Cehan", "Dost"), 1)
    ]
    for each, day in zip(who, (3, 5, 9, 12), strict=True):
        builders.stay(register, each, programme, date(2026, 10, day))
    stranger = builders.resident(register, "K-0009")
    builders.stay(register, stranger, other, date(2026, 10, 3))
    for of, number in ((programme, "900-1"), (other, "X-1"), (programme, "900-2")):
        register.perform(builders.put, row=PartnerNumber(resident_id=who[0], programme_id=of, number=number))
    with register.read() as snapshot:
        assert offers(snapshot).reports == ()
    builders.named_report(register, programme)
    assert told(register)[0] == ("K-0001", "Ahmadzai, Gul", ("900-1", "900-2"))
    with register.read() as snapshot:
        assert "Ahmadzai" not in stored_figures(snapshot, offers(snapshot).reports[0][0]).to_json()

    register.perform(_change, resident_id=who[0], values={"family_name": "Ahmadi"})
    register.perform(_change, resident_id=who[1], values={"joined_into_id": who[0]})
    register.perform(_change, resident_id=who[2], values={"family_name": "", "given_names": ""})
    register.perform(_change, resident_id=who[3], values={"number": "K-0099"})
    register.perform(_change, resident_id=stranger, values={"number": "K-0004"})
    assert told(register) == [
        ("K-0001", "Ahmadi, Gul", ("900-1", "900-2")),
        ("K-0002", "Ahmadi, Gul", ("900-1", "900-2")),
        ("K-0003", "", ()),
        ("K-0004", None, ()),
    ], "a number that somebody else has now names nobody"


def test_only_an_agreement_that_cites_the_ground_has_one_and_only_who_decides_may_print_it(register: Register) -> None:
    builders.named_report(register)
    with register.read() as snapshot:
        ((report, name),) = offers(snapshot).reports
        assert (name, named_annex.report_named(snapshot, " named 2026-10 ")) == ("NAMED 2026-10", report)
        with pytest.raises(Refused, match="has no annex by name") as refused:
            named_annex.report_named(snapshot, "NAMED 2026-09")
        assert refused.value.message.values["known"] == "NAMED 2026-10"
    leavers.at_desk(register, Role.CLERK)
    with pytest.raises(Refused, match="may not"):
        door.drawn(register, NAMED_ANNEX, language="en", chosen={Choice.REPORT: report})
    leavers.at_desk(register, Role.SUPERVISOR)
    ready = door.drawn(register, NAMED_ANNEX, language="en", chosen={Choice.REPORT: report})
    assert (ready.subject, ready.name) == ("month:NAMED 2026-10", "named-annex-NAMED-2026-10")
    (page,) = pdf_text.pages(ready.content)
    for said in (
        "Annex by name", "Report NAMED / 2026-10", "Goes with the monthly report of October 2026. 1 person;",
        "Legal ground to name people: Article 7 of the agreement", "names are as the register has them on",
        "K-0999", "3 Oct 2026",
    ):  # fmt: skip
        assert said in page, page
    register.perform(_cite, ground="")
    with register.read() as snapshot:
        assert offers(snapshot).reports == ()
        with pytest.raises(Refused, match="No report has an annex"):
            named_annex.report_named(snapshot, "NAMED 2026-10")
    with pytest.raises(Refused, match="legal ground"):
        door.drawn(register, NAMED_ANNEX, language="en", chosen={Choice.REPORT: report})
