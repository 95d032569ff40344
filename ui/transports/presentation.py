"""How transports and those who are on them look: their names, their chips, what is open."""

from models.queries.passengers import BedShown, PassengerRow
from models.queries.transports import TransportRow, name_of
from models.rules.rooms import short_name
from models.rules.transports import Stage
from models.rules.vocabulary import Sex
from models.rules.wording import word
from ui import session
from ui.kit.columns import Cell
from ui.kit.tokens import Tone
from ui.language import _, plural, say
from ui.presentation import name_of as who
from ui.presentation import when


def title_of(row: TransportRow) -> str:
    """A transport by its name: Bus from Prishtina airport, 28 Nov 2026."""
    return say(name_of(row))


def state_of(row: TransportRow) -> Cell:
    """Where it stands, as a chip."""
    if row.called_off is not None:
        return Cell(chips=((_("Called off"), Tone.GREY),), hint=row.called_off)
    if row.came is None:
        late = row.expected.on < session.today()
        return Cell(chips=((_("Not come yet") if late else _("Expected"), Tone.AMBER if late else Tone.BLUE),))
    if row.is_over and row.people:
        return Cell(chips=((_("Admitted"), Tone.GREEN) if row.admitted else (_("Nobody came"), Tone.GREY),))
    return Cell(chips=((_("Has come"), Tone.AMBER),))


def subtitle_of(row: TransportRow, aboard: int) -> str:
    """What is known of a transport, in one line."""
    parts = [_("List {code}", code=", ".join(row.lists)) if row.lists else ""]
    parts.append(plural("{n} expected", "{n} expected", row.people) if row.people else _("nobody is on it yet"))
    if row.came is not None and row.people:
        parts.append(plural("{n} on board", "{n} on board", aboard))
    parts.append(_("escort: {escort}", escort=row.escort) if row.escort else "")
    if row.called_off is not None:
        parts.append(_("does not come: {why}", why=row.called_off))
    elif row.came is not None:
        parts.append(_("came {when}", when=when(row.came)))
    else:
        parts.append(_("expected {when}", when=when(row.expected)))
    return " · ".join(part for part in parts if part)


def person_of(each: PassengerRow) -> str:
    """The name of somebody on a transport, else the number."""
    return who(each, each.partner_number)


def sex_and_age(each: PassengerRow) -> str:
    """As a table shows both: M 41, F ~17."""
    letters = {Sex.FEMALE: _("F"), Sex.MALE: _("M"), Sex.OTHER: _("X")}
    sex = letters[each.sex] if each.sex else "?"
    if each.birth is None:
        return f"{sex} ?"
    return f"{sex} {'~' if each.birth.about else ''}{each.birth.age(session.today())}"


def bed_words(bed: BedShown) -> str:
    """A bed in a table, as `models.rules.rooms.short_name` has it."""
    return short_name(bed.building, bed.room, bed.bed)


def bed_cell(each: PassengerRow, *, can_choose: bool) -> Cell:
    """The bed that somebody is to get, or has been given."""
    if each.stage in (Stage.ADMITTED, Stage.NOT_COME):
        return Cell("–")
    chosen = _("chosen") if each.bed_is_chosen and not each.lost_bed else ""
    if each.bed is None:
        return Cell(_("none"), link=can_choose, muted=chosen)
    kind = "" if each.bed.kind is None else say(word(each.bed.kind))
    return Cell(bed_words(each.bed), link=can_choose, muted=" · ".join(part for part in (kind, chosen) if part))


def known_cell(each: PassengerRow) -> Cell:
    """How many of the facts that an arrival asks for are on record."""
    got, asked = each.known
    if each.is_to_decide:
        tone = Tone.RED
    elif each.stage is Stage.NOT_COME:
        tone = Tone.GREY
    else:
        tone = Tone.GREEN if got == asked else Tone.AMBER
    return Cell(chips=((_("{got} of {asked}", got=got, asked=asked), tone),))


def open_words(each: PassengerRow) -> str:
    """What is open of somebody, the gravest first."""
    if each.stage is Stage.ADMITTED:
        return _("admitted as {number}", number=each.became)
    if each.stage is Stage.NOT_COME:
        return _("not come: the place is kept")
    parts = [say(why) for why in (*each.decisions, *each.objections, *each.open)]
    if each.lost_bed:
        parts.append(_("{bed} was chosen and cannot be given any more", bed=each.lost_bed))
    if each.same_as and "/" not in each.same_as:  # not the number of somebody whose arrival was taken back
        parts.append(_("known as {number}", number=each.same_as))
    if each.own is not None:
        parts.append(_("arrived {when}", when=when(each.own)))
    if each.needs_accessible:
        parts.append(_("accessible bed"))
    if each.not_shared:
        parts.append(_("room not shared"))
    return "; ".join(parts)
