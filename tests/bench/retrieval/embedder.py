"""Embed texts with llama.cpp as our container does: a program of the environment `llamacpp`.

Arguments: the GGUF file, a JSON file with a list of texts, and where the vectors go, as 32-bit
floats one text after the other. A text longer than the model's 512 tokens is cut.
"""

import json
import struct
import sys
from pathlib import Path
from typing import Any

import xllamacpp

from llamacpp.server import parameters
from llamacpp.settings import Settings
from serving.task import Task

BATCH = 8
LONGEST = 1500  # characters; more are hardly ever 512 tokens, and a refusal costs the whole batch
KEPT = 0.8  # of the words, as often as a text is refused


def main(model: str, texts: str, vectors: str) -> None:
    """Write the vectors of all texts, and say how far it is."""
    task = Task("minilm", "", "", Path(), model_type="embedding", host="127.0.0.1", port=0)
    settings = Settings(task, context_length=512, parallel=1, threads=2)
    server = xllamacpp.Server(parameters(settings, Path(model)))
    wanted = [text[:LONGEST] for text in json.loads(Path(texts).read_text())]
    with Path(vectors).open("wb") as file:
        for at in range(0, len(wanted), BATCH):
            for vector in embedded(server, wanted[at : at + BATCH]):
                file.write(struct.pack(f"<{len(vector)}f", *vector))
            print(f"embedded {at + BATCH} of {len(wanted)}", file=sys.stderr, end="\r")


def embedded(server: Any, texts: list[str]) -> list[list[float]]:
    """Return the vectors; a batch with a text that is too long is asked for one by one."""
    answer = server.handle_embeddings({"input": texts})
    if "data" in answer:
        return [one["embedding"] for one in answer["data"]]
    if len(texts) > 1:
        return [vector for text in texts for vector in embedded(server, [text])]
    words = texts[0].split(" ")
    return embedded(server, [" ".join(words[: int(len(words) * KEPT)])])


if __name__ == "__main__":
    main(*sys.argv[1:])
