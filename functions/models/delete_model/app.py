"""DELETE /models/{modelId}: nobody can call it from now on; the workflow removes the rest."""

from kernel.clock import now
from kernel.http import api
from models.ownership import withdraw
from models.view import DeletionAnswer
from models.wiring import models


@api(role="admin")
def handler(model_id: str) -> DeletionAnswer:
    withdraw(models(), model_id, now())
    return {
        "status": "success",
        "message": f"Model {model_id} has been deleted successfully.",
    }
