"""spreadsheets.values: ranges of plain values read, written, appended, cleared."""

from __future__ import annotations

from pdn.emulator.a1 import Box, cell_name, column_letters
from pdn.emulator.cells import CellWriter
from pdn.emulator.errors import ApiError, Json, invalid
from pdn.emulator.grow import ensure_size, insert_rows
from pdn.emulator.model import Sheet, Target, Workbook, box_of
from pdn.emulator.render import Renderer
from pdn.emulator.tables import last_table


class ReadOptions:
    """How values are to be shown, from the parameters of a request.

    Args:
        values: valueRenderOption.
        dates: dateTimeRenderOption.
        dimension: majorDimension.
    """

    def __init__(
        self,
        values: str = "FORMATTED_VALUE",
        dates: str = "SERIAL_NUMBER",
        dimension: str = "ROWS",
    ) -> None:
        self.values = values
        self.dates = dates
        self.columns = dimension == "COLUMNS"


def read(book: Workbook, target: Target, options: ReadOptions) -> Json:
    """A ValueRange: what stands in a range, without the empty cells and rows at its end."""
    renderer = Renderer(book, options.values, options.dates)
    box = target.box
    rows = [renderer.row(row, box.left, box.right) for row in target.sheet.rows[box.top : box.bottom]]
    if options.columns:
        rows = _transposed(rows)
    while rows and not rows[-1]:
        rows.pop()
    answer: Json = {"range": target.name, "majorDimension": "COLUMNS" if options.columns else "ROWS"}
    if rows:
        answer["values"] = rows
    return answer


def _transposed(rows: list[list[object]]) -> list[list[object]]:
    columns: list[list[object]] = []
    for index in range(max(map(len, rows), default=0)):
        column = [row[index] if index < len(row) else "" for row in rows]
        while column and column[-1] == "":
            column.pop()
        columns.append(column)
    return columns


class Writing:
    """The options of a write.

    Args:
        typed: USER_ENTERED instead of RAW.
        echo: how to give back what was written; None for not at all.
    """

    def __init__(self, option: str | None, echo: ReadOptions | None = None) -> None:
        if option in {None, "", "INPUT_VALUE_OPTION_UNSPECIFIED"}:
            raise invalid("'valueInputOption' is required but not specified")
        self.typed = option == "USER_ENTERED"
        self.echo = echo


def _as_rows(value_range: Json) -> list[list[object]]:
    """The values row by row; None where a column given is shorter than another."""
    values: list[list[object]] = value_range.get("values", [])
    if value_range.get("majorDimension") != "COLUMNS":
        return values
    height = max(map(len, values), default=0)
    return [[column[i] if i < len(column) else None for column in values] for i in range(height)]


def update(book: Workbook, target: Target, value_range: Json, writing: Writing) -> Json:
    """Write values over a range: "" empties a cell, null leaves it.

    Raises:
        ApiError: 400, there are more values than the range has room for.
    """
    given = value_range.get("range")
    if given and book.resolve(given).name != target.name:
        raise invalid(f"Requested writing within range [{target.name}], but the values name [{given}]")
    rows = _as_rows(value_range)
    box, sheet = target.box, target.sheet
    height, width = len(rows), max(map(len, rows), default=0)
    if target.single:
        box = Box(box.top, box.left, box.top + max(height, 1), box.left + max(width, 1))
        if box.bottom > sheet.row_count or box.right > sheet.column_count:
            raise invalid(
                f"Range ({box.name(sheet.title)}) exceeds grid limits. "
                f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
            )
    elif height > box.height:
        raise _too_much(target, f"row [{box.bottom + 1}]")
    elif width > box.width:
        raise _too_much(target, f"column [{column_letters(box.right)}]")
    _write(book, sheet, box, rows, typed=writing.typed)
    written = Box(box.top, box.left, box.top + max(height, 1), box.left + max(width, 1))
    return _report(book, Target(sheet, written), rows, writing)


def _too_much(target: Target, where: str) -> Exception:
    return invalid(f"Requested writing within range [{target.name}], but tried writing to {where}")


def _write(book: Workbook, sheet: Sheet, box: Box, rows: list[list[object]], *, typed: bool) -> None:
    writer = CellWriter(book, "values")
    enter = writer.typed if typed else writer.raw
    for i, values in enumerate(rows):
        row = sheet.row(box.top + i)
        sheet.put_cells(
            box.top + i,
            {box.left + j: enter(row.cell(box.left + j), value) for j, value in enumerate(values) if value is not None},
        )


