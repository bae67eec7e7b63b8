"""The patterns of regex() match what Python's do, and nothing hangs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.questionnaires.xpath.patterns import (
    LONGEST_MATCHED,
    PatternError,
    matches,
    program,
)


def test_a_pattern_matches_the_whole_text():
    steps = program("[A-Z]{2}-\\d+")

    assert matches(steps, "AB-12")
    assert not matches(steps, "AB-12 ")
    assert not matches(steps, "xAB-12")


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("a(?=b)", "(?="),
        ("(?i)a", "(?i"),
        ("(?<n>a)", "(?<"),
        ("(a)\\1", "\\1"),
        ("\\bword\\b", "\\b"),
        ("a++", "+"),
        ("a**", "*"),
        ("a{2}{3}", "{"),
        ("*a", "*"),
        ("a|+", "+"),
        ("a{", "{"),
        ("a{3,2}", "{3,2}"),
        ("a)", ")"),
        ("(a", "("),
        ("[]", "[]"),
        ("[a&&b]", "&"),
        ("[[:alpha:]]", "["),
        ("[z-a]", "-"),
        ("[a-\\d]", "-"),
        ("[\\P{L}]", "\\P"),
        ("\\p{Greek}", "\\p"),
        ("\\xZZ", "\\x"),
        ("\\q", "\\q"),
    ],
)
def test_what_is_not_supported_is_named(pattern, what):
    with pytest.raises(PatternError) as refused:
        program(pattern)

    assert refused.value.values == {"what": what}


@pytest.mark.parametrize("pattern", ["[a", "a\\", "[a-", "(" * 40, "a{900}b{900}", "x" * 501])
def test_what_ends_too_early_or_is_too_much_is_refused(pattern):
    with pytest.raises(PatternError):
        program(pattern)


def test_a_long_text_does_not_match():
    assert matches(program("a*"), "a" * LONGEST_MATCHED)
    assert not matches(program("a*"), "a" * (LONGEST_MATCHED + 1))


LETTERS = "ab1_ -\n"
CHARACTERS = st.sampled_from(
    [
        *"ab1",
        ".",
        "\\d",
        "\\W",
        "\\s",
        "[ab]",
        "[^a]",
        "[a-b1]",
        "[\\d_]",
        "[^\\w-]",
        "^",
        "$",
        "\\-",
    ]
)
COUNTS = st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "{0}"])
PATTERNS = st.recursive(
    CHARACTERS,
    lambda inside: (
        st.builds("{}{}".format, inside, inside)
        | st.builds("(?:{}|{})".format, inside, inside)
        | st.builds("({}){}".format, inside, COUNTS)
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(PATTERNS, st.lists(st.text(LETTERS, max_size=6), min_size=5, max_size=5))
def test_it_matches_what_python_matches(pattern, texts):
    theirs = re.compile(pattern.replace(".", "[^\\n\\r]").replace("$", "\\Z"), re.ASCII)

    for text in texts:
        assert matches(program(pattern), text) == bool(theirs.fullmatch(text)), text
