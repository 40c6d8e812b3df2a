"""Names that share their numbers: safetensors has no aliases, so one of them is written.

A model whose input and output embeddings are one keeps the input's name, to which loaders tie the
other. Where the configuration does not tie them, each name gets a copy of its own.
"""

import re
from collections.abc import Mapping

from staging.checkpoint.tensors import Tensor

# What loaders tie to a name that comes before it here. These are the names that the common
# architectures of transformers use (`_tied_weights_keys` of its classes).
_TABLES = re.compile(r"(^|\.)(encoder|decoder)\.embed_tokens\.weight$")
_OUTPUTS = re.compile(
    r"(^|\.)((lm_head|embed_out|proj_out|generator_lm_head)\.weight"
    r"|(lm_head|predictions)\.decoder\.(weight|bias))$"
)


def separate(tensors: Mapping[str, Tensor], tied: bool) -> tuple[dict[str, Tensor], dict[str, str]]:
    """The tensors to write, and which names were left out for which that have the same numbers.

    `tied` says whether the model's configuration lets its loaders tie embeddings.
    """
    same: dict[Tensor, list[str]] = {}
    for name, tensor in tensors.items():
        same.setdefault(tensor, []).append(name)
    left_out: dict[str, str] = {}
    for names in same.values():
        first = min(names, key=_rank)
        if tied:
            left_out |= {name: first for name in names if _rank(name) > _rank(first)}
    written = {name: tensor for name, tensor in tensors.items() if name not in left_out}
    return written, left_out


def _rank(name: str) -> int:
    return 2 if _OUTPUTS.search(name) else 1 if _TABLES.search(name) else 0
