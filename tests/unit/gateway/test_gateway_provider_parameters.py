"""What of a row's provider parameters LiteLLM is given."""

from typing import Any

import pytest

from gateway.provider_parameters import allowed

KNOWN: dict[str, Any] = {"api_version": "2026-01-01", "temperature": 0.5, "drop_params": True}


def test_what_is_known_is_given_as_it_is() -> None:
    assert allowed(KNOWN) == KNOWN


@pytest.mark.parametrize(
    "row",
    [
        {"api_base": "http://elsewhere", "api_key": "x", "aws_sts_endpoint": "http://elsewhere"},
        {"extra_headers": {"a": "b"}, "mock_response": "hello", "model": "another/model"},
        {"timeout": {"read": 5}, "temperature": [1], "organization": ["a", "b"], "seed": None},
    ],
)
def test_what_reaches_further_is_dropped_however_it_came_into_the_row(row: dict[str, Any]) -> None:
    assert allowed(KNOWN | row).keys() <= KNOWN.keys()
    assert allowed(row) == {}
