"""Makes dirty tabs: valid records laid out as a tab, then what partners do to it, with what has to be told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from pdn.domain.workbooks import RECORD_TYPES
from pdn.french import fold
from pdn.schema import Cell, Column, ProblemKind, Record, TabReading, kinds
from pdn.schema.cells import is_blank, serial_of_date
from pdn.schema.kinds import Kind

BY_KEY = {record_type.table.key: record_type for record_type in RECORD_TYPES}
WORDS = [
    "Éloïse",
    "Diaz-O’Neill",
    "Centre social",
    "12",
    "=1+1",
    "+33",
    "@ici",
    "👩‍💻 numérique",
    "x" * 2000,
    "Le 14\u00a0h",
]
FOREIGN = ["Couleur préférée", "Commentaire de l’élu", "Vu ?", "2026", "", "🙂", "Note de Zoé"]
TITLES = [[], [""], ["Gironde, année 2026"], ["", "À remplir avant le 15"], [None, True], ["🙂", "🙂", "🙂"]]
BLANK_ROWS = [[], [""], [None, " ", "\u00a0"], ["", False, "\u200b"]]
ERRORS = ["#REF!", "#N/A", "#VALEUR!"]


@dataclass(repr=False)
class Mess:
    """A tab after a partner's day, and what reading it has to find.

    Attributes:
        record_type: What the tab holds.
        grid: Its cells, rows cut short as Google does.
        records: What is to be read, in order.
        problems: The kind, row and column of every problem to be told; the column is None for a missing one.
        notices: The same for notices.
    """

    record_type: type[Record]
    grid: list[list[Cell]] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    problems: set[tuple[ProblemKind, int, int | None]] = field(default_factory=set)
    notices: set[tuple[ProblemKind, int, int | None]] = field(default_factory=set)

    def __repr__(self) -> str:
        """The grid as far as a person wants to read it when a test fails."""
        rows = "\n".join(f"{number}: {[str(cell)[:24] for cell in row]}" for number, row in enumerate(self.grid))
        return f"{self.record_type.table.tab}\n{rows}"


@dataclass(frozen=True, slots=True)
class Written:
    """How a cell is written: what stands there, and whether it is right, untidy or spoiled."""

    cell: Cell
    problem: ProblemKind | None = None
    untidy: bool = False


def targets() -> tuple[TabReading[Any], ...]:
    """A tab of two records for every table that others refer to."""
    keys = {c.kind.target for r in RECORD_TYPES for c in r.table.columns if isinstance(c.kind, kinds.Reference)}
    return tuple(
        TabReading(made, made.table.tab, records=tuple(made(id=f"{made.table.prefix}-0000000{n}") for n in (1, 2)))
        for made in (BY_KEY[key] for key in sorted(keys))
    )


def valid(column: Column, own: str) -> list[Any]:
    """Values that a cell of the column may have, none of them blank."""
    kind = column.kind
    if isinstance(kind, kinds.Reference):
        prefix = BY_KEY[kind.target].table.prefix
        return [] if kind.target == own else [f"{prefix}-00000001", f"{prefix}-00000002"]
    if isinstance(kind, kinds.Choice | kinds.Choices):
        several = isinstance(kind, kinds.Choices)
        return [(choice,) if several else choice for choice in kind.choices] + (
            [tuple(kind.choices)] if several else []
        )
    if isinstance(kind, kinds.OpenChoice):
        return [kind.options[0], kind.options[-1], "Autre chose"]
    if isinstance(kind, kinds.WholeNumber):
        return [kind.least, kind.least + 1]
    if isinstance(kind, kinds.LongText):
        return [word for word in [*WORDS, "Une ligne\n\nUne autre\u00a0: 🙂"] if len(word) <= kind.most]
    return VALID[type(kind)]


VALID: dict[type[Kind[Any]], list[Any]] = {
    kinds.Text: WORDS,
    kinds.Date: [date(2019, 3, 12), date(2020, 2, 29), date(2100, 12, 31)],
    kinds.Consent: [date(2019, 3, 12)],
    kinds.Money: [Decimal("0.00"), Decimal("12.50"), Decimal("-1234.05")],
    kinds.Hours: [0, 5, 150],
    kinds.Phone: ["+33612345678", "+33556000000", "+32470123456", "+33800235236"],
    kinds.Email: ["ana.diaz@example.org", "é@example.org"],
    kinds.Siret: ["73282932000074", "00079191300015"],
    kinds.Postcode: ["33000", "01000"],
    kinds.InseeCode: ["33063", "01053", "2A004"],
    kinds.Url: ["https://www.example.org/a?b=c"],
    kinds.YesNo: [True, False],
    kinds.Label: ["Diaz · P-00000001"],
    kinds.Identifier: ["X-00000001"],
}
WRONG: dict[type[Kind[Any]], list[Cell]] = {
    kinds.Date: ["31/02/2019", "29/02/2019", "mars 2019", "bientôt", "12/03/19019", 2019, -5, 1e300, True],
    kinds.Consent: ["oui", True, "31/02/2019", "un jour"],
    kinds.Money: ["1.234", "environ 100", "12,50 $", "12²", True],
    kinds.Hours: ["2h75", 2.5 / 24, "longtemps", -1, True],
    kinds.WholeNumber: ["douze", 12.5, "12 ou 13", -1, 1e15, True],
    kinds.Phone: ["demander", "06 12", "06 12 34 56 78 ou 05 56 00 00 00", "06 12 34 5 ABC", True],
    kinds.Email: ["ana", "a@example.org, b@example.org", 12, True],
    kinds.Siret: ["en cours", 12, "73282932000075"],
    kinds.Postcode: ["3300", "Bordeaux", 33],
    kinds.InseeCode: ["3A063", 63, "Bordeaux"],
    kinds.Url: ["javascript:alert(1)", "@pseudo", "https://["],
    kinds.YesNo: ["peut-être", 2, "oui sauf le mardi"],
    kinds.Choice: ["n’importe quoi", 12, True],
    kinds.Choices: ["n’importe quoi", "?, ?"],
}


def wrong(kind: Kind[Any]) -> list[Written]:
    """Cells that mean nothing in a column."""
    cells = [*WRONG.get(type(kind), []), *ERRORS]
    if isinstance(kind, kinds.LongText):
        cells.append("x" * (kind.most + 1))
    found = [Written(cell, ProblemKind.UNREADABLE) for cell in cells]
    if isinstance(kind, kinds.Reference):
        found += [Written(cell, ProblemKind.REFERENCE) for cell in ("Personne", "Personne · ZZ-00000009", 4321)]
    return found


def right(kind: Kind[Any], value: Any) -> list[Cell]:
    """The ways to write a value that are well as they are, the app's own first."""
    own = kind.encode(value)
    others: list[Cell] = []
    match kind:
        case kinds.Reference():
            return [f"Un nom · {value}", value, f" {value}"]
        case kinds.Date():
            others = [serial_of_date(value) + 0.75]
        case kinds.YesNo():
            others = [value]
        case kinds.Siret():
            others = [kind.show(value)] + ([] if value[0] == "0" else [int(value)])
        case kinds.Postcode() if value[0] != "0":
            others = [int(value)]
        case kinds.Choices():
            others = [", ".join(choice.value for choice in reversed(value))]
    return [own, *others]


