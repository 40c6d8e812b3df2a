"""A sign-in by a provider that is none of AWS's: the built pages, told of it, in a browser."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from frontend.site.environment import Addresses, Groups, SignIn, env_js
from frontend.site.headers import Headers
from local.front.backends import Backend, Backends
from local.front.server import Front
from local.front.site import Site
from local.supervisor.ports import listen
from local.supervisor.web import publish
from local.toolchain.places import REPOSITORY, cache_folder
from local.toolchain.web import site
from tests.e2e.browser import Person, window
from tests.support.issuer import CLIENT
from tests.support.keycloak import PASSWORD, USERNAME, Keycloak, served

NOBODY = Backend(1)


@contextmanager
def serving(folder: Path, keycloak: Keycloak, origin: str) -> Iterator[None]:
    """The built pages, told of a provider, under the policy of the product."""
    sign_in = SignIn(keycloak.issuer.url, CLIENT)
    groups = Groups("realm_access.roles", "admins", "")
    told = env_js(sign_in, groups, Addresses(origin, f"{origin}/v1"), ["ui"])
    publish(site(cache_folder()), folder, told)
    provider = keycloak.issuer.url.removesuffix("/realms/lisa")
    table = REPOSITORY / "frontend" / "headers.json"
    pages = Site(folder, Headers.read(table, {"called": provider, "storage": provider}))
    port = int(origin.rpartition(":")[2])
    loop = asyncio.new_event_loop()
    task = loop.create_task(Front(pages, Backends(NOBODY, NOBODY)).serve(listen(port)))
    thread = threading.Thread(target=_until_cancelled, args=(loop, task))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()


def _until_cancelled(loop: asyncio.AbstractEventLoop, task: "asyncio.Task[None]") -> None:
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    for left in asyncio.all_tasks(loop):
        left.cancel()
        loop.run_until_complete(asyncio.gather(left, return_exceptions=True))
    loop.close()


@pytest.fixture
def visitor(browser: Browser, tmp_path: Path) -> Iterator[Person]:
    """Somebody in front of pages whose provider is of Keycloak's shape."""
    with listen(0) as probe:
        origin = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with (
        served(Keycloak(f"{origin}/")) as keycloak,
        serving(tmp_path, keycloak, origin),
        window(browser, f"{origin}/") as person,
    ):
        yield person
        # There is no API behind these pages.
        person.errors = [one for one in person.errors if f"{origin}/v1/" not in one]


@pytest.mark.promise("sign-in.keycloak")
def test_one_signs_in_and_out_in_keycloaks_way(visitor: Person) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}#/somewhere")
    visitor.sign_in(USERNAME, PASSWORD)
    assert page.url == f"{visitor.address}#/somewhere"
    page.get_by_role("button", name=USERNAME).click()
    # The role is inside a claim, at the path that the page was told.
    role = page.get_by_text("Administrator", exact=True).filter(visible=True)
    expect(role).to_have_count(1)
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.locator("#password")).to_be_visible()
    assert page.url.startswith("http://127.0.0.1")
    assert "/realms/lisa/" in page.url
