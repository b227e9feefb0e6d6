"""The shared sheets through gspread: open, read a snapshot, commit, provision, fill."""

from pdn.sheets.change import Change, Committed, Conflict, Conflicted, Outcome
from pdn.sheets.clock import Clock
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.filling import fill
from pdn.sheets.provisioning import Provisioned, provision
from pdn.sheets.snapshot import Snapshot
from pdn.sheets.store import Store, open_store

__all__ = [
    "Change", "Clock", "Committed", "Conflict", "Conflicted", "ErrorKind", "Outcome", "Provisioned", "SheetsError",
    "Snapshot", "Store", "fill", "open_store", "provision",
]  # fmt: skip
