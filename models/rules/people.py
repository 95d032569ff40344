"""Who may do what, and who may read what: the one table of roles, and how wrong passphrases slow down (product.md)."""

from collections.abc import Mapping
from types import MappingProxyType

from models.errors import Refused
from models.rules.vocabulary import Role, SealedKind
from models.rules.wording import word

_CLERK, _SUPERVISOR, _CARE = Role.CLERK, Role.SUPERVISOR, Role.HEALTH_LEGAL
_ADMINISTRATOR, _INSPECTOR = Role.ADMINISTRATOR, Role.INSPECTOR

Roles = frozenset[Role]

EVERYBODY: Roles = frozenset(Role)
_DESK: Roles = frozenset({_CLERK, _SUPERVISOR})
"""Who works with residents every day."""
_DECIDES: Roles = frozenset({_SUPERVISOR})
_CHECKS: Roles = frozenset({_CLERK, _SUPERVISOR, _CARE})
_CARES: Roles = frozenset({_SUPERVISOR, _CARE})
_SETS_UP: Roles = frozenset({_ADMINISTRATOR})
_ROOMS: Roles = frozenset({_SUPERVISOR, _ADMINISTRATOR})
_BRINGS_IN: Roles = frozenset({_SUPERVISOR, _ADMINISTRATOR})
_KEEPS: Roles = EVERYBODY - {_INSPECTOR}

ALLOWED: Mapping[str, Roles] = MappingProxyType(
    {
        "absences.change_due": _DESK,
        "absences.record": _DESK,
        "absences.return_": _DESK,
        "backups.add_place": _SETS_UP,
        "backups.made": _KEEPS,
        "backups.failed": _KEEPS,
        "backups.remove_place": _SETS_UP,
        "backups.schedule": _SETS_UP,
        "backups.taken": _KEEPS,
        "departures.cancel": _DECIDES,
        "departures.change_plan": _DECIDES,
        "departures.depart": _DESK,
        "departures.depart_group": _DESK,
        "departures.enter_check": _CHECKS,
        "departures.enter_sealed_check": _CARES,
        "departures.look": _CARES,
        "departures.plan": _DECIDES,
        "departures.record_death": _DESK,
        "departures.record_escape": _DESK,
        "departures.record_release": _DECIDES,
        "departures.stop": _CARES,
        "departures.undo": _DECIDES,
        "departures.withdraw_check": _CHECKS,
        "documents.add": _DESK,
        "documents.change": _DESK,
        "import_lists.bring_in": _BRINGS_IN,
        "import_stays.bring_in": _BRINGS_IN,
        "months.issue": _DECIDES,
        "papers.printed": EVERYBODY,
        "papers.saved": EVERYBODY,
        "people.add": _SETS_UP,
        "people.recovered": EVERYBODY,
        "people.change_passphrase": EVERYBODY,
        "people.change_role": _SETS_UP,
        "people.grant_sealed": _CARES,
        "people.make_recovery_sheet": _SETS_UP | _CARES,
        "people.rekey": _SETS_UP,
        "people.remove": _SETS_UP,
        "people.reset_passphrase": _SETS_UP,
        "people.restore": _SETS_UP,
        "programmes.add_preset": _SETS_UP,
        "programmes.change": _SETS_UP,
        "programmes.close": _SETS_UP,
        "programmes.create": _SETS_UP,
        "programmes.reopen": _SETS_UP,
        "programmes.set_criteria": _SETS_UP,
        "programmes.set_departures": _SETS_UP,
        "programmes.set_rates": _SETS_UP,
        "residents.change": _DESK,
        "residents.join_family": _DESK,
        "residents.leave_family": _DESK,
        "rooms.add_bed": _ROOMS,
        "rooms.add_room": _ROOMS,
        "rooms.bring_back": _ROOMS,
        "rooms.change": _ROOMS,
        "rooms.free": _DESK,
        "rooms.move": _DESK,
        "rooms.place": _DESK,
        "rooms.remove_bed": _ROOMS,
        "rooms.remove_room": _ROOMS,
        "rooms.take_out_of_use": _ROOMS,
        "safeguards.enter_note": frozenset({_CARE}),
        "safeguards.look": frozenset({_CARE, _INSPECTOR}),
        "selection.answer": _DESK,
        "selection.correct": _DESK,
        "selection.decide": _DECIDES,
        "selection.look": _CARES,
        "selection.settle_doubt": _DESK,
        "setup.change_facility": _SETS_UP,
        "setup.create": _SETS_UP,
        "stays.admit": _DESK,
        "stays.admit_emergency": _DECIDES,
        "stays.correct": _DESK,
        "stays.cure_emergency": _DECIDES,
        "stays.extend": _DECIDES,
        "stays.fix_limit": _DECIDES,
        "stays.hold_review": _DECIDES,
    }
)
"""Which roles may do each action. What is not named here nobody may do. Two are no actions of their own:
`stays.admit_emergency` is what `stays.admit` asks for where something stands against the arrival (rules.md, Places),
`departures.enter_sealed_check` what `departures.enter_check` asks for where the finding is sealed."""