def untidy(kind: Kind[Any], value: Any) -> list[Cell]:
    """The ways to write it that are understood, and that cost the partner something."""
    if isinstance(kind, kinds.Reference | kinds.Label):
        return []
    own, shown = kind.encode(value), kind.show(value)
    for family, ways in UNTIDY.items():
        if isinstance(kind, family):
            return ways(own, value)
    return [f"{shown} ", f"\u00a0{shown}", f"{shown}\u200b"]


def _without_zero(digits: str) -> list[Cell]:
    return [int(digits)] if digits.startswith("0") else []


UNTIDY: dict[Any, Callable[[Any, Any], list[Cell]]] = {
    kinds.Date: lambda _, day: [
        f"{day:%d/%m/%Y}", f"{day.day} / {day.month} / {day.year}", f"le {day:%d.%m.%Y}", day.isoformat(),
    ],
    kinds.Money: lambda _, amount: [
        way.format(str(amount).replace(".", ",")) for way in ("{}", "{}\u202f€", " {} euros", "{}\u200b")
    ],
    kinds.Hours: lambda _, minutes: [
        f"{minutes} min ", f"{minutes // 60}h{minutes % 60:02}", f"{minutes // 60}:{minutes % 60:02}\u200b",
    ],
    kinds.WholeNumber: lambda own, _: [str(own), f"{own},0\u00a0"],
    kinds.Phone: lambda own, value: [value, own.replace(" ", "."), f" {own}", *_without_zero(own.replace(" ", ""))],
    kinds.Siret: lambda own, _: [f"{own} ", *_without_zero(own)],
    (kinds.Postcode, kinds.InseeCode): lambda own, _: [f"{own[:2]} {own[2:]}", f"{own}\ufeff", *_without_zero(own)],
    kinds.Email: lambda own, _: [own.upper(), f"mailto:{own}", f"{own} "],
    kinds.YesNo: lambda own, value: [own.upper(), "x" if value else "n", "✔️" if value else "FAUX", int(value)],
}  # fmt: skip


