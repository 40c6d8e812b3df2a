"""Each port of the service is composed once, of what the environment says."""

import pytest

from models import wiring


@pytest.mark.usefixtures("models_environment")
def test_each_port_is_composed_once() -> None:
    ports = (
        *(wiring.files, wiring.account, wiring.stacks, wiring.cluster, wiring.inference),
        *(wiring.models, wiring.keys),
    )
    for port in ports:
        assert port() is port()
    assert wiring.files().bucket == "lisa-test-models"
