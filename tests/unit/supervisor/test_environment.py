"""No process of the product may ever meet the person's own AWS account."""

from local.supervisor.environment import product_environment
from local.supervisor.ports import Ports

OWN = {
    "AWS_PROFILE": "production",
    "AWS_SESSION_TOKEN": "secret",
    "AWS_ENDPOINT_URL_S3": "https://s3.example.org",
    "HOME": "/home/ada",
    "NO_PROXY": "example.org",
    "PYTHONPATH": "/somewhere",
}


def test_everything_of_the_own_account_is_gone() -> None:
    env = product_environment(Ports(24500), OWN)
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "PYTHONPATH"} & set(env)
    assert env["AWS_CONFIG_FILE"] == env["AWS_SHARED_CREDENTIALS_FILE"] == "/dev/null"


def test_calls_go_to_the_emulator_and_past_every_proxy() -> None:
    env = product_environment(Ports(24500), OWN)
    assert env["AWS_ENDPOINT_URL"] == "http://127.0.0.1:24500"
    assert env["NO_PROXY"] == "example.org,127.0.0.1,localhost"


def test_making_it_twice_changes_nothing() -> None:
    once = product_environment(Ports(24500), OWN)
    assert product_environment(Ports(24500), once) == once


def test_the_home_stays() -> None:
    assert product_environment(Ports(24500), OWN)["HOME"] == "/home/ada"