READS: Mapping[str, Roles] = MappingProxyType(
    {
        "trail": frozenset({_SUPERVISOR, _ADMINISTRATOR, _INSPECTOR}),
        "people": EVERYBODY,
        "backups": EVERYBODY,
    }
)
"""Which roles may read what is not open to everybody who has unlocked the register."""

READS_SEALED: Mapping[SealedKind, Roles] = MappingProxyType(
    {
        SealedKind.ASYLUM_CLAIM: frozenset({_CARE}),
        SealedKind.HEALTH: frozenset({_CARE}),
        SealedKind.COMPLAINT: frozenset({_CARE, _INSPECTOR}),
        SealedKind.OTHER: frozenset({_CARE}),
        SealedKind.CHECK: _CARES,
        SealedKind.SELECTION: _CARES,
    }
)
"""Which roles may read each kind of what is sealed. The administrator stands nowhere here, and never may."""

HOLDS_SEALED_KEY: Roles = frozenset().union(*READS_SEALED.values())
"""The roles whose slots may wrap the key to what is sealed."""

_OPENS_SEALED = frozenset({"departures.look", "safeguards.look", "selection.look"})

RECORDS_ONLY = frozenset({"backups.taken", "papers.printed", "papers.saved"})
"""What changes nothing but the trail, so that a window that opens for reading may do it too."""


def may_do(role: Role, action: str, *, stands_in: bool = False) -> bool:
    """Whether a role may do an action.

    Args:
        role: The role of the person.
        action: The name of the action, as `stays.extend`.
        stands_in: Whether nobody but administrators was ever added to the register. So long the administrator does
            what is everybody's, so that a house can begin with one person; with the first colleague that ends for
            good. What is sealed stays closed all the same, since the administrator's slot does not wrap its key.
    """
    stands = stands_in and role is Role.ADMINISTRATOR and action not in _OPENS_SEALED
    return stands or role in ALLOWED.get(action, ())


def check_may_do(role: Role, action: str, *, stands_in: bool = False) -> None:
    """Refuse an action to a role that may not do it.

    Raises:
        Refused: Naming a role that may.
    """
    if not may_do(role, action, stands_in=stands_in):
        raise _refusal(role, ALLOWED.get(action, frozenset()))


def check_may_read(role: Role, what: str) -> None:
    """Refuse to show what a role may not see.

    Args:
        role: The role of the person.
        what: One of `READS`.

    Raises:
        Refused: Naming a role that may.
    """
    if role not in READS[what]:
        raise _refusal(role, READS[what])


def check_may_unseal(role: Role, kind: SealedKind) -> None:
    """Refuse to open what is sealed to a role that may not read it.

    Raises:
        Refused: Naming a role that may.
    """
    if role not in READS_SEALED[kind]:
        raise _refusal(role, READS_SEALED[kind])


def _refusal(role: Role, allowed: Roles) -> Refused:
    asked = next((each for each in _ASKED_FIRST if each in allowed), None)
    if asked is None:
        return Refused("Nobody may do this here.")
    return Refused("You are here as {role}, who may not do this. Ask: {asked}.", role=word(role), asked=word(asked))


_ASKED_FIRST = (_SUPERVISOR, _CARE, _ADMINISTRATOR, _CLERK, _INSPECTOR)

FREE_ATTEMPTS = 3
"""So many wrong passphrases cost nothing but the half second that each takes."""
LONGEST_WAIT = 300
"""Seconds that one waits at most after a wrong passphrase."""


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: twice as long each time, up to five minutes."""
    return 0 if wrong < FREE_ATTEMPTS else min(LONGEST_WAIT, 2 ** min(wrong - FREE_ATTEMPTS + 1, 20))
