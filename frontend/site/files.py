"""The files of a build, in the order in which they may be put where they are served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontend.site.headers import ASSETS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE, ENVIRONMENT = "index.html", "env.js"
# Where the built page says that it lies beside its files; a deployment knows where that is.
_BESIDE = '="./'


def files(build: Path, env_js: str, base: str) -> Iterator[tuple[str, bytes]]:
    """Each name with its content; the page last, because it names files that must be there.

    `base` is the path that the page is served at, such as `/v1/`. Chunks find each other.
    """
    for file in sorted((build / ASSETS).iterdir()):
        yield f"{ASSETS}{file.name}", file.read_bytes()
    for file in sorted(build.iterdir()):
        if file.is_file() and file.name not in (PAGE, ENVIRONMENT):
            yield file.name, file.read_bytes()
    yield ENVIRONMENT, env_js.encode()
    page = (build / PAGE).read_text("utf-8")
    yield PAGE, page.replace(_BESIDE, f'="{base}').encode()
