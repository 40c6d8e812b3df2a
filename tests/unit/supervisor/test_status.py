"""`make status`."""

from local.supervisor.status import process_rows, table

CHILDREN: dict[str, dict[str, object]] = {
    "emulator": {
        "pid": 12,
        "state": "running",
        "restarts": 1,
        "last_death": "SIGKILL",
        "address": "http://127.0.0.1:24500",
    },
    "agent": {
        "pid": None,
        "state": "waiting to restart",
        "restarts": 0,
        "last_death": "",
        "address": "",
    },
}


def test_a_restart_is_shown_with_its_cause() -> None:
    rows = process_rows(7, CHILDREN)
    assert rows[1][:3] == ["supervisor", "7", "running"]
    assert rows[2][3] == "1 (SIGKILL)"


def test_a_child_without_a_process_has_no_pid() -> None:
    assert process_rows(7, CHILDREN)[3][1] == "-"


def test_columns_stand_under_each_other() -> None:
    lines = table(process_rows(7, CHILDREN)).splitlines()
    assert {line.index(word) for line, word in zip(lines, ("PID", "7", "12"), strict=False)} == {12}
