"""The cost claim of the monthly report: what is paid line by line, and a total for each currency."""

from models.rounding import quotient
from models.rules.claim_lines import label
from models.rules.figures import Claim, ClaimLine
from models.rules.small_counts import ShownMonth
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
    rows = [Row(label(line, tr), [tr.money(line.amount, line.currency)]) for line in lines]
    for total in claim.totals:
        claimed = tr("Claimed in {currency}", currency=total.currency) if claim.others else tr("Claimed")
        rows.append(Row(claimed, [tr.money(total.amount, total.currency)], strong=True))
    bank = shown.heading.bank_details.splitlines()
    paid = parts.facts([(tr("To be paid to"), ", ".join(bank))]) if bank else []
    return [*parts.figures(rows), *paid, *parts.note(" ".join(_notes(claim, tr)))]


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
        said.append(tr("The months of a sum are rounded so that together they make up the whole of it."))
    return said


def _by_itself(line: ClaimLine) -> object:
    """The amount of the days of a line, rounded by itself."""
    return quotient(line.rate * line.nights, line.of, minor_digits(line.currency))
