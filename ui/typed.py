"""What stands typed in a field, as JSON holds it, and back: for forms that are gone on with later."""

from typing import Any

from ui.kit.field import Field, LineField
from ui.kit.fields import CheckField, ChoiceField, ListField, LongTextField
from ui.kit.pick import PickField
from ui.kit.search import Found
from ui.kit.typed_fields import MomentField


def typed(asked: Field[Any]) -> object:
    """What stands in the control of a field, as JSON holds it; also what cannot be read yet."""
    match asked:
        case PickField():
            found = asked.found
            is_plain = found is not None and isinstance(found.value, int | str)
            return [asked.line.text(), [found.value, found.text, found.note] if found and is_plain else None]
        case ListField():
            return list(ListField.read(asked) or ())
        case ChoiceField():
            chosen = asked.read()
            return None if chosen is None else str(chosen)
        case MomentField():
            return [asked.edit.text(), asked.clock.text()]
        case CheckField():
            return asked.box.isChecked()
        case LongTextField():
            return asked.edit.toPlainText()
        case LineField():
            return asked.edit.text()
    return None


def put_typed(asked: Field[Any], state: Any) -> None:  # noqa: ANN401 - as `typed` has made it
    """Have stand in a field what `typed` has told of it."""
    match asked:
        case PickField():
            text, found = state
            if found is None:
                asked.line.setText(text)
            else:
                asked.show_found(Found(*found))
        case ListField():
            ListField.put(asked, tuple(state))
        case ChoiceField():
            asked.choose_named(state)
        case MomentField():
            asked.edit.setText(state[0])
            asked.clock.setText(state[1])
        case CheckField():
            asked.box.setChecked(state)
        case LongTextField():
            asked.edit.setPlainText(state)
        case LineField():
            asked.edit.setText(state)
