"""The same targets, asked otherwise: where does a rule break?"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from retrieval.english import STOP_WORDS
from tests.bench.retrieval.sets import Query

_GERMAN = Path(__file__).with_name("german.json")
_WORD = re.compile(r"\w+")


def variants(queries: Sequence[Query]) -> Iterator[Query]:
    """Yield variants of each question, each of a kind of its own."""
    german: dict[str, str] = json.loads(_GERMAN.read_text())
    for query in queries:
        yield _variant(query, f"{query.kind}, misspelt", misspelt(query.text))
        if query.kind == "keyword":
            yield _variant(query, "keyword in a question", f"how does {query.text} work?")
            continue
        yield _variant(query, "question without its frame", content(query.text))
        translated = german.get(hashlib.sha256(query.text.encode()).hexdigest()[:12])
        if translated:
            yield _variant(query, "question in German", translated)


def _variant(query: Query, kind: str, text: str) -> Query:
    return replace(query, kind=kind, text=text, original=query.text)


def misspelt(text: str) -> str:
    """Return it with two letters swapped inside its longest word."""
    longest = max(_WORD.findall(text), key=len, default="")
    middle = len(longest) // 2
    if middle < 2:
        return text
    swapped = longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :]
    return text.replace(longest, swapped, 1)


def content(text: str) -> str:
    """Return the words that say what it is about, as people type them into a search field."""
    return " ".join(word for word in _WORD.findall(text) if word.lower() not in STOP_WORDS) or text
