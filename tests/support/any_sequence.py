"""What may happen to the executions of any service, as rules of a state machine of Hypothesis."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.support.executions import Executions


class InterleavedExecutions[W: Executions[Any]](RuleBasedStateMachine):
    """Steps of several workflows in any order, and facts that are delivered again."""

    world: W

    @precondition(lambda self: self.world.running())
    @rule(data=st.data(), states=st.integers(1, 6))
    def advance(self, data: st.DataObject, states: int) -> None:
        execution = data.draw(st.sampled_from(self.world.running()), "execution")
        for _ in range(states):
            if execution.running:
                self.world.advance(execution)

    @precondition(lambda self: self.world.facts)
    @rule(data=st.data())
    def deliver_again(self, data: st.DataObject) -> None:
        asked = [fact for fact in self.world.facts if type(fact).__name__.endswith("Requested")]
        self.world.start(data.draw(st.sampled_from(asked), "fact"))
