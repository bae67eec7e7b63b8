"""What a server has done by a process of its own; nobody types it."""

from consultations.analysis.snapshots.sweeping import end_with_parent
from consultations.analysis.snapshots.sweeping import sweep as sweep_now
from consultations.database import with_database


@with_database
def sweep() -> None:
    """Take out of the snapshots what is gone, and begin the days of open rounds."""
    end_with_parent()
    sweep_now()
