"""summarize_document: from a caller's attachment to one summary of it, however long it is."""

import json
import re
from typing import Any

import pytest

from context.errors import ModelAway
from context.prompt import tokens_beside_text
from context.window import budget
from documents.keys import Where
from repositories.errors import ModelRefusedError, ModelUnavailableError
from tests.support.calling import call, invoke
from tests.support.summary_world import BUCKET, TINY, WINDOW, SummaryWorld
from tests.support.workflow import Execution

STEPS = ["plan_summary", "summarize_part", "join_summaries", "clear_summary"]
SECRET = "Xylophone-4711"
SHORT = b"# Pumps\n\nPumps move water.\n"


def long(sections: int) -> bytes:
    """A document of so many sections, each of about a sixth of a part."""
    text = "".join(
        f"# Section {number}\n\n{'Pumps move water uphill. ' * 12}{SECRET}\n\n"
        for number in range(sections)
    )
    return text.encode()


def shown(summary_id: str, user: str = "bob") -> Any:
    return call("repositories.get_summary", user=user, summary_id=summary_id).body


def rounds(execution: Execution) -> int:
    return execution.visited.count("JoinSummaries")


def test_a_short_document_is_summarised_at_once(summaries: SummaryWorld) -> None:
    row, execution = summaries.make(SHORT, focus="What do pumps move?")
    assert execution.status == "SUCCEEDED"
    assert (row.status, row.summary) == ("COMPLETED", "answer 1 " + "so " * 135 + "so")
    assert len(summaries.writer.asked) == 1
    assert "What do pumps move?" in summaries.writer.asked[0]
    assert summaries.notebook.kept == {}


def test_a_long_document_is_summarised_in_rounds(summaries: SummaryWorld) -> None:
    row, execution = summaries.make(long(100))
    asked = summaries.writer.asked
    assert row.status == "COMPLETED"
    assert rounds(execution) == 3
    assert shown(row.summary_id)["progress"] == {"done": len(asked), "parts": len(asked)}
    assert all(any(f"Section {number}\n" in text for text in asked) for number in range(100))
    assert row.summary is not None
    assert row.summary.startswith(f"answer {len(asked)} ")
    assert summaries.notebook.kept == {}


def test_a_model_is_told_which_sections_it_reads(summaries: SummaryWorld) -> None:
    summaries.make(long(12))
    asked = summaries.writer.asked
    assert any("\n[Section 3]\n" in text for text in asked)
    assert re.search(r"\n\[Section 0 [.]{3} Section \d\]\nanswer", asked[-1])


def test_progress_is_told_while_parts_are_summarised(summaries: SummaryWorld) -> None:
    summary_id = summaries.ask(summaries.attach(long(30))).body["summaryId"]
    execution = summaries.start(summary_id)
    done = []
    while execution.running:
        execution.advance()
        done.append(shown(summary_id)["progress"]["done"])
    assert done == sorted(done)
    assert len(set(done)) > 5


def test_nothing_of_the_document_is_in_the_workflow(summaries: SummaryWorld) -> None:
    summaries.writer.errors = [ModelRefusedError("small", f"it holds {SECRET}")]
    row, execution = summaries.make(long(2), focus=SECRET)
    assert row.reason is not None
    assert SECRET in row.reason.message
    assert SECRET not in json.dumps(execution.data) + execution.cause


@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_stumbles_after_its_work_does_no_harm(
    summaries: SummaryWorld, step: str, times: int
) -> None:
    summaries.fails(step, times)
    row, execution = summaries.make(long(30))
    assert execution.status == "SUCCEEDED"
    assert row.status == "COMPLETED"
    # A part that is done is not asked for again.
    assert len(summaries.writer.asked) == len(set(summaries.writer.asked))
    assert summaries.notebook.kept == {}


@pytest.mark.parametrize("step", STEPS[:2])
def test_a_step_that_always_breaks_leaves_a_reason(summaries: SummaryWorld, step: str) -> None:
    summaries.fails(step, 90)
    row, execution = summaries.make(SHORT)
    assert execution.status == "SUCCEEDED"
    assert row.reason is not None
    assert (row.status, row.reason.code) == ("FAILED", "InternalError")
    assert summaries.notebook.kept == {}


