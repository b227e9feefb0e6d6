"""Ranges with a meaning: merged, named, protected, filtered, banded ones, tables, conditional formats."""

from __future__ import annotations

from collections.abc import Callable

from pdn.emulator.a1 import Box
from pdn.emulator.colors import with_colors
from pdn.emulator.describe import plain_ranges
from pdn.emulator.errors import Json
from pdn.emulator.fields import apply
from pdn.emulator.model import OWNER, Sheet, box_of
from pdn.emulator.requests.cells import settled_rule
from pdn.emulator.requests.context import Context


def _grid_range(sheet: Sheet, box: Box) -> Json:
    return {
        "sheetId": sheet.sheet_id,
        "startRowIndex": box.top,
        "endRowIndex": box.bottom,
        "startColumnIndex": box.left,
        "endColumnIndex": box.right,
    }


def merge_cells(context: Context, request: Json) -> Json:
    """MergeCells: whole, row by row or column by column; merges in the way are replaced."""
    sheet, box = context.box(request.get("range", {}))
    match request.get("mergeType", "MERGE_ALL"):
        case "MERGE_ROWS":
            boxes = [Box(row, box.left, row + 1, box.right) for row in range(box.top, box.bottom)]
        case "MERGE_COLUMNS":
            boxes = [Box(box.top, column, box.bottom, column + 1) for column in range(box.left, box.right)]
        case _:
            boxes = [box]
    kept = [merge for merge in sheet.items("merges") if not box_of(sheet, merge).meets(box)]
    sheet.parts["merges"] = kept + [_grid_range(sheet, part) for part in boxes if part.height * part.width > 1]
    for part in boxes:
        _keep_first(sheet, part)
    return {}


def _keep_first(sheet: Sheet, box: Box) -> None:
    """Of merged cells the first one keeps its value, the others lose theirs."""
    for index in range(box.top, min(box.bottom, len(sheet.rows))):
        row = sheet.row(index)
        emptied = {
            column: row.cell(column)._replace(value=None, formula=None)
            for column in range(box.left, min(box.right, row.width))
            if (index, column) != (box.top, box.left)
        }
        sheet.put_cells(index, emptied)


def unmerge_cells(context: Context, request: Json) -> Json:
    """UnmergeCells: no merge that touches the range stays."""
    sheet, box = context.box(request.get("range", {}))
    kept = [merge for merge in sheet.items("merges") if not box_of(sheet, merge).meets(box)]
    sheet.parts["merges"] = kept
    return {}


def add_named_range(context: Context, request: Json) -> Json:
    """AddNamedRange."""
    named = dict(request.get("namedRange", {}))
    _check_name(context, named.get("name", ""))
    context.box(named.get("range", {}))
    taken = {int(item["namedRangeId"]) for item in context.book.named_ranges if item["namedRangeId"].isdigit()}
    asked = named.get("namedRangeId")
    if asked and any(item["namedRangeId"] == asked for item in context.book.named_ranges):
        raise context.refuse(f"A named range with id {asked} already exists.")
    named["namedRangeId"] = asked or str(context.free_id(taken, None, "named range"))
    context.book.named_ranges.append(named)
    return {"namedRange": plain_ranges(named)}


def _check_name(context: Context, name: str) -> None:
    if not name:
        raise context.refuse("A named range needs a name.")
    if context.book.named_range(name):
        raise context.refuse(f"A named range with the name '{name}' already exists.")


def update_named_range(context: Context, request: Json) -> Json:
    """UpdateNamedRange."""
    mask = context.mask(request, "NamedRange")
    given = request.get("namedRange", {})
    wanted = given.get("namedRangeId")
    named = context.find(context.book.named_ranges, "namedRangeId", wanted, "named range")
    if "name" in mask and given.get("name", "").casefold() != named["name"].casefold():
        _check_name(context, given.get("name", ""))
    changed = {**apply(named, given, mask), "namedRangeId": wanted}
    context.box(changed.get("range", {}))
    context.book.named_ranges[context.book.named_ranges.index(named)] = changed
    return {}


def delete_named_range(context: Context, request: Json) -> Json:
    """DeleteNamedRange."""
    named = context.find(context.book.named_ranges, "namedRangeId", request.get("namedRangeId"), "named range")
    context.book.named_ranges.remove(named)
    return {}


