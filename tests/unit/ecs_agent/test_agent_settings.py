"""What the agent reads from its environment, and what a task gets to see of it."""

from pathlib import Path

import pytest

from local.ecs_agent.environment import Grant, child_environment
from local.ecs_agent.runners import Launch
from local.ecs_agent.settings import Misconfigured, Settings

AGENT = {
    "AWS_ENDPOINT_URL": "http://127.0.0.1:4000",
    "AWS_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "test",
    "PATH": "/bin",
    "HOME": "/home/ada",
    "SECRET_OF_THE_SHELL": "s",
    "GATEWAY_PYTHON": "/venv/python",
}
LAUNCH = Launch(("serve",), Path(), {"PYTHONUNBUFFERED": "1"})


def test_a_task_sees_its_definition_and_nothing_of_the_shell() -> None:
    defined = {"MODEL_ID": "tiny", "AWS_REGION": "us-gov-west-1"}
    env = child_environment(Settings.of(AGENT), LAUNCH, defined, 4100, None)
    assert env == {
        "PATH": "/bin",
        "HOME": "/home/ada",
        "PYTHONUNBUFFERED": "1",
        "MODEL_ID": "tiny",
        "AWS_REGION": "us-gov-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:4000",
        "HOST": "127.0.0.1",
        "PORT": "4100",
    }


def test_a_port_of_the_task_definition_gives_way_to_a_free_one() -> None:
    env = child_environment(Settings.of(AGENT), LAUNCH, {"PORT": "8080"}, 4100, None)
    assert env["PORT"] == "4100"


def test_weights_lie_in_the_agents_folder_wherever_the_task_definition_puts_them() -> None:
    settings = Settings.of(AGENT)
    env = child_environment(settings, LAUNCH, {"WEIGHTS_DIR": "/var/lib/weights"}, 4100, None)
    assert env["WEIGHTS_DIR"] == str(settings.weights)


def test_a_task_with_a_role_learns_where_its_credentials_are() -> None:
    grant = Grant("http://127.0.0.1:9/credentials/t", "token")
    env = child_environment(Settings.of(AGENT), LAUNCH, {}, 4100, grant)
    assert env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] == grant.url
    assert env["AWS_CONTAINER_AUTHORIZATION_TOKEN"] == "token"
    assert "AWS_ACCESS_KEY_ID" not in env


def test_an_agent_without_an_endpoint_says_what_to_set() -> None:
    with pytest.raises(Misconfigured, match="AWS_ENDPOINT_URL is not set"):
        Settings.of({})


@pytest.mark.parametrize("setting", ["[", "[1]", '{"image": 5}'])
def test_extra_runners_that_are_no_table_are_refused(setting: str) -> None:
    with pytest.raises(Misconfigured, match="LISA_EXTRA_RUNNERS"):
        Settings.of({**AGENT, "LISA_EXTRA_RUNNERS": setting})


def test_interpreters_are_known_by_their_variables() -> None:
    assert Settings.of(AGENT).pythons == {"GATEWAY_PYTHON": "/venv/python"}
