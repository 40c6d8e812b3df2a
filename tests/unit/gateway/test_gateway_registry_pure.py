"""What the log is told when DynamoDB cannot be asked."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from gateway.registry import outage

THROTTLED = ClientError({"Error": {"Code": "ThrottlingException"}}, "GetItem")
NAMES = [
    (THROTTLED, "ThrottlingException"),
    (ReadTimeoutError(endpoint_url="http://127.0.0.1"), "ReadTimeoutError"),
    (EndpointConnectionError(endpoint_url="http://127.0.0.1"), "EndpointConnectionError"),
]


@pytest.mark.parametrize(("error", "name"), NAMES)
def test_whatever_keeps_dynamodb_away_has_a_name(error: Exception, name: str) -> None:
    assert outage(error).cause == name