def header_spelling(column: Column, chance: Random) -> tuple[str, str]:
    """A header as somebody types it, and what it is then.

    Returns:
        The header, and « same », « alias », or « lost » where a suggestion is all that can be made of it.
    """
    how = chance.choice(["same"] * 6 + ["alias"] * 2 + ["lost"])
    if how == "alias" and column.aliases:
        return chance.choice(column.aliases), "alias"
    if how == "lost":
        return f"{column.header}{chance.choice([' *', ' :', ' (obligatoire)'])}", "lost"
    same = [
        column.header, column.header.upper(), f" {column.header} ", column.header.replace(" ", "\u00a0 "),
        f"{column.header}\u200b", column.header.replace("é", "e"), column.header.replace("’", "'"),
    ]  # fmt: skip
    return chance.choice(same), "same"


def written(column: Column, own: str, how: str, chance: Random) -> tuple[Any, Written]:
    """The value that a cell is to give, and how it is written.

    Args:
        column: Its column.
        own: The key of its table, whose records no other tab holds.
        how: « fine », « untidy », « blank » or « wrong ».
        chance: Draws the rest.
    """
    kind = column.kind
    values = valid(column, own)
    if how == "wrong":
        return kind.blank, chance.choice(wrong(kind))
    if how == "blank" or not values:
        emptied = ProblemKind.REQUIRED if column.required else None
        return kind.blank, Written(chance.choice([None, "", " ", "\u200b"]), emptied)
    value = chance.choice(values)
    other_ways = untidy(kind, value) if how == "untidy" else []
    if other_ways:
        return value, Written(chance.choice(other_ways), untidy=True)
    return value, Written(chance.choice(right(kind, value)))


@st.composite
def messes(draw: st.DrawFn, record_type: type[Record], *, spoilt: bool = True) -> Mess:
    """A tab of this record after a partner's day.

    Hypothesis draws how large the mess is, and the seed of what is in it: a draw a cell would take minutes.

    Args:
        draw: Hypothesis's own.
        record_type: What the tab holds.
        spoilt: Whether cells are made wrong too, columns and ids lost or copied; otherwise only the layout suffers.
    """
    chance = Random(draw(st.integers(0, 2**32)))  # noqa: S311 - a game of dice
    mess = Mess(record_type)
    mess.grid += [list(chance.choice(TITLES)) for _ in range(draw(st.integers(0, 3)))]
    layout = _layout(mess, chance, draw(st.integers(0, 2)) if spoilt else 0, draw(st.integers(0, 3)))
    head = len(mess.grid) - 1
    dirt = ["fine"] * draw(st.integers(1, 20)) + ["blank", "untidy", "wrong"] if spoilt else ["fine"]
    for number in range(draw(st.integers(0, 6))):
        if chance.random() < 1 / 4:
            mess.grid.append(list(chance.choice([*BLANK_ROWS, mess.grid[head]])))
        _add_row(mess, layout, f"{record_type.table.prefix}-0000A00{number}", dirt, chance)
    mess.grid = [_cut(row) for row in mess.grid]
    return mess


