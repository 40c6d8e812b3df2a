"""What remains of a task's log."""

from pathlib import Path
from uuid import uuid4

from local.ecs_agent import log_files


def a_log(folder: Path, text: str) -> Path:
    file = folder / "log"
    file.write_text(text)
    return file


def test_the_last_words_of_a_traceback_are_its_error(tmp_path: Path) -> None:
    log = a_log(tmp_path, "Traceback:\n  File x\n    raise\nKeyError: 'MODEL_ID'\n\n")
    assert log_files.last_words(log) == "KeyError: 'MODEL_ID'"


def test_an_error_of_two_sentences_is_kept_whole(tmp_path: Path) -> None:
    log = a_log(tmp_path, "ready\nWeightsMissing: The bucket is empty.\nUpload the weights.\n")
    expected = "WeightsMissing: The bucket is empty. Upload the weights."
    assert log_files.last_words(log) == expected


def test_endless_last_words_are_cut(tmp_path: Path) -> None:
    assert len(log_files.last_words(a_log(tmp_path, "x" * 100_000))) == log_files.LONGEST_WORDS


def test_a_process_that_said_nothing_has_no_last_words(tmp_path: Path) -> None:
    assert log_files.last_words(a_log(tmp_path, "")) == ""
    assert log_files.last_words(tmp_path / "none") == ""


def test_a_long_log_keeps_its_end_and_grows_on(tmp_path: Path) -> None:
    log = a_log(tmp_path, "line\n" * (log_files.LONGEST // 5 + 1))
    with log.open("a") as writer:
        log_files.shorten(log)
        writer.write("after the cut\n")
    assert log.stat().st_size < log_files.KEPT_OF_A_LONG_ONE + 100
    assert log.read_text().startswith("line\n")
    assert log.read_text().endswith("line\nafter the cut\n")


def test_old_task_logs_make_room_and_other_logs_stay(tmp_path: Path) -> None:
    (tmp_path / "ecs-agent.log").write_text("kept")
    for _ in range(log_files.KEPT_FILES + 5):
        log_files.log_path(tmp_path, "service", str(uuid4())).write_text("x")
    assert len(list(tmp_path.glob("service-*.log"))) == log_files.KEPT_FILES
    assert (tmp_path / "ecs-agent.log").exists()
