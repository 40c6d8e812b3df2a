"""Whatever is asked for, in whatever order, and whatever fails: the pieces agree in the end."""

from contextlib import ExitStack
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from definition.payload import CreateModel
from models.model import BUSY, Model, Shape, Status
from tests.support.any_sequence import InterleavedExecutions
from tests.support.model_payloads import EXTERNAL, HOSTED
from tests.support.model_world import World, new_world

IDS = st.sampled_from(["one", "two"])
CHANGES: list[dict[str, Any]] = [
    {"enabled": False},
    {"enabled": True},
    {"autoScalingInstanceConfig": {"maxCapacity": 2}},
    {"autoScalingInstanceConfig": {"maxCapacity": 3}},
    {"containerConfig": {"environment": {"A": "b"}}},
    {"modelType": "embedding"},
    {"modelDescription": "Ours."},
]
STEPS = st.sampled_from(
    [
        *("claim_model", "check_plan", "create_stack", "change_stack", "watch_stack"),
        *("smoke_test", "settle_model", "remove_stack", "watch_removal", "forget_model"),
        "fail_model",
    ]
)
# FailModel is tried nine times, RemoveStack and its like seven, all others four.
STUMBLES = st.integers(1, 4)


def serves_as(shape: Shape, model: Model) -> bool:
    """Whether servers run exactly while the model is in service, and after its definition.

    What was changed while it was stopped waits for the next start.
    """
    if model.status is Status.STOPPED:
        return not shape.serving
    return shape.serving and _servers(shape.config) == _servers(model.config)


def _servers(config: CreateModel) -> object:
    return config.model_type, config.container_config, config.auto_scaling_config


class AnySequence(InterleavedExecutions[World]):
    """Requests, deliveries and failures in any order; steps of several workflows interleaved."""

    @initialize()
    def begin(self) -> None:
        self.open = ExitStack()
        self.world = self.open.enter_context(new_world())

    def teardown(self) -> None:
        if hasattr(self, "open"):
            with self.open:
                self.settle()

    @rule(model_id=IDS, payload=st.sampled_from([HOSTED, HOSTED, EXTERNAL]))
    def create(self, model_id: str, payload: dict[str, Any]) -> None:
        taken = model_id in [model.model_id for model in self.world.models.all()]
        reply = self.world.create(payload | {"modelId": model_id})
        assert reply.status == (400 if taken else 200)

    @rule(model_id=IDS)
    def delete(self, model_id: str) -> None:
        known = model_id in [model.model_id for model in self.world.models.all()]
        assert self.world.delete(model_id).status == (200 if known else 404)

    @rule(model_id=IDS, body=st.sampled_from(CHANGES))
    def update(self, model_id: str, body: dict[str, Any]) -> None:
        before = {model.model_id: model for model in self.world.models.all()}.get(model_id)
        reply = self.world.update(model_id, body)
        if before is None:
            assert reply.status == 404
        elif before.status in BUSY:
            assert (reply.status, self.world.model(model_id)) == (409, before)
        else:
            assert reply.status in (200, 400, 422)

    @rule(step=STEPS, times=STUMBLES, after=st.booleans())
    def stumble(self, step: str, times: int, after: bool) -> None:
        self.world.fails(step, times, after)

    @rule(refusal=st.sampled_from(["", "bad template"]), failure=st.sampled_from(["", "no room"]))
    def change_what_stacks_do(self, refusal: str, failure: str) -> None:
        self.world.stacks.refusal, self.world.stacks.failure = refusal, failure

    @rule(stuck=st.sampled_from(["", "in use"]), refusals=st.integers(0, 5))
    def change_what_servers_do(self, stuck: str, refusals: int) -> None:
        self.world.stacks.stuck, self.world.inference.refusals = stuck, refusals

    @rule()
    def settle(self) -> None:
        self.world.settle()
        rows = {model.model_id: model for model in self.world.models.all()}
        standing = {
            name: stack.shape
            for name, stack in self.world.stacks.standing.items()
            if not stack.leaving
        }
        assert standing.keys() <= rows.keys()
        for model in rows.values():
            assert model.status in (Status.IN_SERVICE, Status.STOPPED, Status.FAILED)
            assert model.failure_reason is not None or model.status is not Status.FAILED
            assert model.pending is None
            if model.status is not Status.FAILED and model.hosted:
                assert serves_as(standing[model.model_id], model)

    @invariant()
    def only_a_model_that_serves_has_a_route(self) -> None:
        for model in self.world.models.all():
            serves = model.status in (Status.IN_SERVICE, Status.UPDATING)
            assert (model.route is not None) == serves

    @invariant()
    def the_version_counts_the_changes_that_gateways_are_told_of(self) -> None:
        told = ("status", "route", "config", "plannedContext", "contextWindow")
        moved = [
            any((change.before or {}).get(name) != change.after.get(name) for name in told)
            for change in self.world.models.changes
            if change.after
        ]
        assert self.world.models.version == sum(moved)


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
