import pytest

from consultations.questionnaires.answer import AnswerError, OutOfRangeError
from consultations.questionnaires.structure import Question
from consultations.questionnaires.typed.free_text import read_long_text, read_text


def text(**details):
    return Question("q", "text", {"en": "Q"}, **details)


def test_words_come_back_as_they_were_written():
    assert read_text(text(), ["  words "]) == "  words "
    assert read_long_text(text(), ["one\r\ntwo"]) == "one\ntwo"


def test_a_question_can_allow_fewer_characters():
    assert read_text(text(maximum=5), ["أبجدة"]) == "أبجدة"
    with pytest.raises(OutOfRangeError, match="at most 5 characters; these are 6"):
        read_long_text(text(maximum=5), ["six so"])


@pytest.mark.parametrize("typed", ["amal@example.org", " a.b+c@mail.example.co.uk", "ш@пример.рф"])
def test_an_e_mail_address_is_taken(typed):
    assert read_text(text(appearance="email"), [typed]) == typed


@pytest.mark.parametrize("typed", ["amal", "amal@", "@example.org", "a@b", "a b@example.org"])
def test_what_does_not_look_like_an_e_mail_address_is_not(typed):
    with pytest.raises(AnswerError, match=r"not an e-mail address; .* name@example.org"):
        read_text(text(appearance="email"), [typed])
