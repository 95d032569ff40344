"""How rooms, beds and who has them are called wherever they are shown."""

from models.queries.rooms import Asked, BedRow, FreeBed, Occupancy, Occupant, PlacementRow, RoomRow, Sleeping
from models.rules import rooms as rules
from models.rules.names import display_name
from models.rules.vocabulary import BedKind
from models.rules.wording import word
from ui.kit.search import Found
from ui.language import _, isolated, plural, say, tr


def room_name(building: str, room: str) -> str:
    """A room, with its building where there are several."""
    return say(rules.room_name(building, room))


def bed_name(building: str, room: str, bed: str) -> str:
    """A bed with its room."""
    return say(rules.bed_name(building, room, bed))


def of_free(bed: FreeBed) -> Found:
    """A bed that can be given, to be picked: it is found as one types the number of its room."""
    words = _("{room}, bed {bed}", room=rules.label(bed.building, bed.room), bed=bed.name)
    return Found(bed.bed_id, words, "", _("{free} of {beds} free", free=bed.free, beds=bed.beds))


def of_placement(row: PlacementRow) -> str:
    """A bed that somebody has or had."""
    return bed_name(row.building, row.room, row.bed)


def of_sleeping(one: Sleeping) -> str:
    """Where somebody sleeps."""
    if one.room is None or one.bed is None:
        return _("No bed")
    return bed_name(one.building or "", one.room, one.bed)


def who(occupant: Occupant) -> str:
    """The name of who has a bed; the number where there is no name."""
    return display_name(occupant.family_name, occupant.given_names, occupant.number)


def named(bed: BedRow) -> str:
    """Who has a bed, for a sentence; nothing where nobody has it."""
    return "" if bed.occupant is None else isolated(who(bed.occupant))


def block(building: str, floor: str) -> str:
    """A building, or one floor of it."""
    named = building or _("Without a building")
    if not floor:
        return named
    return (
        _("{building}, floor {floor}", building=building, floor=floor) if building else _("Floor {floor}", floor=floor)
    )


def free(bed: BedRow) -> str:
    """A bed that nobody has; of what kind it is, where it is no plain one."""
    return _("free") if bed.kind is BedKind.PLAIN else tr().join((_("free"), say(word(bed.kind))))


def out_of_use(what: RoomRow | BedRow) -> str:
    """Why a room or a bed is out of use, since when and until when; nothing where it is in use."""
    if what.out_of_use is None:
        return ""
    parts = [what.out_of_use]
    if what.out_since is not None:
        parts.append(_("since {day}", day=tr().date(what.out_since)))
    if what.out_until is not None:
        parts.append(_("expected until {day}", day=tr().date(what.out_until)))
    return tr().join(parts)


def occupancy_line(found: Occupancy) -> str:
    """How full a building is, or the house."""
    parts = [
        plural("{taken} of {n} bed taken", "{taken} of {n} beds taken", found.beds, taken=found.taken),
        _("{n} free", n=tr().number(found.free)),
    ]
    if found.out_of_use:
        parts.append(_("{n} out of use", n=tr().number(found.out_of_use)))
    return ", ".join(parts)


def room_line(room: RoomRow) -> str:
    """A room as it is read aloud."""
    if room.out_of_use is not None:
        state = _("out of use: {reason}", reason=out_of_use(room))
    else:
        state = _("{taken} of {beds} taken", taken=room.taken, beds=len(room.beds))
    kind = () if room.kind is None else (say(word(room.kind)),)
    floor = (_("floor {floor}", floor=room.floor),) if room.floor else ()
    return ", ".join((room_name(room.building, room.name), *floor, *kind, state))


def bed_line(room: RoomRow, bed: BedRow) -> str:
    """A bed as it is read aloud."""
    parts = [bed_name(room.building, room.name, bed.name)]
    if bed.occupant is not None:
        parts += [isolated(who(bed.occupant)), bed.occupant.number]
        if bed.occupant.is_away:
            parts.append(_("away"))
        parts += map(say, bed.occupant.against)
    elif bed.out_of_use is not None:
        parts.append(_("out of use: {reason}", reason=out_of_use(bed)))
    elif room.out_of_use is not None:
        parts.append(_("out of use"))
    else:
        parts.append(free(bed))
    return ", ".join(parts)


def against(found: Asked, *, may_allow: bool, later: bool = False) -> list[str]:
    """What speaks against somebody in a bed, and what can be done; nothing where nothing does.

    Args:
        found: What speaks against it.
        may_allow: Whether who is at the desk may allow it.
        later: Whether the bed is only chosen, and given with the admission.
    """
    lines = []
    if found.objections:
        if found.is_final:
            lines.append(_("This bed cannot be given. Choose another bed:"))
        elif later:
            lines.append(_("This bed is not for this person. When they are admitted, it is asked why it is allowed:"))
        elif may_allow:
            lines.append(_("This bed is not for this person. Choose another bed, or say why it is allowed:"))
        else:
            lines.append(_("This bed is not for this person. Choose another bed, or ask a supervisor to allow it:"))
        lines += [f"•\u00a0{say(each.said)}" for each in found.objections]
    if found.concerns:
        lines.append(_("Before you do this:"))
        lines += [f"•\u00a0{say(each)}" for each in found.concerns]
    return lines
