"""Filters over documents' metadata, in SQL."""

import json
from collections.abc import Mapping

from stores.names import clean
from stores.port import Filter, Scalar


def condition(where: Filter) -> str:
    """A condition over `d.metadata`, with one parameter for each field; true without a filter.

    The names of fields are only in the parameters.
    """
    parts = [
        f"d.metadata @> any (array(select jsonb_array_elements(cast(:field{number} as jsonb))))"
        for number in range(len(where))
    ]
    return " and ".join(parts) or "true"


def parameters(where: Filter) -> Mapping[str, str]:
    """For each field, what a document's metadata may contain: a value, or a tag of a list."""
    return {
        f"field{number}": json.dumps(
            [
                {clean(name): one}
                for value in ([wanted] if isinstance(wanted, str | int | float) else wanted)
                for one in (_cleaned(value), [_cleaned(value)])
            ]
        )
        for number, (name, wanted) in enumerate(where.items())
    }


def _cleaned(value: Scalar) -> Scalar:
    return clean(value) if isinstance(value, str) else value
