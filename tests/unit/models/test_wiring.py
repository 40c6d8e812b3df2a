"""Other ports can be placed for a while, and the composed ones come back."""

import pytest

from models import wiring
from tests.support.in_memory import InMemoryInference, InMemoryModels


def test_a_placed_port_is_used_until_its_block_ends() -> None:
    outer, inner, inference = InMemoryModels(), InMemoryModels(), InMemoryInference()
    with wiring.use(models=outer):
        with wiring.use(models=inner, inference=inference):
            assert wiring.models() is inner
            assert wiring.inference() is inference
        assert wiring.models() is outer


def test_a_block_that_breaks_gives_its_place_back() -> None:
    outer = InMemoryModels()
    with wiring.use(models=outer):
        with pytest.raises(KeyError), wiring.use(models=InMemoryModels()):
            raise KeyError
        assert wiring.models() is outer


@pytest.mark.usefixtures("models_environment")
def test_each_port_is_composed_once() -> None:
    ports = (
        *(wiring.files, wiring.account, wiring.stacks, wiring.cluster, wiring.inference),
        *(wiring.models, wiring.keys),
    )
    for port in ports:
        assert port() is port()
    assert wiring.files().bucket == "lisa-test-models"