def _all_items(context: Context, part: str) -> list[tuple[Sheet, Json]]:
    return [(sheet, item) for sheet in context.book.sheets for item in sheet.parts.get(part, [])]


def _owner(context: Context, part: str, key: str, wanted: object, what: str) -> tuple[Sheet, Json]:
    """The tab that holds an item of a part, to be changed, and the item."""
    for sheet, item in _all_items(context, part):
        if item.get(key) == wanted:
            own = context.sheet(sheet.sheet_id)
            return own, context.find(own.items(part), key, wanted, what)
    raise context.refuse(f"No {what} with id: {wanted}")


def _sheet_of(context: Context, item: Json) -> Sheet:
    if "namedRangeId" in item:
        named = context.find(context.book.named_ranges, "namedRangeId", item["namedRangeId"], "named range")
        return context.sheet_of(named["range"])
    sheet, _ = context.box(item.get("range", {}))
    return sheet


def add_protected_range(context: Context, request: Json) -> Json:
    """AddProtectedRange: kept and given back; the caller, as the file's owner, may always edit it."""
    given = dict(request.get("protectedRange", {}))
    sheet = _sheet_of(context, given)
    taken = {item["protectedRangeId"] for _, item in _all_items(context, "protectedRanges")}
    given["protectedRangeId"] = context.free_id(taken, given.get("protectedRangeId"), "protected range")
    protected = _settled_protection(given)
    sheet.items("protectedRanges").append(protected)
    return {
        "protectedRange": plain_ranges(
            {**protected, "editors": _editors(given)} if not given.get("warningOnly") else protected
        )
    }


def _editors(given: Json) -> Json:
    return {name: value for name, value in given.get("editors", {}).items() if value}


def _settled_protection(given: Json) -> Json:
    """A protected range as it is kept: what is false left out, the owner among its editors."""
    kept = {name: value for name, value in given.items() if value not in (False, "", None, [])}
    kept["requestingUserCanEdit"] = True
    kept.pop("editors", None)
    if not given.get("warningOnly"):
        editors = _editors(given)
        users = [*editors.get("users", [])]
        kept["editors"] = {**editors, "users": users if OWNER in users else [*users, OWNER]}
    return kept


def update_protected_range(context: Context, request: Json) -> Json:
    """UpdateProtectedRange."""
    mask = context.mask(request, "ProtectedRange")
    given = request.get("protectedRange", {})
    wanted = given.get("protectedRangeId")
    sheet, old = _owner(context, "protectedRanges", "protectedRangeId", wanted, "protected range")
    changed = _settled_protection({**apply(old, given, mask), "protectedRangeId": wanted})
    sheet.items("protectedRanges").remove(old)
    _sheet_of(context, changed).items("protectedRanges").append(changed)
    return {}


def set_basic_filter(context: Context, request: Json) -> Json:
    """SetBasicFilter: kept and given back."""
    given = request.get("filter", {})
    sheet, _ = context.box(given.get("range", {}))
    sheet.parts["basicFilter"] = with_colors(given)
    return {}


def clear_basic_filter(context: Context, request: Json) -> Json:
    """ClearBasicFilter."""
    context.sheet_of(request).parts.pop("basicFilter", None)
    return {}


def add_conditional_format_rule(context: Context, request: Json) -> Json:
    """AddConditionalFormatRule, at its index or last."""
    rule = with_colors(request.get("rule", {}))
    ranges = rule.get("ranges", [])
    if not ranges:
        raise context.refuse("rule.ranges must have at least one range.")
    if "booleanRule" not in rule and "gradientRule" not in rule:
        raise context.refuse("rule must have a booleanRule or a gradientRule.")
    sheets = {context.box(item)[0].sheet_id for item in ranges}
    if len(sheets) > 1:
        raise context.refuse("All ranges of a rule must be on the same sheet.")
    rules = context.sheet(sheets.pop()).items("conditionalFormats")
    index = request.get("index", 0)
    if not 0 <= index <= len(rules):
        raise context.refuse(f"index must be between 0 and {len(rules)}: {index}")
    rules.insert(index, rule)
    return {}


