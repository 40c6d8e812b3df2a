"""GET /models/{modelId}: one model, with its timeline and, if it failed, the reason."""

from typing import Any

from kernel.http import api
from models.wiring import models


@api(role="admin")
def handler(model_id: str) -> dict[str, Any]:
    return {"model": models().get(model_id).view()}
