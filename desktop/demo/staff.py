"""Who works in the demonstration: six people with their roles, each of whom does what the role may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.actions import people
from models.rules.vocabulary import Role
from models.store.declaring import Declared
from models.store.recovery import words
from models.store.register import Register

PASSPHRASE = "demonstration only"
"""Of all six."""
_FIRST_PASSPHRASE = "to be changed at once"

ADMINISTRATOR = "D. Krasniqi"
SUPERVISOR = "A. Berisha"
CLERK = "B. Hoxha"
DOCTOR = "Dr. L. Gashi"
LAWYER = "T. Shala"
INSPECTOR = "M. Petrović"

ROLES: Mapping[str, Role] = {
    ADMINISTRATOR: Role.ADMINISTRATOR,
    CLERK: Role.CLERK,
    SUPERVISOR: Role.SUPERVISOR,
    DOCTOR: Role.HEALTH_LEGAL,
    LAWYER: Role.HEALTH_LEGAL,
    INSPECTOR: Role.INSPECTOR,
}
"""The people, in the order in which they are asked whether they may do a thing."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The same register, open for each of them.

    Attributes:
        registers: By name.
    """

    registers: Mapping[str, Register]

    @classmethod
    def engage(cls, register: Register, secret: bytes) -> "Staff":
        """Let everybody in, with a passphrase of one's own; whose role reads what is sealed gets its key.

        Args:
            register: Open for the administrator.
            secret: What the words of the recovery sheet stand for.
        """
        registers = {ADMINISTRATOR: register}
        for name, role in ROLES.items():
            if name != ADMINISTRATOR:
                register.perform(people.add, name=name, role=role, passphrase=_FIRST_PASSPHRASE, words=words(secret))
                registers[name] = register.beside(person=name, passphrase=_FIRST_PASSPHRASE)
                registers[name].perform(people.change_passphrase, old=_FIRST_PASSPHRASE, new=PASSPHRASE)
        return cls(registers)

    def who_may(self, action: Declared) -> Register:
        """The register, open for the first person who may do an action.

        Raises:
            RuntimeError: Nobody may, which is a fault of the story.
        """
        for register in self.registers.values():
            if register.person.may(action):
                return register
        raise RuntimeError(f"nobody may do {action.name}")
