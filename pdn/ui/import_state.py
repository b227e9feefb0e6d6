"""The import under way: the file, what the person was last shown, what came of it; kept between two reruns."""

import dataclasses
from typing import Any

import streamlit as st

from pdn.imports.file import ImportFile, Unreadable, read_file
from pdn.imports.preview import Preview
from pdn.schema import Dataset, Record
from pdn.sheets import Conflict
from pdn.ui.tables import Row

STATE = "import"


@dataclasses.dataclass(frozen=True)
class Done:
    """An import that stands in the sheet.

    Attributes:
        commit_id: Its code in the journal.
        record_type: What was imported.
        told: What was done, in French.
        left: How many rows of the file were not imported.
        remarks: What was to be known of the rows, for the person to mend the file.
    """

    commit_id: str
    record_type: type[Record]
    told: str
    left: int
    remarks: tuple[Row, ...]


@dataclasses.dataclass
class ImportState:
    """The import under way.

    Attributes:
        round: Changes when the person begins anew, so that the widgets do too.
        file: The file, or why it can't be read; none yet at first.
        source: Which file and encoding that was read from.
        shown: The preview that the person has before them: what a click on « Importer » writes.
        basis: What that preview was made of.
        data: The records that it was held against.
        conflicts: What somebody else changed meanwhile.
        error: Why saving failed.
        done: What was imported.
    """

    round: int = 0
    file: ImportFile | Unreadable | None = None
    source: tuple[str, str] = ("", "")
    shown: Preview | None = None
    basis: tuple[Any, ...] = ()
    data: Dataset | None = None
    conflicts: tuple[Conflict, ...] = ()
    error: str = ""
    done: Done | None = None

    def key(self, name: str) -> str:
        """The session key of a widget of this round."""
        return f"import-{self.round}-{name}"

    def read(self, file_id: str, name: str, data: bytes, encoding: str) -> ImportFile | Unreadable:
        """The file, read once however many reruns there are."""
        if self.file is None or self.source != (file_id, encoding):
            self.file, self.source = read_file(name, data, encoding), (file_id, encoding)
        return self.file


def import_state() -> ImportState:
    """The import of this session."""
    state: ImportState = st.session_state.setdefault(STATE, ImportState())
    return state


def restart() -> None:
    """Begin anew, with another file."""
    st.session_state[STATE] = ImportState(round=import_state().round + 1)
