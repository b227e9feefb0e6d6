"""What every test may use: the demonstration as records, and as an embedded workbook ready to be copied."""

import os
import shutil
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from streamlit import config

from pdn.demo import build
from pdn.demo.workbook import make_workbook
from pdn.schema import Dataset
from pdn.sheets import open_store

TODAY = date(2026, 11, 23)
"""The day of the demonstration for rules; what goes through the app has the day of the clock, as the app does."""

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    """More interleavings than usual, and others each time: `make test ARGS="--interleavings 20000"`."""
    parser.addoption("--interleavings", type=int, help="how many interleavings to try, drawn anew (2 000 by default)")


@pytest.fixture(scope="session", autouse=True)
def without_secrets():
    """Whoever runs the tests beside real secrets must not write on real sheets."""
    config.set_option("secrets.files", [])


@pytest.fixture(scope="session")
def demo_data() -> Dataset:
    """The demonstration as it is on a fixed day."""
    return Dataset.of(*build(TODAY))


@pytest.fixture(scope="session")
def empty_workbook(tmp_path_factory) -> Path:
    """A folder with an embedded workbook in which nothing was entered yet; to be copied, not to be changed."""
    folder = tmp_path_factory.mktemp("empty")
    open_store({}, data_dir=folder, environ={}).close()
    return folder


@pytest.fixture(scope="session")
def demo_workbook(tmp_path_factory) -> Path:
    """A folder with an embedded workbook that holds the demonstration of today; to be copied, not to be changed."""
    folder = tmp_path_factory.mktemp("demo")
    assert make_workbook(folder, datetime.now(ZoneInfo("Europe/Paris")).date())
    return folder


@pytest.fixture
def copy_of(tmp_path):
    """Copies such a folder for one test: `copy_of(demo_workbook)`."""

    def copy(folder: Path) -> Path:
        return Path(shutil.copytree(folder, tmp_path / "data"))

    return copy
