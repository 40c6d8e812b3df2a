"""The first set: questions of FAQs and entries of an index, over the manuals they belong to.

Whoever wrote the questions (328 or so of FAQs) and the index of Python's manual knew nothing of
this product. A question of a FAQ is taken out of the section that answers it, which keeps the
title of its page alone.
"""

import re
from collections import defaultdict
from pathlib import Path

from tests.bench.retrieval.markup import (
    Part,
    html_parts,
    html_title,
    index_entries,
    plain_html,
    plain_rst,
    squeezed,
    underlined,
)
from tests.bench.retrieval.sets import Query, RetrievalSet, sample

_DOC = "usr/share/doc"
_SKIPPED = ("whatsnew", "distutils", "install/", "distributing", "includes")
_LONGEST = 8000
_GIT_ANSWER = re.compile(
    r"^\[\[[^\]]+\]\]\n(.+?)::\n(.*?)(?=^\[\[|^[A-Z].*\n-{3,}|\Z)", re.M | re.S
)
_SQLITE_ANSWER = re.compile(
    r'<p><b>\(\d+\)(.*?)</b></p>(.*?)(?=<a name="q\d+"></a>\s*<p><b>|</body>|\Z)', re.S
)


def manual_set(root: Path) -> RetrievalSet:
    """Return the sections of all manuals, with both kinds of questions."""
    made = RetrievalSet()
    _python(made, root / _DOC / "python3.11/html/_sources")
    _pages(made, root / _DOC / "debian/FAQ", "*.en.html")
    _git(made, root / _DOC / "git-doc")
    _sqlite(made, root / _DOC / "sqlite3")
    for folder in (
        root / _DOC / "debian-policy/policy.html/_sources",
        root / "usr/share/developers-reference/_sources",
    ):
        _sphinx(made, folder)
    _pages(made, root / "usr/share/debian-reference", "ch*.en.html")
    return made


def _python(made: RetrievalSet, folder: Path) -> None:
    terms: dict[str, set[str]] = defaultdict(set)
    for file in sorted(folder.rglob("*.rst.txt")):
        if not file.relative_to(folder).as_posix().startswith(_SKIPPED):
            _python_page(made, file, terms)
    single = (
        Query("keyword", term, next(iter(targets)))
        for term, targets in terms.items()
        if len(targets) == 1 and 4 <= len(term) <= 50
    )
    made.queries += sample(single, 328)


def _python_page(made: RetrievalSet, file: Path, terms: dict[str, set[str]]) -> None:
    parts = underlined(file.read_text())
    keys = [_python_section(made, parts, number, file) for number in range(len(parts))]
    for number, part in enumerate(parts):
        for term, at_the_end in index_entries(part.body):
            key = keys[min(number + at_the_end, len(keys) - 1)]
            if key:
                terms[term.lower()].add(key)


def _python_section(made: RetrievalSet, parts: list[Part], number: int, file: Path) -> str | None:
    page, heading = plain_rst(parts[0].heading), plain_rst(parts[number].heading)
    asked = file.parent.name == "faq" and heading.endswith("?")
    title = page if asked or not number else f"{page} > {heading}"
    key = made.add("python", title, plain_rst(parts[number].body))
    if asked and key:
        made.queries.append(Query("question", heading, key))
    return None if asked else key


def _sphinx(made: RetrievalSet, folder: Path) -> None:
    for file in sorted(folder.glob("*.txt")):
        parts = underlined(file.read_text())
        for number, part in enumerate(parts):
            title = f"{parts[0].heading} > {part.heading}" if number else part.heading
            made.add(folder.parent.name, plain_rst(title), plain_rst(part.body))


def _pages(made: RetrievalSet, folder: Path, pattern: str) -> None:
    for file in sorted(folder.glob(pattern)):
        text = file.read_text(errors="replace")
        page = html_title(text) or file.stem
        for part in html_parts(text):
            asked = part.heading.endswith("?")
            title = page if asked else f"{page} > {part.heading}"
            key = made.add(folder.name, title, plain_html(part.body)[:_LONGEST])
            if asked and key and folder.name == "FAQ":
                made.queries.append(Query("question", part.heading, key))


def _git(made: RetrievalSet, folder: Path) -> None:
    for question, answer in _GIT_ANSWER.findall((folder / "gitfaq.txt").read_text()):
        text = squeezed(re.sub(r"[`_]|^\+$", "", answer, flags=re.M))
        key = made.add("git", "Frequently asked questions about using Git", text)
        if key and question.endswith("?"):
            made.queries.append(Query("question", " ".join(question.replace("`", "").split()), key))
    for file in sorted(folder.glob("git*.txt")):
        if file.stem != "gitfaq":
            for part in underlined(file.read_text(errors="replace")):
                made.add("git", f"{file.stem} > {part.heading}", squeezed(part.body))


def _sqlite(made: RetrievalSet, folder: Path) -> None:
    faq = (folder / "faq.html").read_text(errors="replace")
    for question, answer in _SQLITE_ANSWER.findall(faq):
        key = made.add("sqlite", html_title(faq), plain_html(answer))
        if key:
            made.queries.append(Query("question", " ".join(plain_html(question).split()), key))
    for file in sorted(folder.glob("*.html")):
        if file.stem != "faq" and not file.stem.startswith(("releaselog", "session", "sqlitelist")):
            _sqlite_page(made, file)


def _sqlite_page(made: RetrievalSet, file: Path) -> None:
    text = file.read_text(errors="replace")
    for part in html_parts(text):
        title = f"{html_title(text) or file.stem} > {part.heading}"
        made.add("sqlite", title, plain_html(part.body)[:_LONGEST])
