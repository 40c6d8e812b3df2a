"""PUT /models/{modelId}: change a model, stop it, or start it again."""

from typing import Any

from definition.update import UpdateModel
from kernel.clock import now
from kernel.http import api
from models.changing import changed
from models.ownership import change
from models.wiring import models


@api(role="admin", body=UpdateModel)
def handler(command: UpdateModel, model_id: str) -> dict[str, Any]:
    model = change(models(), model_id, lambda model: changed(model, command, now()))
    return {"model": model.view()}
