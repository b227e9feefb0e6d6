"""The shared sheets through gspread: open, read a snapshot, commit, provision, fill."""

from pdn.sheets.change import Change, Committed, Conflict, Conflicted, Outcome, Refusal, Refused
from pdn.sheets.clock import Clock
from pdn.sheets.edits import EditKind, SheetEdit
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.filling import fill
from pdn.sheets.keeper import Refreshed
from pdn.sheets.mending import can_mend
from pdn.sheets.provisioning import Provisioned, provision
from pdn.sheets.snapshot import Snapshot
from pdn.sheets.store import Store, open_store

__all__ = [
    "Change", "Clock", "Committed", "Conflict", "Conflicted", "EditKind", "ErrorKind", "Outcome", "Provisioned",
    "Refreshed", "Refusal", "Refused", "SheetEdit", "SheetsError", "Snapshot", "Store", "can_mend", "fill",
    "open_store", "provision",
]  # fmt: skip
