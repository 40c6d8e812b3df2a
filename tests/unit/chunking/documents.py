"""Documents of every shape, and ways of counting tokens, for what has to hold for all of them."""

import re

from hypothesis import strategies as st

from chunking import Strategy
from chunking.strategy import KINDS
from passages.document import Block, Document

WORDS = st.text("abcdefgh.äß漢字かな😀", min_size=1, max_size=9)
LONG = st.text("abcxyz漢", min_size=50, max_size=400)
SENTENCES = st.lists(st.one_of(WORDS, WORDS, WORDS, LONG), min_size=1, max_size=40).map(" ".join)
LINES = st.lists(SENTENCES, min_size=1, max_size=8).map("\n".join)
CELLS = st.text("ab cd1", max_size=6)


def by_words(texts: list[str]) -> list[int]:
    return [len(re.findall(r"\S{1,8}", text)) for text in texts]


def by_bytes(texts: list[str]) -> list[int]:
    return [-(-len(text.encode()) // 3) for text in texts]


def by_characters(texts: list[str]) -> list[int]:
    return [len("".join(text.split())) for text in texts]


COUNTS = st.sampled_from([by_words, by_bytes, by_characters])


@st.composite
def tables(draw: st.DrawFn) -> Block:
    wide = draw(st.integers(1, 4))
    row = st.lists(CELLS, min_size=wide, max_size=wide)
    rows = draw(st.lists(row, min_size=1, max_size=60))
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    return Block("table", "\n".join([lines[0], "|" + "---|" * wide, *lines[1:]]))


def texts(kind: str) -> st.SearchStrategy[Block]:
    written = SENTENCES if kind == "paragraph" else LINES
    fit = written.map(str.strip).filter(bool)
    return fit.map(lambda text: Block(kind, text))  # type: ignore[arg-type]


HEADINGS = st.builds(
    lambda text, level: Block("heading", text, level=level),
    st.lists(WORDS, min_size=1, max_size=5).map(" ".join),
    st.integers(1, 4),
)
BLOCKS = st.one_of(HEADINGS, texts("paragraph"), texts("list"), texts("code"), tables())


@st.composite
def documents(draw: st.DrawFn) -> Document:
    blocks = draw(st.lists(BLOCKS, max_size=7))
    page = 1
    placed: list[Block] = []
    for block in blocks:
        page += draw(st.integers(0, 2))
        placed.append(Block(block.kind, block.text, block.level, page))
    return Document("Title", "text/plain", tuple(placed), pages=page)


@st.composite
def strategies(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> Strategy:
    size = draw(st.integers(64, 300))
    overlap = draw(st.integers(0, (size - 1) // 2))
    return Strategy(draw(st.sampled_from(kinds)), size, overlap)
