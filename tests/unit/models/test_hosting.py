"""What a hosted model's container may be told, and what it must not be."""

import pytest

from model_stack import OUR_VARIABLES
from tests.support.model_payloads import HOSTED, changed, parsed, refusal


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


SEIZING = [
    *("AWS_ENDPOINT_URL", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_ACCESS_KEY_ID"),
    *("ECS_CONTAINER_METADATA_URI_V4", "LISA_PORT_BASE"),
    *("LD_PRELOAD", "ld_preload", "LD_LIBRARY_PATH", "LD_AUDIT", "GCONV_PATH"),
    *("PYTHONSTARTUP", "PYTHONPATH", "PYTHONHOME", "BASH_ENV", "ENV", "PATH", "NODE_OPTIONS"),
]
SETTINGS = ["VLLM_MAX_MODEL_LEN", "HF_HUB_OFFLINE", "PYTHONUNBUFFERED", "CUDA_VISIBLE_DEVICES"]


@pytest.mark.parametrize("name", SEIZING)
def test_an_environment_runs_no_other_code_and_in_no_other_name(name: str) -> None:
    told = refusal(changed(HOSTED, "containerConfig.environment", {name: "mine"}))
    assert f"must not set {name}" in told


@pytest.mark.parametrize("name", SETTINGS)
def test_an_environment_says_how_a_server_serves(name: str) -> None:
    said = parsed(changed(HOSTED, "containerConfig.environment", {name: "1"}))
    assert said.container_config is not None
    assert said.container_config.environment == {name: "1"}
