"""Of several things that are known, the one nearest to the cause is told, and not too early."""

from dataclasses import replace

import pytest

from diagnosis import (
    Evidence,
    ScalingActivity,
    ServiceEvent,
    StackEvent,
    StoppedTask,
    TargetHealth,
    diagnose,
    progress,
)

EXITED = "Essential container in task exited"
DIED = StoppedTask(EXITED, "EssentialContainerExited", 1)
OUT_OF_GPU = StoppedTask(EXITED, exit_code=1, last_lines=("x", "CUDA out of memory.", "bye"))
UNPULLED = StoppedTask("CannotPullContainerError: no such image: not found", "TaskFailedToStart")
BREAKER = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'."
GAVE_UP = StackEvent("Service", "AWS::ECS::Service", "CREATE_FAILED", BREAKER)
BROKEN = StackEvent("Alarm", "AWS::CloudWatch::Alarm", "CREATE_FAILED", "no such metric")
NO_CAPACITY = ScalingActivity("Failed", "InsufficientInstanceCapacity - none. Launching failed.")
OVER_QUOTA = ScalingActivity("Failed", "VcpuLimitExceeded - too many. Launching failed.")
LAUNCHED = ScalingActivity("Successful", "Launching a new EC2 instance: i-0ab")
UNJOINED = ServiceEvent(
    "was unable to place a task. No Container Instances were found in your cluster."
)
STARTED = ServiceEvent("(service m) has started 1 tasks: (task 1a2b).")
NOT_FOUND = TargetHealth(
    "unhealthy", "Target.ResponseCodeMismatch", "failed with these codes: [404]"
)
SILENT = TargetHealth("unhealthy", "Target.Timeout", "Request timed out")
FRESH = TargetHealth("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")


def code(evidence: Evidence) -> str | None:
    reason = diagnose(evidence)
    return reason.code if reason else None


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (Evidence(stopped_tasks=(OUT_OF_GPU,), stack_events=(BROKEN,)), "GpuOutOfMemory"),
        (Evidence(stopped_tasks=(UNPULLED, DIED, DIED)), "ImageUnavailable"),
        (Evidence(stopped_tasks=(DIED, DIED), targets=(NOT_FOUND,)), "ServerDied"),
        (Evidence(scaling_activities=(OVER_QUOTA,), targets=(NOT_FOUND,)), "QuotaExceeded"),
        (Evidence(targets=(NOT_FOUND,), stack_events=(BROKEN,)), "HealthPathWrong"),
        (Evidence(stopped_tasks=(DIED,), stack_events=(BROKEN,)), "StackFailed"),
        (Evidence(stopped_tasks=(DIED,), stack_events=(GAVE_UP,)), "ServerDied"),
        (Evidence(stopped_tasks=(DIED,), given_up="tasks failed to start"), "ServerDied"),
        (Evidence(scaling_activities=(NO_CAPACITY,), stack_events=(GAVE_UP,)), "NoCapacity"),
        (Evidence(scaling_activities=(NO_CAPACITY,), timed_out_after_minutes=45), "NoCapacity"),
        (Evidence(targets=(SILENT,), timed_out_after_minutes=45), "HealthCheckFailed"),
        (Evidence(targets=(FRESH,), timed_out_after_minutes=45), "StartTimedOut"),
    ],
)
def test_what_is_nearest_to_the_cause_is_told(evidence: Evidence, expected: str) -> None:
    assert code(evidence) == expected


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(),
        Evidence(stopped_tasks=(DIED,)),
        Evidence(scaling_activities=(NO_CAPACITY,) * 11),
        Evidence(scaling_activities=(OVER_QUOTA, LAUNCHED)),
        Evidence(scaling_activities=(NO_CAPACITY,) * 11 + (LAUNCHED, NO_CAPACITY)),
        Evidence(scaling_activities=(LAUNCHED,), service_events=(UNJOINED,)),
        Evidence(targets=(SILENT,)),
        Evidence(targets=(FRESH,)),
        Evidence(targets=(TargetHealth("healthy"),)),
        Evidence(targets=(replace(NOT_FOUND, state="initial"),)),
    ],
)
def test_what_may_still_come_up_has_no_cause(evidence: Evidence) -> None:
    assert diagnose(evidence) is None


