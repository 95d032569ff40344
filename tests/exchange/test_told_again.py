"""A stay that a file tells again: what it says of the person beyond what is known is added, and said."""

from pathlib import Path

import pytest

from models.ids import ProgrammeId
from models.store.register import Register
from tests.builders import rows
from tests.exchange.bringing import ENGLISH, bring, looked

HEAD = "case no,surname,given name,sex,dob,nationality,arrived,departed\n"
KNOWN = "SELECT family_name, given_names, sex, birth, nationality, other_nationalities, aliases FROM residents"
MORE = {
    "all of an open stay": (
        "P-1,Noori,,,,,2026-05-01,\n",
        "P-1,Noori,Gul,M,1990-02-03,AF,2026-05-01,\n",
        ("Noori", "", "M", "1990-02-03", "AF", "[]", '["Gul Noori"]'),
    ),
    "the sex, of a stay that ended": (
        "P-1,Noori,Gul,,1990-02-03,AF,2026-05-01,2026-05-09\n",
        "P-1,Noori,Gul,F,1990-02-03,AF,2026-05-01,2026-05-09\n",
        ("Noori", "Gul", "F", "1990-02-03", "AF", "[]", "[]"),
    ),
    "another spelling": (
        "P-1,Noori,Gul,M,1990-02-03,AF,2026-05-01,\n",
        "P-1,Nouri,Gul,M,1990-02-03,AF,2026-05-01,\n",
        ("Noori", "Gul", "M", "1990-02-03", "AF", "[]", '["Gul Nouri"]'),
    ),
    "a further nationality": (
        "P-1,Noori,Gul,M,1990-02-03,AF,2026-05-01,\n",
        "P-1,NOORI,GUL,M,1990-02-03,IR,2026-05-01,\n",
        ("Noori", "Gul", "M", "1990-02-03", "AF", '["IR"]', "[]"),
    ),
}


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(HEAD + content, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", MORE)
def test_what_it_says_of_the_person_beyond_what_is_known_is_added_once_and_said(
    register: Register, programme: ProgrammeId, tmp_path: Path, name: str
) -> None:
    first, again, known = MORE[name]
    bring(register, programme, written(tmp_path, "may.csv", first))
    stays = rows(register, "SELECT arrived_on, departed_on, departure_kind, version FROM stays")
    june = written(tmp_path, "june.csv", again)
    assert [change.line.row_number for change in looked(register, programme, june).changing] == [2]
    done = bring(register, programme, june)
    assert [(each.row_number, ENGLISH.render(each.message)) for each in done.summary.changed] == [
        (2, "The register says more of the person than before.")
    ]
    assert (done.stays, done.ended, done.repeated) == (0, 0, 0)
    assert rows(register, KNOWN) == [known]
    assert rows(register, "SELECT arrived_on, departed_on, departure_kind, version FROM stays") == stays
    once_more = bring(register, programme, june)
    assert (once_more.repeated, once_more.summary.changed) == (1, ())
    assert rows(register, KNOWN) == [known]


def test_a_birth_that_is_told_otherwise_is_kept_as_it_is_and_said(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    first = "P-1,Noori,Gul,M,1990,AF,2026-05-01,\nP-2,Sok,Ana,F,1991-05-05,KH,2026-05-01,\n"
    again = "P-1,Noori,Gul,M,1990-02-03,AF,2026-05-01,\nP-2,Sok,Ana,F,1991,KH,2026-05-01,\n"
    bring(register, programme, written(tmp_path, "may.csv", first))
    told = looked(register, programme, written(tmp_path, "june.csv", again))
    assert told.same == (2, 3)
    assert [(each.row_number, each.column, ENGLISH.render(each.message)) for each in told.doubts] == [
        (2, "dob", "The register keeps what it says. The register says 1990, the file 1990-02-03."),
    ]
