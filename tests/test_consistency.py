"""Promises that the whole tree keeps."""

import ast
import os
import re
import tomllib
from pathlib import Path

import pytest

from pdn.ui.navigation import RECORD_PAGES, SCREENS

ROOT = Path(__file__).parents[1]
LONGEST = 400
ALLOWED = {
    "french": set(),
    "schema": {"french"},
    "domain": {"schema", "french"},
    "emulator": set(),
    "sheets": {"schema", "domain", "emulator", "french"},
    "documents": {"domain", "schema", "french"},
    "imports": {"domain", "schema", "documents", "french"},
    "demo": {"domain", "schema", "french", "sheets"},
    "ui": {"domain", "schema", "sheets", "documents", "imports", "french", "demo"},
    "cli": {"domain", "schema", "sheets", "documents", "demo", "french"},
    "pages": {"ui", "domain", "documents", "french", "schema"},
    "app": {"ui"},
}
"""Which rooms each room may import, besides itself."""

OUTSIDE = {
    "streamlit": {"app", "pages", "ui"},
    "altair": {"ui"},
    "pandas": {"ui", "documents"},
    "gspread": {"sheets"},
    "google": {"sheets"},
    "requests": {"sheets", "emulator"},
    "sqlite3": {"emulator"},
}
"""The only rooms that may import a library."""

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
FICTITIOUS = re.compile(
    r"@(?:[\w-]+\.)*example(?:\.(?:org|com|net))?$|@(?:projet|VOTRE_PROJET)\.iam\.gserviceaccount\.com$", re.IGNORECASE
)
MACHINE_PATH = re.compile(r"(?<![\w.~/])/(?:home|root|work|Users|tmp|mnt|workspace)/\w")
INDEX_HOST = re.compile(r"https?://[^\s\"]+/simple\b|--index-url|--find-links")


def ignored() -> set[str]:
    """What .gitignore leaves out, as it is written there."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return {line.strip("/") for line in lines if line and not line.startswith("#")}


def published() -> list[Path]:
    """The files of the checkout, without what a machine makes for itself; a checkout may come without git."""
    left_out = ignored() | {".git"}
    found = []
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder)
        kept = [name for name in folders if left_out.isdisjoint({name, (here / name).relative_to(ROOT).as_posix()})]
        folders[:] = kept
        found += [here / name for name in names if (here / name).relative_to(ROOT).as_posix() not in left_out]
    return sorted(found)


def text_of(path: Path) -> str | None:
    """What a file says; None where it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def modules() -> list[Path]:
    """The application's Python files."""
    return [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "pdn").rglob("*.py"))]


def name_of(path: Path) -> str:
    """A file's path in the checkout."""
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    """The room of a module: `schema`, `ui`, `pages`, `app`…"""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] != "pdn":
        return parts[0]
    return "cli" if parts[1] == "__main__" else parts[1]


def imports_of(path: Path) -> set[str]:
    """The dotted names that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{name_of(path)}: imports are absolute"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


MODULES = [
    pytest.param(path, id=name_of(path)) for path in modules() if path.name != "__init__.py" or path.stat().st_size
]
FILES = [pytest.param(path, id=name_of(path)) for path in published()]


@pytest.mark.parametrize("path", MODULES)
def test_rooms_import_only_the_rooms_that_they_may(path):
    room = room_of(path)
    if name_of(path) == "pdn/__init__.py":
        return
    rooms = {name.split(".")[1] for name in imports_of(path) if name.startswith("pdn.")}
    assert rooms - ALLOWED[room] - {room} == set()


@pytest.mark.parametrize("path", MODULES)
def test_libraries_are_imported_only_where_they_belong(path):
    libraries = {name.split(".")[0] for name in imports_of(path)}
    assert {library for library in libraries if room_of(path) not in OUTSIDE.get(library, {room_of(path)})} == set()


@pytest.mark.parametrize("path", MODULES)
def test_no_module_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_page_is_directly_in_pages_where_streamlit_would_run_it_without_app_py():
    assert list((ROOT / "pages").glob("*.py")) == []


def test_every_page_is_in_the_menu_and_the_menu_has_no_other():
    pages = {name_of(path) for path in (ROOT / "pages").rglob("*.py")}
    assert {screen.path for screen in SCREENS} == pages
    assert len({screen.slug for screen in SCREENS}) == len(SCREENS)
    assert {slug for slug, _ in RECORD_PAGES.values()} <= {screen.slug for screen in SCREENS}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.slug)
def test_every_page_begins_with_the_guard_and_has_the_title_of_the_menu(screen):
    calls = [
        node
        for node in ast.walk(ast.parse((ROOT / screen.path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open_page"
    ]
    assert [ast.literal_eval(call.args[0]) for call in calls] == [screen.title]


@pytest.mark.parametrize("path", FILES)
def test_no_file_holds_a_persons_address_a_machines_path_or_a_package_index(path):
    text = text_of(path)
    if text is None or path == Path(__file__):
        return
    assert [found for found in ADDRESS.findall(text) if not FICTITIOUS.search(found)] == []
    assert MACHINE_PATH.findall(text) == []
    assert INDEX_HOST.findall(text) == []


@pytest.mark.parametrize("path", FILES)
def test_no_work_is_left_for_later(path):
    text = text_of(path)
    if text is None or path in {Path(__file__), ROOT / "pyproject.toml"}:
        return
    assert re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", text) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_pinned(name):
    lines = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line.strip()]
    wanted = [line for line in lines if not line.lstrip().startswith("#")]
    assert len(wanted) > 10
    assert [line for line in wanted if not re.match(r"[\w.-]+(?:\[[\w,]+\])?==[\w.+!]+(?: ; .+)?$", line)] == []


@pytest.mark.parametrize(
    ("wanted", "locked"), [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]
)
def test_the_lock_holds_every_library_asked_for(wanted, locked):
    lines = (ROOT / wanted).read_text(encoding="utf-8").splitlines()
    names = {re.split(r"[\[=<># ]", line)[0].lower() for line in lines if line and line[0] not in "#-"}
    lock = (ROOT / locked).read_text(encoding="utf-8")
    assert {name for name in names if not re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE)} == set()


def test_the_app_needs_nothing_of_the_tests():
    runtime = {name.split("==")[0] for name in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()}
    assert runtime & {"pytest", "playwright", "hypothesis", "ruff", "mypy"} == set()


def test_the_example_of_secrets_has_what_the_app_asks_for_and_no_secret():
    secrets = tomllib.loads((ROOT / ".streamlit" / "secrets.toml.example").read_text(encoding="utf-8"))
    section = secrets["connections"]["gsheets"]
    assert {"spreadsheet", "spreadsheet_pilotage", "type", "client_email", "private_key", "token_uri"} <= set(section)
    assert "VOTRE_CLE" in section["private_key"]
    assert secrets["acces"]["coordination"]


def test_secrets_data_and_environments_are_never_published():
    assert {"data", ".streamlit/secrets.toml", ".venv"} <= ignored()


def test_nothing_leaves_the_machine_on_its_own():
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert options["browser"]["gatherUsageStats"] is False
    assert options["server"]["showEmailPrompt"] is False
    assert options["client"]["showErrorLinks"] is False
