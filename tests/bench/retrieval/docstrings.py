"""The second set, on any machine: what the running Python says about its own library.

The first sentence of a docstring is what people would look for without knowing the name, so it is
taken out of its section and asked instead (kind `summary`). The questions of the file beside this
module were written for this bench: whole ones (`question`), and names (`name`). What a version of
Python has not is not asked.
"""

import importlib
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from pydoc_data.topics import topics

from tests.bench.retrieval.sets import Query, RetrievalSet, sample

_LINES = (
    "abc argparse array ast asyncio base64 bisect bz2 calendar cmath cmd codecs collections",
    "concurrent.futures configparser contextlib copy csv ctypes dataclasses datetime decimal",
    "difflib dis email.message enum fileinput fnmatch fractions ftplib functools gc getpass",
    "gettext glob gzip hashlib heapq hmac html http.client imaplib inspect io ipaddress",
    "itertools json linecache locale logging lzma mailbox math mimetypes multiprocessing netrc",
    "operator os os.path pathlib pdb pickle platform plistlib pprint profile queue random re",
    "sched secrets select selectors shelve shlex shutil signal smtplib socket socketserver",
    "sqlite3 ssl stat statistics string struct subprocess symtable sys sysconfig tarfile",
    "tempfile textwrap threading time timeit tokenize traceback types unicodedata",
    "unittest urllib.parse urllib.request uuid warnings wave weakref webbrowser xml.dom.minidom",
    "xml.etree.ElementTree zipfile zlib",
)
_MODULES = [module for line in _LINES for module in line.split(" ")]
_FIRST_SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)", re.S)
_WRITTEN = Path(__file__).with_name("written.json")


def docstring_set() -> RetrievalSet:
    """Return the docstrings of the standard library and pydoc's topics, with three kinds."""
    made = RetrievalSet()
    summaries, keys = [], dict[str, str]()
    for name, text in _documented():
        summary, rest = _without_summary(text)
        key = made.add("python", name, rest or text)
        if key:
            keys[name] = key
            summaries += [Query("summary", summary, key)] if summary else []
    for topic, text in sorted(topics.items()):
        made.add("topic", topic, text)
    made.queries += sample(summaries, 200)
    for kind, asked in json.loads(_WRITTEN.read_text()).items():
        known = ((text, keys.get(name)) for text, name in asked.items())
        made.queries += [Query(kind, text, key) for text, key in known if key]
    return made


def _documented() -> Iterator[tuple[str, str]]:
    seen = set[str]()
    for module in _MODULES:
        home = importlib.import_module(module)
        yield module, inspect.getdoc(home) or ""
        for name, thing in sorted(vars(home).items()):
            if not name.startswith("_") and (inspect.isclass(thing) or callable(thing)):
                yield from _with_methods(f"{module}.{name}", thing, seen)


def _with_methods(name: str, thing: object, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what has a docstring that was not seen elsewhere, under another name."""
    found = [(name, thing)]
    if inspect.isclass(thing):
        found += [
            (f"{name}.{one}", value)
            for one, value in sorted(vars(thing).items())
            if not one.startswith("_") and callable(value)
        ]
    for full, one in found:
        text = inspect.getdoc(one) or ""
        if text and text not in seen:
            seen.add(text)
            yield full, text


def _without_summary(text: str) -> tuple[str, str]:
    """Return the first sentence and the rest, or nothing where either is too short for that."""
    first = _FIRST_SENTENCE.match(text)
    summary = " ".join(first[1].split()) if first else ""
    rest = text[first.end() :].strip() if first else ""
    usable = 5 <= len(summary.split()) <= 25 and len(rest) >= 120 and "(" not in summary
    repeated = summary.rstrip(".").lower() in " ".join(rest.split()).lower()
    return (summary.rstrip("."), rest) if usable and not repeated else ("", "")
