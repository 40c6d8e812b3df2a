"""The page about capacity says what its sums say now."""

from tests.bench.capacity.page import PAGE, written


def test_the_tables_are_current() -> None:
    page = PAGE.read_text()
    hint = "docs/capacity.md is old: run `python -m tests.bench.capacity`."
    assert page == written(page), hint
