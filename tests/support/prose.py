"""The documents of the repository: their blocks of commands, headings, links and tables."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.support.sources import ROOT, tracked

# A comment before a block says why it cannot run beside the product: `<!-- run: on AWS -->`.
FENCE = re.compile(
    r"(?:^<!-- run: (?P<place>[^\n]+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
HEADING = re.compile(r"^#+ (.+)$", re.M)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, what it says, where it runs ("" is here), what it prints."""

    document: Path
    line: int
    language: str
    text: str
    place: str = ""
    prints: str = ""


def documents() -> list[Path]:
    """Return every document, the README first and the other files in the order of their names."""
    found = [path for path in tracked("*.md") if "node_modules" not in path.parts]
    return sorted(found, key=lambda path: (path != ROOT / "README.md", path))


def blocks(document: Path) -> list[Block]:
    """Return a document's fenced blocks; one of `text` right after one of `bash` is its output."""
    text = document.read_text("utf-8")
    found: list[Block] = []
    end = -1
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        made = Block(document, line, match["language"], match["text"], match["place"] or "")
        follows = not text[end : match.start()].strip() if end >= 0 else False
        if follows and made.language == "text" and found[-1].language == "bash":
            found[-1] = Block(**{**vars(found[-1]), "prints": made.text})
        found.append(made)
        end = match.end()
    return found


def commands(document: Path) -> list[Block]:
    """Return what a document tells people to type."""
    return [block for block in blocks(document) if block.language == "bash"]


def without_blocks(document: Path) -> str:
    """Return a document's text without its fenced blocks."""
    return FENCE.sub("", document.read_text("utf-8"))


def anchors(document: Path) -> set[str]:
    """Return the names by which a document's headings are linked."""
    words = (heading.lower() for heading in HEADING.findall(without_blocks(document)))
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in words}


def links(document: Path) -> list[str]:
    """Return where a document's links lead."""
    return LINK.findall(CODE.sub("", without_blocks(document)))


def unlike(printed: str, shown: str) -> str | None:
    """Return the first line that is shown and was not printed; `...` stands for anything."""
    rest = printed
    for line in (line for line in shown.splitlines() if line.strip(" .")):
        pattern = r"[^\n]*".join(re.escape(part) for part in line.split("..."))
        found = re.search(pattern, rest)
        if found is None:
            return line
        rest = rest[found.end() :]
    return None
