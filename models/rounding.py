"""How Konak rounds: half up, everywhere, and never by the way of a float."""

from decimal import ROUND_HALF_UP, Context, Decimal

MOST_DECIMALS = 6
"""Of a rate; each of them counts, and each is printed."""
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
"""Enough digits for any amount that a form lets through, so that nothing is rounded on the way."""


def half_up(value: Decimal | int, places: int) -> Decimal:
    """A number with so many decimals, what lies in the middle away from zero.

    Args:
        value: The number.
        places: How many decimals the result has, also where they are 0.
    """
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)


def quotient(total: Decimal | int, over: Decimal | int, places: int) -> Decimal:
    """A quotient with so many decimals, rounded half up once; 0 over nothing."""
    return half_up(_EXACT.divide(Decimal(total), Decimal(over)) if over else 0, places)


def decimals_of(value: Decimal) -> int:
    """How many decimals a number needs: 2 of 12.340, none of 12.000."""
    exponent = value.normalize(_EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
