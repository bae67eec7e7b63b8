"""What day it is, where somebody is. Nothing finer than a day is kept beside answers."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment in UTC, for the team's log and signatures."""
    return datetime.now(UTC)


def today(time_zone: str = "UTC") -> date:
    """The calendar day at this moment in an IANA time zone."""
    return now().astimezone(ZoneInfo(time_zone)).date()
