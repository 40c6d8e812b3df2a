"""The words of a reason: whole for our own faults, honest for the unknown, never a secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnosis import (
    CODES,
    Denied,
    Evidence,
    ScalingActivity,
    ServiceEvent,
    StackEvent,
    StoppedTask,
    TargetHealth,
    denied,
    diagnose,
    explain_stack_reason,
    permission_denied,
    progress,
)
from diagnosis.scrubbing import TEXT, scrubbed
from diagnosis.start_scripts import EXIT_CODES, FAULTS

SECRETS = {
    "an access key": "AKIAIOSFODNN7EXAMPLE",
    "a secret key": "aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
    "a session token": "SessionToken=FQoGZXIvYXdzEBYaDHqa0AP",
    "a hub's token": "hf_abcdefghijklmnopqrstuvwxyz0123",
    "a password": "password: correct-horse",
    "a key in JSON": '"api_key": "0123456789abcdef"',
    "a bearer": "Authorization: Bearer abc.def-ghi_jkl",
    "a JSON web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "an API key": "sk-proj-0123456789abcdef",
    "a presigned address": "https://b.s3.example/k?X-Amz-Signature=0123456789abcdef&X-Amz-Date=1",
    "a password in an address": "https://user:hunter22@proxy.example:3128/",
    "a private key": "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAA\n-----END RSA PRIVATE KEY-----",
    "a line of a key": "MIIEpAIBAAKCAQEAy8Dbv8prpJ/0kKhlGeJYozo2t60EG8L0561g13R29LvMR5hy",
    "an encoded refusal": "Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUM",
}
HIDDEN = (
    "IOSFODNN7", "wJalr", "FQoGZX", "abcdefghijkl", "correct-horse", "0123456789abcdef",
    "abc.def-ghi", "eyJzdWIi", "hunter22", "4GIOHlTk", "MIIEpAIB",
)  # fmt: skip
ANY_TEXT = st.text(max_size=400) | st.sampled_from(
    ["CannotPullContainerError", "is not authorized to perform: a:B", "{instance}", "{0}", "%s"]
)


def everywhere(text: str) -> list[Evidence]:
    """Return evidence with the text in each place that a platform writes."""
    return [
        Evidence(stopped_tasks=(StoppedTask(text, "TaskFailedToStart"),) * 2),
        Evidence(stopped_tasks=(StoppedTask("", "", 1, text),) * 2),
        Evidence(stopped_tasks=(StoppedTask("", "", 1, "", (text,)),) * 2),
        Evidence(stopped_tasks=(StoppedTask("", "", 12, "", (f"WeightsMissing: {text}", text)),)),
        Evidence(scaling_activities=(ScalingActivity("Failed", text, text),) * 12),
        Evidence(service_events=(ServiceEvent(text),), timed_out_after_minutes=1),
        Evidence(targets=(TargetHealth("unhealthy", text, text),), timed_out_after_minutes=1),
        Evidence(stack_events=(StackEvent(text, text, "CREATE_FAILED", text),)),
        Evidence(given_up=text or "?"),
        Evidence(timed_out_after_minutes=1, region=text, instance_type=text, log_group=text),
    ]


@given(ANY_TEXT)
def test_no_text_breaks_the_diagnosis_or_its_bounds(text: str) -> None:
    for evidence in everywhere(text):
        progress(evidence)
        reason = diagnose(evidence)
        if reason is not None:
            assert reason.code in CODES
            assert 0 < len(reason.message) <= 1_000
            assert 0 < len(reason.fix) <= 1_000
            assert "\n" not in reason.fix


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("before", ["", "CannotPullContainerError: ", "AccessDenied: "])
def test_a_secret_never_reaches_a_reason(secret: str, before: str) -> None:
    for evidence in everywhere(f"{before}failed with {secret} given"):
        told = f"{diagnose(evidence)} {progress(evidence)} {evidence}"
        assert not [hidden for hidden in HIDDEN if hidden in told]


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_secret_never_reaches_an_explanation(secret: str) -> None:
    told = str(explain_stack_reason(f"failed with {secret} given"))
    assert not [hidden for hidden in HIDDEN if hidden in told]


@pytest.mark.parametrize(
    "text",
    [
        "max_num_batched_tokens: 2048",
        "Can't load tokenizer for 'm'",
        "sha256:2bb501e6429e2bb501e6429e2bb501e6429e2bb501e6429e2bb501e6429e2bb5",
        "arn:aws:sts::123456789012:assumed-role/lisa-model-weights/5d2",
        "KeyError: 'model.layers.0.mlp.experts.w13_bias'",
    ],
)
def test_what_only_looks_like_a_secret_stays(text: str) -> None:
    assert scrubbed(text) == text


@given(st.text(max_size=20_000))
def test_a_text_is_cut(text: str) -> None:
    assert len(scrubbed(text)) <= TEXT


def test_half_a_secret_at_the_end_of_what_is_read_is_dropped() -> None:
    assert "hf_" not in scrubbed("x " * 3_997 + "hf_abcdefghijklmnopqrstuvwxyz0123")


def test_a_list_keeps_its_end() -> None:
    lines = tuple(map(str, range(1_000)))
    assert StoppedTask(last_lines=lines).last_lines == lines[-100:]


@pytest.mark.parametrize(
    "evidence", everywhere("the moon is in the wrong house")[2:6:2], ids=["log", "activity"]
)
def test_an_unknown_text_is_quoted_under_the_general_code(evidence: Evidence) -> None:
    reason = diagnose(evidence)
    assert reason is not None
    assert reason.code in ("ServerDied", "LaunchFailed")
    assert "“the moon is in the wrong house”" in reason.message


def test_an_unknown_reason_of_a_stack_is_quoted() -> None:
    reason = explain_stack_reason("the moon is in the wrong house")
    assert reason.code == "StackFailed"
    assert "“the moon is in the wrong house”" in reason.message
    assert explain_stack_reason("").message.endswith(".")


@pytest.mark.parametrize(("exit_code", "name"), EXIT_CODES.items())
def test_every_fault_of_our_own_is_told_in_its_own_words(exit_code: int, name: str) -> None:
    task = StoppedTask("", "", exit_code, "", ("starting", f"{name}: It is so.", "Do this."))
    reason = diagnose(Evidence(stopped_tasks=(task,) * 2))
    assert reason is not None
    assert (reason.code, reason.message, reason.fix) == (FAULTS[name].code, "It is so.", "Do this.")


@pytest.mark.parametrize(("exit_code", "name"), EXIT_CODES.items())
@pytest.mark.parametrize("said", [True, False])
def test_a_fault_whose_log_is_not_all_there_gets_the_usual_fix(
    exit_code: int, name: str, said: bool
) -> None:
    lines = (f"{name}: It is so.",) if said else ()
    task = StoppedTask("", "", exit_code, "", lines)
    reason = diagnose(Evidence(stopped_tasks=(task,) * 2, log_group="g"))
    assert reason is not None
    assert reason.code == FAULTS[name].code
    assert reason.fix == CODES[reason.code].fix.format(log="the log group g")


def test_a_servers_line_that_only_looks_like_ours_is_not_taken_for_it() -> None:
    task = StoppedTask("", "", 1, "", ("WeightsMissing: It is so.", "Do this."))
    assert diagnose(Evidence(stopped_tasks=(task,))) is None


def test_an_agent_that_gives_the_log_as_the_containers_reason_is_understood() -> None:
    task = StoppedTask("exited", "", 13, "ModelFileUnclear: It is so.\nDo this.")
    reason = diagnose(Evidence(stopped_tasks=(task,)))
    assert reason is not None
    assert (reason.message, reason.fix) == ("It is so.", "Do this.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "User: arn:aws:iam::1:user/ada is not authorized to perform: s3:GetObject on resource: "
            '"arn:aws:s3:::b/k" because no session policy allows the s3:GetObject action',
            Denied(
                "the user ada",
                "s3:GetObject",
                "arn:aws:s3:::b/k",
                "because no session policy allows the s3:GetObject action",
            ),
        ),
        (
            "x is not authorized to perform: ecs:RunTask with an explicit deny in a resource-based "
            "policy",
            Denied("x", "ecs:RunTask", "", "with an explicit deny in a resource-based policy"),
        ),
        ("You are not authorized to perform this operation.", None),
    ],
)
def test_a_refusal_is_taken_apart(text: str, expected: Denied | None) -> None:
    assert denied(text) == expected


def test_a_registrys_refusal_of_a_pull_is_no_lack_of_a_right() -> None:
    assert permission_denied("pull access denied for x, repository does not exist") is None


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_meaning_and_a_fix(code: str) -> None:
    assert CODES[code].meaning.endswith(".")
    assert CODES[code].fix.endswith(".")
