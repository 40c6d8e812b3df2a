"""What a model server answers to each operation, by the documents of OpenAI and Anthropic."""

import base64
import json
import struct
from collections.abc import Callable, Iterator
from typing import Any

type Json = dict[str, Any]

SOUND = b"RIFF" + bytes(range(256)) * 64
PICTURE = base64.b64encode(b"\x89PNG a picture").decode()


def whole(operation: str, body: Json) -> Json:
    return {"model": body["model"]} | WHOLE[operation](body)


def pieces(operation: str, body: Json, count: int) -> Iterator[bytes]:
    """The events of a stream of `count` words."""
    return STREAMED[operation](body, count)


def event(payload: Json, name: str = "") -> bytes:
    return (f"event: {name}\n" if name else "").encode() + b"data: %b\n\n" % dumped(payload)


def dumped(payload: Json) -> bytes:
    return json.dumps(payload).encode()


def said(body: Json) -> str:
    return f"{body['model']} heard you" + (" [2]" if body["model"] == "citing" else "")


def word(body: Json, number: int) -> str:
    return f"[{number}] " if body["model"] == "citing" else f"{number} "


def usage(completion: int = 1) -> Json:
    return {"prompt_tokens": 1, "completion_tokens": completion, "total_tokens": 1 + completion}


def chat(body: Json) -> Json:
    message = {"role": "assistant", "content": said(body), "refusal": None}
    choice = {"index": 0, "finish_reason": "stop", "logprobs": None, "message": message}
    common = {"id": "c-1", "created": 1, "object": "chat.completion", "usage": usage()}
    return {**common, "choices": [choice]}


def completion(body: Json) -> Json:
    choice = {"index": 0, "finish_reason": "stop", "logprobs": None, "text": "done"}
    common = {"id": "c-1", "created": 1, "object": "text_completion", "usage": usage()}
    return {**common, "choices": [choice]}


def embeddings(body: Json) -> Json:
    vector: Any = [0.25, -0.5]
    if body.get("encoding_format") == "base64":
        vector = base64.b64encode(struct.pack("<2f", *vector)).decode()
    data = [{"object": "embedding", "index": 0, "embedding": vector}]
    return {"object": "list", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def response(body: Json, status: str = "completed", text: str = "") -> Json:
    content = {"type": "output_text", "text": text or said(body), "annotations": []}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "status": status}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "model": body["model"],
        "status": status,
        "output": [{**message, "content": [content]}] if status == "completed" else [],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 1,
            "output_tokens": 1,
            "total_tokens": 2,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }


def message(body: Json) -> Json:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "content": [{"type": "text", "text": said(body)}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 3, "output_tokens": 2},
    }


def reranked(body: Json) -> Json:
    documents = body["documents"]
    results = [
        {
            "index": place,
            "document": {"text": documents[place]},
            "relevance_score": 0.5 - place / 10,
        }
        for place in range(len(documents))
    ]
    return {"id": "rerank-1", "usage": {"total_tokens": 5}, "results": results}


def images(body: Json) -> Json:
    return {"created": 1, "data": [{"b64_json": PICTURE}]}


def heard(body: Json) -> Json:
    return {"text": f"{body['file']['size']} bytes of {body['file']['name']}"}


def moderated(body: Json) -> Json:
    result = {
        "flagged": True,
        "categories": {"violence": True},
        "category_scores": {"violence": 0.9},
        "category_applied_input_types": {"violence": ["text"]},
    }
    return {"id": "modr-1", "results": [result]}


WHOLE: dict[str, Callable[[Json], Json]] = {
    "chat/completions": chat,
    "completions": completion,
    "embeddings": embeddings,
    "responses": response,
    "messages": message,
    "messages/count_tokens": lambda _: {"input_tokens": 3},
    "rerank": reranked,
    "images/generations": images,
    "images/edits": images,
    "audio/transcriptions": heard,
    "audio/translations": heard,
    "moderations": moderated,
}


def chat_pieces(body: Json, count: int) -> Iterator[bytes]:
    common = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
    for number in range(count):
        choice = {"index": 0, "delta": {"content": word(body, number)}, "finish_reason": None}
        yield event({**common, "choices": [choice]})
    yield from ending(body, common, {"index": 0, "delta": {}, "finish_reason": "stop"}, count)


def completion_pieces(body: Json, count: int) -> Iterator[bytes]:
    common = {"id": "c-1", "object": "text_completion", "created": 1, "model": body["model"]}
    for number in range(count):
        choice = {"index": 0, "text": f"{number} ", "finish_reason": None, "logprobs": None}
        yield event({**common, "choices": [choice]})
    yield from ending(body, common, {"index": 0, "text": "", "finish_reason": "stop"}, count)


def ending(body: Json, common: Json, choice: Json, count: int) -> Iterator[bytes]:
    yield event({**common, "choices": [choice]})
    if (body.get("stream_options") or {}).get("include_usage"):
        yield event({**common, "choices": [], "usage": usage(count)})
    yield b"data: [DONE]\n\n"


def response_pieces(body: Json, count: int) -> Iterator[bytes]:
    place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    yield typed("response.created", 0, response=response(body, "in_progress"))
    item = {"id": "msg_1", "type": "message", "role": "assistant", "status": "in_progress"}
    yield typed("response.output_item.added", 1, output_index=0, item={**item, "content": []})
    for number in range(count):
        delta = {"delta": f"{number} ", "logprobs": []}
        yield typed("response.output_text.delta", number + 2, **place, **delta)
    text = "".join(f"{number} " for number in range(count))
    yield typed("response.output_text.done", count + 2, **place, text=text, logprobs=[])
    yield typed("response.completed", count + 3, response=response(body, text=text))


def typed(kind: str, number: int, **fields: Any) -> bytes:
    return event({"type": kind, "sequence_number": number, **fields}, kind)


def message_pieces(body: Json, count: int) -> Iterator[bytes]:
    begun = {**message(body), "content": [], "stop_reason": None, "model": body["model"]}
    begun["usage"] = {"input_tokens": 3, "output_tokens": 0}
    yield named("message_start", message=begun)
    yield named("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for number in range(count):
        delta = {"type": "text_delta", "text": f"{number} "}
        yield named("content_block_delta", index=0, delta=delta)
    yield named("content_block_stop", index=0)
    ended = {"stop_reason": "end_turn", "stop_sequence": None}
    yield named("message_delta", delta=ended, usage={"output_tokens": count})
    yield named("message_stop")


def named(kind: str, **fields: Any) -> bytes:
    return event({"type": kind, **fields}, kind)


STREAMED: dict[str, Callable[[Json, int], Iterator[bytes]]] = {
    "chat/completions": chat_pieces,
    "completions": completion_pieces,
    "responses": response_pieces,
    "messages": message_pieces,
}
