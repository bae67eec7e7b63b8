"""The codebook's own dimensions, version 1, and how a consultation declares the ones it uses."""

from collections.abc import Mapping

from consultations.codebook.values import Dimension, Parent, Reference, Texts
from consultations.errors import ConsultationsError


class DimensionError(ConsultationsError):
    """A dimension was declared in a way that the codebook cannot take."""


DIMENSIONS: Mapping[str, Dimension] = {}
"""Name -> dimension. Those without categories need a question that feeds them."""

QUESTIONS: Mapping[str, Texts] = {}
"""Name -> the codebook's own question."""


def declared(
    name: str,
    *,
    label: Texts | None = None,
    why: Texts | None = None,
    parents: tuple[Parent, ...] | None = None,
    sensitive: bool | None = None,
    reference: Reference | None = None,
) -> Dimension:
    """The dimension that a consultation declares: the codebook's own with what it says otherwise.

    Raises `DimensionError` for a name the codebook lacks that comes without a label.
    """
    raise NotImplementedError
