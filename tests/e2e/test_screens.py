"""Every screen, in light, in dark and on a phone: nothing for axe to find, nothing that jumps."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Person

SCREENS = {
    "chat": ("/chat", "What do you want to know?"),
    "compare": ("/compare", "each model gets the same question"),
    "repositories": ("/repositories", "Documents that chats can answer from."),
    "repository": ("/repositories/demo", "Collections"),
    "repository-create": ("/repositories/_new", "Create repository"),
    "jobs": ("/repositories/demo/jobs", "Jobs"),
    "library": ("/library/models", "Chat and text"),
    "prompts": ("/prompts", "Prompt library"),
    "tokens": ("/tokens", "API tokens"),
    "usage": ("/usage", "Tokens read"),
    "models": ("/models", "In service"),
    "model": ("/models/tiny-chat", "In service"),
    "model-create": ("/models/create", "Where it runs"),
    "configuration": ("/configuration", "See the prompt library"),
    "health": ("/health", "API: answers"),
    "missing": ("/nowhere", "There is no such page"),
}
# Beyond a tenth people lose their place: web.dev/cls.
MOST_SHIFT = 0.1
_SHIFT = """new Promise(told => new PerformanceObserver(list => told(
  list.getEntries().filter(one => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0)
)).observe({type: "layout-shift", buffered: true}) || setTimeout(() => told(0), 500))"""


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_for_everybody(as_admin: Person, name: str) -> None:
    path, text = SCREENS[name]
    as_admin.go(path)
    expect(as_admin.page.locator("main").get_by_text(text).first).to_be_visible()
    as_admin.page.wait_for_timeout(500)
    assert as_admin.page.evaluate(_SHIFT) < MOST_SHIFT
    as_admin.look(f"screen-{name}")


@pytest.mark.promise("chat.parameters")
def test_settings_and_keys_of_the_chat(as_user: Person) -> None:
    as_user.go("/chat")
    page = as_user.page
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_text("Temperature").first).to_be_visible()
    as_user.look("chat-settings")
    page.keyboard.press("Control+/")
    expect(page.get_by_role("dialog")).to_be_visible()
    as_user.look("chat-keys")


def test_with_the_keyboard_alone(as_user: Person) -> None:
    """A token is made, and a question asked, without ever pointing at anything."""
    page = as_user.page
    as_user.go("/tokens")
    expect(page.get_by_role("button", name="Create token").first).to_be_visible()
    walk(page, "Create token")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    walk(page, "Chat")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Your message")
    expect(box).to_be_visible()
    expect(page.get_by_role("button", name="Settings")).to_be_visible()
    page.keyboard.press("Shift+Escape")
    expect(box).to_be_focused()
    page.keyboard.type("What does len do?")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    page.keyboard.press("Enter")
    expect(page.locator(".chat-answer").last).to_contain_text("first token")


def walk(page: Page, name: str) -> None:
    """Press Tab until something of that name has the focus, and can be seen to have it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.trim()") == name:
            return
    raise AssertionError(f"Tab leads to nothing called {name}")
