"""Time, sleep and chance in one place, so that tests neither wait nor guess."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOME_ZONE = "Europe/Paris"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """What tells the time.

    Attributes:
        now: The moment, aware.
        monotonic: Seconds that never go back, to measure waits and ages.
        sleep: Waits so many seconds.
        random: A number between 0 and 1, for jitter.
    """

    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random

    def wall(self, zone: str = HOME_ZONE) -> datetime:
        """The moment by the clock on the wall of a time zone, as sheets hold it; UTC's where it is unknown."""
        try:
            there = self.now().astimezone(ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError):
            there = self.now().astimezone(UTC)
        return there.replace(tzinfo=None, microsecond=0)
