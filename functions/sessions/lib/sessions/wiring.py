"""The composition root: the only module that knows adapters, and loads each when first needed."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypedDict, Unpack

from kernel.composition import Composition
from kernel.switches import DynamoSwitches, Switches, SwitchSettings, require
from sessions.settings import settings

if TYPE_CHECKING:
    from sessions.ports import Pictures, Sessions


class Ports(TypedDict, total=False):
    """The ports that `use` may place, by name."""

    sessions: "Sessions"
    pictures: "Pictures"
    switches: Switches


composed = Composition()


def use(**ports: Unpack[Ports]) -> AbstractContextManager[None]:
    """Place other implementations for a while: how tests run the functions without AWS."""
    return composed.use(ports)


@composed.kept
def sessions() -> "Sessions":
    """Return the table of sessions."""
    from sessions.adapters.dynamo import DynamoSessions

    return DynamoSessions(settings().sessions_table, settings().session_days)


@composed.kept
def pictures() -> "Pictures":
    """Return the bucket of pictures."""
    from sessions.adapters.pictures import S3Pictures

    return S3Pictures(settings().pictures_bucket)


@composed.kept
def switches() -> Switches:
    """Return what is switched off."""
    return DynamoSwitches(SwitchSettings.load().switches_table)


def deleting() -> None:
    """Refuse to remove conversations while that is switched off."""
    require(switches(), "deleteSessionHistory", "the deletion of conversations")
