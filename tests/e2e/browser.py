"""A person with a browser: signed in, watched for errors, and photographed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect

from local.supervisor.state import REPOSITORY
from local.toolchain.chromium import chromium
from local.toolchain.node import node_modules
from local.toolchain.places import cache_folder
from local.toolchain.web import FRONTEND

PICTURES = REPOSITORY / ".local" / "screenshots"
DESKTOP, PHONE = (1280, 800), (390, 844)
_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_DARK = "awsui-dark-mode"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_WITHIN_MS = 20_000


@dataclass
class Person:
    """One window. What the console calls an error fails the test, unless it is taken out here."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the application by its path, such as `/models`."""
        self.page.goto(f"{self.address}#{path}")
        # Until then its code may still be on the way.
        expect(self.page.get_by_role("heading", level=1).first).to_be_attached()

    def sign_in(self, username: str, password: str) -> None:
        """From whatever asks for it to the page that was wanted."""
        self.page.get_by_label("Username").or_(self.page.locator("#username")).first.fill(username)
        self.page.locator("#password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name=username)).to_be_visible()

    def look(self, name: str) -> None:
        """Keep pictures in light, dark and on a phone; fail where axe or a phone finds fault."""
        faults = []
        for mode in ("light", "dark"):
            self.page.evaluate(_IN_MODE, [_DARK, mode == "dark"])
            self._picture(name, mode)
            faults += [f"{mode}: {fault}" for fault in self.axe()]
        self.page.evaluate(_IN_MODE, [_DARK, False])
        with self.on_a_phone():
            self._picture(name, "phone")
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            faults += [f"phone: {wide} pixels wide"] if wide > PHONE[0] else []
            faults += [f"phone: {fault}" for fault in self.axe()]
        assert not faults, "\n".join(faults)

    @contextmanager
    def on_a_phone(self) -> Iterator[None]:
        """The window as narrow as a phone, for a while."""
        self.page.set_viewport_size(_size(PHONE))
        self.page.wait_for_timeout(300)
        yield
        self.page.set_viewport_size(_size(DESKTOP))

    def axe(self) -> list[str]:
        """Return what axe finds, each with the elements that it means."""
        # Evaluated by the browser's tools: the page's policy holds for the page, and stays on.
        self.page.evaluate(_axe())
        run = "rules => axe.run(document, {runOnly: rules}).then(found => found.violations)"
        found: list[dict[str, Any]] = self.page.evaluate(run, _RULES)
        return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]

    def _picture(self, name: str, mode: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{mode}.png", animations="disabled")


@dataclass(frozen=True)
class Session:
    """What a tab keeps of a sign-in."""

    storage: dict[str, str]

    @classmethod
    def of(cls, page: Page) -> "Session":
        return cls(page.evaluate("({...sessionStorage})"))

    def script(self) -> str:
        """Puts it into a new tab, once: whoever signs out there is signed out."""
        return _RESTORE % json.dumps(self.storage)


_IN_MODE = "([name, on]) => document.body.classList.toggle(name, on)"
_RESTORE = """
if (location.protocol.startsWith("http") && !sessionStorage.getItem("restored")) {
  for (const [key, value] of Object.entries(%s)) sessionStorage.setItem(key, value);
  sessionStorage.setItem("restored", "yes");
}
"""


def launched(playwright: Playwright) -> Browser:
    """The system's Chromium."""
    return playwright.chromium.launch(executable_path=chromium(), args=_OPTIONS)


@contextmanager
def window(browser: Browser, address: str, session: Session | None = None) -> Iterator[Person]:
    """A window of its own; whatever its console called an error is an error of the test."""
    context = browser.new_context(viewport=_size(DESKTOP), reduced_motion="reduce")
    context.set_default_timeout(_WITHIN_MS)
    expect.set_options(timeout=_WITHIN_MS)
    if session:
        context.add_init_script(session.script())
    person = Person(context.new_page(), address)
    person.page.on("pageerror", lambda error: person.errors.append(str(error)))
    person.page.on("console", lambda message: _note(person, message))
    try:
        yield person
        assert not person.errors, "\n".join(person.errors)
    finally:
        context.close()


def _note(person: Person, message: ConsoleMessage) -> None:
    # The provider's pages are not ours.
    if message.type == "error" and person.page.url.startswith(person.address):
        person.errors.append(f"{message.text} ({message.location.get('url')})")


def _size(pixels: tuple[int, int]) -> Any:
    return {"width": pixels[0], "height": pixels[1]}


def _axe() -> str:
    packages = node_modules(cache_folder(), FRONTEND)
    return (packages / "axe-core" / "axe.min.js").read_text("utf-8")
