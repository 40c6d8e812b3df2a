"""Stacks of either kind, in CloudFormation or in memory, as one suite asks both."""

from typing import Any, Protocol

from stacks.state import Found


class Stacks(Protocol):
    """What every service's stacks have in common."""

    def state(self, name: str, /) -> Found | None:
        """Return the state of the stack of something, None when there is none."""


class StackScene[S: Stacks]:
    """The stacks, and `world`: what makes them fail. `name` is whose stack is usually meant."""

    def __init__(self, stacks: S, world: Any, name: str) -> None:
        self.stacks, self.world, self._name = stacks, world, name

    def settled(self, name: str = "") -> Found | None:
        """The state after everything under way has come to its end."""
        for _ in range(2):
            self.stacks.state(name or self._name)
        return self.stacks.state(name or self._name)

    def found(self) -> Found:
        """The stack, which has to be there, after everything has come to its end."""
        stack = self.settled()
        assert stack is not None
        return stack
