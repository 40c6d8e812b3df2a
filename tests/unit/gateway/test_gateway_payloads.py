"""Reading and writing JSON."""

import pytest

from gateway.errors import Refusal
from gateway.payloads import dump, json_object


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b'"x"', b"NaN", b'{"a": NaN}'])
def test_what_is_not_a_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        json_object(body)
    assert (refused.value.status, refused.value.code) == (400, "invalid_json")


def test_nesting_without_end_is_refused_and_harms_nobody() -> None:
    with pytest.raises(Refusal):
        json_object(b'{"a":' + b"[" * 100_000)


def test_numbers_beyond_64_bits_survive_being_written_again() -> None:
    assert dump({"seed": 2**70}) == b'{"seed": 1180591620717411303424}'
