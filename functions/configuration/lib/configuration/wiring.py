"""The composition root: the only module that knows adapters, and loads each when first needed."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from configuration.settings import settings
from kernel.composition import Composition

if TYPE_CHECKING:
    from configuration.ports import Versions

composed = Composition()


def use(versions: "Versions") -> AbstractContextManager[None]:
    """Place another implementation for a while: how tests run the functions without AWS."""
    return composed.use({"versions": versions})


@composed.kept
def versions() -> "Versions":
    """Return the table of versions."""
    from configuration.adapters.dynamo import DynamoVersions

    return DynamoVersions(settings().configuration_table)
