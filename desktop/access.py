"""The ways into a register, as the screens before the window use them: to unlock, to recover, and to make one.

The register itself is loaded by whoever goes in: the unlock screen is there long before, see `desktop.loading`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from models.clock import SystemClock
from models.rules.facility import FacilityFacts, checked_facility
from models.rules.passphrases import check_passphrase
from models.rules.people import checked_user_name
from models.store import attempts
from models.store.keys import Keys
from models.store.recovery import secret_of, words
from models.text import N_

if TYPE_CHECKING:
    from models.store.register import Register
    from ui.start.answers import NewRegister


def people(folder: Path) -> Sequence[str]:
    """Who may open the register of a folder.

    Raises:
        Unavailable: There is none.
    """
    return [slot.label for slot in Keys.load(folder).slots]


def open_register(folder: Path, person: str, passphrase: str) -> "Register":
    """Open a register for a person.

    Raises:
        Refused: The passphrase is wrong.
        Unavailable: It cannot be opened.
    """
    from models.store import opening

    return opening.open_register(folder, passphrase=passphrase, person=person, seen_in=paths.seen())


def remaining(folder: Path, person: str) -> int:
    """Seconds until a person may try the next passphrase.

    Raises:
        Refused: Nobody of that name may open the register.
        Unavailable: There is no register.
    """
    return attempts.remaining(folder, Keys.load(folder).slot(person).id, SystemClock().now())


def recover_register(folder: Path, words: str, person: str, passphrase: str) -> "Register":
    """Open a register with the words of its recovery sheet, and give a person a new passphrase.

    Raises:
        Refused: The words are wrong, or the passphrase is too short.
        Unavailable: It cannot be opened or written.
    """
    from models.store import opening

    secret = secret_of(words)
    check_passphrase(passphrase, others=(person,))
    return opening.recover_register(folder, secret=secret, person=person, passphrase=passphrase, seen_in=paths.seen())


def create(answers: "NewRegister", tell: Callable[[str], None]) -> "Register":
    """Make the register that the assistant asked for.

    Args:
        answers: What was answered.
        tell: Is told what is being done, in English, to be translated.

    Raises:
        Refused: An answer makes no sense, or the folder holds something.
        Unavailable: The disk says no.
    """
    from models.actions import backups, people, programmes
    from models.store import opening

    facts = checked_facility(
        FacilityFacts(
            name=answers.name,
            letterhead=answers.letterhead,
            language=answers.language,
            time_zone=answers.time_zone,
        )
    )
    check_passphrase(answers.passphrase, others=(answers.administrator, facts.name))
    reader = answers.reader
    if reader is not None:
        check_passphrase(reader.passphrase, field="reader_passphrase", others=(reader.name, facts.name))
        checked_user_name(reader.name, [answers.administrator], field="reader")
    if answers.backups:
        backups.checked_place(answers.backups, answers.folder, field="backups")
    tell(N_("Making the key and the encrypted file"))
    register = opening.create_register(
        answers.folder,
        facility=facts.name,
        administrator=answers.administrator,
        passphrase=answers.passphrase,
        letterhead=facts.letterhead,
        language=facts.language,
        time_zone=facts.time_zone,
        secret=answers.secret,
        seen_in=paths.seen(),
    )
    tell(N_("Adding the programmes"))
    for code in answers.programmes:
        register.perform(programmes.add_preset, code=code)
    if answers.backups:
        register.perform(backups.add_place, folder=answers.backups)
    if reader is not None:
        sheet = words(answers.secret)
        register.perform(people.add, name=reader.name, role=reader.role, passphrase=reader.passphrase, words=sheet)
    return register
