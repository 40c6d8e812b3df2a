"""The four routes: one's own files and summaries, with models that one may call."""

from datetime import timedelta

import pytest

from catalogue.base import Row
from context.attachment import LARGEST
from context.summary import LONGEST, Summary
from documents.keys import Where
from kernel.clock import now
from repositories.wiring import use
from tests.support.calling import Reply, call
from tests.support.repository_world import InMemoryRows
from tests.support.summary_world import BUCKET, CLOSED, SECRET, SMALL, SummaryWorld
from tests.support.switching import InMemorySwitches

PUMPS = b"# Pumps\n\nPumps move water.\n"


def read(key: str, user: str = "bob", **more: str) -> Reply:
    return call("repositories.read_attachment", body={"key": key} | more, user=user)


def test_a_form_uploads_below_the_callers_own_prefix(world: SummaryWorld) -> None:
    body = {"fileName": "a/b/Report 1.pdf"}
    reply = call("repositories.create_attachment_form", body=body, user="bob")
    key = reply.body["key"]
    world.files.put(Where(BUCKET, key), PUMPS)
    assert (reply.status, reply.body["expiresIn"]) == (200, 900)
    assert key.endswith("/Report 1.pdf")
    assert (read(key).status, read(key, user="eve").status) == (200, 404)


def test_an_attachment_is_answered_as_markdown(world: SummaryWorld) -> None:
    reply = read(world.attach(PUMPS, "pumps.md"), model=SMALL)
    assert reply.status == 200
    assert 6 < reply.body.pop("tokens") < 15
    assert reply.body == {
        "name": "pumps.md",
        "mediaType": "text/markdown",
        "title": "Pumps",
        "pages": None,
        "characters": 26,
        "truncated": False,
        "text": "# Pumps\n\nPumps move water.",
        "warnings": [],
        "contextWindow": 1024,
        "fits": True,
    }


def test_a_text_that_does_not_fit_the_model_is_told_so(world: SummaryWorld) -> None:
    key = world.attach(b"water " * 2000)
    assert read(key, model=SMALL).body["fits"] is False
    assert read(key, model=CLOSED).body["fits"] is None
    assert read(key).body["contextWindow"] is None


def test_of_a_very_long_text_the_beginning_is_answered(world: SummaryWorld) -> None:
    body = read(world.attach(b"water " * 200_000)).body
    assert (body["truncated"], len(body["text"])) == (True, 1_000_000)
    assert body["characters"] > 1_000_000


@pytest.mark.parametrize("key", ["", "attachments/a/b/c", "uploads/team/x/y/z/a.pdf", "../secret"])
def test_no_key_but_ones_own_is_there(world: SummaryWorld, key: str) -> None:
    world.files.put(Where(BUCKET, key), PUMPS)
    assert read(key).status == (404 if key else 422)
    assert world.ask(key).status == (404 if key else 422)


def test_what_the_form_was_not_used_for_is_not_there(world: SummaryWorld) -> None:
    key = world.attach(PUMPS)
    world.files.delete(Where(BUCKET, key))
    assert read(key).body["error"] == "AttachmentNotFoundError"
    assert world.ask(key).body["error"] == "AttachmentNotFoundError"


def test_a_file_that_cannot_be_read_says_why(world: SummaryWorld) -> None:
    reply = read(world.attach(b"%PDF-1.7 broken", "a.pdf"))
    assert (reply.status, reply.body["error"]) == (422, "AttachmentUnreadableError")
    assert "damaged" in reply.body["message"]


def test_a_file_that_is_too_large_is_not_even_fetched(world: SummaryWorld) -> None:
    reply = read(world.attach(b"a" * (LARGEST + 1)))
    assert reply.status == 422
    assert "20,971,520 are possible" in reply.body["message"]


@pytest.mark.parametrize("model", [SECRET, "nonesuch"])
def test_a_model_that_the_caller_may_not_call_is_not_there(world: SummaryWorld, model: str) -> None:
    key = world.attach(PUMPS)
    for reply in (read(key, model=model), world.ask(key, model=model)):
        assert (reply.status, reply.body["error"]) == (404, "ChatModelNotFoundError")


def test_a_model_must_be_open_to_summaries_too(world: SummaryWorld) -> None:
    reply = world.ask(world.attach(PUMPS), model=CLOSED)
    assert (reply.status, reply.body["error"]) == (422, "ModelClosedToSummariesError")
    assert "add the group lisa-repositories" in reply.body["message"]


def test_a_summary_is_its_askers_alone(world: SummaryWorld) -> None:
    reply = world.ask(world.attach(PUMPS))
    summary_id = reply.body["summaryId"]
    found = call("repositories.get_summary", user="bob", summary_id=summary_id)
    others = call("repositories.get_summary", user="ada", summary_id=summary_id)
    assert (reply.status, reply.body["status"]) == (202, "PENDING")
    assert found.body == reply.body
    assert found.body["progress"] == {"done": 0, "parts": 0}
    assert (others.status, others.body["error"]) == (404, "SummaryNotFoundError")


def test_three_summaries_at_once_are_the_most(world: SummaryWorld) -> None:
    key = world.attach(PUMPS)
    ids = [world.ask(key).body["summaryId"] for _ in range(3)]
    refused = world.ask(key)
    assert (refused.status, refused.body["error"]) == (429, "TooManySummariesError")
    assert world.ask(world.attach(PUMPS, user="eve"), user="eve").status == 202
    world.start(ids[1]).run()
    assert world.ask(key).status == 202
    assert world.ask(key).status == 429


def test_a_summary_that_was_cut_off_has_failed_and_counts_no_more(world: SummaryWorld) -> None:
    key = world.attach(PUMPS)
    ids = [world.ask(key).body["summaryId"] for _ in range(3)]
    row = world.summary(ids[0])
    long_ago = {"created_at": now() - LONGEST - timedelta(seconds=1)}
    world.rows.rows[row.key] = row.model_copy(update=long_ago)
    found = call("repositories.get_summary", user="bob", summary_id=ids[0]).body
    assert (found["status"], found["reason"]["code"]) == ("FAILED", "Interrupted")
    assert world.ask(key).status == 202


class RacingRows(InMemoryRows):
    """Before the first change of a row another request changes it."""

    def replace[R: Row](self, was: R, now: R, beside: Row | None = None) -> R:
        if isinstance(beside, Summary) and not self.rows.get(was.key, was).revision:
            super().replace(was, was)
        return super().replace(was, now, beside)


def test_two_requests_at_once_are_both_counted(world: SummaryWorld) -> None:
    world.rows.__class__ = RacingRows
    key = world.attach(PUMPS)
    assert [world.ask(key).status for _ in range(4)] == [202, 202, 202, 429]


@pytest.mark.parametrize("user", ["bob", "cora", "ada"])
def test_what_administrators_switched_off_nobody_does(world: SummaryWorld, user: str) -> None:
    key = world.attach(PUMPS, "pumps.md")
    asked = {"key": key, "model": SMALL}
    with use(switches=InMemorySwitches("uploadContextDocs", "documentSummarization")):
        replies = [
            read(key, user),
            call("repositories.create_attachment_form", body={"fileName": "a.md"}, user=user),
            call("repositories.create_summary", body=asked, user=user),
        ]
    assert [(one.status, one.body["error"]) for one in replies] == [(403, "FeatureOffError")] * 3
    said = [one.body["message"].partition(" off.")[0] for one in replies]
    attachment = "An administrator has switched the attachment of files"
    summary = "An administrator has switched the summary of documents"
    assert said == [attachment, attachment, summary]
