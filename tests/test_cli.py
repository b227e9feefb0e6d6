"""The commands of `python -m pdn`."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pdn import cli
from pdn.domain.promeneur import Promeneur
from pdn.sheets import open_store


@pytest.fixture(autouse=True)
def no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    monkeypatch.delenv("SHEETS_EMULATOR_HOST", raising=False)
    monkeypatch.delenv("PDN_DATA", raising=False)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


def test_provision_prepares_the_embedded_workbook_and_says_so(tmp_path: Path):
    result = run("provision", "--data", str(tmp_path / "d"))
    assert result.exit_code == 0
    assert "Réseau" in result.output
    assert "Rien à ajouter" in result.output, "opening it has prepared it already"


def test_data_goes_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PDN_DATA", str(tmp_path / "ailleurs"))
    assert run("provision").exit_code == 0
    assert (tmp_path / "ailleurs" / "classeurs.sqlite").exists()


def test_doctor_finds_nothing_wrong_with_a_new_workbook(tmp_path: Path):
    result = run("doctor", "--data", str(tmp_path / "d"))
    assert result.exit_code == 0
    assert "Tout va bien." in result.output


def test_doctor_names_the_cell_that_is_wrong(tmp_path: Path):
    store = open_store({}, data_dir=tmp_path / "d", environ={})
    client = store.connection.client
    client.values_update(
        "pdn-reseau", "Phases!A2:E2", params={"valueInputOption": "RAW"}, body={"values": [["PH-1", "Phase 1", "hier"]]}
    )
    result = run("doctor", "--data", str(tmp_path / "d"))
    assert result.exit_code == 1
    assert "Phases!C2" in result.output
    assert "« hier »" in result.output


def test_doctor_says_what_the_secrets_lack(tmp_path: Path):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[connections.gsheets]\nspreadsheet = "abc"\n', "utf-8")
    result = run("doctor", "--secrets", str(secrets))
    assert result.exit_code == 1
    assert "spreadsheet_pilotage" in result.output


def test_secrets_that_are_no_toml_are_told(tmp_path: Path):
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text("[connections", "utf-8")
    result = run("doctor")
    assert result.exit_code == 1
    assert "TOML" in result.output


def test_the_demonstration_fills_an_embedded_workbook_once(tmp_path: Path):
    data = str(tmp_path / "d")
    result = run("demo", "--data", data, "--today", "2019-06-01", "--seed", "7")
    assert result.exit_code == 0, result.output
    assert "01/06/2019" in result.output
    first = open_store({}, data_dir=tmp_path / "d", environ={}).snapshot().data
    assert first.problems == ()
    assert first.all(Promeneur)
    refused = run("demo", "--data", data, "--today", "2019-06-01", "--seed", "7")
    assert refused.exit_code == 1
    assert "--force" in refused.output
    again = run("demo", "--data", data, "--today", "2019-06-01", "--seed", "7", "--force")
    assert again.exit_code == 0
    second = open_store({}, data_dir=tmp_path / "d", environ={}).snapshot().data
    assert second.all(Promeneur) == first.all(Promeneur), "the same seed makes the same demonstration"


def test_the_commands_do_without_streamlit():
    code = "import sys, pdn.cli; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter


def test_python_m_pdn_tells_its_commands_in_french():
    answer = subprocess.run([sys.executable, "-m", "pdn", "--help"], check=True, capture_output=True, text=True)
    for command in ("provision", "doctor", "demo"):
        assert command in answer.stdout
