"""An invented person's difficulties, domain by domain, as the Washington Group asks for them."""

from collections.abc import Mapping
from random import Random

from consultations.codebook import BATTERIES

WEIGHTS = {
    "seeing": 25,
    "hearing": 16,
    "walking": 30,
    "remembering": 19,
    "self_care": 5,
    "communicating": 5,
}
"""How often a domain is somebody's greatest difficulty."""


def by_domain(greatest: str, rng: Random) -> Mapping[str, str]:
    """The six answers of somebody whose greatest difficulty is known; a code of absence for all."""
    parts = BATTERIES["disability"].questions
    if greatest not in ("none", "some", "a_lot"):
        return {f"disability_{part}": greatest for part in parts}
    answers = dict.fromkeys(parts, "1")
    first, second = rng.choices(list(WEIGHTS), list(WEIGHTS.values()), k=2)
    if greatest != "none":
        answers[second] = rng.choice("12")
        answers[first] = "2" if greatest == "some" else rng.choice("3334")
    return {f"disability_{part}": answer for part, answer in answers.items()}
