"""What was said in words, as the themes that were found in it: one more answer to be counted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultations.analysis.counted import Themes, in_words, themes_name
from consultations.codebook import Category
from consultations.drafts.queries import revision
from consultations.questionnaires.structure import Questionnaire
from consultations.rounds.models import Round
from consultations.themes.queries import codes_in_answers, themes_of

Coded = Mapping[str, Mapping[str, Sequence[str]]]
"""Submission -> name of a question that counts themes -> the codes of those in its words."""


@dataclass(frozen=True)
class Said:
    """The themes that are named on each provision, and who said what of them."""

    themes: Themes
    codes: Coded


def said_in_words(of: Round, asked: Questionnaire) -> Said:
    """The themes of a round as they are attached now.

    Only those that everyone may read of are counted: a rare one would not be shown anyway.
    """
    texts = in_words(asked)
    wids = {each.wid: each.eid for each in revision(of.revision_id).provisions} if of.revision_id \
        else {}  # fmt: skip
    themes = {
        wids[wid]: tuple(Category(each["code"], each["label"]) for each in named)
        for wid, named in themes_of(of).items()
        if wids.get(wid) in texts
    }
    codes: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (submission, wid), found in codes_in_answers(of.id).items():
        eid = wids.get(wid, "")
        counted = [each.code for each in themes.get(eid, ()) if each.code in found]
        if counted:
            codes[submission][themes_name(texts[eid])] = counted
    return Said(themes, dict(codes))
