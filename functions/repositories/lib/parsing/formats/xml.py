"""XML of any kind: every text on a line of its own, with the name of its element."""

from xml.parsers import expat

from parsing.draft import Draft
from parsing.markup import guarded, too_deep

_PORTION = 1 << 20
_GROUPED_AT = 2
_LINES_IN_GROUP = 400


def read(content: bytes, draft: Draft) -> None:
    """Add what lies in each element below the outermost one as one block."""
    walk = _Walk(draft)
    parser = guarded()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    try:
        for at in range(0, len(content), _PORTION):
            draft.on_time()
            parser.Parse(content[at : at + _PORTION], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if draft.empty and not walk.lines:
            raise
        draft.warn(f"The XML is not well-formed at line {error.lineno}; the rest was left out.")
    walk.flush()


class _Walk:
    """Collects lines; an element within running text stays in that text."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._names: list[str] = []
        self._texts: list[list[str]] = []
        self.lines: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._draft.count_cells(1 + len(attributes))
        self._names.append(_local(name))
        self._texts.append([])
        if len(self._names) > self._draft.limits.depth:
            raise too_deep(self._draft.limits.depth)
        self.lines.extend(
            self._draft.gathered(f"{self._names[-1]} {_local(key)}: {value}")
            for key, value in attributes.items()
            if value.strip() and not key.startswith(("xmlns", "xsi:"))
        )

    def text(self, text: str) -> None:
        self._texts[-1].append(text)

    def end(self, _name: str) -> None:
        name = self._names.pop()
        text = " ".join("".join(self._texts.pop()).split())
        if text and self._within_text():
            self._texts[-1].append(text)
        elif text:
            self.lines.append(self._draft.gathered(f"{name}: {text}"))
        if len(self._names) < _GROUPED_AT or len(self.lines) > _LINES_IN_GROUP:
            self.flush()

    def flush(self) -> None:
        """Add what was collected as a block."""
        self._draft.add("paragraph", "\n".join(self.lines))
        self.lines.clear()

    def _within_text(self) -> bool:
        return bool(self._texts) and any(map(str.strip, self._texts[-1]))


def _local(name: str) -> str:
    return name.rpartition(":")[2]