@pytest.mark.parametrize(
    "task",
    [
        StoppedTask("Scaling activity initiated by (deployment ecs-svc/1)", exit_code=143),
        StoppedTask("Host EC2 (instance i-0ab) terminated.", exit_code=137),
        StoppedTask("Task stopped by user", "UserInitiated", exit_code=137),
        StoppedTask("Your Spot Task was interrupted.", "SpotInterruption", exit_code=137),
        StoppedTask("agent restarted"),
    ],
)
def test_a_task_that_someone_ended_is_no_death(task: StoppedTask) -> None:
    assert diagnose(Evidence(stopped_tasks=(task,) * 5)) is None


def test_the_newest_death_with_words_is_told() -> None:
    old = StoppedTask(EXITED, exit_code=1, last_lines=("No space left on device",))
    assert code(Evidence(stopped_tasks=(old, OUT_OF_GPU, DIED))) == "GpuOutOfMemory"


def test_a_traceback_is_read_for_its_cause_and_not_for_its_end() -> None:
    lines = ("ValueError: Invalid value 'a' for VLLM_X.", "OSError: No space left on device")
    task = StoppedTask(EXITED, exit_code=1, last_lines=lines)
    assert code(Evidence(stopped_tasks=(task,))) == "DiskFull"


def test_an_event_from_before_the_start_of_a_task_is_of_no_account() -> None:
    evidence = Evidence(
        service_events=(UNJOINED, STARTED),
        scaling_activities=(LAUNCHED,),
        timed_out_after_minutes=30,
    )
    assert code(evidence) == "StartTimedOut"


def test_an_instance_that_was_never_started_has_not_failed_to_join() -> None:
    evidence = Evidence(service_events=(UNJOINED,), timed_out_after_minutes=30)
    assert code(evidence) == "StartTimedOut"


def test_a_time_out_says_how_far_it_came() -> None:
    reason = diagnose(Evidence(targets=(FRESH,), timed_out_after_minutes=45))
    assert reason is not None
    assert "after 45 minutes" in reason.message
    assert "first health checks" in reason.message


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (Evidence(scaling_activities=(NO_CAPACITY,), instance_type="g5.xlarge"), "g5.xlarge"),
        (Evidence(stopped_tasks=(DIED,)), "exit code 1"),
        (Evidence(targets=(SILENT,), health_path="/ready"), "/ready"),
        (Evidence(targets=(FRESH,), service_events=(STARTED,)), "first health checks"),
        (Evidence(service_events=(STARTED,), scaling_activities=(LAUNCHED,)), "weights"),
        (Evidence(scaling_activities=(LAUNCHED,)), "joins"),
        (Evidence(scaling_activities=(ScalingActivity("InProgress"),)), "EC2 starts"),
        (Evidence(stack_events=(StackEvent("Role", "T", "CREATE_IN_PROGRESS"),)), "makes Role"),
    ],
)
def test_what_is_waited_for_is_said(evidence: Evidence, words: str) -> None:
    assert words in (progress(evidence) or "")


def test_where_nothing_is_known_nothing_is_said() -> None:
    assert progress(Evidence()) is None


def test_a_lack_of_capacity_names_the_zone_while_it_is_waited_for() -> None:
    text = (
        "Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not "
        "have sufficient g5.xlarge capacity in the Availability Zone you requested (eu-west-1a)."
    )
    waiting = progress(Evidence(scaling_activities=(ScalingActivity("Failed", text),)))
    assert waiting is not None
    assert waiting.startswith("Waiting for a g5.xlarge: AWS has no capacity in eu-west-1a;")
