"""Balance: charges and income by account, and whether the plan is balanced; valued contributions apart (R42)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.consumption import ZERO, total
from pdn.french import euros
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is planned, committed and spent.

    Attributes:
        planned: Planned.
        committed: Committed, paid or not.
        spent: Spent; received, for an income.
    """

    planned: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """Planned − spent: what the plan still holds; negative past it."""
        return self.planned - self.spent

    @property
    def overspent(self) -> bool:
        """Whether more was spent than planned, where something was planned."""
        return bool(self.planned) and self.spent > self.planned


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account and its amounts."""

    account: Account
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the plan: its accounts in order, those without a line left out, and their total."""

    rows: tuple[AccountRow, ...]
    total: Amounts

    @property
    def overspent(self) -> tuple[AccountRow, ...]:
        """The accounts on which more was spent than planned."""
        return tuple(row for row in self.rows if row.amounts.overspent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The plan of a year, for one strand or both.

    Attributes:
        expenses: Class 6.
        income: Class 7.
        voluntary_use: Account 86, in no total.
        voluntary_income: Account 87, in no total.
    """

    expenses: Side
    income: Side
    voluntary_use: Side
    voluntary_income: Side

    @property
    def gap(self) -> Decimal:
        """Planned charges − planned income: what income lacks; negative where it exceeds."""
        return self.expenses.total.planned - self.income.total.planned

    @property
    def voluntary_gap(self) -> Decimal:
        """Account 86 − account 87, planned: they have to be equal."""
        return self.voluntary_use.total.planned - self.voluntary_income.total.planned

    @property
    def is_balanced(self) -> bool:
        """Whether planned charges and income are equal."""
        return not self.gap

    @property
    def is_empty(self) -> bool:
        """Whether there is no line at all."""
        return not any(side.rows for side in (self.expenses, self.income, self.voluntary_use, self.voluntary_income))

    @property
    def sentence(self) -> str:
        """Whether the plan is balanced, in words."""
        charges, income = self.expenses.total.planned, self.income.total.planned
        if not charges and not income:
            return "Rien n’est encore inscrit au prévisionnel."
        if self.is_balanced:
            return f"Le prévisionnel est équilibré\u00a0: {euros(charges)} de charges et de produits."
        if self.gap > 0:
            return f"Le prévisionnel n’est pas équilibré\u00a0: il manque {euros(self.gap)} de produits."
        return f"Le prévisionnel n’est pas équilibré\u00a0: les produits dépassent les charges de {euros(-self.gap)}."

    @property
    def voluntary_sentence(self) -> str:
        """Whether valued contributions balance, in words."""
        if not self.voluntary_gap:
            return f"Les comptes 86 et 87 sont égaux\u00a0: {euros(self.voluntary_use.total.planned)}."
        return f"Les comptes 86 et 87 devraient être égaux\u00a0: {euros(abs(self.voluntary_gap))} d’écart."


def balance(data: Dataset, year: int, strand: Strand | None = None) -> Balance:
    """The plan of a year by account, for one strand or (None) for both; archived lines left out."""
    lines = [
        line for line in data.where(BudgetLine, "year", year) if line.account and (not strand or line.strand is strand)
    ]
    return Balance(
        expenses=_side(line for line in lines if line.account and line.account.is_expense),
        income=_side(line for line in lines if line.account and line.account.is_income),
        voluntary_use=_side(line for line in lines if line.account is Account.VOLUNTARY_USE),
        voluntary_income=_side(line for line in lines if line.account is Account.VOLUNTARY_INCOME),
    )


def overspent_lines(lines: Iterable[BudgetLine]) -> tuple[BudgetLine, ...]:
    """The lines on which more was spent than planned; a line without a plan can't be."""
    return tuple(line for line in lines if line.planned is not None and (line.spent or ZERO) > line.planned)


def _side(lines: Iterable[BudgetLine]) -> Side:
    by_account: dict[Account, list[BudgetLine]] = defaultdict(list)
    everything = list(lines)
    for line in everything:
        if line.account is not None:
            by_account[line.account].append(line)
    rows = tuple(AccountRow(account, _amounts(by_account[account])) for account in Account if account in by_account)
    return Side(rows, _amounts(everything))


def _amounts(lines: list[BudgetLine]) -> Amounts:
    return Amounts(
        total(line.planned for line in lines),
        total(line.committed for line in lines),
        total(line.spent for line in lines),
    )
