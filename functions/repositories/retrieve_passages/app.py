"""What the gateway asks for a chat that names a repository. No route leads here."""

from typing import Any

from kernel.clock import now
from kernel.workflow import step
from repositories.wiring import models, rows, stores
from searching.grounding import GroundingQuestion, told


@step(GroundingQuestion)
def handler(asked: GroundingQuestion) -> dict[str, Any]:
    return told(rows(), stores(), models(), asked, now())
