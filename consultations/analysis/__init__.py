"""Counts that cannot identify anyone: the pure core, plain values in, plain values out.

What is named here is the public door (docs/disclosure-control.md); each is loaded when it is asked
for, because counting takes libraries that answering does without.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consultations.analysis.audit import Failure as Failure
    from consultations.analysis.audit import verify_intervals as verify_intervals
    from consultations.analysis.plan import CountedQuestion as CountedQuestion
    from consultations.analysis.plan import Responses as Responses
    from consultations.analysis.plan import TablePlan as TablePlan
    from consultations.analysis.protect import protect as protected_tables
    from consultations.analysis.publication import Protected as Protected

DOOR = {
    "CountedQuestion": ("plan", "CountedQuestion"),
    "Failure": ("audit", "Failure"),
    "Protected": ("publication", "Protected"),
    "Responses": ("plan", "Responses"),
    "TablePlan": ("plan", "TablePlan"),
    "protected_tables": ("protect", "protect"),
    "verify_intervals": ("audit", "verify_intervals"),
}
"""Name -> the module it is in, and its name there."""

__all__ = [
    "CountedQuestion",
    "Failure",
    "Protected",
    "Responses",
    "TablePlan",
    "protected_tables",
    "verify_intervals",
]


def __getattr__(name: str) -> Any:
    if name not in DOOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, inside = DOOR[name]
    return getattr(import_module(f"{__name__}.{module}"), inside)
