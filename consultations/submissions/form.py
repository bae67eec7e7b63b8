"""The questionnaire of an open round as a form: which page comes next, what a page holds."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from random import Random, SystemRandom

from consultations.codebook import NON_RESPONSE, NOT_ASKED, Texts
from consultations.drafts.models import Provision
from consultations.drafts.queries import revision
from consultations.questionnaires.answer import Answers
from consultations.questionnaires.answers import Checked, check, complete
from consultations.questionnaires.drawing import Amount, Draw, asked, draw
from consultations.questionnaires.duration import minutes
from consultations.questionnaires.journey import Page, first_page, pages
from consultations.questionnaires.logic import Logic
from consultations.questionnaires.paper.numbering import numbers
from consultations.questionnaires.queries import Recorded, logic, questionnaire, recordings_of
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.rounds.models import Consultation, Round
from consultations.rounds.plan import declared_dimensions
from consultations.submissions.models import Submission
from consultations.submissions.receipts import form_token
from consultations.submissions.state import FormState
from consultations.web.frames import Kept

EVERYTHING = Draw((), ())
"""Before anything is drawn: the first page, which is the same for everyone."""

Sent = dict[str, list[str]]
"""Form field -> the values posted."""

Way = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]
"""A draw, without the order where nothing on the way depends on it."""

MOST_WAYS = 256
"""Of so many draws the pages are kept in memory."""


@dataclass(frozen=True)
class AnswerForm:
    """One round's questionnaire and draft, as a participant meets them.

    kept: what was rendered of it once, the same for everyone (see `web.frames`).
    ways: the pages of the draws met last.
    """

    consultation: Consultation
    round: Round
    questionnaire: Questionnaire
    logic: Logic
    kept: Kept = field(default_factory=dict, compare=False)
    ways: dict[Way, tuple[Page, ...]] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """What sealed states are bound to: another round's or version's do not fit."""
        version = self.round.questionnaire_version_id
        return f"{self.consultation.slug}/{self.round.number}/{version}"

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """The provisions of the round's revision by their current number."""
        if self.round.revision_id is None:
            return {}
        return {each.eid: each for each in revision(self.round.revision_id).provisions}

    @cached_property
    def reasons(self) -> dict[str, Texts]:
        """Dimension -> why it is asked for."""
        return {each.name: each.why for each in declared_dimensions(self.consultation.plan)}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Question -> its number, the same as on paper."""
        return numbers(self.questionnaire)

    @cached_property
    def recordings(self) -> list[Recorded]:
        """What can be listened to."""
        return recordings_of(self.consultation.id)

    @property
    def amounts(self) -> dict[str, Amount]:
        """On how many provisions a participant is asked, for positions and in depth."""
        return {
            "positions": _amount(self.round.positions),
            "in_depth": _amount(self.round.in_depth),
        }

    def first_page(self) -> Page:
        """The page that is the same for everyone."""
        return first_page(self.questionnaire, **self.amounts, depends=self.logic.depends)

    def begin(self, randomness: Random | None = None) -> FormState:
        """A new participant's state, with its token and its draw."""
        drawn = draw(self.questionnaire, **self.amounts, randomness=randomness or SystemRandom())
        return FormState(form_token(), drawn)

    def begin_again(self, instead_of: Submission, *, receipt_hash: str) -> FormState:
        """An empty form for one who replaces an answer: asked about the same provisions."""
        fresh = self.begin()
        drawn = replace(_drawn_for(self.questionnaire, instead_of), order=fresh.drawn.order)
        return replace(fresh, drawn=drawn, entry=instead_of.entry, replaces=receipt_hash)

    def pages(self, drawn: Draw) -> tuple[Page, ...]:
        """Every page of one participant; for `EVERYTHING`, as many as anyone will have."""
        order = drawn.order if self._shuffled else ""
        way = (drawn.positions, drawn.in_depth, drawn.chosen, order)
        if way not in self.ways:
            if len(self.ways) >= MOST_WAYS:
                self.ways.clear()
            self.ways[way] = self._pages(drawn)
        return self.ways[way]

    @cached_property
    def _shuffled(self) -> bool:
        """Whether pages, or questions on them, come in random order."""
        return self.questionnaire.random_provisions or any(
            each.random or each.layout == "votes" for each in self.questionnaire.sections
        )

    def _pages(self, drawn: Draw) -> tuple[Page, ...]:
        if drawn == EVERYTHING:
            drawn = draw(self.questionnaire, **self.amounts, randomness=Random(0))  # noqa: S311
        return pages(self.questionnaire, drawn, **self.amounts, depends=self.logic.depends)

    @cached_property
    def piped(self) -> frozenset[str]:
        """The questions whose words speak of other answers."""
        return frozenset(each.name for each in self.questionnaire.questions if _speaks(each))

    @property
    def deciding(self) -> Logic | None:
        """The logic, where there is any."""
        return self.logic if self.logic.decides else None

    def known(self, state: FormState) -> Answers:
        """The answers so far, with all that is worked out from them."""
        return self.logic.calculated(state.answers, order=state.drawn.order)

    def shown(self, page: Page, state: FormState) -> tuple[Question, ...]:
        """The questions of a page whose conditions hold."""
        if not self.deciding:
            return page.questions
        left_out = self.logic.irrelevant(self.known(state))
        return tuple(each for each in page.questions if each.name not in left_out)

    @cached_property
    def most_files(self) -> int:
        """How many files a participant may be asked for."""
        return sum(each.kind == "file" for each in self.questionnaire.questions)

    def files(self, state: FormState) -> tuple[Question, ...]:
        """The questions for files, asked for on the check page."""
        if not self.most_files:
            return ()
        left_out = self.logic.irrelevant(self.known(state))
        return tuple(
            each
            for each in asked(self.questionnaire, state.drawn)
            if each.kind == "file" and each.name not in left_out
        )

    def choices(self, question: Question, state: FormState) -> tuple[Choice, ...]:
        """The choices of a question that pass its filter, in this participant's order."""
        offered = question.choices
        if question.choice_filter:
            offered = self.logic.choices(question, self.known(state))
        if not question.random:
            return offered
        last = [each for each in offered if _comes_last(each)]
        return (*state.drawn.shuffled(
            [each for each in offered if not _comes_last(each)], question.name
        ), *last)  # fmt: skip

    def step(self, state: FormState, *, forward: bool) -> FormState:
        """The next or the last page on which anything is asked; after the last one comes the check.

        A page whose questions are all left out by their conditions is passed over.
        """
        found = self.pages(state.drawn)
        way = range(state.page + 1, len(found)) if forward else range(state.page - 1, -1, -1)
        for number in way:
            page = found[number]
            if not page.questions or self.shown(page, state):
                return state.at(number)
        return state.at(len(found) if forward else 0)

    def check(self, page: Page, state: FormState, sent: Sent) -> Checked:
        """What was posted for a page, held against its questions and their conditions."""
        return check(
            self.shown(page, state),
            sent,
            logic=self.deciding,
            before=state.answers,
            order=state.drawn.order,
        )

    def whole(self, state: FormState) -> Answers:
        """The answers to be stored: every choice question explicit, "-9" where not asked."""
        questions = [each.name for each in asked(self.questionnaire, state.drawn)]
        return complete(
            self.questionnaire,
            state.answers,
            questions,
            logic=self.deciding,
            order=state.drawn.order,
        )

    def given(self, state: FormState) -> list[str]:
        """The provisions drawn for this participant, told apart from those chosen."""
        return list(state.drawn.in_depth)

    @cached_property
    def minutes(self) -> int:
        """How long it takes, for what one participant is asked."""
        drawn = draw(self.questionnaire, **self.amounts, randomness=Random(0))  # noqa: S311
        questions = asked(self.questionnaire, drawn)
        about = {each.provision for each in questions}
        return minutes(
            questions,
            language=self.questionnaire.default_language,
            beside=[each.summary for eid, each in self.provisions.items() if eid in about],
        )


