"""The facility's own numbers of residents: given in order, each of them once."""

from itertools import count as counting

from sqlalchemy import select

from models.entities.residents import Resident, ResidentNumbers
from models.store.unit_of_work import UnitOfWork

_ASKED_AT_ONCE = 500


def next_numbers(unit: UnitOfWork, count: int) -> list[str]:
    """The next numbers, such as K-0012; they are taken from now on.

    A number that somebody has already, because it came in with a file, is passed over.

    Args:
        unit: The unit that admits.
        count: How many are needed.
    """
    numbers = unit.session.get(ResidentNumbers, 1)
    if numbers is None:
        numbers = ResidentNumbers(id=1, last=0)
        unit.session.add(numbers)
    given: list[str] = []
    ordinals = counting(numbers.last + 1)
    while len(given) < count:
        wanted = min(count - len(given), _ASKED_AT_ONCE)
        offered = {_written(unit.facility.number_prefix, ordinal): ordinal for ordinal in _take(ordinals, wanted)}
        taken = set(unit.session.scalars(select(Resident.number).where(Resident.number.in_(offered))))
        numbers.last = max(offered.values())
        given.extend(number for number in offered if number not in taken)
    return given


def _written(prefix: str, ordinal: int) -> str:
    return f"{prefix}{ordinal:04}"


def _take(ordinals: "counting[int]", count: int) -> list[int]:
    return [next(ordinals) for _ in range(count)]
