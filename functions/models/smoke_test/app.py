"""Workflow step SmokeTest: a healthy server is one that answers; ask it as a client would."""

from kernel.workflow import step
from models.ownership import Work, owned
from models.wiring import inference, models


class SmokeTest(Work):
    """The model, and where its server answers."""

    api_base: str


@step(SmokeTest)
def handler(given: SmokeTest) -> None:
    model = owned(models(), given)
    inference().answers(given.api_base, model.model_id, model.wanted.config.model_type)
