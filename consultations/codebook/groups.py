"""Groups over categories that the codebook has ready."""

from collections.abc import Mapping

from consultations.codebook.values import Group
from consultations.codebook.written import GROUPS as _WRITTEN

GROUPS: Mapping[str, Group] = {
    code: Group(code, each["label"], {name: tuple(codes) for name, codes in each["of"].items()})
    for code, each in _WRITTEN.items()
}
"""Code -> group."""
