"""What administrators may switch off here."""

from kernel.switches import Switches, require


def require_editing(switches: Switches) -> None:
    """Refuse to change templates while that is switched off."""
    require(switches, "editPromptTemplate", "the editing of prompt templates")
