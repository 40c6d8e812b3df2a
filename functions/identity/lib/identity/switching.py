"""What administrators may switch off here."""

from kernel.http import Caller
from kernel.switches import Switches, require


def require_own_tokens(switches: Switches, caller: Caller) -> None:
    """Refuse users new tokens of their own while that is switched off; those they have stay."""
    if not caller.admin:
        require(switches, "enableUserApiTokens", "the making of API tokens by users")
