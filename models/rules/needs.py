"""What somebody needs: how closely each kind is kept, and what a need has to say (standards.md, A10)."""

from collections.abc import Mapping
from types import MappingProxyType

from models.rules.field_types import FieldClass
from models.rules.people import reads
from models.rules.vocabulary import NeedKind, Role, SealedKind

CLASS_OF: Mapping[NeedKind, FieldClass] = MappingProxyType(
    {
        NeedKind.HELP_TO_LEAVE: FieldClass.PERSONAL,
        NeedKind.ACCESSIBLE_BED: FieldClass.PERSONAL,
        NeedKind.CRIB: FieldClass.PERSONAL,
        NeedKind.NOT_SHARED: FieldClass.PERSONAL,
        NeedKind.SEPARATE_FROM: FieldClass.PERSONAL,
        NeedKind.DIET: FieldClass.PERSONAL,
        NeedKind.RELIGION: FieldClass.PERSONAL,
        NeedKind.INTERPRETER: FieldClass.PERSONAL,
        NeedKind.AGE_IN_DOUBT: FieldClass.PERSONAL,
        NeedKind.DISABILITY: FieldClass.SEALED,
        NeedKind.PREGNANCY: FieldClass.SEALED,
        NeedKind.MEDICINE: FieldClass.SEALED,
        NeedKind.OTHER: FieldClass.PERSONAL,
    }
)
"""How closely each kind is kept. That there is a sealed one is sealed as well (rules.md, Disclosure)."""

SEALED_NEEDS = frozenset(kind for kind, said in CLASS_OF.items() if said is FieldClass.SEALED)
SEALED_AS = SealedKind.HEALTH
"""Of which kind of what is sealed the sealed ones are."""
ROOM_NEEDS = (NeedKind.ACCESSIBLE_BED, NeedKind.CRIB, NeedKind.NOT_SHARED, NeedKind.SEPARATE_FROM)
"""What counts where a bed is chosen."""


def shown_to(role: Role) -> frozenset[NeedKind]:
    """The kinds of needs that a role is told of."""
    return frozenset(NeedKind) if reads(role, SEALED_AS) else frozenset(NeedKind) - SEALED_NEEDS
