"""Files are served with the headers of the table, and nothing else is."""

import gzip
from http import HTTPStatus
from pathlib import Path

import pytest

from frontend.site.headers import Headers
from local.front.site import Site
from tests.support.sources import ROOT

HEADERS = Headers.read(
    ROOT / "frontend/headers.json", {"called": "http://aws", "storage": "http://s3"}
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "assets" / "index-1.js").write_text("x" * 5000)
    (tmp_path / "secret.js").write_text("secret")
    return Site(folder, HEADERS)


def test_the_page_is_never_kept_and_its_assets_for_ever(site: Site) -> None:
    page, script = site.answer("/", False), site.answer("/assets/index-1.js", False)
    assert (page.status, page.body) == (HTTPStatus.OK, b"<!doctype html>")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert script.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", ["/", "/assets/index-1.js", "/nothing", "/assets/missing.js"])
def test_every_answer_has_the_headers_that_protect(site: Site, path: str) -> None:
    headers = site.answer(path, False).headers
    assert HEADERS.always.items() <= headers.items()
    assert "connect-src 'self' http://aws;" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/../secret.js", "/assets/../../secret.js", "/assets/.draft", "/index.html"]
)
def test_nothing_else_is_a_file(site: Site, path: str) -> None:
    assert site.answer(path, False).status == HTTPStatus.NOT_FOUND


def test_what_is_long_is_compressed_for_those_who_can(site: Site) -> None:
    script = site.answer("/assets/index-1.js", True)
    assert script.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(script.body) == b"x" * 5000
    assert "Content-Encoding" not in site.answer("/", True).headers


def test_before_the_first_build_the_page_says_so(tmp_path: Path) -> None:
    answer = Site(tmp_path, HEADERS).answer("/", False)
    assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert b"in a moment" in answer.body