def answer_form(consultation: Consultation, of: Round) -> AnswerForm:
    """The form of a round that has a questionnaire."""
    version = of.questionnaire_version_id
    assert version is not None
    return AnswerForm(consultation, of, questionnaire(version), logic(version))


def _speaks(question: Question) -> bool:
    """Whether an answer is put into its words."""
    own = (question.label, question.hint, question.message, question.required_message)
    spoken = (*own, *(choice.label for choice in question.choices))
    return any("${" in words for texts in spoken for words in texts.values())


def _comes_last(choice: Choice) -> bool:
    return choice.exclusive or choice.specify or choice.code in NON_RESPONSE


def _drawn_for(asked_of: Questionnaire, submission: Submission) -> Draw:
    """What had been drawn for a submission, told by what it was asked."""
    answers = submission.answers
    about = [
        each
        for each in asked_of.questions
        if each.about and answers.get(each.name) not in (NOT_ASKED, None)
    ]
    positions = {each.provision: None for each in about if each.role == "position"}
    in_depth = {each.provision: None for each in about if each.role != "position"}
    given = tuple(submission.given)
    return Draw(
        tuple(eid for eid in positions if eid),
        given,
        tuple(eid for eid in in_depth if eid and eid not in given),
    )


def _amount(stated: str) -> Amount:
    return "all" if stated == "all" else int(stated)
