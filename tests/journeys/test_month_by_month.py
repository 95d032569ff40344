"""Month by month in the real window: the file of May, issued, signed and sent, that of June, a joining, a revision."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt

from desktop.app import Program
from models.actions import people
from models.clock import FixedClock
from models.rules.vocabulary import Role
from models.store import recovery
from models.store.opening import open_register
from tests.conftest import PASSPHRASE, SHEET
from tests.journeys.clerk import SIZE, Clerk
from tests.reports.certificates import key_file
from tests.reports.pdf_text import text as pdf_text

ADMINISTRATOR, SUPERVISOR = "A. Berisha", "D. Hoxha"
FIRST, OWN = "a first passphrase, known to two", "a passphrase of one's own"
HEADINGS = "Case no,Stay id,Family name,Given names,Sex,Date of birth,Nationality,Arrived,Departed,Reason for departure"
MAY = """
C-11,S-1,Rahmani,Mohammad Yousuf,M,1984-03-12,AF,2027-05-03,,
C-12,S-2,Suárez Leyva,Osmany,M,1990-07-22,CU,2027-05-04,,
C-13,S-3,Nguyễn,Thị Hồng,F,1993-11-05,VN,2027-05-10,2027-05-20,voluntary return
"""
JUNE = """
C-11,S-1,Rahmani,Mohammad Yousuf,M,1984-03-12,AF,2027-05-03,2027-06-14,resettled
C-12,S-2,Suárez Leyva,Osmany,M,1990-07-22,CU,2027-05-04,,
C-13,S-3,Nguyễn,Thị Hồng,F,1993-11-05,VN,2027-05-10,2027-05-21,voluntary return
C-14,S-4,Rahmany,Mohamad Yusuf,M,1984-03-12,AF,2027-06-20,,
"""
"""It ends the first stay, says of the third that it was a day longer, and has the first person once more, otherwise."""


def test_month_by_month(clerk: Clerk, program: Program, clock: FixedClock, house: Path, tmp_path: Path) -> None:
    clock.instant = datetime(2027, 6, 2, 7, 0, tzinfo=UTC)
    sets_up(clerk, program, house, tmp_path)
    unlocks(clerk, SUPERVISOR, OWN)
    clerk.window.resize(*SIZE)
    clerk.waits()
    brings_in_may(clerk, tmp_path)
    looks_through(clerk, "May 2027")
    said = issues(clerk, "May 2027", tmp_path / "may.pdf")
    for line in ("Admitted 3", "Departed 1", "0 + 3 − 1 = 2: balances"):
        assert line in said, said
    signs(clerk, "May 2027", tmp_path)
    sends(clerk, tmp_path / "may-closed.pdf")
    verifies(clerk, tmp_path / "may.pdf", "There is no newer revision of it.")
    clerk.lets_pass(clock, timedelta(days=30))
    brings_in_june(clerk, tmp_path)
    corrects(clerk)
    joins(clerk)
    revises(clerk, tmp_path / "may-2.pdf")
    verifies(clerk, tmp_path / "may.pdf", "It was replaced: the newest revision is 2027-05 r2.")


def sets_up(clerk: Clerk, program: Program, house: Path, folder: Path) -> None:
    """The administrator sets the certificate up, and is seen no more."""
    with open_register(house, passphrase=PASSPHRASE, person=ADMINISTRATOR) as register:
        register.perform(
            people.add, name=SUPERVISOR, role=Role.SUPERVISOR, passphrase=FIRST, words=recovery.words(SHEET)
        )
    with open_register(house, passphrase=FIRST, person=SUPERVISOR) as register:
        register.perform(people.change_passphrase, old=FIRST, new=OWN)
    program.start(house)
    unlocks(clerk, ADMINISTRATOR, PASSPHRASE)
    clerk.window.resize(*SIZE)
    clerk.goes_to("Administration")
    clerk.answers(key_file(folder, "a good one"))
    clerk.presses("Set up a certificate")
    clerk.writes("Passphrase", "a good one")
    clerk.presses("Set up")
    assert "Reports can be signed with this certificate." in clerk.hears()
    clerk.picture("certificate")
    clerk.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def unlocks(clerk: Clerk, name: str, passphrase: str) -> None:
    clerk.waits_for("Who are you?")
    clerk.chooses("Who are you?", name)
    clerk.writes("Passphrase", passphrase)
    clerk.key(Qt.Key.Key_Return)
    clerk.waits_for("What needs a person today")


def opens_file(clerk: Clerk, rows: str, path: Path) -> None:
    path.write_text(HEADINGS + rows, encoding="utf-8")
    clerk.goes_to("Residents")
    clerk.answers(path)
    clerk.presses("Bring in stays")
    clerk.waits_for("10 of 10 recognised")


def brings_in_may(clerk: Clerk, folder: Path) -> None:
    opens_file(clerk, MAY, folder / "may.csv")
    clerk.picture("may-file")
    clerk.presses("Look over")
    assert "3 stays will come in." in clerk.reads()
    clerk.picture("may-plan")
    clerk.presses("Bring in 3 stays")
    clerk.waits_for("3 stays have come in.")
    clerk.picture("may-done")
    clerk.presses("Close")
    clerk.sees_below("2 present, 0 away, 2 on the roll")


def issues(clerk: Clerk, month: str, path: Path) -> str:
    clerk.goes_to("Monthly reports")
    clerk.selects("Months", month)
    clerk.presses("Issue")
    clerk.presses("Issue")
    assert "The report was issued." in clerk.hears()
    clerk.picture("issued")
    clerk.answers(path)
    clerk.presses("Save PDF")
    return pdf_text(path.read_bytes())


def brings_in_june(clerk: Clerk, folder: Path) -> None:
    opens_file(clerk, JUNE, folder / "june.csv")
    clerk.presses("Look over")
    assert "1 stay that is open will end." in clerk.reads()
    assert not clerk.can_press("Bring in 1 stay"), "what contradicts must be decided first"
    clerk.picture("june-plan")
    clerk.presses("Take all that the file says")
    assert not clerk.can_press("Bring in 1 stay"), "and why the file is right"
    clerk.writes("How it is known that the file is right", "The bus list names the 21st.")
    clerk.picture("june-decided")
    clerk.presses("Bring in 1 stay")
    clerk.waits_for("1 stay has come in.")
    assert "1 stay has ended." in clerk.reads()
    assert "1 stay was changed." in clerk.reads()
    clerk.picture("june-done")
    clerk.presses("Close")
    clerk.sees_below("2 present, 0 away, 2 on the roll")
    clerk.goes_to("Monthly reports")
    assert clerk.cell("Months", "State", "May 2027") == "Differs"
    clerk.picture("may-differs")


def joins(clerk: Clerk) -> None:
    clerk.goes_to("Residents")
    clerk.opens("Residents", "Mohamad Yusuf")
    clerk.waits_for("Perhaps the same as")
    clerk.picture("twice")
    clerk.presses("Join")
    clerk.chooses("Family name", "\u2068Rahmani\u2069 (K-0001)")
    clerk.chooses("Given names", "\u2068Mohammad Yousuf\u2069 (K-0001)")
    clerk.writes("How it is known", "The same passport.")
    clerk.picture("side-by-side")
    clerk.presses("Join")
    assert "They are one person now." in clerk.hears()
    assert "Rahmani" in clerk.reads()
    clerk.picture("joined")
    clerk.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    clerk.picks("Find a resident", "K-0001", shows="Rahmani")
    clerk.waits_for("K-0004")
    clerk.picture("found-by-either-number")


def corrects(clerk: Clerk) -> None:
    clerk.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    clerk.picks("Find a resident", "nguyen", shows="Nguyễn")
    clerk.turns_to("Departure")
    clerk.presses("Correct the departure")
    clerk.writes("Left: date", "22.5.2027")
    clerk.writes("How this is known", "The airline's list.")
    clerk.picture("correct-departure")
    clerk.presses("Correct the departure")
    assert "The departure is corrected." in clerk.hears()


def revises(clerk: Clerk, path: Path) -> None:
    clerk.goes_to("Monthly reports")
    clerk.selects("Months", "May 2027")
    assert clerk.cell("Months", "State", "May 2027") == "Differs"
    clerk.presses("Issue a revision")
    assert ["Person-nights", "", "67", "69"] in clerk.rows("What has changed since it was issued")
    clerk.writes("Why it is issued again", "The airline's list came later.")
    clerk.picture("old-and-new")
    clerk.presses("Issue")
    assert "The report was issued." in clerk.hears()
    clerk.picture("revised")
    clerk.answers(path)
    clerk.presses("Save PDF")
    said = pdf_text(path.read_bytes())
    for line in ("Replaces 2027-05", "Person-nights 67 69", "The airline's list came later."):
        assert line in said, said


def looks_through(clerk: Clerk, month: str) -> None:
    clerk.goes_to("Monthly reports")
    clerk.selects("Months", month)
    assert clerk.cell("Months", "State", month) == "To issue"
    clerk.presses("Look through")
    clerk.picture("doubts")
    clerk.writes("Remark", "Nothing more is known of them.")
    clerk.presses("Looked through")
    assert "It is entered that the month was looked through." in clerk.hears()
    assert clerk.cell("Months", "State", month) == "Checked"


def signs(clerk: Clerk, month: str, folder: Path) -> None:
    clerk.goes_to("Monthly reports")
    clerk.selects("Months", month)
    clerk.presses("Sign")
    clerk.picture("signs")
    clerk.presses("Sign")
    assert "The report was signed." in clerk.hears(), clerk.reads()
    clerk.answers(folder / "signed.pdf")
    clerk.presses("Save PDF")
    assert (folder / "signed.pdf").read_bytes().startswith((folder / "may.pdf").read_bytes())
    verifies(clerk, folder / "signed.pdf", "It is a certificate of this facility.")
    added = folder / "added.pdf"
    added.write_bytes((folder / "signed.pdf").read_bytes() + b"\n% one line more\n")
    verifies(clerk, added, "Something was added to the file after")


def sends(clerk: Clerk, path: Path) -> None:
    clerk.presses("Enter as sent")
    clerk.writes("To whom", "The partner’s desk")
    clerk.chooses("Encryption", "Encrypted with a passphrase")
    clerk.writes("Passphrase for the partner", "four moles under one lamp")
    clerk.writes("The same again", "four moles under one lamp")
    clerk.picture("encrypts")
    clerk.answers(path)
    clerk.presses("Encrypt, save and enter")
    assert "Encrypted and entered as sent: may-closed.pdf" in clerk.hears()
    clerk.picture("sent")
    assert clerk.cell("Months", "State", "May 2027") == "Sent"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.Pdf.open(path)


def verifies(clerk: Clerk, path: Path, said: str) -> None:
    clerk.answers(path)
    clerk.presses("Check a report", waits=False)
    clerk.is_told(said)
