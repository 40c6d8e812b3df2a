"""A model's life: which row each change makes of it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.model import MOMENTS, FailureReason, Model, Status
from tests.support.model_payloads import EXTERNAL, NOON, external, hosted, parsed

REASON = FailureReason(code="ServerDied", message="It ended.", fix="Mend it.")
CHANGES = st.lists(
    st.sampled_from(["claimed", "noted", "serving", "stopped", "failed", "deleting"]), max_size=12
)


def after(model: Model, change: str, minute: int) -> Model:
    at = NOON + timedelta(minutes=minute)
    match change:
        case "claimed":
            return model.claimed_by(f"execution-{minute}")
        case "noted":
            return model.noted("still loading", at)
        case "serving":
            return model.serving("http://m/v1", at)
        case "stopped":
            return model.stopped(at)
        case "failed":
            return model.failed(REASON, at)
        case _:
            return model.deleting(at)


@given(CHANGES, st.sampled_from([hosted(), external()]))
def test_whatever_happens_a_row_agrees_with_itself(changes: list[str], asked: Model) -> None:
    model = asked
    for minute, change in enumerate(changes, 1):
        model = after(model, change, minute)
        assert model.timeline[-1].status is model.status
        assert model.updated_at == model.timeline[-1].at
        if change in ("failed", "deleting"):
            assert (model.route, model.execution) == (None, None)
        if change == "serving":
            assert model.route is not None
        if change == "stopped":
            assert model.route is None
        if change == "deleting":
            assert model.failure_reason is None
    assert len(model.timeline) == 1 + len(changes) - changes.count("claimed")
    assert (model.config, model.created_at) == (asked.config, asked.created_at)


@given(CHANGES)
def test_a_row_that_has_changed_has_not_changed_the_one_before(changes: list[str]) -> None:
    rows = [hosted()]
    for minute, change in enumerate(changes, 1):
        rows.append(after(rows[-1], change, minute))
    lengths = [len(row.timeline) for row in rows]
    assert lengths == sorted(lengths)
    assert rows[0] == hosted()


@given(CHANGES)
def test_a_row_survives_its_way_through_json(changes: list[str]) -> None:
    model = hosted()
    for minute, change in enumerate(changes, 1):
        model = after(model, change, minute)
    assert Model.model_validate_json(model.model_dump_json(by_alias=True)) == model


def test_our_own_servers_are_called_by_the_models_id() -> None:
    route = hosted("m").serving("http://m.internal/v1/", NOON).route
    assert route is not None
    assert (route.litellm_model, route.api_base) == ("hosted_vllm/m", "http://m.internal/v1")
    assert (route.streaming, route.created_at) == (True, int(NOON.timestamp()))


def test_an_external_model_is_called_by_its_name_and_where_it_says() -> None:
    route = external("m").serving(None, NOON).route
    assert route is not None
    assert (route.litellm_model, route.api_base) == (EXTERNAL["modelName"], None)
    there = external("m", modelUrl="https://host/v1/").serving(None, NOON).route
    assert there is not None
    assert there.api_base == "https://host/v1"


def test_a_route_says_who_may_call_what() -> None:
    model = external("m", allowedGroups=["readers"], modelType="embedding", streaming=False)
    route = model.serving(None, NOON).route
    assert route is not None
    assert (route.allowed_groups, route.model_type) == (["readers"], "embedding")
    assert not route.streaming


def test_the_api_shows_the_definition_and_how_the_model_fares_and_nothing_else() -> None:
    failed = external("m").claimed_by("arn:of:an:execution").failed(REASON, NOON)
    shown = failed.view()
    fares = {"status", "timeline", "failureReason", "createdAt", "updatedAt", "contextWindow"}
    fares |= {"hasApiKey"}
    assert shown.keys() == parsed(EXTERNAL).document().keys() | fares
    assert shown["failureReason"] == {
        "code": "ServerDied",
        "message": "It ended.",
        "fix": "Mend it.",
    }
    assert shown["status"] == Status.FAILED


def test_the_timeline_keeps_its_newest_moments_and_the_row_stays_small() -> None:
    model = hosted()
    for minute in range(500):
        model = model.noted("x" * 100, NOON + timedelta(minutes=minute))
    assert len(model.timeline) == MOMENTS
    assert model.timeline[-1].at == NOON + timedelta(minutes=499)
    assert len(model.model_dump_json()) < 50_000


def test_a_status_began_with_the_first_of_its_moments() -> None:
    stopped = hosted().serving(None, NOON).stopped(NOON + timedelta(minutes=1))
    noted = stopped.noted("still stopped", NOON + timedelta(minutes=2))
    assert noted.since == NOON + timedelta(minutes=1)
    assert hosted().since == NOON


def test_an_internal_model_is_called_as_an_openai_server() -> None:
    url = "http://internal-llm-1.eu-west-1.elb.amazonaws.com/v1"
    model = external("m", modelName="our-llm", modelUrl=url, hostingType="internal_hosted")
    route = model.serving(None, NOON).route
    assert route is not None
    assert (route.litellm_model, route.api_base) == ("openai/our-llm", url)
    assert model.view()["hostingType"] == "internal_hosted"
    assert (hosted().view()["hostingType"], external().view()["hostingType"]) == (
        "lisa_hosted",
        "third_party",
    )
