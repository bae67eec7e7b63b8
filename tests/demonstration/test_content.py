"""The demonstration's words: complete in three languages, and true to the two drafts."""

import re
from collections import Counter

import pytest

from consultations.bundles.checks import read_configuration
from consultations.bundles.documents import read_yaml
from consultations.demonstration.content import (
    LANGUAGES,
    comments,
    paragraphs,
    proposed,
    read,
    written,
)
from consultations.drafts.markdown import outline_of_markdown
from consultations.drafts.outline import align
from consultations.replies.models import DISPOSITIONS

FILES = ("calendar", "consultation", "organisations", "outcome", "population", "questionnaire",
         "round-2", "small-groups", "themes")  # fmt: skip
ALL = set(LANGUAGES)
ORGANISATIONS = {each["slug"]: each for each in read("organisations")["organisations"]}


def _draft(number):
    outlines = {
        language: outline_of_markdown(written(f"draft-{number}.{language}.md"))
        for language in LANGUAGES
    }
    return {
        language: {each.eid: each for each in text.provisions}
        for language, text in align(outlines, "en").items()
    }


FIRST, REVISED = _draft(1), _draft(2)


def test_the_set_up_is_a_bundles():
    document = read_yaml(written("consultation.yaml").encode(), "consultation.yaml")
    assert read_configuration(document).slug == "regional-code"


@pytest.mark.parametrize("draft", [FIRST, REVISED])
def test_a_draft_says_the_same_in_every_language(draft):
    assert list(draft["en"]) == ["preamble", *(f"art_{number}" for number in range(1, 11))]
    for eid, provision in draft["en"].items():
        in_all = [draft[language][eid] for language in LANGUAGES]
        assert all(each.summary for each in in_all)
        assert len({len(paragraphs(each.text)) for each in in_all}) == 1
        assert len({each.text.count("[") - each.text.count("]") for each in in_all}) == 1
        assert len({each.text.count("[") for each in in_all}) == 1, eid
        assert provision.text.count("[") == provision.text.count("]")


def _texts_per_language(value, path=""):
    """Every map of languages to texts, with where it stands."""
    if isinstance(value, dict):
        if set(value) & ALL and all(isinstance(text, str) for text in value.values()):
            yield path, value
        for key, inner in value.items():
            yield from _texts_per_language(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts_per_language(inner, f"{path}/{index}")


@pytest.mark.parametrize("name", [*FILES, *(f"comments/art_{n}" for n in range(1, 11))])
def test_every_text_is_there_in_three_languages(name):
    for path, texts in _texts_per_language(read(name)):
        if name == "round-2" and set(texts) != ALL:
            point = read(name)["points"][int(path.split("/")[2])]
            assert point["status"] in ("waiting", "hidden"), path
            continue
        assert set(texts) == ALL, path
        assert all(text.strip() or path.endswith("put") for text in texts.values()), path
        assert re.search("[\u0600-\u06ff]", texts["ar"]), path


def test_french_marks_keep_their_space():
    for path, texts in (pair for name in FILES for pair in _texts_per_language(read(name))):
        assert not re.search(r" [;:!?»]|« ", texts.get("fr", "")), path


def test_forty_organisations_speak_and_every_point_is_answered():
    points = list(comments())
    assert len(ORGANISATIONS) == 40
    assert {point["organisation"] for point in points} == set(ORGANISATIONS)
    assert len({point["id"] for point in points}) == len(points) > 90
    assert Counter(point["disposition"] for point in points).keys() == set(DISPOSITIONS)
    assert all(set(point["reply"]) == ALL for point in points)


@pytest.mark.parametrize("point", list(comments()), ids=lambda point: point["id"])
def test_a_point_fits_the_draft_and_its_author(point):
    author = ORGANISATIONS[point["organisation"]]
    assert next(iter(point["comment"])) == author["language"], "the original stands first"
    assert set(point.get("joined_by", ())) <= set(ORGANISATIONS) - {point["organisation"]}
    for language, change in point.get("wording", {}).items():
        text = paragraphs(FIRST[language][point["provision"]].text)[point["paragraph"] - 1]
        assert text.count(change.get("cut", text)) == 1
        assert proposed(text, change) != text


def test_what_came_of_points_is_in_the_revised_draft():
    changed = {
        (eid, number)
        for eid in REVISED["en"]
        for number in _changed_paragraphs(FIRST["en"][eid].text, REVISED["en"][eid].text)
    }
    told = {(each["provision"], each["paragraph"]) for each in read("outcome")["changes"]}
    assert told == changed
    results = [point["result"] for point in comments() if "result" in point]
    assert {(each["provision"], each["paragraph"]) for each in results} - changed == {
        ("preamble", 3)  # the French translation alone was put right
    }


def _changed_paragraphs(before, after):
    old = dict(enumerate(paragraphs(before), start=1))
    return [n for n, text in enumerate(paragraphs(after), start=1) if old.get(n) != text]


def test_themes_have_sentences_in_every_language_for_every_article():
    themes = read("themes")["themes"]
    assert {each["provision"] for each in themes} == set(read("questionnaire")["provisions"])
    for theme in themes:
        assert theme["disposition"] in DISPOSITIONS
        assert {len(set(theme["sentences"][language])) for language in LANGUAGES} <= {6, 7, 8}
