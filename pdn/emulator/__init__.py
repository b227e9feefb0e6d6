"""The part of the Google Sheets API that this application uses, on one SQLite file and without Google."""

from __future__ import annotations

from pdn.emulator.adapter import EmulatorAdapter
from pdn.emulator.core import ConnectionDropped, Emulator, Logged
from pdn.emulator.faults import Faults, Quota
from pdn.emulator.protocol import Request, Response
from pdn.emulator.server import serve

__all__ = [
    "ConnectionDropped",
    "Emulator",
    "EmulatorAdapter",
    "Faults",
    "Logged",
    "Quota",
    "Request",
    "Response",
    "serve",
]
