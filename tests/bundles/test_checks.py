"""What consultation.yaml must fulfil, and how its errors read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from consultations.bundles.checks import check_codes, read_configuration
from consultations.bundles.documents import BundleError, read_yaml
from consultations.bundles.schema import Configuration
from consultations.codebook import DIMENSIONS, Category
from tests.bundles.conftest import CONFIGURATION

Rewrite = Callable[[str, str], Path]


def _read(old: str = "", new: str = "") -> Configuration:
    assert old in CONFIGURATION
    text = CONFIGURATION.replace(old, new, 1)
    return read_configuration(read_yaml(text.encode(), "consultation.yaml"))


def test_what_is_left_out_has_its_default() -> None:
    configuration = _read()
    policy = configuration.policy.policy(threshold=5)
    assert (policy.threshold, policy.minimum_base, policy.sensitive_zero_rule) == (5, 20, True)
    assert configuration.retention_months == 12
    assert configuration.time_zone == "UTC"
    assert configuration.rounds[0].positions is None


def test_the_minimum_base_follows_the_threshold() -> None:
    policy = _read("dimensions:", "policy: {threshold: 15}\ndimensions:").policy
    assert policy.policy(threshold=5).minimum_base == 30


def test_codes_are_text_as_written() -> None:
    group = _read("[woman]", "[01, no, 1]").groups[0]
    assert group.of["gender"] == ["01", "no", "1"]


def test_norwegian_is_a_language() -> None:
    configuration = _read("languages: [en, ar]", "languages: [en, ar, no]")
    assert configuration.languages[-1] == "no"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("summary:", "sumary:", r"line 6: the key sumary is not known; .* is summary"),
        ("  opens:", "  open:", r"the key rounds\[1\].open is not known; .* is opens"),
        ("age: {}", "age: {labels: {en: A}}", r"dimensions.age.labels is not known; .* label"),
        ("of: {gender", "off: {gender", r"groups\[1\].off is not known; .* is of"),
        ("slug: small-code\n", "", "the key slug is missing"),
        ("  opens: 2026-01-01\n", "", r"line 18: the key rounds\[1\].opens is missing"),
        ("bundle/1", "bundle/2", r"schema: consultations.bundle/2 is not one of"),
        ("small-code", "manage", "the slug manage is taken"),
        ("small-code", "Small Code", "slug: Small Code holds a character"),
        ("small-code", "a", "slug: a holds a character that is not allowed here, or has"),
        ("[en, ar]", "[en, arabic]", r"languages\[2\]: arabic is not a language tag"),
        ("[en, ar]", "[en, xx]", "xx is not a language tag"),
        ("ar: مدونة", "Arabic: مدونة", r"line 5, title.*: Arabic is not a language tag"),
        ("[en, ar]", "[ar]", "source language en is not in the list"),
        ("{en: A small code}", "{ar: م}", "summary: the text in the source language en is miss"),
        ("{en: Women}", "{ar: م}", r"groups\[1\].label: the text in the source language"),
        ("{en: A small code}", "A small code", "summary: this must be a map"),
        ("{en: A small code}", "{en: [a]}", "summary.en: this must be text"),
        ("[en, ar]", "en", "languages: this must be a list"),
        ("[en, ar]", "[en, ar, en]", "languages: en stands here twice"),
        ("number: 1", "number: one", r"rounds\[1\].number: one is not a whole number"),
        ("number: 1", "number: 0", "0 is less than 1"),
        ("2026-02-01", "soon", r"rounds\[1\].closes: soon is not a date"),
        ("2026-02-01", "2025-02-01", "the round closes before it opens"),
        ("dimensions:", "policy: {threshold: 1}\ndimensions:", "1 is less than 2"),
        ("dimensions:", "policy: {threshold: 9, minimum_base: 5}\ndimensions:", "less than the"),
        ("dimensions:", "policy: {sensitive_zero_rule: perhaps}\ndimensions:", "neither true nor"),
        ("dimensions:", "time_zone: Mars/Base\ndimensions:", "Mars/Base is not a time zone"),
        ("dimensions:", "sampling: random\ndimensions:", "random is not one of"),
        ("dimensions:", "sampling: probability\ndimensions:", "needs the key sampling_design"),
        ("dimensions:", "retention_months: -1\ndimensions:", "retention_months: -1 is less"),
        ("age: {}", "trade: {}", "no dimension of this name .*, and a new one needs the key label"),
        ("age: {}", "trade: {label: {en: T}}", "needs the key why"),
        ("{gender: [woman]}", "{sex: [woman]}", r"groups\[1\].of.sex: sex is not among"),
        ("[gender, age]", "[gender, region]", r"crossings\[1\]: region is not among"),
        ("[gender, age]", "[gender]", r"crossings\[1\]"),
        ("[gender, age]", "[gender, gender]", "crossed with itself"),
        ("- [gender, age]", "- [gender, age]\n- [age, gender]", "age × gender stands here twice"),
        ("women\n  label: {en: Women}", "hill", r"groups\[1\]: the codebook has no group .* label"),
        ("age: {}", "age: {categories: [{code: 5-9}]}", "age.categories: .* no category “5-9”"),
        (
            "  age: {}",
            "  age: {}\n  channel: {label: {en: C}, why: {en: W}}",
            "may be named “channel",
        ),
        ("code: women", "code: Women!", r"groups\[1\].code: Women! holds a character"),
        ("number: 1", "number: 1\n  responses: r.csv", "responses need a questionnaire"),
        ("number: 1", "number: 1\n  in_depth: some", r"rounds\[1\].in_depth"),
        (
            "age: {}",
            "age: {reference: {source: census, shares: {18-24: 18}}}",
            r"dimensions.age.reference.shares.18-24: 18 is more than 1",
        ),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, says: str) -> None:
    with pytest.raises(BundleError, match=says) as caught:
        _read(old, new)
    assert str(caught.value).startswith("consultation.yaml, line ")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("a: !!python/object/apply:os.system [ls]", "line 1: the tag !!python/object/apply:os"),
        ("a: 1\nb: !danger x", "line 2: the tag !danger is not accepted"),
        ("a: !!binary aGk=", "the tag !!binary"),
        ("? [a]\n: b", "a key must be plain text"),
        ("a: 1\na: 2", "line 2: the key a stands twice"),
        ("a: [", "is not YAML"),
        ("a: 1\n---\nb: 2", "is not YAML"),
        ("a: *nowhere", "is not YAML"),
        ("&a [*a]", "nested too deep"),
        ("[" * 2000, "nested too deep|not YAML"),
        ("a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
         "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
         "e: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]", "too many"),
        ("", "consultation.yaml"),
        ("just text", "must be a map"),
        ("- a", "must be a map"),
        ("a: \x00", "not YAML"),
    ],
)  # fmt: skip
def test_yaml_that_is_not_plain_is_refused(source: str, says: str) -> None:
    with pytest.raises(BundleError, match=says):
        read_configuration(read_yaml(source.encode(), "consultation.yaml"))


def test_other_encodings_and_sizes_are_refused() -> None:
    with pytest.raises(BundleError, match="not UTF-8"):
        read_yaml("título".encode("latin-1"), "x.yaml")
    with pytest.raises(BundleError, match="larger than one megabyte"):
        read_yaml(b" " * 1_000_001, "x.yaml")


def test_codes_must_be_those_of_the_question() -> None:
    document = read_yaml(CONFIGURATION.encode(), "consultation.yaml")
    configuration = read_configuration(document)
    check_codes(document, configuration, {"gender": DIMENSIONS["gender"]})
    other = replace(DIMENSIONS["gender"], categories=(Category("F", {}), Category("M", {})))
    with pytest.raises(BundleError, match=r"of.gender\[1\]: .* no category woman; it has F, M"):
        check_codes(document, configuration, {"gender": other})


def test_a_group_may_name_what_categories_merge_into() -> None:
    text = CONFIGURATION.replace("{gender: [woman]}", "{age: [under_30]}")
    document = read_yaml(text.encode(), "consultation.yaml")
    check_codes(document, read_configuration(document), {"age": DIMENSIONS["age"]})


def test_a_group_of_the_codebook_needs_its_code_only() -> None:
    own = _read("  label: {en: Women}\n  of: {gender: [woman]}\n", "")
    assert own.groups[0].categories == {"gender": ("woman",)}


def test_categories_are_listed_for_a_dimension() -> None:
    listed = _read(
        "age: {}", "age: {}\n  minority: {categories: [{code: hill, label: {en: Hill}}]}"
    )
    assert listed.plan()["dimensions"]["minority"] == {
        "categories": [{"code": "hill", "label": {"en": "Hill"}}]
    }
