"""The people who may open the register: who they are, and what an administrator does about them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import people
from models.queries import people as queries
from models.queries.people import UserRow
from models.rules.papers import WORKPLACE
from models.rules.people import HOLDS_SEALED_KEY
from models.rules.vocabulary import Role
from models.rules.wording import word
from models.store.declaring import Declared
from ui import permissions, session, work
from ui.flow import Flow
from ui.kit.columns import Cell, Column, day_column
from ui.kit.commands import Command
from ui.kit.field import Field
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.labels import Button
from ui.kit.layout import Card, column, held
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.language import _, say
from ui.passphrases import house, new_passphrase_fields, words_field


@dataclass(frozen=True, slots=True)
class _Command:
    """What can be done about the person who is chosen.

    Attributes:
        action: What it does.
        text: Of the button.
        do: What the button does.
        fits: Whether it can be done to this person.
    """

    action: Declared
    text: str
    do: Callable[[UserRow], None]
    fits: Callable[[UserRow], bool]


class PeopleCard(Card):
    """Who may open the register, and the buttons for whoever is chosen."""

    def __init__(self, owner: QWidget) -> None:
        """Lay the card out; `owner` is the page that dialogs belong to."""
        super().__init__(_("Who may open the register"), flush=True)
        self._owner = owner
        self._users: Mapping[int, UserRow] = {}
        self.table: Table[UserRow] = Table(
            [
                Column(
                    "name", _("Name"), lambda user: Cell(user.name, strong=True), width=150, stretch=True, whom=True
                ),
                Column("role", _("Role"), lambda user: say(word(user.role)), width=190),
                day_column("since", _("Since"), lambda user: session.date_of(user.created_at), width=120, spare=1),
                Column("sealed", _("Sealed notes"), _holds, width=150),
                Column("state", _("State"), _state, width=190),
            ],
            name=_("Who may open the register"),
            keeps="people",
            leaves=WORKPLACE,
            commands=lambda user: [
                Command(each.text, partial(self._do, each)) for each in self._commands if each.fits(user)
            ],
            fits=True,
            framed=False,
        )
        self.table.selected.connect(lambda _ids: self._enable())
        self.append(self.table)
        self.buttons: dict[Declared, Button] = {}
        self._commands = [command for command in self._all_commands() if permissions.may(command.action)]
        self._lay_out_buttons()

    def show_people(self, users: Sequence[UserRow]) -> None:
        """Show who there is."""
        self._users = {user.id: user for user in users}
        self.table.show_rows(users)
        for action, button in self.buttons.items():
            # With the first colleague ends what an administrator may do in place of everybody.
            button.setHidden(not permissions.may(action))
        self._enable()

    def _lay_out_buttons(self) -> None:
        if permissions.may(people.add):
            self.buttons[people.add] = Button(_("Add a person"), self._add, kind="primary")
        for command in self._commands:
            self.buttons[command.action] = Button(command.text, partial(self._do, command))
        if self.buttons:
            self.append(held(column(Flow(self.buttons.values()), margins=(14, 10, 14, 12))))

    def _all_commands(self) -> list[_Command]:
        me = work.person().id
        return [
            _Command(people.correct_name, _("Correct the name"), self._correct_name, lambda _user: True),
            _Command(people.change_role, _("Change role"), self._change_role, lambda user: user.is_active),
            _Command(
                people.reset_passphrase, _("New passphrase"), self._reset, lambda user: user.is_active and user.id != me
            ),
            _Command(
                people.grant_sealed,
                _("Give the key to sealed notes"),
                self._grant,
                lambda user: user.is_active and user.role in HOLDS_SEALED_KEY and not user.may_unseal,
            ),
            _Command(people.remove, _("Remove"), self._remove, lambda user: user.is_active and user.id != me),
            _Command(people.restore, _("Let come back"), self._restore, lambda user: not user.is_active),
        ]

    def _chosen(self) -> UserRow | None:
        return next((self._users[each] for each in self.table.selected_ids() if each in self._users), None)

    def _enable(self) -> None:
        chosen = self._chosen()
        for command in self._commands:
            button = self.buttons[command.action]
            button.setEnabled(chosen is not None and command.fits(chosen))
            button.setToolTip("" if chosen is not None else _("Choose a person in the list first."))

    def _do(self, command: _Command) -> None:
        chosen = self._chosen()
        if chosen is not None and command.fits(chosen):
            command.do(chosen)

    # -- what can be done ---------------------------------------------------------------------------------------------

    def _add(self) -> None:
        name = TextField("name", _("Name"), hint=_("As the unlock screen lists it."), required=True, longest=200)
        role = _role_field(None)
        words = _words_field()
        field, hint = new_passphrase_fields("passphrase", _("First passphrase"), lambda: [str(name.raw()), house()])

        def show_words() -> None:
            words.setVisible(role.read() in HOLDS_SEALED_KEY and not work.worker().register.can_unseal)

        role.edited.connect(show_words)
        dialog = FormDialog(
            self._owner,
            _("Add a person"),
            [name, role, field, hint, words],
            people.add,
            prepare=_with_words,
            submit=_("Add"),
            says=_("The person is asked for a passphrase of the own at the first unlocking."),
            done=_("The person can open the register now."),
            undoes=_("It cannot be undone, but the person can be removed."),
        )
        show_words()
        dialog.open()

    def _correct_name(self, user: UserRow) -> None:
        name_dialog(self._owner, user).open()

    def _change_role(self, user: UserRow) -> None:
        role_dialog(self._owner, user).open()

    def _reset(self, user: UserRow) -> None:
        self._ask_passphrase(
            user,
            people.reset_passphrase,
            title=_("New passphrase for {name}", name=user.name),
            submit=_("Set the passphrase"),
            says=_("The passphrase until now stops working. The new one is to be changed at the next unlocking."),
            done=_("The new passphrase holds."),
        )

    def _restore(self, user: UserRow) -> None:
        self._ask_passphrase(
            user,
            people.restore,
            title=_("Let {name} come back", name=user.name),
            submit=_("Let come back"),
            says=_("The person can open the register again, in the role of before: {role}.", role=say(word(user.role))),
            done=_("The person can open the register again."),
        )

    def _ask_passphrase(
        self, user: UserRow, action: Callable[..., Any], *, title: str, submit: str, says: str, done: str
    ) -> None:
        field, hint = new_passphrase_fields("passphrase", _("New passphrase"), lambda: [user.name, house()])
        fields: list[Field[Any] | QWidget] = [field, hint]
        if user.role in HOLDS_SEALED_KEY and not work.worker().register.can_unseal:
            fields.append(_words_field())
        FormDialog(
            self._owner,
            title,
            fields,
            action,
            values={"user_id": user.id},
            prepare=_with_words,
            submit=submit,
            says=says,
            done=done,
            undoes=_("It cannot be undone, but the passphrase can be set anew and the person be removed."),
        ).open()

    def _remove(self, user: UserRow) -> None:
        fields: list[Field[Any] | QWidget] = [TextField("reason", _("Reason"), hint=_("It stands in the trail."))]
        FormDialog(
            self._owner,
            _("Remove {name}", name=user.name),
            fields + _words_to_renew(user),
            people.remove,
            values={"user_id": user.id},
            prepare=lambda values: {name: value or "" for name, value in values.items()},
            submit=_("Remove"),
            says=_(
                "{name} cannot open the register any more. The name stays in the trail and on decisions. A copy of the "
                "register that was made before still opens with the old passphrase: so that it opens nothing later, "
                "give the register another key afterwards.",
                name=user.name,
            ),
            danger=True,
            done=_("The person was removed."),
            undoes=_("It cannot be undone, but the person can be let come back, with a new passphrase."),
        ).open()

    def _grant(self, user: UserRow) -> None:
        holds = work.worker().register.can_unseal
        FormDialog(
            self._owner,
            _("Give {name} the key to sealed notes", name=user.name),
            [] if holds else [_words_field(required=True)],
            people.grant_sealed,
            values={"user_id": user.id},
            prepare=_with_words,
            submit=_("Give the key"),
            says=_("{name} can then open what is sealed, as far as the role allows. Each look is recorded.",
                   name=user.name),
            done=_("The key was given."),
            undoes=_("It cannot be undone, but another role ends it."),
        ).open()  # fmt: skip


def name_dialog(owner: QWidget, user: UserRow) -> FormDialog:
    """Put right how somebody is called."""
    return FormDialog(
        owner,
        _("Correct the name of {name}", name=user.name),
        [
            TextField("name", _("Name"), value=user.name, required=True, longest=200),
            TextField("reason", _("How this is known"), hint=_("It stands in the trail."), required=True),
        ],
        people.correct_name,
        values={"user_id": user.id, "version": user.version},
        submit=_("Correct the name"),
        says=_(
            "Papers that were issued and what stands in the trail keep the former name, and the unlock screen lists it "
            "until the person has unlocked once more."
        ),
        done=_("The name was corrected."),
        undoes=_("It cannot be undone, but the name can be corrected again."),
        anew=Anew(partial(queries.user, user_id=user.id), name_dialog),
    )


def role_dialog(owner: QWidget, user: UserRow) -> FormDialog:
    """Give somebody another role."""
    role, words = _role_field(user.role), _words_to_renew(user)

    def show_words() -> None:
        for each in words:
            each.setVisible(role.read() not in HOLDS_SEALED_KEY)

    role.edited.connect(show_words)
    show_words()
    return FormDialog(
        owner,
        _("Change the role of {name}", name=user.name),
        [role, *words],
        people.change_role,
        values={"user_id": user.id, "version": user.version},
        prepare=_with_words,
        submit=_("Change role"),
        says=_("A role that may not read sealed notes loses the key to them at once."),
        done=_("The role was changed."),
        undoes=_("It cannot be undone, but the role of before can be given again."),
        anew=Anew(partial(queries.user, user_id=user.id), role_dialog),
    )


def _role_field(chosen: Role | None) -> ChoiceField[Role]:
    return ChoiceField("role", _("Role"), [(role, say(word(role))) for role in Role], value=chosen, required=True)


def _words_field(*, required: bool = False) -> LongTextField:
    hint = _("Of the recovery sheet, to give the key to sealed notes at once. Without them a colleague gives it later.")
    if required:
        hint = _("The twelve words of the recovery sheet that holds.")
    return words_field(_("Words of the recovery sheet"), hint, required=required)


def _words_to_renew(user: UserRow) -> list[Field[Any] | QWidget]:
    """The words of the sheet, where what is sealed is to be sealed anew: the person may have kept its key."""
    if not user.may_unseal or work.worker().register.can_unseal:
        return []
    hint = _("{name} holds the key to sealed notes and may have kept it, so they are sealed anew.", name=user.name)
    return [words_field(_("Words of the recovery sheet"), hint, required=False)]


def _with_words(values: dict[str, Any]) -> Mapping[str, Any]:
    return {name: "" if value is None and name == "words" else value for name, value in values.items()}


def _holds(user: UserRow) -> Cell:
    if user.role not in HOLDS_SEALED_KEY or not user.is_active:
        return Cell("")
    return Cell(chips=((_("Key held"), Tone.GREEN),) if user.may_unseal else ((_("Key not given"), Tone.AMBER),))


def _state(user: UserRow) -> Cell:
    if not user.is_active:
        return Cell(chips=((_("Removed"), Tone.GREY),))
    if user.must_change:
        return Cell(chips=((_("Must change passphrase"), Tone.AMBER),))
    return Cell(chips=((_("Active"), Tone.GREEN),))
