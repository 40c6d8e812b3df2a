"""What is printed at the end, and written for programs."""

import json
import shlex

import pytest

from local.seed.access import Access, SignIn
from local.seed.repository import Database
from local.supervisor.deployment import at_port, reachable
from local.supervisor.endpoints import Seeded, endpoints, greeting
from local.supervisor.ports import Ports

PORTS = Ports(24500)
OUTPUTS = {
    "ApiUrl": "http://127.0.0.1:24500/_aws/execute-api/abc/v1",
    "ServeUrl": "http://127.0.0.1:24501/v2/serve",
    "TokenTableName": "lisa-local-LISAApiTokenTable",
}
DATABASE = Database("127.0.0.1", 24503, "lisa", "lisa", "pd")
ACCESS = Access(SignIn("admin", "pa", "jwt-a"), SignIn("user", "pu", "jwt-u"), "lisa-token")


def test_programs_find_every_promised_field() -> None:
    facts = endpoints(OUTPUTS, ACCESS, Seeded(["tiny-chat"], ["demo"], DATABASE), PORTS)
    assert json.loads(json.dumps(facts)) == {
        "api_url": OUTPUTS["ApiUrl"],
        "serve_url": OUTPUTS["ServeUrl"],
        "ui_url": "http://127.0.0.1:24502/",
        "aws_endpoint_url": "http://127.0.0.1:24500",
        "region": "us-east-1",
        "token_table": "lisa-local-LISAApiTokenTable",
        "token": "lisa-token",
        "admin": {"username": "admin", "password": "pa", "id_token": "jwt-a"},
        "user": {"username": "user", "password": "pu", "id_token": "jwt-u"},
        "models": ["tiny-chat"],
        "repositories": ["demo"],
        "database": {
            "host": "127.0.0.1",
            "port": 24503,
            "name": "lisa",
            "username": "lisa",
            "password": "pd",
        },
    }


def test_the_printed_line_is_a_whole_streaming_request() -> None:
    text = greeting(endpoints(OUTPUTS, ACCESS, Seeded(["tiny-chat"], ["demo"], DATABASE), PORTS))
    line = next(line for line in text.splitlines() if line.startswith("curl"))
    words = shlex.split(line)
    assert words[2] == "http://127.0.0.1:24501/v2/serve/chat/completions"
    assert "Authorization: Bearer lisa-token" in words
    assert json.loads(words[words.index("-d") + 1])["stream"] is True


def test_no_line_to_paste_is_printed_for_a_model_that_is_not_ready() -> None:
    text = greeting(endpoints(OUTPUTS, ACCESS, Seeded([], [], DATABASE), PORTS))
    assert "none is ready" in text
    assert "curl" not in text


@pytest.mark.parametrize(
    ("url", "here"),
    [
        (
            "https://a1b2.execute-api.us-east-1.amazonaws.com/v1/",
            "http://127.0.0.1:24500/_aws/execute-api/a1b2/v1",
        ),
        ("https://lisa.example.org/v1", "https://lisa.example.org/v1"),
    ],
)
def test_the_api_is_addressed_as_it_is_reached_here(url: str, here: str) -> None:
    assert reachable(url, PORTS) == here


def test_the_serving_address_is_the_port_that_outlives_restarts() -> None:
    assert at_port("http://127.0.0.1:24515/v2/serve/", 24501) == "http://127.0.0.1:24501/v2/serve"
