"""Days as people plan them: whole months, working days, weeks."""

from calendar import monthrange
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
MONTHS = 12
TUESDAY, THURSDAY, SATURDAY = 1, 3, 5
HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month, so many months later (or earlier)."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, 1)


def month_end(day: date, months: int = 0) -> date:
    """The last day of the month, so many months later (or earlier)."""
    first = month_start(day, months)
    return first.replace(day=monthrange(first.year, first.month)[1])


def months_between(first: date, last: date) -> int:
    """How many times the month changes from one day to the other."""
    return (last.year - first.year) * MONTHS + last.month - first.month


def working_day(day: date) -> date:
    """The day itself, or the next one that is neither in a weekend nor a public holiday of fixed date."""
    while day.weekday() >= SATURDAY or (day.month, day.day) in HOLIDAYS:
        day += ONE_DAY
    return day


def weekday_from(day: date, weekday: int) -> date:
    """The first day of that name, that day included."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def weekday_before(day: date, weekday: int) -> date:
    """The last day of that name, that day included."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)
