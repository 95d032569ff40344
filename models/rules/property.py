"""What residents have brought and the house keeps for them (standards.md, A5 and C3)."""

from collections.abc import Iterable
from decimal import Decimal


def is_given_back(amount: Decimal | None, returned: Iterable[Decimal | None]) -> bool:
    """Whether nothing is left to give back.

    Args:
        amount: How much money was kept; None: it is a thing.
        returned: What was given back each time; None: all that was left.
    """
    parts = list(returned)
    return None in parts or (amount is not None and sum(part or 0 for part in parts) >= amount)
