"""What was answered is on disk, and nothing is there by half."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

import requests

from pdn.emulator import Emulator, Request

WIDTH = 12


def start(path):
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "pdn.emulator", "--port", "0", "--db", str(path)], stdout=subprocess.PIPE, text=True
    )
    return process, process.stdout.readline().strip()


def commit(number):
    """A change to one tab and its entry in another, which must not part."""
    cells = [{"userEnteredValue": {"numberValue": number}}] * WIDTH
    return {
        "requests": [
            {"appendCells": {"sheetId": 1, "rows": [{"values": cells}], "fields": "userEnteredValue"}},
            {"updateCells": {"start": {"sheetId": 2}, "rows": [{"values": cells}] * 5, "fields": "userEnteredValue"}},
        ]
    }


def read(emulator, key, text):
    request = Request("GET", f"/v4/spreadsheets/{key}/values/{text}", {"valueRenderOption": ["UNFORMATTED_VALUE"]}, b"")
    answer = emulator.handle(request)
    assert answer.status == 200
    return json.loads(answer.body).get("values", [])


def test_a_killed_server_kept_each_answered_commit_whole(tmp_path):
    path = tmp_path / "book.db"
    process, base = start(path)
    enough = threading.Event()
    answered = []

    def stream(session, key):
        number = 0
        try:
            while True:
                number += 1
                answer = session.post(f"{base}/v4/spreadsheets/{key}:batchUpdate", json=commit(number), timeout=30)
                assert answer.status_code == 200
                answered.append(number)
                if number == 40:
                    enough.set()
        except requests.ConnectionError:
            pass

    with requests.Session() as session:
        tabs = [{"properties": {"sheetId": i, "title": title}} for i, title in ((1, "Rows"), (2, "Mirror"))]
        key = session.post(f"{base}/v4/spreadsheets", json={"sheets": tabs}, timeout=30).json()["spreadsheetId"]
        writer = threading.Thread(target=stream, args=(session, key))
        writer.start()
        assert enough.wait(30)
        os.kill(process.pid, signal.SIGKILL)
        writer.join()
    process.wait()
    process.stdout.close()

    emulator = Emulator(path)
    rows = read(emulator, key, "Rows")
    mirrored = read(emulator, key, "Mirror")
    emulator.close()
    last = answered[-1]
    assert [row[0] for row in rows[:last]] == answered
    assert len(rows) in {last, last + 1}
    assert rows == [[number] * WIDTH for number in range(1, len(rows) + 1)]
    assert mirrored == [[len(rows)] * WIDTH] * 5


def test_the_command_stops_when_told_and_its_file_stays(tmp_path):
    path = tmp_path / "book.db"
    process, base = start(path)
    key = requests.post(f"{base}/v4/spreadsheets", json={"properties": {"title": "Reste"}}, timeout=30).json()[
        "spreadsheetId"
    ]
    process.terminate()
    assert process.wait(30) == 0
    process.stdout.close()
    emulator = Emulator(path)
    assert emulator.has_spreadsheet(key)
    emulator.close()


def everything(emulator, key):
    answer = emulator.handle(Request("GET", f"/v4/spreadsheets/{key}", {"includeGridData": ["true"]}, b""))
    return json.loads(answer.body)


def test_reopened_a_file_is_what_it_was(tmp_path):
    path = tmp_path / "book.db"
    first = Emulator(path)
    key = first.create_spreadsheet("Tout")
    place = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    cells = [
        {"userEnteredValue": {"formulaValue": "=1/0"}, "note": "n"},
        {"userEnteredValue": {"stringValue": "é"}, "userEnteredFormat": {"textFormat": {"bold": True}}},
        {"userEnteredValue": {"boolValue": True}},
        {"userEnteredValue": {"numberValue": 0.1}},
    ]
    requests_ = [
        {"updateCells": {"start": {}, "rows": [{"values": cells}], "fields": "*"}},
        {"mergeCells": {"range": place}},
        {"addNamedRange": {"namedRange": {"name": "N", "range": place}}},
        {"addSheet": {"properties": {"title": "Deux", "index": 0}}},
        {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
    ]
    body = json.dumps({"requests": requests_}).encode()
    assert first.handle(Request("POST", f"/v4/spreadsheets/{key}:batchUpdate", {}, body)).status == 200
    before = everything(first, key)
    first.close()
    second = Emulator(path)
    assert everything(second, key) == before
    second.close()


def test_two_emulators_on_one_file_see_each_other(tmp_path):
    path = tmp_path / "book.db"
    ours, theirs = Emulator(path), Emulator(path)
    key = ours.create_spreadsheet("Partagé")
    for number, writer in enumerate((ours, theirs, ours, theirs, theirs), start=1):
        body = json.dumps({"values": [[number]]}).encode()
        request = Request("POST", f"/v4/spreadsheets/{key}/values/A1:append", {"valueInputOption": ["RAW"]}, body)
        assert writer.handle(request).status == 200
    expected = [[number] for number in range(1, 6)]
    assert read(ours, key, "A1:A9") == expected
    assert read(theirs, key, "A1:A9") == expected
    ours.close()
    theirs.close()


def test_threads_do_not_lose_each_others_rows(emulator):
    key = emulator.create_spreadsheet("Foule")

    def append(number):
        body = json.dumps({"values": [[number]]}).encode()
        query = {"valueInputOption": ["RAW"]}
        emulator.handle(Request("POST", f"/v4/spreadsheets/{key}/values/A1:append", query, body))

    threads = [threading.Thread(target=append, args=(number,)) for number in range(1, 31)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row[0] for row in read(emulator, key, "A1:A99")) == list(range(1, 31))
