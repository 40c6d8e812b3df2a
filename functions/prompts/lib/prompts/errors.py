"""What can go wrong with a prompt template, for the people who read it."""

from kernel.faults import Fault


class TemplateNotFoundError(Fault):
    """No such template, or none for this caller."""

    kind = "missing"
    fix = "Look at the list of templates for those that you may use."

    def __init__(self) -> None:
        super().__init__("The prompt template could not be found.")


class TemplateConflictError(Fault):
    """Somebody else has changed the template since it was read."""

    kind = "conflict"
    fix = "Read it again, and make your change in what it says now."

    def __init__(self) -> None:
        super().__init__("The prompt template was changed meanwhile.")
