"""Proration: the part of a year's envelope that a partial year gives right to, by months or by days (R45)."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pdn.domain.settings import Proration
from pdn.french import count, day

CENT = Decimal("0.01")
MONTHS_PER_YEAR = 12
JANUARY_1, DECEMBER_31 = (1, 1), (12, 31)


def to_cent(amount: Decimal) -> Decimal:
    """The amount rounded to the cent, halves up, as an accountant does."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class FundedPart:
    """The part of a year during which a strand is funded.

    Attributes:
        year: The year.
        first: Its first funded day; None where the strand is not funded in that year.
        last: Its last funded day; None likewise.
        counted: Months or days that count, by the method.
        whole: Months or days of the whole year: 12, 365 or 366.
        proration: The method.
    """

    year: int
    first: date | None
    last: date | None
    counted: int
    whole: int
    proration: Proration

    @property
    def is_whole(self) -> bool:
        """Whether all of the year counts."""
        return self.counted == self.whole

    @property
    def days(self) -> int:
        """How many days are funded, whatever the method."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0

    def days_until(self, on: date) -> int:
        """How many funded days have passed at the end of a day."""
        if self.first is None or self.last is None or on < self.first:
            return 0
        return (min(on, self.last) - self.first).days + 1

    def apply(self, amount: Decimal) -> Decimal:
        """The part of a whole year's amount, to the cent."""
        return to_cent(amount * self.counted / self.whole)

    def describe(self) -> str:
        """How the proration was made: « 3 mois sur 12, depuis le 1er octobre 2018 »."""
        if self.first is None or self.last is None:
            return f"volet non financé en {self.year}"
        if self.is_whole:
            return "année entière"
        months = self.proration is not Proration.BY_DAY
        share = count(self.counted, "mois", "mois") if months else count(self.counted, "jour")
        late = (self.first.month, self.first.day) != JANUARY_1
        early = (self.last.month, self.last.day) != DECEMBER_31
        if late and early:
            return f"{share} sur {self.whole}, du {day(self.first)} au {day(self.last)}"
        return f"{share} sur {self.whole}, " + (
            f"depuis le {day(self.first)}" if late else f"jusqu’au {day(self.last)}"
        )


def funded_part(year: int, starts_on: date | None, ends_on: date | None, proration: Proration | None) -> FundedPart:
    """What part of a year is funded.

    By months, a month counts as soon as one of its days is funded: from 1 October as from 15 October, 3 months of 12.
    By days, each funded day counts, out of 365, or 366 in a leap year.

    Args:
        year: The year.
        starts_on: The strand's first funded day; None where it is not known: the year then counts from its first day.
        ends_on: The strand's last funded day; None while it goes on.
        proration: The method; by months where none is set.
    """
    method = proration or Proration.BY_MONTH
    whole = MONTHS_PER_YEAR
    if method is Proration.BY_DAY:
        whole = 366 if calendar.isleap(year) else 365
    first = max(starts_on or date.min, date(year, *JANUARY_1))
    last = min(ends_on or date.max, date(year, *DECEMBER_31))
    if last < first:
        return FundedPart(year, None, None, 0, whole, method)
    counted = (last - first).days + 1 if method is Proration.BY_DAY else last.month - first.month + 1
    return FundedPart(year, first, last, counted, whole, method)


def prorated(
    amount: Decimal, year: int, starts_on: date | None, ends_on: date | None, proration: Proration | None
) -> Decimal:
    """A whole year's amount prorated over the funded part of a year, to the cent, halves up (R45).

    From 1 October 2018, 20 000 € give 5 000 € by months (3/12) and 5 041,10 € by days (92/365).
    Outside of the strand's dates, 0.

    Args:
        amount: The amount of a whole year.
        year: The year.
        starts_on: The strand's first funded day; None prorates nothing at the year's beginning.
        ends_on: The strand's last funded day; None while it goes on.
        proration: By months (each month begun counts) or by days.
    """
    return funded_part(year, starts_on, ends_on, proration).apply(amount)
