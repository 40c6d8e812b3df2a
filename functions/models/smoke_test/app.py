"""Workflow step SmokeTest: a healthy server is one that answers; ask it as a client would."""

from kernel.workflow import step
from models.ownership import Work, owned
from models.wiring import inference, models


class SmokeTest(Work):
    """The model, and where its server answers."""

    api_base: str


@step(SmokeTest)
def handler(given: SmokeTest) -> None:
    inference().answers(given.api_base, owned(models(), given))
