"""POST /models: ask for a model. Its row is the request; the table's stream starts the workflow."""

from typing import Any

from definition.payload import CreateModel
from kernel.clock import now
from kernel.http import api
from models.model import Model
from models.wiring import models


@api(role="admin", body=CreateModel)
def handler(command: CreateModel) -> dict[str, Any]:
    model = Model.requested(command, now())
    models().add(model)
    return {"model": model.view()}
