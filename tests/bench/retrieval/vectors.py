"""Vectors of texts by the demo's embedding model, each made once on this machine."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from local.toolchain.places import REPOSITORY
from local.toolchain.venvs import Toolchain

type Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
MODEL = "demo/minilm-l6-v2/minilm-l6-v2-f16.gguf"
_AT_ONCE = 512  # what an interrupted run loses


class VectorCache:
    """Vectors by the hashes of their texts, in two files of one folder that only grow."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys = folder / "texts.sha256"
        self._vectors = folder / "vectors.f32"
        folder.mkdir(parents=True, exist_ok=True)

    def of(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, of length 1; what is missing is embedded now."""
        keys = [_key(text) for text in texts]
        known = self._known()
        missing = [
            text for key, text in dict(zip(keys, texts, strict=True)).items() if key not in known
        ]
        for at in range(0, len(missing), _AT_ONCE):
            print(f"embedding: {at} of {len(missing)} texts", file=sys.stderr)
            self._add(missing[at : at + _AT_ONCE])
        known = self._known()
        stored = np.fromfile(self._vectors, np.float32).reshape(-1, DIMENSIONS)
        rows: Vectors = stored[[known[key] for key in keys]]
        return rows

    def _known(self) -> dict[str, int]:
        if not self._keys.exists():
            return {}
        return {key: row for row, key in enumerate(self._keys.read_text().split())}

    def _add(self, texts: Sequence[str]) -> None:
        made = self._embedded(texts)
        # The keys name rows, so rows come first, from where the keys say that they are complete.
        with self._vectors.open("r+b" if self._vectors.exists() else "wb") as file:
            file.seek(len(self._known()) * DIMENSIONS * 4)
            file.write(made)
        with self._keys.open("a") as file:
            file.writelines(f"{_key(text)}\n" for text in texts)

    def _embedded(self, texts: Sequence[str]) -> bytes:
        asked, answered = self._folder / "asked.json", self._folder / "answered.f32"
        asked.write_text(json.dumps(texts))
        places = (str(self._model()), str(asked), str(answered))
        _run("llamacpp", "tests.bench.retrieval.embedder", places)
        made = answered.read_bytes()
        if len(made) != len(texts) * DIMENSIONS * 4:
            raise RuntimeError(f"{len(texts)} texts gave {len(made)} bytes of vectors.")
        return made

    def _model(self) -> Path:
        file = self._folder / MODEL
        if not file.exists():
            _run("demo", "local.demo.build", ("--out", str(self._folder)))
        return file


def _run(environment: str, module: str, arguments: Iterable[str]) -> None:
    python = str(Toolchain().interpreter(environment))
    places = (".", "containers/llamacpp", "containers/serving")
    env = os.environ | {"PYTHONPATH": os.pathsep.join(str(REPOSITORY / one) for one in places)}
    command = [python, "-m", module, *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, check=False)
    if done.returncode:
        sys.stderr.buffer.write(done.stderr[-2000:])
        raise RuntimeError(f"{module} ended with {done.returncode}: its last lines are above.")


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
