"""A path belongs to one program."""

import pytest

from local.front.backends import Backend, Backends

API, SERVE = Backend(1, "/_aws/execute-api/lisa"), Backend(2)
BACKENDS = Backends(API, SERVE)


@pytest.mark.parametrize(
    ("target", "backend"),
    [
        ("/v1/models?x=/v2/serve/", API),
        ("/v1/openai/chat/completions", SERVE),
        ("/v2/serve/models", SERVE),
        ("/", None),
        ("/v1", None),
        ("/assets/v1/x.js", None),
    ],
)
def test_a_path_belongs_to(target: str, backend: Backend | None) -> None:
    assert BACKENDS.of(target) == backend


def test_the_api_is_called_below_the_emulators_path() -> None:
    assert API.target("/v1/models?a=b") == "/_aws/execute-api/lisa/v1/models?a=b"
