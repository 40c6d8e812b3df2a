"""What the agent does about an order, and what reaches people and the control plane of it."""

import pytest

from local.ecs_agent.orders import Action, Held, Order, Report, decide


def an_order(desired: str, last: str) -> Order:
    return Order("arn:aws:ecs:us-east-1:1:task/c/t1", "c", "definition", desired, last, "service")


@pytest.mark.parametrize(
    ("desired", "last", "held", "action"),
    [
        ("RUNNING", "PROVISIONING", Held.NOTHING, Action.START),
        ("RUNNING", "PENDING", Held.NOTHING, Action.START),
        ("RUNNING", "PENDING", Held.STARTING, Action.NOTHING),
        ("RUNNING", "RUNNING", Held.RUNNING, Action.NOTHING),
        ("STOPPED", "DEACTIVATING", Held.RUNNING, Action.STOP),
        ("STOPPED", "STOPPED", Held.NOTHING, Action.NOTHING),
    ],
)
def test_an_order_is_carried_out_once(desired: str, last: str, held: Held, action: Action) -> None:
    assert decide(an_order(desired, last), held) is action


def test_a_running_task_without_a_process_is_reported_as_lost() -> None:
    assert decide(an_order("RUNNING", "RUNNING"), Held.NOTHING) is Action.SAY_LOST


def test_a_stopping_task_without_a_process_is_reported_too() -> None:
    assert decide(an_order("STOPPED", "DEACTIVATING"), Held.NOTHING) is Action.SAY_LOST


def test_a_control_plane_that_forgot_is_told_again() -> None:
    assert decide(an_order("RUNNING", "PENDING"), Held.RUNNING) is Action.SAY_RUNNING


def test_a_process_that_the_control_plane_thinks_stopped_is_stopped() -> None:
    assert decide(an_order("STOPPED", "STOPPED"), Held.RUNNING) is Action.STOP


def test_a_report_reads_as_a_sentence() -> None:
    report = Report("arn/t1", "c", "STOPPED", reason="It exited", container_reason="no weights")
    assert report.sentence() == "task t1 of c: STOPPED (It exited: no weights)"
