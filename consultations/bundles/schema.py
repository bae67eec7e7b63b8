"""The keys of consultation.yaml, as `consultations.bundle/1` defines them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

import langcodes
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from consultations.codebook import GROUPS, Policy
from consultations.words import N_

SCHEMA = "consultations.bundle/1"
RESERVED_SLUGS = frozenset({"site", "manage", "receipt", "api"})
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _language(tag: str) -> str:
    if len(tag) > 35 or not _TAG.fullmatch(tag) or not langcodes.tag_is_valid(tag):
        raise PydanticCustomError(
            "language",
            N_("%(file)s, line %(line)s, %(place)s: %(tag)s is not a language tag (BCP 47)."),
            {"tag": tag},
        )
    return tag


def _slug(slug: str) -> str:
    if slug in RESERVED_SLUGS:
        raise PydanticCustomError(
            "slug",
            N_("%(file)s, line %(line)s: the slug %(slug)s is taken by the program itself."),
            {"slug": slug},
        )
    return slug


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise PydanticCustomError(
            "time_zone",
            N_("%(file)s, line %(line)s: %(name)s is not a time zone (write Asia/Amman or UTC)."),
            {"name": name},
        )
    return name


def _nothing_is_empty(given: object) -> object:
    return {} if given is None else given


Language = Annotated[str, AfterValidator(_language)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[dict[Language, Words], Field(min_length=1)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^\S+$")]
Name = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z_][A-Za-z0-9_-]*$")]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Amount = Literal["all"] | Annotated[int, Field(ge=0, le=1000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ParentKeys(_Part):
    """What small categories merge into."""

    code: Code
    label: Texts
    of: Annotated[list[Code], Field(min_length=1)]


class ReferenceKeys(_Part):
    """Shares of the population, for representation ratios."""

    source: Words
    shares: dict[Code, Annotated[float, Field(ge=0, le=1)]]


class CategoryKeys(_Part):
    """A category that is used; without a label the codebook's words stay."""

    code: Code
    label: Texts | None = None


class DimensionKeys(_Part):
    """A dimension: all keys may be absent for one of the codebook's own."""

    label: Texts | None = None
    why: Texts | None = None
    question: Texts | None = None
    categories: Annotated[list[CategoryKeys], Field(min_length=1)] | None = None
    parents: list[ParentKeys] | None = None
    sensitive: bool | None = None
    reference: ReferenceKeys | None = None


class GroupKeys(_Part):
    """A group over categories; one of the codebook's own needs its code only."""

    code: Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9_-]+$")]
    label: Texts | None = None
    of: Annotated[dict[str, Annotated[list[Code], Field(min_length=1)]], Field(min_length=1)] = (
        Field(default_factory=dict)
    )

    @property
    def categories(self) -> Mapping[str, Sequence[str]]:
        """Dimension -> codes, as stated or as the codebook has them."""
        own = GROUPS.get(self.code)
        return self.of or (own.of if own else {})


class PolicyKeys(_Part):
    """How small a published number may be."""

    threshold: Annotated[int, Field(ge=2, le=1000)] | None = None
    minimum_base: Annotated[int, Field(ge=2, le=100_000)] | None = None
    sensitive_zero_rule: bool = True

    def policy(self, threshold: int) -> Policy:
        """The policy in full; `threshold` is the host's default."""
        k = self.threshold or threshold
        return Policy(k, self.minimum_base or max(20, 2 * k), self.sensitive_zero_rule)


class RoundKeys(_Part):
    """A round and the files it uses.

    `brackets` asks about the open brackets as well, in a questionnaire made for the draft.
    """

    number: Annotated[int, Field(ge=1, le=1000)]
    title: Texts | None = None
    opens: date
    closes: date
    draft: Annotated[FileName, StringConstraints(max_length=60)] = "draft"
    questionnaire: FileName | None = None
    responses: FileName | None = None
    comments: FileName | None = None
    brackets: bool = False
    positions: Amount | None = None
    in_depth: Amount | None = None


class Configuration(_Part):
    """consultation.yaml as a whole.

    `decision` says what is decided, by whom and by when; `safeguarding`, who is responsible for
    the safety of participants under 18: without it they are not invited. A `discreet` one has
    pages whose title does not tell what they are, and a button to leave at once.
    """

    schema_name: Annotated[Literal["consultations.bundle/1"], Field(alias="schema")]
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,60}$"), AfterValidator(_slug)]
    source_language: Language
    languages: Annotated[list[Language], Field(min_length=1)]
    title: Texts
    summary: Texts
    organizer: Texts
    decision: Texts | None = None
    contact: Texts | None = None
    privacy_notice: Texts | None = None
    safeguarding: Texts | None = None
    discreet: bool = False
    retention_months: Annotated[int, Field(ge=1, le=1200)] = 12
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    sampling: Literal["self_selected", "invited", "probability"] = "self_selected"
    sampling_design: Texts | None = None
    policy: Annotated[PolicyKeys, BeforeValidator(_nothing_is_empty)] = PolicyKeys()
    dimensions: Annotated[
        dict[Name, Annotated[DimensionKeys, BeforeValidator(_nothing_is_empty)]],
        BeforeValidator(_nothing_is_empty),
    ] = Field(default_factory=dict)
    groups: list[GroupKeys] = Field(default_factory=list)
    crossings: list[tuple[str, str]] = Field(default_factory=list)
    rounds: Annotated[list[RoundKeys], Field(min_length=1)]

    def plan(self) -> dict[str, Any]:
        """Dimensions, groups, crossings and how it is asked, as plain values, as they are kept."""
        kept = {"dimensions", "groups", "crossings", "safeguarding", "discreet"}
        return self.model_dump(mode="json", include=kept, exclude_none=True)
