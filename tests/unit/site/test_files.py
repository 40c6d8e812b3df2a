"""A build is put where it is served, in an order in which nobody meets half of it."""

from pathlib import Path

import pytest

from frontend.site.files import files
from local.supervisor.web import publish


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = tmp_path / "build"
    (folder / "assets").mkdir(parents=True)
    (folder / "assets" / "a-1.js").write_text("a")
    (folder / "env.js").write_text("window.env = {};")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "index.html").write_text(
        '<script src="./env.js"></script><link href="./assets/a-1.js">'
    )
    return folder


def test_the_page_comes_last_and_knows_where_it_stands(build: Path) -> None:
    found = list(files(build, "told", base="/v1/"))
    assert [name for name, _ in found] == ["assets/a-1.js", "favicon.svg", "env.js", "index.html"]
    assert found[-2][1] == b"told"
    assert found[-1][1] == b'<script src="/v1/env.js"></script><link href="/v1/assets/a-1.js">'


def test_what_an_earlier_build_left_is_taken_away(build: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    publish(build, folder, "told")
    (build / "assets" / "a-1.js").rename(build / "assets" / "a-2.js")
    publish(build, folder, "told anew")
    assert [file.name for file in (folder / "assets").iterdir()] == ["a-2.js"]
    assert (folder / "env.js").read_text() == "told anew"
