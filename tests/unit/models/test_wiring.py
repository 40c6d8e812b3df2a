"""Other ports can be placed for a while, and the composed ones come back."""

import pytest

from models import wiring
from tests.support.in_memory import InMemoryModels, InMemoryWeights


def test_a_placed_port_is_used_until_its_block_ends() -> None:
    outer, inner = InMemoryModels(), InMemoryModels()
    with wiring.use(models=outer):
        with wiring.use(models=inner, weights=InMemoryWeights(bucket="b")):
            assert wiring.models() is inner
            assert wiring.weights().bucket == "b"
        assert wiring.models() is outer


def test_a_block_that_breaks_gives_its_place_back() -> None:
    outer = InMemoryModels()
    with wiring.use(models=outer):
        with pytest.raises(KeyError), wiring.use(models=InMemoryModels()):
            raise KeyError
        assert wiring.models() is outer


@pytest.mark.usefixtures("models_environment")
def test_each_port_is_composed_once() -> None:
    for port in (wiring.weights, wiring.stacks, wiring.cluster, wiring.inference):
        assert port() is port()
    assert wiring.weights().bucket == "lisa-test-models"
