"""What time it is in France."""

from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The moment by a French clock, without its zone, as sheets keep it."""
    return datetime.now(PARIS).replace(tzinfo=None)