def _layout(mess: Mess, chance: Random, gone: int, foreign: int) -> list[tuple[Column | None, str]]:
    """Add the header, and give what each column is and how its header is written (see `header_spelling`)."""
    columns = list(mess.record_type.table.columns)
    chance.shuffle(columns)
    head = len(mess.grid)
    mess.problems |= {(ProblemKind.COLUMN_MISSING, head, None) for _ in columns[:gone]}
    found: list[tuple[Column | None, str, str]] = []
    for column in columns[gone:]:
        header, how = (column.header, "same") if column.field == "id" else header_spelling(column, chance)
        found.append((column, header, how))
    for header in chance.sample(FOREIGN, foreign):
        found.insert(chance.randrange(len(found) + 1), (None, header, "foreign"))
    as_declared = [column for column, _, how in found if column and how == "same"]
    if gone and as_declared:
        again = chance.choice(as_declared)
        found.append((again, again.header, "again"))
    mess.grid.append([header for _, header, _ in found])
    for place, (_, _, how) in enumerate(found):
        if how == "alias":
            mess.notices.add((ProblemKind.ALIAS, head, place))
        elif how in {"lost", "again"}:
            kind = ProblemKind.COLUMN_MISSING if how == "lost" else ProblemKind.COLUMN_TWICE
            mess.problems.add((kind, head, place))
    return [(column, how) for column, _, how in found]


def _add_row(
    mess: Mess, layout: Sequence[tuple[Column | None, str]], own_id: str, dirt: Sequence[str], chance: Random
) -> None:
    """Add a row, and what is to be read and told of it."""
    row = len(mess.grid)
    values: dict[str, Any] = {"id": ""}
    cells: list[Written] = []
    for column, how in layout:
        if column is None or how in {"lost", "again"}:
            cells.append(Written(chance.choice([None, "", "à revoir", 12.5, True, "31/02/2019"])))
            continue
        if column.field == "id":
            values["id"], cell = _id(mess, own_id, chance.choice(dirt), chance)
        else:
            values[column.field], cell = written(column, mess.record_type.table.key, chance.choice(dirt), chance)
        cells.append(cell)
    mess.grid.append([found.cell for found in cells])
    ours = [
        found.cell for found, (column, how) in zip(cells, layout, strict=True) if column and how in {"same", "alias"}
    ]
    if all(is_blank(cell) or cell is False for cell in ours):
        return  # nobody would call it a row
    values["id"] = values["id"] or f"?{row + 1}"
    mess.records.append(mess.record_type(**values))
    for place, found in enumerate(cells):
        if found.problem:
            mess.problems.add((found.problem, row, place))
        elif found.untidy:
            mess.notices.add((ProblemKind.UNTIDY, row, place))


def _id(mess: Mess, own_id: str, how: str, chance: Random) -> tuple[str, Written]:
    """The id to be read (empty for none of its own), and how its cell is written."""
    taken = [record.id for record in mess.records if not record.id.startswith("?")]
    if how == "blank":
        return "", Written(chance.choice([None, "", "\u00a0", "?", "?2"]), ProblemKind.NO_ID)
    if how == "wrong" and taken:
        return "", Written(chance.choice(taken), ProblemKind.COPIED_ID)
    if how == "wrong":
        return "", Written("#REF!", ProblemKind.UNREADABLE)
    return own_id, Written(chance.choice([own_id, f" {own_id} ", f"{own_id}\u200b"]))


def bad_day(record_type: type[Record], grid: Sequence[Sequence[Cell]], chance: Random) -> list[list[Cell]]:
    """A tab that stands, header first, after the same treatment; what is to be told of it is not said.

    Args:
        record_type: What the tab holds.
        grid: Its cells.
        chance: Draws everything.
    """
    table, width = record_type.table, len(grid[0])
    full = [[*row, *[""] * (width - len(row))] for row in grid]
    order = chance.sample(range(width), width - chance.randrange(2))
    made: list[list[Cell]] = [list(chance.choice(TITLES)) for _ in range(chance.randrange(3))]
    headers = [table.by_name[fold(str(grid[0][place]))] for place in order]
    names = [column.header if column.field == "id" else header_spelling(column, chance)[0] for column in headers]
    made.append([*names, *chance.sample(FOREIGN, 2), chance.choice(names)])
    for row in full[1:]:
        if chance.random() < 1 / 20:
            made.append(list(chance.choice([*BLANK_ROWS, made[-1]])))
        cells = [
            written(column, table.key, chance.choice(["blank", "untidy", "wrong"]), chance)[1].cell
            if chance.random() < 1 / 15
            else row[place]
            for place, column in zip(order, headers, strict=True)
        ]
        made.append([*cells, chance.choice(WORDS), chance.choice(ERRORS), 12.5])
    return made


def _cut(row: Sequence[Cell]) -> list[Cell]:
    """A row as Google gives it: nothing after its last cell that is filled."""
    cells = ["" if cell is None else cell for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return cells
