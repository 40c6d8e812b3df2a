"""Which passages an answer cites, in a whole answer and in a stream cut anywhere."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.grounding.annotations import annotations, citations
from gateway.grounding.cited import LONGEST_DOCUMENT, CitedDocument, CitedStream
from gateway.rewriting import rewriter
from tests.unit.gateway.builders import grounds
from tests.unit.gateway.test_usage_reading import cut

GROUNDS = grounds(3)
COMMON = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "m1"}
DONE = b"data: [DONE]\n\n"
STREAM = [(b"content-type", b"text/event-stream; charset=utf-8")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Thirty days [1].", [1]),
        ("As told[2][1], and [1, 3; 2].", [2, 1, 1, 3, 2]),
        ("[link] [] [1.5] [-1] [a1] (1)", []),
        ("`a[1]` and\n```py\nb[2]\n```\n[3]", [3]),
        ("```\nnever closed [1]", []),
        ("", []),
    ],
)
def test_numbers_in_brackets_are_citations_but_not_in_code(text: str, numbers: list[int]) -> None:
    assert [number for number, _ in citations(text)] == numbers


def test_a_citation_says_where_it_stands_and_what_it_cites() -> None:
    first, *_ = annotations("Ü: [2].", GROUNDS)
    assert first == {
        "type": "url_citation",
        "url_citation": {"title": "Doc 2", "url": "s3://b/2", "start_index": 3, "end_index": 6},
        "cited": True,
        "number": 2,
        "document_id": "d2",
        "repository": "handbook",
        "headings": ["A", "B"],
        "pages": [2, 3],
        "score": 0.5,
    }


def test_what_is_not_cited_comes_last_and_numbers_of_nothing_never() -> None:
    told = annotations("[3] [9] [3]", GROUNDS)
    assert [(one["number"], one["cited"]) for one in told] == [
        (3, True),
        (3, True),
        (1, False),
        (2, False),
    ]
    assert told[-1]["url_citation"]["start_index"] == 11


def chunk(text: str, index: int = 0) -> bytes:
    choice = {"index": index, "delta": {"content": text}, "finish_reason": None}
    return b"data: %b\n\n" % json.dumps({**COMMON, "choices": [choice]}).encode()


def streamed(sent: bytes, cuts: list[int] | None = None) -> bytes:
    stream = CitedStream(GROUNDS)
    return b"".join(stream.feed(part) for part in cut(sent, cuts or [])) + stream.rest()


def told_in(events: bytes) -> list[dict[str, Any]]:
    lines = [line[6:] for line in events.split(b"\n\n") if b"annotations" in line]
    return [json.loads(line) for line in lines]


@given(st.lists(st.integers(0, 600), max_size=8))
def test_a_stream_cites_in_one_more_chunk_before_its_end(cuts: list[int]) -> None:
    before = chunk("See [") + chunk("2") + chunk("].")
    passed = streamed(before + DONE, cuts)
    assert passed.startswith(before)
    assert passed.endswith(DONE)
    (more,) = told_in(passed)
    assert more.items() >= COMMON.items()
    cited = more["choices"][0]["delta"]["annotations"]
    assert [(one["number"], one["cited"]) for one in cited] == [(2, True), (1, False), (3, False)]
    assert cited[0]["url_citation"]["start_index"] == 4


def test_every_choice_of_a_stream_cites_for_itself() -> None:
    (more,) = told_in(streamed(chunk("[1]") + chunk("[3]", index=1) + DONE))
    first = [choice["delta"]["annotations"][0]["number"] for choice in more["choices"]]
    assert first == [1, 3]


@pytest.mark.parametrize("end", [b"", b"data: [DONE]", b"data: [DONE]\r\n\r\n"])
def test_a_stream_cites_however_it_ends(end: bytes) -> None:
    assert len(told_in(streamed(chunk("[1]") + end))) == 1


def test_a_stream_that_tells_of_an_error_cites_nothing() -> None:
    sent = chunk("[1]") + b'data: {"error": {"message": "x"}}\n\n'
    assert streamed(sent) == sent
    assert streamed(sent + DONE) == sent + DONE


@pytest.mark.parametrize("sent", [b"", DONE, b": ping\n\n", b"data: [1, 2]\n\n", b"data: {\n\n"])
def test_a_stream_without_chunks_stays_as_it_is(sent: bytes) -> None:
    assert streamed(sent) == sent


def test_a_usage_that_nobody_asked_for_is_left_out_of_a_cited_stream() -> None:
    usage = {"prompt_tokens": 1, "completion_tokens": 1}
    last = b"data: %b\n\n" % json.dumps({**COMMON, "choices": [], "usage": usage}).encode()
    both = rewriter(STREAM, True, GROUNDS)
    assert both
    passed = both.feed(chunk("[1]") + last + DONE) + both.rest()
    assert b"usage" not in passed
    assert len(told_in(passed)) == 1


def document(*choices: object) -> bytes:
    return json.dumps({"id": "c-1", "choices": list(choices)}).encode()


def whole(sent: bytes) -> bytes:
    one = CitedDocument(GROUNDS)
    return one.feed(sent[:9]) + one.feed(sent[9:]) + one.rest()


def test_a_whole_answer_has_its_citations_beside_those_of_the_model() -> None:
    own = {"type": "url_citation"}
    message = {"role": "assistant", "content": "[2]", "annotations": [own]}
    (choice,) = json.loads(whole(document({"index": 0, "message": message})))["choices"]
    assert choice["message"]["annotations"][0] == own
    assert [one["number"] for one in choice["message"]["annotations"][1:]] == [2, 1, 3]


def test_an_answer_without_a_text_names_all_passages() -> None:
    called: dict[str, Any] = {"message": {"content": None, "tool_calls": []}}
    (choice,) = json.loads(whole(document(called)))["choices"]
    assert [one["number"] for one in choice["message"]["annotations"]] == [1, 2, 3]


@pytest.mark.parametrize(
    "sent", [b"", b"not json", b"[]", b'{"choices": 1}', document("x", {"message": 1})]
)
def test_what_is_no_chat_completion_stays_as_it_says(sent: bytes) -> None:
    passed = whole(sent)
    assert passed == sent or json.loads(passed) == json.loads(sent)


def test_an_answer_that_is_too_long_to_hold_goes_on_as_it_is() -> None:
    sent = b"{" + b" " * LONGEST_DOCUMENT
    one = CitedDocument(GROUNDS)
    assert one.feed(sent) + one.feed(b"x") + one.rest() == sent + b"x"


def test_what_comes_compressed_stays_as_it_is() -> None:
    zipped = [(b"content-type", b"application/json"), (b"content-encoding", b"gzip")]
    assert rewriter(zipped, False, GROUNDS) is None
