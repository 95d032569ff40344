"""A trail that was cut off, written anew or put back with its folder does not hold the heads that others know."""

import shutil
import stat
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.actions import backups, months, people
from models.actions import trail as actions
from models.clock import FixedClock
from models.errors import Refused, Unavailable
from models.rules.figures import Issue, MonthFigures
from models.rules.papers import Imprint
from models.rules.time import Month
from models.rules.vocabulary import Role
from models.store import backup, heads, trail
from models.store import engine as engines
from models.store.ciphers import sign
from models.store.opening import open_register
from models.store.register import Register
from models.store.verify import Verified, verify
from reports import monthly
from tests import builders, earlier
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.entries import last


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def seen(register: Register, state: Path) -> Register:
    """An open register of which this workstation keeps what it sees."""
    register.close()
    return reopened(register, state)


def reopened(register: Register, state: Path | None, person: str = "A. Berisha") -> Register:
    return open_register(
        register.folder, passphrase=PASSPHRASE, person=person, clock=register.clock, stretch=QUICK, seen_in=state
    )


def past_konak(register: Register, *statements: str) -> None:
    """Change a register by SQL, and close it."""
    key = register.source.key
    register.close()
    with closing(engines.connect(register.folder / engines.FILE_NAME, key)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(statement)


def said(found: Verified) -> str:
    return "" if found.problem is None else found.problem.text


CUT = (
    "DELETE FROM trail_subjects WHERE number = (SELECT max(number) FROM trail)",
    "DELETE FROM trail WHERE number = (SELECT max(number) FROM trail)",
    "UPDATE trail_head SET (number, hash) = (SELECT number, hash FROM trail ORDER BY number DESC LIMIT 1)",
)


def test_a_tail_that_was_cut_off_is_found_by_what_the_workstation_knows(seen: Register, state: Path) -> None:
    seen.close()
    with reopened(seen, state) as opened:
        past_konak(opened, *CUT)
    with reopened(seen, None) as elsewhere:
        assert elsewhere.verified().problem is None  # it fits in itself, and nobody else knows
    with reopened(seen, state) as opened:
        assert opened.behind is not None
        assert "This computer knows an entry" in said(opened.verified())


def test_a_last_entry_that_its_own_maker_has_written_anew_is_found(seen: Register, state: Path) -> None:
    builders.resident(seen)
    seen.perform(people.add, name="C. Clerk", role=Role.CLERK, passphrase=PASSPHRASE)
    with seen.write() as unit:
        unit.tell(builders.TEST, ["resident:1"], {"reason": "what was so"})
    signer, person = seen.vault.opened.signer, seen.person
    past_konak(seen, *CUT)
    engine = engines.make_engine(seen.folder / engines.FILE_NAME, reopened_key(seen))
    with engines.writing(engine).begin() as connection:
        trail.append(
            connection, at=NOON, person=person, action="tests.anything", subject="resident:1", changes=[],
            notes={"reason": "what was never so"}, sign=lambda digest: sign(digest, signer or b""),
        )  # fmt: skip
        assert verify(connection).problem is None
    engine.dispose()
    with reopened(seen, state) as opened:
        assert "This computer knows an entry" in said(opened.verified())


def reopened_key(register: Register) -> bytes:
    from models.store.keys import Keys

    keys = Keys.load(register.folder)
    return keys.slot("A. Berisha").open(keys.register_id, PASSPHRASE).register_key


def put_back(register: Register, state: Path | None) -> Register:
    """The register as it was before something was entered, its folder put back."""
    register.close()
    yesterday = register.folder.with_name("yesterday")
    shutil.copytree(register.folder, yesterday)
    with reopened(register, state) as opened:
        builders.resident(opened, "K-0077")
    shutil.rmtree(register.folder)
    yesterday.rename(register.folder)
    return reopened(register, state)


def test_a_folder_put_back_to_yesterday_is_found_and_said_until_somebody_says_why(seen: Register, state: Path) -> None:
    with put_back(seen, state) as opened:
        assert opened.behind is not None
        builders.resident(opened, "K-0078")
        assert "This computer knows an entry" in said(opened.verified())
    with reopened(seen, state) as opened:
        assert opened.behind is not None  # what was entered meanwhile has not made anybody forget it
        with pytest.raises(Refused, match="Say why"):
            opened.perform(actions.put_back, reason=" ")
        opened.perform(actions.put_back, reason="restored the backup of Friday, by B.")
        assert opened.behind is None
        assert opened.verified().problem is None
        told = last(opened, "action = 'trail.put_back' AND details NOT LIKE '%refused%'")
        assert told["notes"]["reason"] == "restored the backup of Friday, by B."
        with pytest.raises(Refused, match="holds all"):
            opened.perform(actions.put_back, reason="again")
    with reopened(seen, state) as opened:
        assert opened.behind is None
        assert opened.verified().problem is None


def test_a_backup_within_reach_knows_it_too_and_none_is_made_of_such_a_register(
    register: Register, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    register.perform(backups.add_place, folder=str(stick))
    register.close()
    yesterday = tmp_path / "yesterday"
    shutil.copytree(register.folder, yesterday)
    with reopened(register, None) as opened:
        builders.resident(opened, "K-0077")
        backup.make(opened.source, stick, NOON.astimezone(opened.facility.zone))
        assert opened.verified().problem is None
    shutil.rmtree(register.folder)
    yesterday.rename(register.folder)
    with reopened(register, None) as opened:
        assert "The backup {file} knows an entry" in said(opened.verified())
        with pytest.raises(Unavailable) as refused:
            backup.make(opened.source, stick, (NOON + timedelta(days=1)).astimezone(opened.facility.zone))
        assert "knows an entry" in refused.value.reasons[0].text
        opened.perform(actions.put_back, reason="restored the backup of Friday")
        assert opened.verified().problem is None
        backup.make(opened.source, stick, (NOON + timedelta(days=1)).astimezone(opened.facility.zone))


def test_a_backup_beside_which_another_is_to_lie_knows_it_too(register: Register, tmp_path: Path) -> None:
    """Also in a folder that is no place of the register, as `konak backup --to` has it; and there is a way out."""
    stick = tmp_path / "stick"
    stick.mkdir()
    register.close()
    yesterday = tmp_path / "yesterday"
    shutil.copytree(register.folder, yesterday)
    with reopened(register, None) as opened:
        builders.resident(opened, "K-0077")
        backup.make(opened.source, stick, NOON.astimezone(opened.facility.zone))
    shutil.rmtree(register.folder)
    yesterday.rename(register.folder)
    later = (NOON + timedelta(days=1)).astimezone(ZoneInfo("Europe/Belgrade"))
    with reopened(register, None) as opened:
        with pytest.raises(Unavailable) as refused:
            backup.make(opened.source, stick, later, beside=(stick,))
        assert "The backup {file} knows an entry" in refused.value.reasons[0].text
        assert len([*stick.iterdir()]) == 1
        with pytest.raises(Refused):
            opened.perform(actions.put_back, reason="restored the backup of Friday")
        opened.perform(actions.put_back, reason="restored the backup of Friday", beside=(stick,))
        backup.make(opened.source, stick, later, beside=(stick,))
    assert len([*stick.iterdir()]) == 2


def test_the_heads_that_stand_on_papers_are_read_back_from_them(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register)
    builders.stay(register, builders.resident(register), programme, date(2026, 9, 1))

    def draw(figures: MonthFigures, language: str, papers: Issue) -> bytes:
        imprint = Imprint(
            language=language, facility="F", letterhead="", trail_head=papers.trail_head, printed_by="B",
            printed_at=NOON,
        )  # fmt: skip
        return monthly.draw(figures, imprint, papers)

    for language in ("en", "sq", "sr"):
        month = {"en": Month(2026, 8), "sq": Month(2026, 9), "sr": Month(2026, 10)}[language]
        register.perform(months.issue, programme_id=programme, month=month, language=language, draw=draw)
    assert register.verified().problem is None
    with register.read() as snapshot:
        for head, digest, pdf in snapshot.connection.exec_driver_sql(
            "SELECT trail_head, figures_hash, pdf FROM issued_months"
        ):
            assert heads.printed(pdf) == {head, digest}
    folder = earlier.register(tmp_path / "earlier")
    with closing(engines.connect(folder / engines.FILE_NAME, earlier.key(folder))) as connection:
        old = connection.execute("SELECT trail_head, pdf FROM issued_months").fetchall()
    assert old
    assert all(head in heads.printed(pdf) for head, pdf in old)


def test_a_paper_that_names_another_head_than_its_row_is_found(register: Register) -> None:
    """Whoever writes a new history makes the rows fit it, and forgets the papers."""
    programme = builders.programme(register)
    builders.stay(register, builders.resident(register), programme, date(2026, 9, 1))

    def forgotten(_figures: MonthFigures, _language: str, papers: Issue) -> bytes:
        return b"(" + b"7" * 64 + b") " + papers.trail_head.encode()

    register.perform(months.issue, programme_id=programme, month=Month(2026, 10), language="en", draw=forgotten)
    assert "issued on a trail that is not this one" in said(register.verified())


def test_a_paper_that_does_not_name_the_head_of_its_row_is_found(register: Register) -> None:
    programme = builders.programme(register)
    builders.stay(register, builders.resident(register), programme, date(2026, 9, 1))

    def another(figures: MonthFigures, _language: str, _papers: Issue) -> bytes:
        return figures.digest.encode()

    register.perform(months.issue, programme_id=programme, month=Month(2026, 10), language="en", draw=another)
    assert "is not the paper that was issued" in said(register.verified())


def test_the_daily_backup_walks_what_is_new_and_once_a_week_all(seen: Register, state: Path, tmp_path: Path) -> None:
    builders.resident(seen)
    assert seen.verified().problem is None
    walked = seen.seen.walked
    assert walked is not None
    assert not {"A. Berisha", "Berisha"} & {*walked.people}
    assert b"Berisha" not in b"".join(path.read_bytes() for path in state.iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in state.iterdir()} == {0o600}
    builders.resident(seen, "K-0013")
    past_konak(seen, "UPDATE trail SET details = replace(details, 'North', 'South') WHERE number = 1")
    with reopened(seen, state) as opened:
        assert _in_part(opened).problem is None
        assert _in_part(opened).entries == last(opened)["number"]
        assert opened.verified().number == 1
    clock = seen.clock
    assert isinstance(clock, FixedClock)
    clock.instant += timedelta(days=8)
    with reopened(seen, state) as opened:
        assert _in_part(opened).number == 1


def _in_part(register: Register) -> Verified:
    with register.read() as snapshot:
        return verify(snapshot.connection, seen=snapshot.seen, in_part=True)


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("UPDATE trail SET signature = zeroblob(64) WHERE number = {last}", "not signed by"),
        ("UPDATE trail SET details = replace(details, 'K-0013', 'K-0014') WHERE number = {last}", "was changed"),
        ("UPDATE users SET signs = zeroblob(32)", "Who may sign"),
        ("UPDATE trail SET hash = 'x' || substr(hash, 2) WHERE number = {walked}", "was changed"),
    ],
)
def test_what_is_walked_in_part_is_held_against_what_the_workstation_keeps(
    seen: Register, statement: str, text: str
) -> None:
    assert seen.verified().problem is None
    walked = last(seen)["number"]
    builders.resident(seen, "K-0013")
    assert _in_part(seen).problem is None
    engine = engines.make_engine(seen.folder / engines.FILE_NAME, seen.source.key)
    with engines.writing(engine).connect() as connection:
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql(statement.format(last=last(seen)["number"], walked=walked))
        assert text in said(verify(connection, seen=seen.seen, in_part=True))
    engine.dispose()


def test_a_line_that_is_none_of_ours_costs_nothing(seen: Register, state: Path) -> None:
    seen.close()
    spoilings = (
        b"{", b'{"number": 1e999, "hash": 3}', b"[" * 100_000, b"",
    )  # fmt: skip
    for spoilt in spoilings:
        for path in state.iterdir():
            path.write_bytes(spoilt)
        with reopened(seen, state) as opened:
            assert opened.behind is None
            assert opened.verified().problem is None
