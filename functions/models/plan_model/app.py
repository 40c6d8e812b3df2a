"""POST /models/plan: what a model would need, whether it would start, and what it would cost."""

from definition.request import ModelRequest
from kernel.http import api
from models.feasibility import wish_of
from models.settings import settings
from models.view import PlanAnswer
from models.wiring import account, files
from planning.plan import plan
from planning.view import view


@api(role="admin", body=ModelRequest)
def handler(command: ModelRequest) -> PlanAnswer:
    found = plan(wish_of(command, settings().aws_region), files(), account())
    return {"plan": view(found)}
