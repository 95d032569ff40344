"""Whose key has to have signed which entry of the trail, as the trail itself tells it."""

from collections.abc import Mapping
from typing import Any

from models.rules.vocabulary import Role
from models.store.declaring import MADE, RECOVERED, UPGRADED
from models.store.entries import Entry
from models.store.signatures import Proving
from models.store.told import Misfit, Row, Told
from models.text import Message, message


class Signers:
    """Refuses what nobody can have made in whose name it stands; the signatures themselves are proven many at a time.

    With the register comes the key of the first person; what `users.signs` says of a person afterwards holds from the
    next entry on. An opening with the recovery sheet is signed by the key of the sheet. What an earlier Konak has
    entered is not signed; the first signed entry says up to which number, and whoever had no key brings it along.
    """

    def __init__(self, told: Told, proving: Proving) -> None:
        """Begin where nothing is told."""
        self._told, self._proving = told, proving
        self._is_signed = False

    @property
    def people(self) -> tuple[dict[str, dict[str, Any]], str | None]:
        """Who may sign by now, by number; and the key of the recovery sheet."""
        people = {
            id_: {name: row.get(name) for name in ("role", "is_active", "signs")}
            for (table, id_), row in self._told.rows.items()
            if table == "users"
        }
        return people, self._told.rows.get(("key_file", "1"), {}).get("recovery_signs")

    def go_on(self, people: Mapping[str, Mapping[str, Any]], sheet: str | None, names: Mapping[str, str]) -> None:
        """Begin where the trail was walked to before; nothing but who may sign is looked at.

        Args:
            people: Who could sign then.
            sheet: The key of the recovery sheet.
            names: What they are called; nobody gets another name.
        """
        self._is_signed = True
        self._told.only = {"users", "key_file"}
        for id_, person in people.items():
            self._told.rows["users", id_] = {**person, "name": names.get(id_)}
        self._told.rows["key_file", "1"] = {"recovery_signs": sheet}

    def check(self, entry: Entry, details: Mapping[str, Any]) -> None:
        """Refuse an entry in a name or a role that nobody had then; its signature is proven with many others."""
        number = entry.number
        if entry.signature is None:
            is_of_konak = entry.user_id == 0 and entry.action == UPGRADED.name
            if self._is_signed or (entry.former is None and not is_of_konak):
                raise Misfit(number, message("Entry {n} is not signed.", n=number))
            return
        if entry.former is not None or not (self._is_signed or self._begins(entry, details)):
            raise Misfit(number, message("Entry {n} is none that Konak writes.", n=number))
        self._is_signed = True
        person, own = self._told.rows.get(("users", str(entry.user_id))), self._own(entry, details)
        if person is None and number == 1:
            person = own
        if person is None or (person["name"], person["role"], person["is_active"]) != (entry.user, entry.role, True):
            raise Misfit(
                number, message("Entry {n} stands in the name of somebody who could not make it then.", n=number)
            )
        public = person.get("signs") or own.get("signs")
        if entry.action == RECOVERED.name:
            public = self._told.rows["key_file", "1"].get("recovery_signs")
        if entry.role != Role.ADMINISTRATOR and any(_gives_key(entry, change) for change in details["changed"]):
            raise Misfit(number, message("Entry {n} gives a key that its role may not give.", n=number))
        if not isinstance(public, str):
            raise Misfit(number, not_by(number))
        self._proving.add(number, bytes.fromhex(public), bytes.fromhex(entry.hash), entry.signature)

    @staticmethod
    def _begins(entry: Entry, details: Mapping[str, Any]) -> bool:
        """Whether an entry may be the first one that is signed."""
        if entry.number == 1:
            return entry.action == MADE.name
        return entry.action == UPGRADED.name and bool(details["notes"].get("unsigned_until") == entry.number - 1)

    @staticmethod
    def _own(entry: Entry, details: Mapping[str, Any]) -> Row:
        """What an entry says of whoever makes it."""
        key = "users", str(entry.user_id)
        return next((each["after"] for each in details["changed"] if (each["table"], each["id"]) == key), {})


def _gives_key(entry: Entry, change: Mapping[str, Any]) -> bool:
    """Whether a change gives somebody else a key to sign with: whoever could would write in that person's name."""
    return change["table"] == "users" and change["id"] != str(entry.user_id) and "signs" in change["after"]


def not_by(number: int) -> Message:
    """What is said of an entry with a wrong signature."""
    return message("Entry {n} is not signed by the person in whose name it stands.", n=number)
