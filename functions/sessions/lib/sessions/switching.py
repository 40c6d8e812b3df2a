"""What people may do only while an administrator lets them."""

from sessions.errors import FeatureOffError
from sessions.ports import Switches

DELETION = "deleteSessionHistory"


def require_deletion(switches: Switches) -> None:
    """Raise FeatureOffError if nobody is to remove conversations."""
    if not switches.is_on(DELETION):
        raise FeatureOffError("the deletion of conversations")
