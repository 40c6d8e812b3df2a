"""PUT /models/{modelId}: change a model, stop it, or start it again."""

from definition.update import UpdateModel
from kernel.clock import now
from kernel.http import api
from models.view import ModelAnswer, answer
from models.wiring import keys, models
from provider_keys.keeping import updated


@api(role="admin", body=UpdateModel)
def handler(command: UpdateModel, model_id: str) -> ModelAnswer:
    return answer(updated(models(), keys(), model_id, command, now()))
