"""`make logs`."""

from pathlib import Path

from local.supervisor.logs import Follower


def test_it_begins_with_the_end_of_each_log(tmp_path: Path) -> None:
    (tmp_path / "agent.log").write_text("".join(f"line {number}\n" for number in range(50)))
    earlier = list(Follower(tmp_path).earlier())
    assert earlier[-1] == "agent        line 49"
    assert len(earlier) < 10


def test_only_what_is_new_follows(tmp_path: Path) -> None:
    log = tmp_path / "agent.log"
    log.write_text("old\n")
    follower = Follower(tmp_path)
    list(follower.earlier())
    with log.open("a") as file:
        file.write("new\n")
    assert list(follower.added()) == ["agent        new"]
    assert list(follower.added()) == []


def test_a_log_that_appears_later_is_followed_too(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    assert list(follower.earlier()) == []
    (tmp_path / "model.log").write_text("hello\n")
    assert list(follower.added()) == ["model        hello"]


def test_a_log_that_was_cut_is_read_from_its_beginning(tmp_path: Path) -> None:
    log = tmp_path / "agent.log"
    log.write_text("a long line\n")
    follower = Follower(tmp_path)
    list(follower.earlier())
    log.write_text("short\n")
    assert list(follower.added()) == ["agent        short"]
