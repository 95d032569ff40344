"""The cost claim of the monthly report: what is paid line by line, and a total for each currency."""

from models.rounding import quotient
from models.rules.figures import Claim, ClaimLine
from models.rules.small_counts import ShownMonth
from models.rules.time import Month
from models.rules.vocabulary import PaymentKind
from models.text import Message, Translator, minor_digits
from reports import breakdowns, parts
from reports.page import Strip
from reports.parts import Row


def section(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """The claim, or why there is none."""
    claim = shown.claim
    if isinstance(claim, Message):
        return breakdowns.instead(claim, tr)
    if claim is None:
        return parts.figures([Row(tr("The agreement names no payment; nothing is claimed."), [""])])
    lines = claim.whole_lines(shown.heading.counting_rule)
    rows = [Row(_label(line, tr), [tr.money(line.amount, line.currency)]) for line in lines]
    for total in claim.totals:
        claimed = tr("Claimed in {currency}", currency=total.currency) if claim.others else tr("Claimed")
        rows.append(Row(claimed, [tr.money(total.amount, total.currency)], strong=True))
    return [*parts.figures(rows), *parts.note(" ".join(_notes(claim, tr)))]


def _notes(claim: Claim, tr: Translator) -> list[str]:
    said = []
    if claim.unrated_nights:
        said.append(
            tr.plural(
                "{n} night had no rate in force and is not claimed.",
                "{n} nights had no rate in force and are not claimed.",
                claim.unrated_nights,
            )
        )
    if any(line.of and _by_itself(line) != line.amount for line in claim.lines if not line.correction_of):
        said.append(tr("What rounding has left of a sum is in the last month of its period."))
    return said


def _by_itself(line: ClaimLine) -> object:
    """The amount of the days of a line, rounded by itself."""
    return quotient(line.rate * line.nights, line.of, minor_digits(line.currency))


def _label(line: ClaimLine, tr: Translator) -> str:
    said = _paid_for(line, tr)
    if line.purpose:
        said = tr("{what} ({purpose})", what=said, purpose=line.purpose)
    if line.correction_of is None:
        return said
    month = tr.month(Month.parse(line.correction_of).first)
    return tr("Correction to {month}: {counted}", month=month, counted=_minus(said))


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
    """A text whose number is below nothing, with a minus sign instead of a hyphen."""
    return f"−{text[1:]}" if text.startswith("-") else text
