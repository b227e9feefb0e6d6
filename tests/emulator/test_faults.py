"""The emulator misbehaves as told, as Google and networks do."""

from __future__ import annotations

import pytest
import requests

from pdn.emulator import EmulatorAdapter, Quota


def test_the_log_tells_reads_from_writes(both_doors, emulator):
    emulator.log.clear()
    both_doors.sheets("GET")
    both_doors.write("A1", [["x"]])
    both_doors.sheets("POST", "/values:batchGetByDataFilter", {"dataFilters": [{"a1Range": "A1"}]})
    both_doors.sheets("GET", "/values/Nowhere!A1")
    assert [(entry.kind, entry.status) for entry in emulator.log] == [
        ("read", 200),
        ("write", 200),
        ("read", 200),
        ("read", 400),
    ]
    assert emulator.log[0].path == f"/v4/spreadsheets/{both_doors.key}"


def test_a_used_up_quota_answers_in_googles_words_and_without_retry_after(both_doors, emulator):
    emulator.faults.add(429)
    answer = both_doors.session.get(f"{both_doors.base}/v4/spreadsheets/{both_doors.key}", timeout=30)
    assert answer.status_code == 429
    assert "Retry-After" not in answer.headers
    error = answer.json()["error"]
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert error["message"].startswith(
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service "
        "'sheets.googleapis.com' for consumer 'project_number:"
    )
    info = error["details"][0]
    assert info["reason"] == "RATE_LIMIT_EXCEEDED"
    assert info["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerUser"


def test_retry_after_is_sent_when_asked_for(both_doors, emulator):
    emulator.faults.add(429, retry_after=7)
    answer = both_doors.session.get(f"{both_doors.base}/v4/spreadsheets/{both_doors.key}", timeout=30)
    assert answer.headers["Retry-After"] == "7"


@pytest.mark.parametrize(("status", "name"), [(500, "INTERNAL"), (503, "UNAVAILABLE"), (401, "UNAUTHENTICATED")])
def test_errors_have_googles_shape_and_end(both_doors, emulator, status, name):
    emulator.faults.add(status, times=2)
    for _ in range(2):
        got, answer = both_doors.write("A1", [["x"]])
        assert (got, answer["error"]["code"], answer["error"]["status"]) == (status, status, name)
    assert both_doors.values("A1") is None
    assert both_doors.write("A1", [["x"]])[0] == 200


def test_a_bad_gateway_is_a_page_not_json(api, emulator):
    emulator.faults.add(502)
    answer = api.session.get(f"{api.base}/v4/spreadsheets/{api.key}", timeout=30)
    assert answer.status_code == 502
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_disabled_api_says_where_to_enable_it(api, emulator):
    emulator.faults.add(403, reason="SERVICE_DISABLED")
    status, answer = api.sheets("GET")
    assert status == 403
    assert answer["error"]["message"].startswith("Google Sheets API has not been used in project")
    assert answer["error"]["details"][0]["reason"] == "SERVICE_DISABLED"


def test_a_spreadsheet_that_is_not_shared_is_forbidden_to_read_and_write(both_doors, emulator):
    emulator.faults.forbid(both_doors.key)
    expected = {"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}}
    assert both_doors.sheets("GET") == (403, expected)
    assert both_doors.write("A1", [["x"]]) == (403, expected)
    emulator.faults.allow(both_doors.key)
    assert both_doors.values("A1") is None


def test_faults_can_be_meant_for_reads_or_writes_alone(api, emulator):
    emulator.faults.add(503, on="write")
    emulator.faults.add(500, on="read")
    assert api.sheets("GET")[0] == 500
    assert api.sheets("GET")[0] == 200
    assert api.write("A1", [["x"]])[0] == 503
    assert api.write("A1", [["x"]])[0] == 200


@pytest.mark.parametrize(("moment", "stands"), [("before", None), ("after", [["x"]])])
def test_a_connection_drops_before_or_after_the_write_was_applied(both_doors, emulator, moment, stands):
    emulator.faults.add(drop=moment)
    with pytest.raises(requests.ConnectionError):
        both_doors.write("A1", [["x"]])
    assert both_doors.values("A1") == stands
    assert [entry.status for entry in emulator.log] == [0, 200]


def test_a_connection_drops_in_the_middle_of_an_answer_though_it_was_applied(both_doors, emulator):
    emulator.faults.add(drop="during")
    with pytest.raises(requests.RequestException):
        both_doors.write("A1", [["x"]])
    assert both_doors.values("A1") == [["x"]]


@pytest.mark.parametrize("spoil", ["half", "empty", "page", "hollow", "short"])
def test_an_answer_is_spoiled_though_it_was_applied(both_doors, emulator, spoil):
    both_doors.write("A1:B1", [["x", "y"]])
    address = f"{both_doors.base}/v4/spreadsheets/{both_doors.key}/values:batchGet?ranges=A1&ranges=B1"
    whole = both_doors.session.get(address, timeout=30)
    emulator.faults.add(spoil=spoil)
    answer = both_doors.session.get(address, timeout=30)
    assert answer.status_code == 200
    if spoil in {"half", "empty"}:
        assert answer.content == whole.content[: len(whole.content) // 2 if spoil == "half" else 0]
    elif spoil == "page":
        assert answer.headers["Content-Type"].startswith("text/html")
    elif spoil == "hollow":
        assert answer.json() == {}
    else:
        assert answer.json()["valueRanges"] == whole.json()["valueRanges"][:1]


def test_a_redirection_does_nothing_and_names_another_place(both_doors, emulator):
    emulator.faults.add(302)
    address = f"{both_doors.base}/v4/spreadsheets/{both_doors.key}/values:batchGet?ranges=A1"
    answer = both_doors.session.get(address, timeout=30, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_slow_answer_times_out_though_it_was_applied(emulator, api):
    emulator.faults.add(delay=0.02)
    with requests.Session() as session:
        session.mount("https://", EmulatorAdapter(emulator))
        address = f"{api.base}/v4/spreadsheets/{api.key}/values/A1?valueInputOption=RAW"
        with pytest.raises(requests.ReadTimeout):
            session.put(address, json={"values": [["x"]]}, timeout=0.01)
    assert api.values("A1") == [["x"]]


def test_clear_makes_it_behave_again(api, emulator):
    emulator.faults.add(500, times=9)
    emulator.faults.forbid(api.key)
    emulator.faults.quota = Quota(0, 0)
    emulator.faults.clear()
    assert api.sheets("GET")[0] == 200


def test_reads_and_writes_have_sixty_a_minute_each(api, emulator):
    now = [0.0]
    emulator.faults.quota = Quota(clock=lambda: now[0])
    assert {api.sheets("GET", fields="spreadsheetId")[0] for _ in range(60)} == {200}
    status, answer = api.sheets("GET")
    assert status == 429
    assert "'Read requests per minute per user'" in answer["error"]["message"]
    assert {api.write("A1", [["x"]])[0] for _ in range(60)} == {200}
    status, answer = api.write("A1", [["y"]])
    assert status == 429
    assert "'Write requests per minute per user'" in answer["error"]["message"]
    now[0] = 60.0
    assert api.values("A1") == [["x"]]


def test_a_batch_counts_once(api, emulator):
    emulator.faults.quota = Quota(reads=1, writes=1)
    assert api.batch({"addSheet": {}}, {"addSheet": {}}, {"addSheet": {}})[0] == 200
    assert api.sheets("GET", "/values:batchGet", ranges=["A1", "B1", "C1"])[0] == 200
    assert api.sheets("GET")[0] == 429
