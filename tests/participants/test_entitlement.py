import math

from consultations.codes import KEYED, LONG, grouped, new_code, read_code, with_check
from consultations.participants.entitlement import entitled_token, is_entitled, new_entitlement
from consultations.submissions.receipts import form_token

SECRET, ROUND = "one secret", "round 1"


def test_a_new_one_proves_itself_in_the_field_of_every_code():
    code = new_entitlement(SECRET, ROUND)

    assert read_code(code) == code
    assert len(code.replace("-", "")) == LONG
    assert is_entitled(code, SECRET, ROUND)


def test_it_proves_nothing_elsewhere():
    code = new_entitlement(SECRET, ROUND)

    assert not is_entitled(code, "another secret", ROUND)
    assert not is_entitled(code, SECRET, "round 2")


def test_no_other_code_is_taken_for_one():
    code = new_entitlement(SECRET, ROUND).replace("-", "")
    other = new_entitlement(SECRET, ROUND).replace("-", "")
    spliced = with_check(code[:26] + other[26:38])

    assert read_code(spliced) == spliced
    assert not is_entitled(spliced, SECRET, ROUND)
    assert not is_entitled(new_code(), SECRET, ROUND)
    assert not is_entitled(grouped(code[:28]), SECRET, ROUND)


def test_writing_one_oneself_is_hopeless():
    assert KEYED * math.log2(10) > 39


def test_two_have_nothing_in_common():
    made = {new_entitlement(SECRET, ROUND) for _ in range(50)}

    assert len(made) == 50
    assert len({code[:9] for code in made}) > 45


def test_one_code_has_one_token_that_looks_like_any_other():
    code = new_entitlement(SECRET, ROUND)

    assert entitled_token(code, SECRET) == entitled_token(code, SECRET)
    assert len(entitled_token(code, SECRET)) == len(form_token())
    assert entitled_token(code, SECRET) != entitled_token(code, "another secret")
    assert entitled_token(new_entitlement(SECRET, ROUND), SECRET) != entitled_token(code, SECRET)
