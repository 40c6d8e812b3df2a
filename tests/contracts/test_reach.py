"""Whoever stands in a network of our own reaches, without the internet, all that it calls."""

from pathlib import Path

import pytest

from tests.support.cloudformation import actions, parsed, statements
from tests.support.endpoints import made, needed
from tests.support.lambdas import Function, all_functions, identifier

GATEWAY = Path(__file__).parents[2] / "containers" / "gateway" / "template.yaml"
CLOSED = {"Egress": "endpoints", "ProviderEndpoints": "true", "Traces": "xray"}
INSIDE = [one for one in all_functions() if "VpcConfig" in one.properties]


@pytest.mark.promise("providers.sagemaker", "security.endpoints")
def test_the_gateway_reaches_all_that_it_calls() -> None:
    """Its roles' policies say which services those are, those of a condition too."""
    allowed = statements(parsed(GATEWAY.read_text("utf-8")))
    called = needed(action for statement in allowed for action in actions(statement))
    assert called <= made(**CLOSED)
    assert {"lambda", "xray", "bedrock-runtime"} <= called


def test_the_gateway_may_take_a_role_of_another_account_for_a_provider() -> None:
    assert "sts" in made(**CLOSED)


@pytest.mark.parametrize("function", [pytest.param(one, id=identifier(one)) for one in INSIDE])
def test_a_function_inside_reaches_all_that_it_calls(function: Function) -> None:
    called = [action for allowed in function.allowed() for action in actions(allowed)]
    assert called
    assert needed(called) <= made(**CLOSED)
