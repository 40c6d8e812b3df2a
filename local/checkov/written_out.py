"""Templates without `<<`, as `sam build` writes them: checkov takes what is merged for a double."""

from __future__ import annotations

import yaml

_MERGE = "tag:yaml.org,2002:merge"

type Pairs = list[tuple[yaml.Node, yaml.Node]]


def written_out(text: str) -> str:
    """Return a YAML document with what each `<<` names written in its place."""
    root = yaml.compose(text, yaml.CSafeLoader)
    if root is not None:
        _write_out(root)
    written: str = yaml.serialize(root, Dumper=yaml.SafeDumper)
    return written


def _write_out(node: yaml.Node) -> None:
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            _write_out(part)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            _write_out(value)
        merged = [pair for key, value in node.value if key.tag == _MERGE for pair in _pairs(value)]
        own = [pair for pair in node.value if pair[0].tag != _MERGE]
        # What is said in the place itself counts, whatever is merged into it.
        node.value = list({key.value: (key, value) for key, value in merged + own}.values())


def _pairs(value: yaml.Node) -> Pairs:
    several = value.value if isinstance(value, yaml.SequenceNode) else [value]
    # Of several, the first counts.
    return [pair for one in reversed(several) for pair in one.value]
