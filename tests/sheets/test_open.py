"""Opening: secrets, keys and addresses, and each way it can fail, said in French."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from pdn.sheets import ErrorKind, SheetsError, open_store, provision
from pdn.sheets.connection import key_of
from tests.sheets.conftest import Bench

ADDRESS = "https://docs.google.com/spreadsheets/d/1AbC_d-9/edit?gid=12#gid=12"


@pytest.fixture(scope="module")
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def secrets(**given: str) -> dict[str, dict[str, dict[str, str]]]:
    return {"connections": {"gsheets": given}}


def test_a_key_is_taken_from_an_address_or_as_it_is():
    assert key_of(ADDRESS) == "1AbC_d-9"
    assert key_of("https://docs.google.com/spreadsheets/u/1/d/1AbC_d-9/edit") == "1AbC_d-9"
    assert key_of(" 1AbC_d-9 ") == "1AbC_d-9"
    assert key_of("Ma feuille du réseau") is None


def test_without_secrets_the_data_is_in_an_embedded_file_ready_for_use(tmp_path: Path):
    store = open_store({}, data_dir=tmp_path / "data", environ={})
    assert store.embedded
    assert "classeurs.sqlite" in store.location
    assert store.snapshot().data.problems == ()
    assert (tmp_path / "data" / "classeurs.sqlite").exists()


def test_with_secrets_the_data_is_on_google_sheets(tmp_path: Path, private_key: str):
    given = secrets(
        client_email="pdn@projet.iam.gserviceaccount.com",
        private_key=private_key.replace("\n", "\\n"),
        spreadsheet=ADDRESS,
        spreadsheet_pilotage="2pilotage",
    )
    store = open_store(given, data_dir=tmp_path, environ={})
    assert not store.embedded
    assert store.location == "sur Google Sheets"
    assert [book.key for book in store.books] == ["1AbC_d-9", "2pilotage"]
    assert store.connection.account == "pdn@projet.iam.gserviceaccount.com"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("missing", ["spreadsheet", "spreadsheet_pilotage", "client_email", "private_key"])
def test_what_the_secrets_lack_is_named(tmp_path: Path, private_key: str, missing: str):
    given = {
        "client_email": "a@example.org",
        "private_key": private_key,
        "spreadsheet": "abc",
        "spreadsheet_pilotage": "def",
    }
    del given[missing]
    with pytest.raises(SheetsError) as caught:
        open_store(secrets(**given), data_dir=tmp_path, environ={})
    assert caught.value.kind is ErrorKind.NO_SECRETS
    assert missing in caught.value.message


def test_a_spoilt_private_key_is_told_and_never_shown(tmp_path: Path, private_key: str):
    spoilt = private_key[:60] + "!!" + private_key[90:]
    given = secrets(client_email="a@example.org", private_key=spoilt, spreadsheet="abc", spreadsheet_pilotage="def")
    with pytest.raises(SheetsError) as caught:
        open_store(given, data_dir=tmp_path, environ={})
    assert caught.value.kind is ErrorKind.BAD_CREDENTIALS
    assert private_key[100:140] not in caught.value.message + caught.value.detail


def test_a_private_key_in_a_technical_detail_is_blotted_out(private_key: str):
    detail = SheetsError(ErrorKind.REFUSED, "", detail=f"before {private_key} after").detail
    assert "PRIVATE KEY" not in detail
    assert private_key[100:140] not in detail


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ({"status": 401}, ErrorKind.BAD_CREDENTIALS, "clé du compte de service"),
        ({"status": 404}, ErrorKind.NOT_FOUND, "n’existe"),
        ({"status": 403}, ErrorKind.NOT_SHARED, "Partagez-la"),
        ({"status": 403, "reason": "SERVICE_DISABLED"}, ErrorKind.API_DISABLED, "Activez-la"),
        ({"status": 429}, ErrorKind.QUOTA, "par minute"),
        ({"status": 500}, ErrorKind.SERVER, "passager"),
        ({"status": 502}, ErrorKind.SERVER, "passager"),
        ({"status": 503}, ErrorKind.SERVER, "passager"),
        ({"drop": "before"}, ErrorKind.NETWORK, "connexion"),
    ],
)
def test_each_failure_of_a_reading_has_its_kind_and_its_french_sentence(bench: Bench, fault, kind, words):
    bench.emulator.faults.add(times=1000, **fault)
    with pytest.raises(SheetsError) as caught:
        bench.open().snapshot()
    assert caught.value.kind is kind
    assert words in caught.value.message
    assert sum(bench.time.slept) <= 20


def test_a_spreadsheet_that_is_not_shared_names_the_account_to_share_it_with(bench: Bench):
    store = bench.open()
    store.connection.client.account = "pdn@projet.iam.gserviceaccount.com"
    bench.emulator.faults.forbid("pdn-reseau")
    with pytest.raises(SheetsError) as caught:
        store.snapshot()
    assert caught.value.kind is ErrorKind.NOT_SHARED
    assert "pdn@projet.iam.gserviceaccount.com" in caught.value.message


def test_one_spreadsheet_can_be_both_workbooks(bench: Bench):
    bench.emulator.create_spreadsheet("Tout", key="tout")
    store = bench.open(keys={"reseau": "tout", "pilotage": "tout"})
    provision(store)
    bench.forget()
    store.refresh()
    assert len(store.books) == 1
    assert bench.sent() == ["read"]
    titles = [tab.title for tab in store.books[0].metadata().tabs]
    assert titles.count("Journal") == 1
    assert {"Promeneurs", "Budget"} <= set(titles)


def test_a_missing_key_in_the_environment_door_is_told(bench: Bench):
    store = bench.open(keys={"reseau": "nulle-part", "pilotage": "pdn-pilotage"})
    with pytest.raises(SheetsError) as caught:
        store.snapshot()
    assert caught.value.kind is ErrorKind.NOT_FOUND
