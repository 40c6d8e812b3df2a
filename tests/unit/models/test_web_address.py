"""Addresses of models' servers: plain ones, and none where machines get their credentials."""

import pytest

from tests.support.model_payloads import EXTERNAL, parsed, refusal

SERVERS = [
    "https://llm.example.com/v1",
    "http://internal-lisa.elb.amazonaws.com:8080",
    "http://10.0.0.9:8000/v1",
    "http://[fd12::9]:8000/v1",
    "http://127.0.0.1:8000/v1",
    "http://model-7/v1",
]
CREDENTIALS = [
    "http://169.254.169.254/latest",
    "http://169.254.170.2/v2",
    "http://[fd00:ec2::254]/latest",
    "http://[fe80::1]/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
]
SPELLINGS = [
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0xa9.0xfe.0xa9.0xfe/",
    "http://0251.0376.0251.0376/",
    "http://169.254.43518/",
    "http://169.16689662/",
    "http://127.1/",
    "http://169.254.169.254./",
]
HIDDEN = [
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::a9fe:a9fe]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:a9fe:a9fe::]/",
]
NOT_PLAIN = [
    "http://ok@169.254.169.254/",
    "http://user:pw@llm.example.com/",
    "http://169.254.169.254%2f@llm.example.com/",
    "http://①⑥⑨.254.169.254/",
    "file:///etc/passwd",
    "gopher://llm.example.com/",
    "http://llm.example.com/v1?next=http://169.254.169.254",
    "http://llm.example.com/#x",
    "http://llm.example.com\\@169.254.169.254/",
    "http://llm.example.com/ HTTP/1.1\r\nX: y",
    "http://[fe80::1%25eth0]/",
]


@pytest.mark.parametrize("url", SERVERS)
def test_a_server_may_be_anywhere_else(url: str) -> None:
    assert parsed(EXTERNAL | {"modelUrl": url}).model_url == url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        *((url, "link-local") for url in CREDENTIALS),
        *((url, "four decimal numbers") for url in SPELLINGS),
        *((url, "must not hide") for url in HIDDEN),
        *((url, "without user, password") for url in NOT_PLAIN),
    ],
)
def test_an_address_that_could_hand_out_credentials_is_refused(url: str, reason: str) -> None:
    assert reason in refusal(EXTERNAL | {"modelUrl": url})
