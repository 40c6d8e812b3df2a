"""Workflow step ClaimRepository: this execution has it from now on. Safe to repeat."""

from infrastructure.ownership import Claim, claim
from kernel.workflow import step
from repositories.wiring import rows


@step(Claim)
def handler(given: Claim) -> None:
    claim(rows(), given)
