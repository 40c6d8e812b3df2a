"""The running product: started once for the whole session, beside any copy a person runs."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from local.supervisor.state import REPOSITORY, State, read_json
from tests.e2e.browser import Person, Session, launched, window
from tests.e2e.client import OPENED, Admin

_TOOLCHAIN = [sys.executable, "-m", "local.toolchain", "--run", "local"]


@pytest.fixture(scope="session")
def product_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """The state folder of a product that runs; LISA_E2E_STATE names one that runs already."""
    running = os.environ.get("LISA_E2E_STATE")
    if running:
        yield State(Path(running).absolute())
        return
    state = State(tmp_path_factory.mktemp("product"))
    try:
        started = _supervisor("up", state)
        assert started.returncode == 0, started.stdout
        yield state
    finally:
        _supervisor("down", state)


@pytest.fixture(scope="session")
def product(product_state: State) -> dict[str, Any]:
    """What endpoints.json tells: addresses, sign-ins, a token, the models."""
    return read_json(product_state.endpoints)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session; each window in it knows nothing of the others."""
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture
def as_nobody(browser: Browser, product: dict[str, Any]) -> Iterator[Person]:
    """Somebody who is not signed in."""
    with window(browser, product["ui_url"]) as person:
        yield person


@pytest.fixture(scope="session")
def sessions(browser: Browser, product: dict[str, Any]) -> dict[str, Session]:
    """Both people, signed in by the provider's page."""
    return {role: _signed_in(browser, product, role) for role in ("admin", "user")}


@pytest.fixture
def as_admin(
    browser: Browser, product: dict[str, Any], sessions: dict[str, Session]
) -> Iterator[Person]:
    """An administrator, signed in, in a new window."""
    with window(browser, product["ui_url"], sessions["admin"]) as person:
        yield person


@pytest.fixture
def as_user(
    browser: Browser, product: dict[str, Any], sessions: dict[str, Session]
) -> Iterator[Person]:
    """Somebody who administers nothing, signed in, in a new window."""
    with window(browser, product["ui_url"], sessions["user"]) as person:
        yield person


@pytest.fixture
def person(product: dict[str, Any]) -> Admin:
    """The API as somebody who administers nothing."""
    return Admin(product, product["user"]["id_token"])


@pytest.fixture
def session(person: Admin) -> Iterator[str]:
    """The path of a session that is not there yet, and not afterwards."""
    path = f"/session/e2e-{secrets.token_hex(8)}"
    yield path
    person.call("DELETE", path)


def _signed_in(browser: Browser, product: dict[str, Any], role: str) -> Session:
    with window(browser, product["ui_url"]) as person:
        person.page.goto(product["ui_url"])
        person.sign_in(product[role]["username"], product[role]["password"])
        return Session.of(person.page)


@pytest.fixture(autouse=True)
def closed_clients() -> Iterator[None]:
    """No connection outlives its test."""
    yield
    while OPENED:
        OPENED.pop().close()


def _supervisor(order: str, state: State) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if name != "LISA_PORT_BASE"}
    return subprocess.run(
        [*_TOOLCHAIN, "python", "-m", "local.supervisor", order],
        cwd=REPOSITORY,
        env=own | {"LISA_STATE_DIR": str(state.folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
