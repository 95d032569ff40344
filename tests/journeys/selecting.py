"""The part of a clerk's days that comes before anybody arrives: a proposed list, its screening, the decisions."""

from tests.journeys.clerk import Clerk
from tests.journeys.proposed import Proposed

QUESTIONS = (
    "Rule of law: was this person sentenced for a serious crime?",
    "Public order: is this person a danger to public order or security?",
)
"""What only a person can answer."""


def brings_in(clerk: Clerk, proposed: Proposed) -> None:
    clerk.goes_to("Selection")
    clerk.picture("no-lists")
    clerk.answers(proposed.path)
    clerk.presses("Bring in a list")
    clerk.waits_for("15 of 15 recognised")
    clerk.picture("list-file")
    clerk.presses("Look over")
    assert f"{proposed.people} people will come in." in clerk.reads()
    assert len(clerk.rows("People on the list")) == proposed.people
    twice = [row for row in clerk.rows("People on the list") if proposed.twice in row]
    assert ["Perhaps the same person as in row" in row[-1] for row in twice] == [True, True]
    assert "Only the year of birth is known." in clerk.cell("People on the list", "In doubt", "900-441-001")
    clerk.picture("list-plan")
    clerk.presses(f"Bring in {proposed.people} people")
    clerk.waits_for(f"{proposed.people} people have come in.")
    clerk.picture("list-done")
    clerk.presses("Open the list")
    rows = clerk.rows("Candidates")
    assert len(rows) == proposed.people
    assert sum("F-1 of 4" in row for row in rows) == 4
    assert all("Perhaps known" in clerk.cell("Candidates", "Look at", proposed.twice) for _each in range(2))
    clerk.picture("list")


def screens(clerk: Clerk, proposed: Proposed) -> None:
    clerk.ticks("Perhaps known")
    assert [proposed.twice in row for row in clerk.rows("Candidates")] == [True, True]
    clerk.picture("list-twice")
    clerk.opens("Candidates", proposed.twice)
    assert "Perhaps the same person" in clerk.reads()
    clerk.picture("candidate-twice")
    clerk.presses("The list")
    clerk.ticks("Perhaps known")
    refuses(clerk, proposed.refused[1])
    accepts_too_soon(clerk, proposed.alone[1])
    accepts(clerk, proposed.alone[1])
    clerk.presses("The list")
    for number in ("900-441-000", "900-441-001", "900-441-002", "900-441-003"):
        accepts(clerk, number)
        clerk.presses("The list")
    assert clerk.cell("Candidates", "State", proposed.refused[1]) == "Refused"
    clerk.picture("list-decided")


def refuses(clerk: Clerk, number: str) -> None:
    clerk.opens("Candidates", number)
    clerk.chooses("Decide", "Refuse")
    clerk.writes("Decided by", "L. Hoxha")
    clerk.picture("refusing")
    clerk.presses("Refuse")
    assert clerk.error_beside("In free words"), clerk.reads()
    clerk.picture("refused-without-a-reason")
    clerk.writes("In free words", "Sentenced for a serious crime")
    clerk.presses("Refuse")
    clerk.picture("refused")
    assert "Refused by L. Hoxha" in clerk.reads()
    clerk.presses("The list")


def accepts_too_soon(clerk: Clerk, number: str) -> None:
    clerk.opens("Candidates", number)
    clerk.chooses("Decide", "Accept")
    clerk.writes("Decided by", "L. Hoxha")
    clerk.presses("Accept")
    assert clerk.error_beside("Decide") == "!\u00a0This candidate cannot be accepted yet."
    for question in QUESTIONS:
        assert f"Not answered yet: {question}" in clerk.reads()
    clerk.picture("accepted-too-soon")
    clerk.answers(True)  # what was chosen is thrown away
    clerk.presses("The list")


def accepts(clerk: Clerk, number: str) -> None:
    clerk.opens("Candidates", number)
    for question in QUESTIONS:
        clerk.presses(f"No: {question}")
    clerk.chooses("Decide", "Accept")
    clerk.writes("Decided by", "L. Hoxha")
    clerk.picture("accepting")
    if "In doubt" in clerk.reads():  # it is asked whether to decide all the same
        clerk.answers(True)
    clerk.presses("Accept")
    clerk.picture("accepted")
    assert "Accepted by L. Hoxha" in clerk.reads()
