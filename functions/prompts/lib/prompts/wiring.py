"""The composition root: the only module that knows adapters, and loads each when first needed."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypedDict, Unpack

from kernel.composition import Composition
from prompts.settings import settings

if TYPE_CHECKING:
    from kernel.switches import Switches
    from prompts.ports import Templates


class Ports(TypedDict, total=False):
    """The ports that `use` may place, by name."""

    templates: "Templates"
    switches: "Switches"


composed = Composition()


def use(**ports: Unpack[Ports]) -> AbstractContextManager[None]:
    """Place other implementations for a while: how tests run the functions without AWS."""
    return composed.use(ports)


@composed.kept
def templates() -> "Templates":
    """Return the table of templates."""
    from prompts.adapters.dynamo import DynamoTemplates

    return DynamoTemplates(settings().prompts_table)


@composed.kept
def switches() -> "Switches":
    """Return what is switched off."""
    from kernel.switches import DynamoSwitches, SwitchSettings

    return DynamoSwitches(SwitchSettings.load().switches_table)
