"""The register of budget lines: found by strand, account and words; and the years side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.consumption import Consumption, budget_years, consumption
from pdn.domain.settings import Settings
from pdn.french import fold
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFilters:
    """What lines are looked for; an empty filter keeps all.

    Attributes:
        strand: Their strand.
        account: Their account.
        text: Words that all stand somewhere in them, accents and case aside.
    """

    strand: Strand | None = None
    account: Account | None = None
    text: str = ""


def matching_lines(lines: Iterable[BudgetLine], filters: LineFilters) -> tuple[BudgetLine, ...]:
    """The lines that match, the most recent first, then those without a date: the plan."""
    words = fold(filters.text).split()
    kept = [
        line
        for line in lines
        if (filters.strand is None or line.strand is filters.strand)
        and (filters.account is None or line.account is filters.account)
        and all(word in _words(line) for word in words)
    ]
    return tuple(sorted(kept, key=lambda line: line.dated_on or date.min, reverse=True))


def copy_of(line: BudgetLine, today: date) -> BudgetLine:
    """A new line like this one, without its document; what was dated is dated today, and so of this year."""
    copy = replace(line, id="", document="", archived_on=None)
    return copy if line.dated_on is None else replace(copy, year=today.year, dated_on=today)


def consumption_by_year(data: Dataset, settings: Settings, today: date) -> tuple[tuple[Consumption, ...], ...]:
    """Each year's consumption of each strand against its envelope, the latest year first."""
    return tuple(
        tuple(consumption(data, settings, year, strand, today) for strand in Strand)
        for year in budget_years(data, settings, today)
    )


def _words(line: BudgetLine) -> str:
    account = line.account.value if line.account else ""
    return fold(f"{line.name} {line.supplier} {line.document} {account} {line.strand or ''}")
