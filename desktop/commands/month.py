"""`konak month`: where the report of a month stands, what is missing or doubtful, and how it was sent."""

import argparse
import json
from collections.abc import Callable, Mapping
from typing import Any

from desktop.commands.opening import ask_passphrase, first_line, open_register
from models.actions import months as actions
from models.actions import signing
from models.errors import Refused
from models.exchange import door, sending
from models.ids import ProgrammeId, SendingId
from models.queries import issued_months, month_doubts, month_states, monthly_reports, programmes
from models.queries.issued_months import IssuedRow
from models.queries.month_states import SendingRow
from models.rules.papers import Choice
from models.rules.time import Moment
from models.rules.vocabulary import SendingWay
from models.rules.wording import word
from models.store.register import Register
from models.store.snapshot import Snapshot
from models.text import translator


def run(typed: argparse.Namespace) -> int:
    """Do what was typed, and say what was done.

    Raises:
        Refused: There is no such programme or sending, or a rule says no.
        Unavailable: The register cannot be opened or written.
    """
    with open_register(typed, for_reading=typed.step in ("list", "show")) as register:
        with register.read() as snapshot:
            programme_id = programmes.of_code(snapshot, typed.programme)
        print(_STEPS[typed.step](register, typed, programme_id))
    return 0


def _list(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> str:
    with register.read() as snapshot:
        rows = monthly_reports.months_of(snapshot, programme_id)
    told = [
        {
            "month": str(row.month),
            "state": row.stands.state.value,
            "number": None if row.issued is None else row.issued.number,
            "due": row.due_on.isoformat(),
            "differs": list(row.differs),
            "late_to_be_sent": row.is_unsent,
        }
        for row in rows
    ]
    return json.dumps(told, indent=2)


def _show(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> str:
    english = translator("en")
    with register.read() as snapshot:
        stands = month_states.state_of(snapshot, programme_id=programme_id, month=typed.month)
        revisions = issued_months.issued(snapshot, programme_id, typed.month)
        sent = month_states.sendings(snapshot, programme_id=programme_id, month=typed.month)
        doubts = month_doubts.doubts(snapshot, programme_id=programme_id, month=typed.month)
    told: dict[str, Any] = {
        "month": str(typed.month),
        "state": stands.state.value,
        "looked_through": None
        if stands.checked_at is None
        else {
            "at": stands.checked_at.isoformat(timespec="seconds"),
            "by": stands.checked_by,
            "open_then": stands.checked_doubts,
            "remark": stands.checked_remark,
        },
        "issued": [
            {"number": row.number, "on": row.issued_on.isoformat(), "by": row.issued_by, "reason": row.reason}
            for row in revisions
        ],
        "sent": [_sending(register, row) for row in sent],
        "doubts": [
            {
                "what": doubt.kind.value,
                "number": doubt.number,
                "said": f"{english.render(word(doubt.kind))}. {english.render(doubt.text)}",
            }
            for doubt in doubts
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _sending(register: Register, row: SendingRow) -> dict[str, object]:
    at = row.sent.at
    return {
        "sending": int(row.id),
        "number": row.report,
        "sent": row.sent.on.isoformat()
        if at is None
        else at.astimezone(register.facility.zone).isoformat(timespec="minutes"),
        "way": row.way.value,
        "to": row.to_whom,
        "receipt": row.receipt,
        "protection": row.protection.value,
        "digest": row.digest,
        "taken_back": row.taken_back,
        "entered_by": row.entered_by,
    }


def _check(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> str:
    left = register.perform(actions.check, programme_id=programme_id, month=typed.month, remark=typed.remark).value
    return f"{typed.month} is looked through; points still open: {left}."


def _uncheck(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> str:
    register.perform(actions.uncheck, programme_id=programme_id, month=typed.month, reason=typed.reason)
    return f"{typed.month} is open again."


def _send(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> str:
    with register.read() as snapshot:
        issued = _last(snapshot, programme_id, typed)
    values: dict[str, Any] = {
        "sent": _sent(register, typed),
        "way": SendingWay(typed.way),
        "to_whom": typed.to,
        "receipt": typed.receipt,
    }
    if typed.out is not None:
        _send_closed(register, typed, programme_id, issued, values)
        return f"{issued.number} is encrypted as {typed.out.name}, and it is entered that it was sent."
    if typed.certificate is not None or typed.report_passphrase_file is not None:
        raise Refused("Say by --out into which file it is to be encrypted.", field="out")
    made = register.perform(actions.send, issued_id=issued.id, **values).value
    return f"It is entered as sending {made} that {issued.number} was sent."


def _send_closed(
    register: Register, typed: argparse.Namespace, programme_id: ProgrammeId, issued: IssuedRow, said: dict[str, Any]
) -> None:
    from reports import encrypting
    from ui.papers.catalogue import MONTHLY_REPORT

    if typed.certificate is not None:
        closing = sending.Closing(certificate=typed.certificate)
    elif typed.report_passphrase_file is not None:
        closing = sending.Closing(first_line(typed.report_passphrase_file))
    else:
        closing = sending.Closing(ask_passphrase("Passphrase for the report: "))
        sending.check_same(closing.passphrase, ask_passphrase("The same again: "))
    chosen = {Choice.PROGRAMME: programme_id, Choice.MONTH: typed.month}
    ready = door.drawn(register, MONTHLY_REPORT, language=issued.language, chosen=chosen)
    sending.send(
        register,
        ready,
        issued,
        typed.out,
        closing,
        with_passphrase=encrypting.with_passphrase,
        for_certificate=encrypting.for_certificate,
        **said,
    )


def _sign(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> str:
    from reports.signing import sign

    with register.read() as snapshot:
        issued = _last(snapshot, programme_id, typed)
    register.perform(signing.sign, issued_id=issued.id, sign=sign, stamped=not typed.without_time_stamp)
    return f"{issued.number} is signed; `konak report` prints it so."


def _correct(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> str:
    with register.read() as snapshot:
        rows = month_states.sendings(snapshot, programme_id=programme_id, month=typed.month)
    row = next((row for row in rows if row.id == typed.sending), None)
    if row is None:
        raise Refused("There is no sending {number} of this month.", field="sending", number=typed.sending)
    register.perform(
        actions.correct_sending,
        sending_id=row.id,
        version=row.version,
        sent=row.sent if typed.at is None else _sent(register, typed),
        way=row.way if typed.way is None else SendingWay(typed.way),
        to_whom=row.to_whom if typed.to is None else typed.to,
        receipt=row.receipt if typed.receipt is None else typed.receipt,
        reason=typed.reason,
    )
    return f"Sending {typed.sending} is corrected."


def _take_back(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> str:
    register.perform(actions.take_back_sending, sending_id=SendingId(typed.sending), reason=typed.reason)
    return f"Sending {typed.sending} is taken back."


def _sent(register: Register, typed: argparse.Namespace) -> Moment:
    zone = register.facility.zone
    return Moment.of(register.clock.now(), zone) if typed.at is None else Moment.typed(typed.at[0], typed.at[1], zone)


def _last(snapshot: Snapshot, programme_id: ProgrammeId, typed: argparse.Namespace) -> IssuedRow:
    revisions = issued_months.issued(snapshot, programme_id, typed.month)
    if not revisions:
        raise Refused("This month is not issued yet. Issue it first, with `konak report`.", field="month")
    return revisions[-1]


_STEPS: Mapping[str, Callable[[Register, argparse.Namespace, ProgrammeId], str]] = {
    "list": _list,
    "show": _show,
    "check": _check,
    "open-again": _uncheck,
    "sent": _send,
    "correct-sent": _correct,
    "take-back-sent": _take_back,
    "sign": _sign,
}
