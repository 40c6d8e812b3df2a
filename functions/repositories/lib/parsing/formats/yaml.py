"""YAML: every value on a line of its own, with the path that leads to it.

Read as a stream of events: nothing is built, so an alias stays a name, and no tag makes an object.
"""

from collections.abc import Iterator

import yaml

from parsing.draft import Draft, clean
from parsing.encoding import decode
from parsing.markup import too_deep

_LINES_IN_BLOCK = 20


def read(content: bytes, draft: Draft) -> None:
    """Add each member of the outermost value of each document in the file.

    What is no YAML after all is added as it is, with a warning.
    """
    text = clean(decode(content))
    walk = _Walk(draft)
    try:
        groups = list(walk.groups(yaml.parse(text, Loader=yaml.CSafeLoader)))
    except yaml.YAMLError:
        draft.warn("The file is no valid YAML; it was read as text.")
        groups = [text]
    for group in groups:
        draft.add("code", group)


class _Walk:
    """Follows the events, knowing the path to where they are."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        # Keys and places above; a mapping's is None while its next key is awaited.
        self._path: list[str | int | None] = []

    def groups(self, events: Iterator[yaml.Event]) -> Iterator[str]:
        lines: list[str] = []
        for event in events:
            self._draft.on_time()
            if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                self._draft.count_cells(1)
                lines.extend(self._scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(0 if isinstance(event, yaml.SequenceStartEvent) else None)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._path.pop()
                self._passed()
            if len(self._path) < 2 and len(lines) > _LINES_IN_BLOCK:
                yield "\n".join(lines)
                lines = []
        yield "\n".join(lines)

    def _open(self, begins: int | None) -> None:
        if self._path and self._path[-1] is None:
            # A key that is itself a list or a mapping.
            self._path[-1] = "?"
        self._path.append(begins)
        if len(self._path) > self._draft.limits.depth:
            raise too_deep(self._draft.limits.depth)

    def _scalar(self, event: yaml.ScalarEvent | yaml.AliasEvent) -> Iterator[str]:
        value = event.value if isinstance(event, yaml.ScalarEvent) else f"*{event.anchor}"
        if self._path and self._path[-1] is None:
            self._path[-1] = value
            return
        path = self._written()
        yield self._draft.gathered(f"{path}: {value}" if path else value)
        self._passed()

    def _passed(self) -> None:
        if self._path:
            last = self._path[-1]
            self._path[-1] = last + 1 if isinstance(last, int) else None

    def _written(self) -> str:
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self._path)
        return "".join(steps).lstrip(".")
