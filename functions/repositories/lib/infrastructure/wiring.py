"""Where repositories' own databases are made, loaded when first needed."""

from typing import TYPE_CHECKING

from repositories.settings import stack_settings
from repositories.wiring import composed, rows

if TYPE_CHECKING:
    from infrastructure.ports import Stacks
    from infrastructure.steps import Site


@composed.kept
def stacks() -> "Stacks":
    """Return the stacks of repositories' own databases."""
    from infrastructure.adapters.cloudformation import CloudFormationStacks

    return CloudFormationStacks(stack_settings())


def site() -> "Site":
    """Return where databases are made."""
    from infrastructure.steps import Site

    return Site(rows(), stacks())
