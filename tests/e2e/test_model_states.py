"""Models that are not in service, as those meet them who may use them and administer nothing."""

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Person
from tests.e2e.client import Admin, ask, eventually, serve

type Product = dict[str, Any]

MODEL = "e2e-sleeper"


@pytest.fixture
def sleeper(product: Product) -> Iterator[Admin]:
    """A provider's model that an administrator has stopped."""
    admin = Admin(product)
    titan = {"modelName": "bedrock/amazon.titan-text-express-v1", "modelType": "textgen"}
    admin.create(MODEL, **titan, streaming=True)
    assert admin.settled(MODEL, within=30)["status"] == "InService"
    turned(admin, on=False, status="Stopped")
    eventually(lambda: state(product) == "Stopped" or None, within=5)
    yield admin
    admin.remove(MODEL)


def turned(admin: Admin, on: bool, status: str) -> None:
    answered, answer = admin.call("PUT", f"/models/{MODEL}", {"enabled": on})
    assert (answered, answer["model"]["status"]) == (200, status), answer


def state(product: Product) -> object:
    """What the list of everything says of the model to somebody with a token."""
    page = serve(product).models.list(extra_query={"state": "all"})
    return next((model.to_dict()["status"] for model in page if model.id == MODEL), None)


def test_calling_a_stopped_model_says_that_it_is_stopped(product: Product, sleeper: Admin) -> None:
    with pytest.raises(openai.InternalServerError) as refused:
        ask(serve(product), MODEL, "Hello")
    assert (refused.value.status_code, refused.value.code) == (503, "model_not_in_service")
    assert "is stopped" in str(refused.value)
    assert MODEL not in {model.id for model in serve(product).models.list()}
    assert sleeper.call("GET", f"/models/{MODEL}")[1]["model"]["status"] == "Stopped"


def test_a_stopped_model_is_shown_and_can_be_picked_once_it_is_started(
    as_user: Person, product: Product, sleeper: Admin
) -> None:
    page = as_user.page
    as_user.go("/library/models")
    expect(page.get_by_text("It is stopped. An administrator can start it.")).to_be_visible()
    as_user.look("library-models-stopped")
    as_user.go("/chat")
    page.get_by_role("button", name="Model").click()
    option = page.get_by_role("option", name=MODEL)
    expect(option).to_be_disabled()
    expect(option).to_contain_text("Stopped")
    as_user.look("chat-models-stopped")

    turned(sleeper, on=True, status="InService")

    expect(option).to_be_enabled(timeout=20_000)
    option.click()
    page.get_by_role("textbox", name="Your message").fill("Hello")
    page.keyboard.press("Enter")
    # As LiteLLM's own table has the prices of this one.
    expect(page.get_by_text(" · about $0.").first).to_be_visible()
    as_user.look("chat-cost")
