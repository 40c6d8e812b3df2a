"""POST /models: ask for a model. Its row is the request; the table's stream starts the workflow."""

from definition.request import ModelRequest
from kernel.clock import now
from kernel.http import api
from models.view import ModelAnswer, answer
from models.wiring import keys, models
from provider_keys.keeping import requested


@api(role="admin", body=ModelRequest)
def handler(command: ModelRequest) -> ModelAnswer:
    return answer(requested(models(), keys(), command, now()))
