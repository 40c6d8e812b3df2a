"""A control plane that gives no usable answer is away, not a reason to die."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from local.ecs_agent.control_plane import Away, reaching

REFUSED = ClientError({"Error": {"Code": "ServerException", "Message": "no"}}, "ListTasks")
GONE = EndpointConnectionError(endpoint_url="http://127.0.0.1")


@pytest.mark.parametrize("failure", [REFUSED, GONE])
def test_a_call_that_fails_is_waited_out(failure: Exception) -> None:
    with pytest.raises(Away, match="The list of tasks: "), reaching("The list of tasks"):
        raise failure


def test_an_answer_that_was_cut_off_is_waited_out() -> None:
    cut_off: dict[str, list[str]] = {}

    with pytest.raises(Away, match="has no 'taskArns'"), reaching("The list of tasks"):
        cut_off["taskArns"].clear()
