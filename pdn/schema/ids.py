"""Ids: short, sortable by when they were made, typeable on a telephone."""

import secrets
from collections.abc import Callable, Container
from datetime import datetime

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing is misread aloud."""

FIRST_MINUTE = datetime(2018, 1, 1)  # noqa: DTZ001 - ids only sort; a wall clock is enough
MINUTES_LENGTH, RANDOM_LENGTH = 5, 3
PROVISIONAL = "?"
"""What the id of a row that has none begins with while it is read: « ?14 » for the row 14."""


def base32(number: int, length: int) -> str:
    """The number in base 32, with leading zeros."""
    digits = ""
    for _ in range(length):
        number, rest = divmod(number, len(ALPHABET))
        digits = ALPHABET[rest] + digits
    return digits


def mint(
    prefix: str, now: datetime, taken: Container[str] = (), below: Callable[[int], int] = secrets.randbelow
) -> str:
    """A new id, « S-4T7K29QX »: five characters for the minute (until 2081), three drawn at random.

    Args:
        prefix: The table's prefix.
        now: The moment, by the clock on the wall.
        taken: Ids that exist already.
        below: Draws a whole number below its argument; the demonstration gives a seeded one.
    """
    minute = int((now - FIRST_MINUTE).total_seconds() // 60)
    while True:
        drawn = base32(below(len(ALPHABET) ** RANDOM_LENGTH), RANDOM_LENGTH)
        made = f"{prefix}-{base32(minute, MINUTES_LENGTH)}{drawn}"
        if made not in taken:
            return made


def is_provisional(record_id: str) -> bool:
    """Whether the row has no id of its own yet."""
    return record_id.startswith(PROVISIONAL)
