"""Bodies of PUT, sent to a hosted model, and what its stack is then."""

from typing import Any

from models.model import Shape
from tests.support.model_payloads import HOSTED
from tests.support.model_world import World

type Json = dict[str, Any]

MISTRAL = HOSTED["modelId"]
SCALED: Json = {"autoScalingInstanceConfig": {"maxCapacity": 3}}
TUNED: Json = {"containerConfig": {"environment": {"MAX_TOTAL_TOKENS": "1024"}}}
STOP: Json = {"enabled": False}
START: Json = {"enabled": True}
EMBEDDING: Json = {"modelType": "embedding"}


def put(world: World, body: Json) -> None:
    """Send a body that is taken, and let every workflow come to its end."""
    assert world.update(MISTRAL, body).status == 200
    world.settle()


def standing(world: World) -> Shape:
    """What the model's stack is, however many servers were kept."""
    return world.stacks.standing[MISTRAL].shape._replace(servers=None)
