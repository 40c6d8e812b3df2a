"""What the gateway asks for a chat that names a repository. No route leads here."""

from typing import Any

from kernel.clock import now
from kernel.workflow import step
from repositories.grounding import GroundingQuestion, told
from repositories.wiring import models, rows, stores


@step(GroundingQuestion)
def handler(asked: GroundingQuestion) -> dict[str, Any]:
    return told(rows(), stores(), models(), asked, now())
