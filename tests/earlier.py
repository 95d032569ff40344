"""A register as an earlier Konak has left it, for tests of what this one makes of it."""

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from models.clock import FixedClock
from models.store import migration

PASSPHRASES = {
    "A. Berisha": "a passphrase for tests",
    "Dr. Hoxha": "another passphrase of old",
    "S. Krasniqi": "a third passphrase of old",
}
"""Who may open the earlier register; the roles are administrator, health and legal staff, supervisor."""
SHEET = bytes(16)
"""What the words of its recovery sheet stood for, which this Konak does not take any more."""
CLOCK = FixedClock(datetime(2026, 11, 21, 8, 0, tzinfo=UTC))


def register(folder: Path) -> Path:
    """Lay down a register that the program of schema 0005 has made: three residents, a sealed note, an issued month."""
    with ZipFile(Path(__file__).parent / "store" / "register-0005.zip") as archive:
        archive.extractall(folder)
    for file in folder.iterdir():
        file.chmod(0o600)
    return folder


def key(folder: Path, person: str = "A. Berisha") -> bytes:
    """The key of the register."""
    from models.store.keys import Keys

    keys = Keys.load(folder)
    return keys.slot(person).open(keys.register_id, PASSPHRASES[person]).register_key


def downgraded(folder: Path, target: str) -> bytes:
    """Lay down the earlier register, taken back to a schema before; gives its key."""
    opens = key(register(folder))
    migration.downgrade(folder / "register.db", opens, target)
    return opens
