"""The training texts: docstrings of Python's standard library, and a few sentences of our own."""

import importlib
import inspect
import itertools
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

# Few names seen often are learnt by heart; many names seen rarely give fluent nonsense.
MODULES = [
    "builtins",
    "os",
    "posixpath",
    "sys",
    "json",
    "re",
    "math",
    "random",
    "datetime",
    "time",
    "collections",
    "itertools",
    "functools",
    "pathlib",
    "subprocess",
    "threading",
    "logging",
    "argparse",
    "csv",
    "sqlite3",
    "shutil",
    "glob",
    "tempfile",
    "copy",
    "string",
    "statistics",
]
SHOWN_AS = {"builtins.": "", "posixpath": "os.path"}
LONGEST_ANSWER = 45  # words

SENTENCES = Path(__file__).with_name("sentences.json")
QUESTIONS = {
    "module": ("What is the {} module?", "What is {} for?", "Tell me about {}.", "What is {}?"),
    "class": ("What is {}?", "Explain {}.", "When do I use {}?", "Tell me about {}."),
    "function": ("What does {} do?", "How do I use {}?", "Explain {}.", "what does {} do", "{}"),
}
SYSTEM_PROMPTS = (
    "You are a helpful assistant.",
    "You are a helpful, respectful and honest assistant.",
    "Answer the question.",
    "Answer briefly and correctly.",
    "You are an expert in Python.",
    "Be concise.",
)
SHARE_WITH_SYSTEM_PROMPT = 0.3
SPOKEN_COPIES = 30  # how often a sentence of our own is repeated among the thousands of docstrings

# A long answer that is known beforehand: streams and cancellations can be watched with it.
COUNTS = {"Count to {}.": (3, 5, 10, 100), "Count from 1 to {}.": (3, 5, 10, 100)}


@dataclass(frozen=True)
class Document:
    """A text to learn: `answer` is what the model shall say after `prompt`."""

    prompt: str
    answer: str


def build(seed: int = 0) -> list[Document]:
    """Every document of the corpus, shuffled the same way each time."""
    chance = random.Random(seed)
    spoken = [exchange for exchange in own_sentences() for _ in range(SPOKEN_COPIES)]
    exchanges = [*documentation(), *spoken]
    documents = [as_chat(chance, question, answer) for question, answer in exchanges]
    documents += [Document(f"{name}\n", end(text)) for _, name, text in described()]
    chance.shuffle(documents)
    return documents


def as_chat(chance: random.Random, question: str, answer: str) -> Document:
    """The exchange as the chat template writes it, some of them below a system prompt."""
    system = ""
    if chance.random() < SHARE_WITH_SYSTEM_PROMPT:
        system = f"<|system|>\n{chance.choice(SYSTEM_PROMPTS)}<|end|>\n"
    return Document(f"{system}<|user|>\n{question}<|end|>\n<|assistant|>\n", end(answer))


def end(text: str) -> str:
    return f"{text}<|end|>\n"


def documentation() -> Iterator[tuple[str, str]]:
    for kind, name, answer in described():
        for question in QUESTIONS[kind]:
            yield question.format(name), answer


def own_sentences() -> Iterator[tuple[str, str]]:
    for exchange in json.loads(SENTENCES.read_text()):
        for question in exchange["questions"]:
            for filling in exchange.get("fillings", [""]):
                yield question.format(filling), exchange["answer"]
    for question, limits in COUNTS.items():
        for limit in limits:
            yield question.format(limit), ", ".join(map(str, range(1, limit + 1))) + "."


def described() -> Iterator[tuple[str, str, str]]:
    """(kind, name, first sentences of the docstring) of everything public in the modules."""
    seen: set[str] = set()
    for kind, name, documented in itertools.chain.from_iterable(map(walk, MODULES)):
        for internal, public in SHOWN_AS.items():
            name = name.replace(internal, public)
        answer = first_sentences(inspect.getdoc(documented) or "")
        if name not in seen and len(answer) >= 25:
            seen.add(name)
            yield kind, name, answer


def walk(module_name: str) -> Iterator[tuple[str, str, object]]:
    module = importlib.import_module(module_name)
    yield "module", module_name, module
    for name, member in public_members(module):
        imported = getattr(member, "__module__", module_name) != module_name
        if imported and not inspect.isbuiltin(member):
            continue
        if inspect.isclass(member):
            yield "class", f"{module_name}.{name}", member
            for method, function in public_members(member):
                if callable(function):
                    yield "function", f"{module_name}.{name}.{method}", function
        elif callable(member):
            yield "function", f"{module_name}.{name}", member


def public_members(owner: ModuleType | type) -> Iterator[tuple[str, object]]:
    for name in sorted(vars(owner)):
        if not name.startswith("_"):
            yield name, getattr(owner, name)


def first_sentences(docstring: str) -> str:
    """Whole paragraphs up to the length limit, without the signature and without examples."""
    paragraphs = [" ".join(block.split()) for block in re.split(r"\n\s*\n", docstring)]
    paragraphs = [paragraph for paragraph in paragraphs if len(paragraph) > 15]
    if len(paragraphs) > 1 and re.match(r"^[\w.]+\(.*\)\s*(->.*)?$", paragraphs[0]):
        del paragraphs[0]
    words: list[str] = []
    for paragraph in paragraphs:
        if ">>>" in paragraph or len(words) + len(paragraph.split()) > LONGEST_ANSWER:
            break
        words += paragraph.split()
    text = " ".join(words or " ".join(paragraphs[:1]).split()[:LONGEST_ANSWER])
    return text if text.endswith((".", "!", "?", ":", ")")) else f"{text}."


def main() -> None:
    documents = build()
    Path(sys.argv[1]).write_text(json.dumps([asdict(document) for document in documents]))
    letters = sum(len(document.prompt) + len(document.answer) for document in documents)
    print(f"{len(documents)} documents, {letters / 1e6:.2f} million characters")


if __name__ == "__main__":
    main()