def delete_conditional_format_rule(context: Context, request: Json) -> Json:
    """DeleteConditionalFormatRule."""
    rules = context.sheet_of(request).items("conditionalFormats")
    index = request.get("index", 0)
    if not 0 <= index < len(rules):
        raise context.refuse(f"No conditional format on sheet: {request.get('sheetId', 0)} at index: {index}")
    return {"rule": plain_ranges(rules.pop(index))}


def update_conditional_format_rule(context: Context, request: Json) -> Json:
    """UpdateConditionalFormatRule: another rule at an index, or the rule at another index."""
    index = request.get("index", 0)
    if "rule" in request:
        sheet_id = request.get("sheetId", request["rule"].get("ranges", [{}])[0].get("sheetId", 0))
        old = delete_conditional_format_rule(context, {"sheetId": sheet_id, "index": index})["rule"]
        add_conditional_format_rule(context, {"rule": request["rule"], "index": index})
        return {"oldRule": old, "newRule": plain_ranges(with_colors(request["rule"]))}
    rules = context.sheet_of(request).items("conditionalFormats")
    new = request.get("newIndex", 0)
    if not (0 <= index < len(rules) and 0 <= new < len(rules)):
        raise context.refuse(f"No conditional format at index: {max(index, new)}")
    rules.insert(new, rules.pop(index))
    return {"newRule": plain_ranges(rules[new]), "newIndex": new, "oldIndex": index}


class Kept:
    """A kind of object that is kept with its tab and given back: tables, bands, filter views.

    Args:
        part: where the tab keeps it.
        key: its id.
        message: its message.
        member: the name of the object in requests and answers.
        text_id: whether the id is a text.
    """

    def __init__(self, part: str, key: str, message: str, member: str, *, text_id: bool = False) -> None:
        self._part, self._key, self._message, self._member = part, key, message, member
        self._text_id = text_id

    def add(self, context: Context, request: Json) -> Json:
        """Add one."""
        given = self._settled(request.get(self._member, {}))
        sheet = _sheet_of(context, given)
        if self._part in {"tables", "bandedRanges"}:
            box = box_of(sheet, given.get("range", {}))
            if any(box_of(sheet, item.get("range", {})).meets(box) for item in sheet.items(self._part)):
                raise context.refuse(f"The range overlaps another {self._member}.")
        taken = {item[self._key] for _, item in _all_items(context, self._part)}
        asked = given.get(self._key)
        if asked in taken:
            raise context.refuse(f"A {self._member} with id {asked} already exists.")
        number = context.free_id({int(i) for i in taken if str(i).isdigit()}, None, self._member)
        given[self._key] = asked or (str(number) if self._text_id else number)
        sheet.items(self._part).append(given)
        return {self._member: plain_ranges(given)}

    def _settled(self, given: Json) -> Json:
        result = with_colors(given)
        for index, column in enumerate(result.get("columnProperties", []) if self._part == "tables" else []):
            if column.get("columnIndex", index) == 0:
                column.pop("columnIndex", None)
            else:
                column.setdefault("columnIndex", index)
            if "dataValidationRule" in column:
                column["dataValidationRule"] = settled_rule(column["dataValidationRule"])
        return result

    def update(self, context: Context, request: Json) -> Json:
        """Change one under a mask."""
        mask = context.mask(request, self._message)
        given = request.get(self._member, {})
        wanted = given.get(self._key)
        sheet, old = _owner(context, self._part, self._key, wanted, self._member)
        changed = self._settled({**apply(old, given, mask), self._key: wanted})
        items = sheet.items(self._part)
        items[items.index(old)] = changed
        _sheet_of(context, changed)
        return {}

    def remover(self, key: str) -> Callable[[Context, Json], Json]:
        """The deletion of one by the id that its request calls `key`."""

        def delete(context: Context, request: Json) -> Json:
            sheet, item = _owner(context, self._part, self._key, request.get(key), self._member)
            sheet.items(self._part).remove(item)
            return {}

        return delete


PROTECTED = Kept("protectedRanges", "protectedRangeId", "ProtectedRange", "protectedRange")
TABLES = Kept("tables", "tableId", "Table", "table", text_id=True)
BANDS = Kept("bandedRanges", "bandedRangeId", "BandedRange", "bandedRange")
VIEWS = Kept("filterViews", "filterViewId", "FilterView", "filter")
