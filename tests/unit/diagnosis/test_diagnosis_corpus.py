"""What platforms and servers really say becomes the code and the words that a person needs."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from diagnosis import CODES, diagnose, progress
from diagnosis.rules import table
from tests.support.failures import Case, cases

TABLES = (
    "capacity",
    "health",
    "log_config",
    "log_memory",
    "log_weights",
    "placement",
    "stacks",
    "tasks",
)
WAITED_FOR = [case for case in cases() if case.evidence and (case.repeat > 1 or case.in_the_end)]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_real_failure_becomes_its_code(case: Case) -> None:
    reason = diagnose(case.at_last)
    assert reason is not None
    assert reason.code == case.code, reason.message


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_real_failure_is_told_with_what_matters(case: Case) -> None:
    reason = diagnose(case.at_last)
    assert reason is not None
    for word in case.words:
        assert word in f"{reason.message}\n{reason.fix}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_reason_is_two_sentences_for_people(case: Case) -> None:
    reason = diagnose(case.at_last)
    assert reason is not None
    assert reason.message.endswith(".")
    assert reason.fix.endswith(".")
    assert "\n" not in reason.fix
    assert "{" not in reason.fix


@pytest.mark.parametrize("case", WAITED_FOR, ids=lambda case: case.name)
def test_what_may_pass_by_itself_is_waited_for(case: Case) -> None:
    evidence = case.seen(1 if case.in_the_end else case.repeat - 1)
    assert diagnose(evidence) is None
    waiting = progress(evidence)
    assert waiting is not None
    assert waiting.endswith(".")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_nothing_is_waited_for_once_there_is_a_cause(case: Case) -> None:
    assert progress(case.at_last) is None


def test_the_corpus_is_large_and_says_where_it_is_from() -> None:
    assert len(cases()) >= 80
    assert all(case.source for case in cases())
    names = [case.name for case in cases()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_seen_in_the_corpus(code: str) -> None:
    assert Counter(case.code for case in cases())[code]


@pytest.mark.parametrize("name", TABLES)
def test_every_text_that_is_looked_for_was_seen(name: str) -> None:
    seen = [text for case in cases() for text in case.texts]
    unseen = [
        pattern
        for rule in table(name)
        for pattern in rule.any
        if not any(re.search(pattern, text, re.IGNORECASE) for text in seen)
    ]
    assert unseen == []


def test_every_table_is_read() -> None:
    folder = files("diagnosis").joinpath("tables")
    assert sorted(path.name for path in folder.iterdir()) == [f"{name}.toml" for name in TABLES]


@pytest.mark.parametrize("name", TABLES)
def test_every_rule_bears_a_known_code(name: str) -> None:
    assert {rule.code for rule in table(name)} <= set(CODES)