def test_a_model_that_is_busy_is_asked_again(summaries: SummaryWorld) -> None:
    summaries.writer.errors = [ModelUnavailableError("small", "it is busy")] * 3
    row, execution = summaries.make(SHORT)
    assert row.status == "COMPLETED"
    assert execution.status == "SUCCEEDED"


def test_a_model_that_stays_away_is_the_reason(summaries: SummaryWorld) -> None:
    summaries.writer.errors = [ModelUnavailableError("small", SECRET)] * 90
    row, execution = summaries.make(SHORT)
    assert row.reason is not None
    assert (row.reason.code, row.reason.fix) == ("ModelUnavailable", ModelAway.fix)
    assert SECRET not in json.dumps(execution.data)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "Empty"), (b"%PDF-1.7 broken", "Broken"), (b" \n ", "Empty")],
)
def test_a_file_that_cannot_be_read_is_the_reason(
    summaries: SummaryWorld, content: bytes, code: str
) -> None:
    row, execution = summaries.make(content)
    assert row.reason is not None
    assert (row.status, row.reason.code) == ("FAILED", code)
    assert execution.visited == ["PlanSummary", "ClearSummary"]


def test_a_file_that_is_gone_is_the_reason(summaries: SummaryWorld) -> None:
    key = summaries.attach(SHORT)
    summary_id = summaries.ask(key).body["summaryId"]
    summaries.files.delete(Where(BUCKET, key))
    summaries.start(summary_id).run()
    assert shown(summary_id)["reason"]["code"] == "AttachmentGone"


def test_a_document_of_too_many_parts_is_refused_before_anything_is_asked(
    summaries: SummaryWorld,
) -> None:
    room = budget(WINDOW, tokens_beside_text("")).room
    row, _ = summaries.make(b"Pumps move water. " * (room * 120))
    assert row.reason is not None
    assert row.reason.code == "TooLong"
    assert summaries.writer.asked == []


def test_a_model_without_room_for_a_part_is_the_reason(summaries: SummaryWorld) -> None:
    row, _ = summaries.make(SHORT, model=TINY)
    assert row.reason is not None
    assert (row.reason.code, "300 tokens" in row.reason.message) == ("WindowTooSmall", True)


def test_a_summary_that_was_cut_off_ends_with_a_sentence_and_says_so(
    summaries: SummaryWorld,
) -> None:
    summaries.writer.says, summaries.writer.cut = "Pumps move water. Pipes lead", True
    row, _ = summaries.make(SHORT)
    assert row.summary == "Pumps move water. [...]"


@pytest.mark.parametrize("thought", ["<think>Hm.\nWhat now?</think>\n ", "<think>Hm, let me"])
def test_a_model_that_says_nothing_is_the_reason(summaries: SummaryWorld, thought: str) -> None:
    summaries.writer.says = thought
    row, _ = summaries.make(SHORT)
    assert row.reason is not None
    assert row.reason.code == "NoAnswer"


def test_how_a_model_reasoned_is_no_part_of_its_summary(summaries: SummaryWorld) -> None:
    summaries.writer.says = "<think>Hm.</think>\nPumps move water."
    assert summaries.make(SHORT)[0].summary == "Pumps move water."


def test_a_fact_that_comes_twice_makes_one_summary(summaries: SummaryWorld) -> None:
    summary_id = summaries.ask(summaries.attach(long(30))).body["summaryId"]
    first, second = summaries.start(summary_id), summaries.start(summary_id, "arn:2")
    first.advance()
    first.advance()
    assert second.run().visited == ["PlanSummary", "ClearSummary"]
    first.run()
    assert summaries.summary(summary_id).status == "COMPLETED"
    assert first.status == second.status == "SUCCEEDED"


def test_a_failure_of_the_second_leaves_the_first_alone(summaries: SummaryWorld) -> None:
    summary_id = summaries.ask(summaries.attach(SHORT)).body["summaryId"]
    summaries.start(summary_id).run()
    given = {"owner": summaries.summary(summary_id).owner, "summary_id": summary_id}
    error = {"Error": "Unknown", "Cause": ""}
    with pytest.raises(Exception, match="COMPLETED"):
        invoke("repositories.fail_summary", given | {"execution": "arn:2", "error": error})
    assert summaries.summary(summary_id).status == "COMPLETED"
