"""What the lines of a claim are called (rules.md, Money)."""

import re

from models.rules.figures import ClaimLine
from models.rules.time import Month
from models.rules.vocabulary import PaymentKind
from models.text import Translator


def label(line: ClaimLine, tr: Translator) -> str:
    """A line of a claim in words: what is paid for, how many of it, and the rate with all its decimals."""
    said = _minus(_paid_for(line, tr))
    if line.purpose:
        said = tr("{what} ({purpose})", what=said, purpose=line.purpose)
    if line.correction_of is None:
        return said
    month = tr.month(Month.parse(line.correction_of).first)
    return tr("Correction to {month}: {counted}", month=month, counted=said)


def _paid_for(line: ClaimLine, tr: Translator) -> str:
    n, rate = line.nights, tr.money(line.rate, line.currency)
    match line.kind:
        case PaymentKind.PERSON_DAY:
            return tr.plural("{n} person-day at {rate}", "{n} person-days at {rate}", n, rate=rate)
        case PaymentKind.PLACE_NIGHT:
            places = line.places or 0
            return tr.plural(
                "{n} night of {places} places held ready, each at {rate}",
                "{n} nights of {places} places held ready, each at {rate}",
                n,
                places=places,
                rate=rate,
            )
        case PaymentKind.ONCE:
            return tr("Single sum of {rate}", rate=rate)
        case PaymentKind.MONTH | PaymentKind.QUARTER | PaymentKind.YEAR:
            return _fixed(line, rate, tr)
        case _:
            return tr.plural("{n} person-night at {rate}", "{n} person-nights at {rate}", n, rate=rate)


def _fixed(line: ClaimLine, rate: str, tr: Translator) -> str:
    sums = {
        PaymentKind.MONTH: tr("{rate} for each month", rate=rate),
        PaymentKind.QUARTER: tr("{rate} for each quarter", rate=rate),
        PaymentKind.YEAR: tr("{rate} for each year", rate=rate),
    }
    said = sums[line.kind] if line.kind else rate
    if not line.of:
        return tr("{sum}, due in this month", sum=said)
    return tr.plural("{sum}: {n} of its {of} days", "{sum}: {n} of its {of} days", line.nights, sum=said, of=line.of)


def _minus(text: str) -> str:
    """A text with a minus sign instead of a hyphen before each number that is below nothing."""
    return _BELOW_NOTHING.sub("−", text)


_BELOW_NOTHING = re.compile(r"(?<!\w)-(?=\d)")
