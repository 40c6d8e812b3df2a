"""GET /models: every model, whatever its state."""

from typing import Any

from kernel.http import api
from models.wiring import models


@api(role="admin")
def handler() -> dict[str, Any]:
    return {"models": [model.view() for model in models().all()]}
