"""What a value of each type of field is: tidied, added to what is known, and refused where it cannot be kept."""

import pytest

from models.errors import Refused
from models.rules.field_types import LONGEST_TEXT, Field, FieldClass, FieldType, check_text
from models.rules.vocabulary import Answer, Sex

T = FieldType


def _field(of: FieldType | type[Sex] | type[Answer], longest: int = 400) -> Field:
    return Field("field", "Field", of, FieldClass.PERSONAL, longest=longest)


@pytest.mark.parametrize(
    ("of", "value", "tidied"),
    [
        (T.NAME, "  Gul   Khan ", "Gul Khan"),
        (T.TEXT, None, ""),
        (T.TEXTS, [" a  b", "a b", "", "c"], ("a b", "c")),
        (T.TEXTS, None, ()),
        (T.COUNTRIES, ["af ", "AF", "pk"], ("AF", "PK")),
        (T.LANGUAGES, ("fa", " ps "), ("fa", "ps")),
        (T.COUNTRY, " af", "AF"),
        (T.NATIONALITY, " ", None),
        (T.LONG_TEXT, " a\n b ", "a\n b"),
        (T.LONG_TEXT, None, ""),
        (T.YES_NO, None, False),
        (T.YES_NO, True, True),
        (T.NUMBER, "", None),
        (T.NUMBER, 0, 0),
        (Sex, None, None),
        (Sex, Sex.FEMALE, Sex.FEMALE),
        (Answer, "", Answer.UNKNOWN),
        (Answer, Answer.NO, Answer.NO),
    ],
)
def test_a_value_is_kept_without_surplus_and_empty_where_nothing_is_known(
    of: FieldType, value: object, tidied: object
) -> None:
    assert _field(of).tidy(value) == tidied


@pytest.mark.parametrize(
    ("of", "known", "said", "added"),
    [
        (T.TEXT, "a", "b", "a"),
        (T.TEXT, "", "b", "b"),
        (T.TEXTS, ("a", "b"), ("b", "c"), ("a", "b", "c")),
        (T.LONG_TEXT, "a", "b", "a\nb"),
        (T.LONG_TEXT, "a", "a", "a"),
        (T.LONG_TEXT, "", "a", "a"),
        (Answer, Answer.UNKNOWN, Answer.YES, Answer.YES),
        (Answer, Answer.NO, Answer.YES, Answer.NO),
        (T.YES_NO, False, True, True),
    ],
)
def test_what_is_said_is_added_to_what_is_known_and_writes_nothing_over(
    of: FieldType, known: object, said: object, added: object
) -> None:
    assert _field(of).added(known, said) == added


@pytest.mark.parametrize(
    ("of", "taken", "refused"),
    [
        (T.TEXT, "x" * 9, "x" * 10),
        (T.NAME, "é", "\ud83d"),
        (T.NAME, "😀", "a\udfff"),
        (T.TEXTS, ("x" * 9, ""), ("a", "x" * 10)),
        (T.LONG_TEXT, "x" * LONGEST_TEXT, "x" * (LONGEST_TEXT + 1)),
        (T.COUNTRY, "AF", "XX"),
        (T.COUNTRY, None, "XXA"),
        (T.NATIONALITY, "XXA", "XX"),
        (T.COUNTRIES, ("AF", "PK"), ("AF", "XX")),
        (T.COUNTRIES, (), ("XXA",)),
        (Sex, Sex.FEMALE, "Q"),
        (Sex, None, "female"),
        (Answer, Answer.UNKNOWN, "perhaps"),
        (T.YES_NO, True, "x" * 10),
    ],
)
def test_of_each_type_what_can_be_kept_is_taken_and_what_cannot_is_refused(
    of: FieldType, taken: object, refused: object
) -> None:
    field = _field(of, longest=9)
    field.check(taken)
    with pytest.raises(Refused) as raised:
        field.check(refused)
    assert raised.value.field == "field"


def test_a_text_of_half_a_letter_is_none_at_either_edge() -> None:
    for whole in ("", "plain", "\ud7ff", "\ue000"):
        check_text(whole)
    for half in ("\ud800", "\udfff"):
        with pytest.raises(Refused, match="half a letter"):
            check_text(half)


def test_a_field_is_called_by_its_name_in_files_unless_it_says_otherwise_and_keeps_lists() -> None:
    named = Field("field", "Field", T.TEXT, FieldClass.OPEN, in_files="other")
    assert (named.column, _field(T.TEXT).column) == ("other", "field")
    assert {of for of in T if _field(of).is_line} == {T.NAME, T.TEXT}
    assert (named.stored(("a", "b")), named.stored("a")) == (["a", "b"], "a")
