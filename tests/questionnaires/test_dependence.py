"""What a question depends on, directly and through others."""

import pytest

from consultations.questionnaires.dependence import CircleError, in_order, reached


def test_what_is_reached_through_others_counts_however_the_names_come():
    depends = {"a": "b", "b": "c", "d": "a"}

    assert reached(["a"], depends) == {"a", "b", "c"}
    assert reached(iter("a"), depends) == {"a", "b", "c"}


def test_each_name_comes_after_those_it_depends_on():
    assert in_order({"c": "ab", "b": "a"}) == ("a", "b", "c")


def test_a_circle_is_told_from_its_first_name():
    with pytest.raises(CircleError, match="a → b → a"):
        in_order({"b": "a", "a": "b"})