def _report(book: Workbook, written: Target, rows: list[list[object]], writing: Writing) -> Json:
    touched = [(i, j) for i, row in enumerate(rows) for j, value in enumerate(row) if value is not None]
    answer: Json = {"spreadsheetId": book.key, "updatedRange": written.name}
    if touched:
        answer["updatedRows"] = len({i for i, _ in touched})
        answer["updatedColumns"] = len({j for _, j in touched})
        answer["updatedCells"] = len(touched)
    if writing.echo:
        answer["_echo"] = written
    return answer


def batch_update(book: Workbook, data: list[Json], writing: Writing) -> Json:
    """values:batchUpdate: several ranges, all of them or none."""
    responses: list[Json] = []
    sheets: set[int] = set()
    rows: set[tuple[int, int]] = set()
    columns: set[tuple[int, int]] = set()
    for i, item in enumerate(data):
        try:
            target = book.resolve(item.get("range", ""))
            response = update(book, target, item, writing)
        except ApiError as error:
            raise _prefixed(error, f"Invalid data[{i}]: ") from None
        responses.append(response)
        for r, values in enumerate(_as_rows(item)):
            for c, value in enumerate(values):
                if value is not None:
                    sheets.add(target.sheet.sheet_id)
                    rows.add((target.sheet.sheet_id, target.box.top + r))
                    columns.add((target.sheet.sheet_id, target.box.left + c))
    answer: Json = {"spreadsheetId": book.key}
    if rows:
        answer["totalUpdatedRows"] = len(rows)
        answer["totalUpdatedColumns"] = len(columns)
        answer["totalUpdatedCells"] = sum(response.get("updatedCells", 0) for response in responses)
        answer["totalUpdatedSheets"] = len(sheets)
    answer["responses"] = responses
    return answer


def _prefixed(error: ApiError, prefix: str) -> ApiError:
    """An error of one part of a batch, its message saying which."""
    return error if error.message.startswith("Invalid ") else invalid(prefix + error.message)


def append(book: Workbook, target: Target, value_range: Json, writing: Writing, *, insert: bool) -> Json:
    """Write values after the last table of a range, or at its start when nothing stands in it.

    Args:
        book: the draft.
        target: where the table is looked for.
        value_range: what to write.
        writing: how.
        insert: INSERT_ROWS: make room instead of writing over what follows.
    """
    rows = _as_rows(value_range)
    sheet, box = target.sheet, target.box
    table = last_table(sheet, box)
    top, left = (table.bottom, table.left) if table else (box.top, box.left)
    height, width = len(rows), max(map(len, rows), default=0)
    if insert and table and top < sheet.row_count:
        insert_rows(book, sheet, top, height)
    ensure_size(book, sheet, top + height, left + width)
    place = Box(top, left, top + max(height, 1), left + max(width, 1))
    _write(book, sheet, place, rows, typed=writing.typed)
    answer: Json = {"spreadsheetId": book.key}
    if table:
        answer["tableRange"] = table.name(sheet.title)
    answer["updates"] = _report(book, Target(sheet, place), rows, writing)
    return answer


def clear(book: Workbook, target: Target) -> str:
    """Empty the cells of a range, formats and validation stay; gives the range as answers write it."""
    sheet, box = target.sheet, target.box
    writer = CellWriter(book, "values")
    for index in range(box.top, min(box.bottom, len(sheet.rows))):
        row = sheet.rows[index]
        filled = {
            column: writer.raw(row.cell(column), "") for column in range(box.left, min(box.right, len(row.values)))
        }
        sheet.put_cells(index, filled)
    return target.name


def echo(book: Workbook, answer: Json, writing: Writing) -> Json:
    """Fill in what was written, after recalculation, where a request asked for it."""
    for part in (answer, answer.get("updates", {}), *answer.get("responses", [])):
        target = part.pop("_echo", None)
        if target is not None and writing.echo is not None:
            part["updatedData"] = read(book, target, writing.echo)
    return answer


def filtered(book: Workbook, data_filter: Json) -> Target:
    """The range that a DataFilter means.

    Raises:
        ApiError: 400, neither a range in A1 notation nor a grid range of a tab that exists.
    """
    if "a1Range" in data_filter:
        return book.resolve(data_filter["a1Range"])
    grid_range: Json = data_filter.get("gridRange", {})
    sheet_id = grid_range.get("sheetId", 0)
    if not book.has_sheet(sheet_id):
        raise invalid(f"No grid with id: {sheet_id}")
    sheet = book.sheet(sheet_id)
    box = box_of(sheet, grid_range)
    if box.height <= 0 or box.width <= 0:
        where = cell_name(box.top, box.left)
        raise invalid(
            f"Range ({sheet.title}!{where}) exceeds grid limits. "
            f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        )
    return Target(sheet, box)
