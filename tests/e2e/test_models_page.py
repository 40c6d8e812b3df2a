"""A model's life in the console: planned while it is written, made, followed, deleted."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Person

MODEL = "made-in-the-console"
_CREATED_MS = 180_000


@pytest.mark.promise("models.in-the-console")
def test_a_model_lives_in_the_console(as_admin: Person) -> None:
    """With the weights that every product here begins with."""
    page = as_admin.page
    as_admin.go("/models/create")
    page.get_by_role("radio", name="A model that runs here").check()
    page.get_by_label("Name", exact=True).fill(MODEL)
    page.get_by_label("Weights").fill("demo/no-such-weights")
    as_admin.look("models-create")
    page.get_by_role("button", name="Next").click()
    _describe_servers(as_admin)

    expect(page.get_by_text("It would not start: WeightsMissing")).to_be_visible()
    as_admin.look("models-plan-refused")
    page.get_by_role("button", name="Previous").click()
    page.get_by_label("Weights").fill("demo/tiny-chat")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("It starts", exact=True)).to_be_visible()
    _create(as_admin)
    _delete(as_admin)


def _describe_servers(person: Person) -> None:
    page = person.page
    page.get_by_role("button", name="Server vllm").click()
    page.get_by_role("option", name="llamacpp").click()
    page.get_by_label("Container image").fill("lisa/llamacpp:local")
    page.get_by_role("button", name="Machine").click()
    page.get_by_label("Find").fill("m5.large")
    page.get_by_role("option", name="m5.large").click()
    page.get_by_label("Variables of the server").fill("MAX_TOTAL_TOKENS=2048")


def _create(person: Person) -> None:
    page = person.page
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text(f'"modelId": "{MODEL}"')).to_be_visible()
    person.look("models-review")
    page.get_by_role("button", name="Create model").click()
    expect(page.get_by_role("heading", name=MODEL, level=1)).to_be_visible()
    expect(page.get_by_text("In service").first).to_be_visible(timeout=_CREATED_MS)
    person.look("models-one")


def _delete(person: Person) -> None:
    page = person.page
    person.go("/models")
    expect(page.get_by_role("link", name=MODEL)).to_be_visible()
    person.look("models")
    page.get_by_role("button", name=f"Actions for {MODEL}").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_label(f"Type {MODEL} to confirm").fill(MODEL)
    person.look("models-delete")
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("link", name=MODEL)).to_be_hidden(timeout=_CREATED_MS)


def test_health_and_library_say_what_is_there(as_admin: Person) -> None:
    as_admin.go("/health")
    expect(as_admin.page.get_by_text("Gateway: answers within")).to_be_visible()
    expect(as_admin.page.get_by_text("API: answers")).to_be_visible()
    as_admin.look("health")
    as_admin.go("/library/models")
    expect(as_admin.page.get_by_text("tiny-chat", exact=True)).to_be_visible()
    as_admin.look("library-models")


@pytest.mark.promise("sign-in.api-and-pages")
def test_who_administers_nothing_sees_the_library_alone(as_user: Person) -> None:
    as_user.go("/models")
    expect(as_user.page.get_by_role("heading", name="There is no such page")).to_be_visible()
    as_user.go("/library/models")
    expect(as_user.page.get_by_text("tiny-chat", exact=True)).to_be_visible()
