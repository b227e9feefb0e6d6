"""What every request of a batchUpdate is given: the draft, its place in the batch, and ways to find things."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from pdn.emulator.a1 import Box, cell_name
from pdn.emulator.errors import ApiError, Json, invalid
from pdn.emulator.fields import Mask, update_mask
from pdn.emulator.model import Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Context:
    """One request of a batch."""

    book: Workbook
    name: str
    index: int

    @property
    def where(self) -> str:
        """How errors name the request."""
        return f"requests[{self.index}].{self.name}"

    def refuse(self, message: str) -> ApiError:
        """A 400 in Google's wording, with the request's place in front."""
        return invalid(f"Invalid {self.where}: {message}")

    def sheet(self, sheet_id: int) -> Sheet:
        """The tab of an id, to be changed.

        Raises:
            ApiError: 400, there is none.
        """
        try:
            return self.book.sheet(sheet_id)
        except KeyError:
            raise self.refuse(f"No grid with id: {sheet_id}") from None

    def sheet_of(self, item: Json) -> Sheet:
        """The tab that a range or a request names; the one of id 0 when it names none."""
        return self.sheet(item.get("sheetId", 0))

    def box(self, grid_range: Json) -> tuple[Sheet, Box]:
        """The tab and the cells of a GridRange.

        Raises:
            ApiError: 400, the tab does not exist, or the range does not lie in its grid.
        """
        sheet = self.sheet_of(grid_range)
        top, left = grid_range.get("startRowIndex", 0), grid_range.get("startColumnIndex", 0)
        bottom = grid_range.get("endRowIndex", sheet.row_count)
        right = grid_range.get("endColumnIndex", sheet.column_count)
        for axis, start, end in (("Row", top, bottom), ("Column", left, right)):
            if start < 0:
                raise self.refuse(f"range.start{axis}Index cannot be negative: {start}")
            if end < start:
                raise self.refuse(f"range.end{axis}Index must be greater than or equal to range.start{axis}Index.")
        box = Box(top, left, bottom, right)
        if bottom > sheet.row_count or right > sheet.column_count:
            raise self.exceeds(sheet, box)
        return sheet, box

    def place(self, coordinate: Json, height: int, width: int) -> tuple[Sheet, Box]:
        """The tab and the cells of a block that starts at a GridCoordinate.

        Raises:
            ApiError: 400, the tab does not exist, or the block does not lie in its grid.
        """
        sheet = self.sheet_of(coordinate)
        top, left = coordinate.get("rowIndex", 0), coordinate.get("columnIndex", 0)
        if top < 0 or left < 0:
            raise self.refuse(f"A coordinate cannot be negative: {min(top, left)}")
        box = Box(top, left, top + height, left + width)
        if box.bottom > sheet.row_count or box.right > sheet.column_count:
            raise self.exceeds(sheet, box)
        return sheet, box

    def exceeds(self, sheet: Sheet, box: Box) -> ApiError:
        """The 400 of a range outside of the grid."""
        first, last = cell_name(box.top, box.left), cell_name(max(box.bottom - 1, 0), max(box.right - 1, 0))
        return self.refuse(
            f"Range ({sheet.title}!{first if first == last else f'{first}:{last}'}) exceeds grid limits. "
            f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        )

    def span(self, dimension_range: Json) -> tuple[Sheet, str, int, int]:
        """The tab, the dimension and the indexes (end excluded) of a DimensionRange.

        Raises:
            ApiError: 400, the tab does not exist or the span does not lie in its grid.
        """
        sheet = self.sheet_of(dimension_range)
        dimension = self.dimension(dimension_range)
        size = sheet.row_count if dimension == "ROWS" else sheet.column_count
        start, end = dimension_range.get("startIndex", 0), dimension_range.get("endIndex", size)
        if not 0 <= start < end:
            raise self.refuse(f"range.endIndex must be greater than range.startIndex: {start}, {end}")
        if end > size:
            box = Box(start, 0, end, 1) if dimension == "ROWS" else Box(0, start, 1, end)
            raise self.exceeds(sheet, box)
        return sheet, dimension, start, end

    def dimension(self, item: Json) -> str:
        """ROWS or COLUMNS.

        Raises:
            ApiError: 400, neither.
        """
        dimension = item.get("dimension")
        if dimension not in {"ROWS", "COLUMNS"}:
            raise self.refuse("No dimension was specified.")
        return str(dimension)

    def mask(self, request: Json, message: str) -> Mask:
        """The fields that an update names."""
        return update_mask(request, self.where, message)

    def find(self, items: list[Json], key: str, wanted: object, what: str) -> Json:
        """The item whose key has a value.

        Raises:
            ApiError: 400, there is none.
        """
        for item in items:
            if item.get(key) == wanted:
                return item
        raise self.refuse(f"No {what} with id: {wanted}")

    def free_id(self, taken: set[int], asked: int | None, what: str) -> int:
        """The id asked for, or a random one that is not taken.

        Raises:
            ApiError: 400, the one asked for is taken.
        """
        if asked is not None:
            if asked in taken:
                raise self.refuse(f"A {what} with id {asked} already exists.")
            return asked
        while True:
            number = secrets.randbelow(2**31 - 1) + 1
            if number not in taken:
                return number
