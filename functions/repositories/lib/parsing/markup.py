"""XML that nobody vouches for: no entities, no other files, no depth without end."""

from xml.parsers import expat

from parsing.errors import Unreadable
from parsing.limits import Limits


def examine(content: bytes, limits: Limits, elements: int) -> None:
    """Raise Unreadable for XML that costs too much, or that tries to reach outside of itself.

    `elements` is how many it may have. Raise ExpatError for XML that is not well-formed.
    """
    watcher = _Watcher(limits.depth, elements)
    parser = guarded()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = watcher.start
    parser.EndElementHandler = watcher.end
    parser.Parse(content, True)


def guarded() -> expat.XMLParserType:
    """Return a parser that knows no entity but XML's own five, and loads nothing."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    return parser


def too_deep(depth: int) -> Unreadable:
    """Return what to raise for parts that lie in one another too deep."""
    return Unreadable(
        "TooDeep",
        f"Its parts lie in one another more than {depth} deep.",
        "Save it anew in a simpler form.",
    )


def _refuse(*_declaration: object) -> None:
    raise Unreadable(
        "Unsafe",
        "The XML declares entities of its own, which can hide other files or endless text.",
        "Remove the DOCTYPE declaration, and write what its entities stand for.",
    )


class _Watcher:
    def __init__(self, depth: int, elements: int) -> None:
        self._depth, self._deepest = 0, depth
        self._elements, self._most = 0, elements

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1 + len(attributes)
        if self._depth > self._deepest:
            raise too_deep(self._deepest)
        if self._elements > self._most:
            raise Unreadable(
                "TooManyParts",
                f"A part of the file has more than {self._most:,} elements.",
                "Divide it into several files.",
            )

    def end(self, _name: str) -> None:
        self._depth -= 1
