"""GET /models/{modelId}: one model, with its timeline and, if it failed, the reason."""

from kernel.http import api
from models.view import ModelAnswer, answer
from models.wiring import models


@api(role="admin")
def handler(model_id: str) -> ModelAnswer:
    return answer(models().get(model_id))
