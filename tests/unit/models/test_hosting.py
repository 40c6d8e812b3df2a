"""What a hosted model's container may be told, and what it must not be."""

import pytest

from model_stack import OUR_VARIABLES
from tests.support.model_payloads import HOSTED, changed, refusal


@pytest.mark.parametrize("value", ["{{resolve:secretsmanager:db}}", "a{{resolve:ssm:x}}"])
def test_an_environment_hands_out_no_secret_of_the_account(value: str) -> None:
    told = refusal(changed(HOSTED, "containerConfig.environment", {"A": value}))
    assert "{{resolve:" in told


def test_a_health_check_hands_out_no_secret_of_the_account() -> None:
    command = ["CMD-SHELL", "echo {{resolve:ssm:x}}"]
    told = refusal(changed(HOSTED, "containerConfig.healthCheckConfig.command", command))
    assert "{{resolve:" in told


@pytest.mark.parametrize("name", OUR_VARIABLES)
def test_an_environment_does_not_say_what_the_models_fields_say(name: str) -> None:
    told = refusal(changed(HOSTED, "containerConfig.environment", {name: "mine"}))
    assert name in told
