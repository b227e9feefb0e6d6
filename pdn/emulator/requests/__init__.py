"""The requests of `spreadsheets.batchUpdate`, by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pdn.emulator.errors import Json, invalid, unsupported
from pdn.emulator.model import Workbook
from pdn.emulator.requests import cells, dimensions, paste, ranges, sheets
from pdn.emulator.requests.context import Context

Handler: TypeAlias = Callable[[Context, Json], Json]
"""Changes the draft; gives the reply, empty where Google sends none."""

HANDLERS: dict[str, Handler] = {
    "addBanding": ranges.BANDS.add,
    "addConditionalFormatRule": ranges.add_conditional_format_rule,
    "addDimensionGroup": dimensions.add_dimension_group,
    "addFilterView": ranges.VIEWS.add,
    "addNamedRange": ranges.add_named_range,
    "addProtectedRange": ranges.add_protected_range,
    "addSheet": sheets.add_sheet,
    "addTable": ranges.TABLES.add,
    "appendCells": cells.append_cells,
    "appendDimension": dimensions.append_dimension,
    "autoResizeDimensions": dimensions.auto_resize_dimensions,
    "clearBasicFilter": ranges.clear_basic_filter,
    "copyPaste": paste.copy_paste,
    "cutPaste": paste.cut_paste,
    "deleteBanding": ranges.BANDS.remover("bandedRangeId"),
    "deleteConditionalFormatRule": ranges.delete_conditional_format_rule,
    "deleteDimension": dimensions.delete_dimension,
    "deleteDimensionGroup": dimensions.delete_dimension_group,
    "deleteFilterView": ranges.VIEWS.remover("filterId"),
    "deleteNamedRange": ranges.delete_named_range,
    "deleteProtectedRange": ranges.PROTECTED.remover("protectedRangeId"),
    "deleteRange": dimensions.delete_range,
    "deleteSheet": sheets.delete_sheet,
    "deleteTable": ranges.TABLES.remover("tableId"),
    "duplicateSheet": sheets.duplicate_sheet,
    "findReplace": cells.find_replace,
    "insertDimension": dimensions.insert_dimension,
    "insertRange": dimensions.insert_range,
    "mergeCells": ranges.merge_cells,
    "moveDimension": dimensions.move_dimension,
    "pasteData": paste.paste_data,
    "repeatCell": cells.repeat_cell,
    "setBasicFilter": ranges.set_basic_filter,
    "setDataValidation": cells.set_data_validation,
    "sortRange": cells.sort_range,
    "unmergeCells": ranges.unmerge_cells,
    "updateBanding": ranges.BANDS.update,
    "updateBorders": cells.update_borders,
    "updateCells": cells.update_cells,
    "updateConditionalFormatRule": ranges.update_conditional_format_rule,
    "updateDimensionProperties": dimensions.update_dimension_properties,
    "updateFilterView": ranges.VIEWS.update,
    "updateNamedRange": ranges.update_named_range,
    "updateProtectedRange": ranges.update_protected_range,
    "updateSheetProperties": sheets.update_sheet_properties,
    "updateSpreadsheetProperties": sheets.update_spreadsheet_properties,
    "updateTable": ranges.TABLES.update,
}


def apply_requests(book: Workbook, requests: list[Json]) -> list[Json]:
    """Apply the requests of a batch to a draft, one after the other.

    Args:
        book: the draft; thrown away by the caller if this raises.
        requests: each with exactly one member.

    Returns:
        one reply per request.

    Raises:
        ApiError: 400, a request cannot be applied; it names which.
    """
    if not requests:
        raise invalid("Must specify at least one request.")
    replies: list[Json] = []
    for index, request in enumerate(requests):
        if len(request) != 1:
            raise invalid(f"Invalid requests[{index}]: exactly one kind of request must be set.")
        name, body = next(iter(request.items()))
        handler = HANDLERS.get(name)
        if handler is None:
            raise unsupported(f"requests[{index}].{name}")
        answer = handler(Context(book, name, index), body)
        has_reply = answer or name == "deleteDimensionGroup"
        replies.append({name: answer} if has_reply else {})
    return replies
