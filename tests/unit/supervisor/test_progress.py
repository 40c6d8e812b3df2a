"""What a person sees while the product starts."""

import io

import pytest

from local.supervisor.progress import Progress, StepFailed


class Terminal(io.StringIO):
    """An output that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Pipe(io.StringIO):
    """An output that is not one."""

    encoding = "ascii"


def test_a_finished_step_is_one_line_with_its_seconds() -> None:
    out = Pipe()
    with Progress(out).step("local AWS"):
        pass
    assert out.getvalue().startswith("ok local AWS ")
    assert out.getvalue().endswith(" 0.0 s\n")


def test_a_terminal_gets_a_tick_and_no_leftover_of_the_running_line() -> None:
    out = Terminal()
    with Progress(out).step("sam build"):
        pass
    assert out.getvalue().rsplit("\x1b[K", 1)[1].startswith("✓ sam build ")


def test_a_failed_step_says_so_and_the_error_goes_on() -> None:
    out = Pipe()
    with pytest.raises(StepFailed), Progress(out).step("sam deploy"):
        raise StepFailed("no")
    assert out.getvalue().startswith("FAILED sam deploy")


def test_a_failure_is_told_with_its_evidence_and_its_cure() -> None:
    out = Pipe()
    Progress(out).failure(StepFailed("It broke.", why="line one\nline two", fix="Mend it."))
    assert out.getvalue() == "\nIt broke.\n  | line one\n  | line two\nMend it.\n"
