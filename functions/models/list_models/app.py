"""GET /models: every model, whatever its state."""

from kernel.http import api
from models.view import ModelsAnswer, answers
from models.wiring import models


@api(role="admin")
def handler() -> ModelsAnswer:
    return answers(models().all())
