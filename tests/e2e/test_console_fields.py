"""What rarely needs another value, changed in the browser, and read back by the API."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.browser import Person
from tests.e2e.client import HOSTED, Admin, aws
from tests.e2e.library import DEMO, Library, bucket

MODEL = "changed-in-the-console"
PREFIX = "changed-in-the-console/"


@pytest.fixture
def model(product: dict[str, Any]) -> Iterator[Admin]:
    admin = Admin(product)
    admin.create(MODEL, **HOSTED)
    assert admin.settled(MODEL)["status"] == "InService"
    yield admin
    admin.remove(MODEL)


def test_servers_of_a_model_are_changed(as_admin: Person, model: Admin) -> None:
    container = model.settled(MODEL)["containerConfig"]
    dialog = chosen(as_admin, "Change servers")
    variables = dialog.get_by_label("Variables of the server")
    variables.fill("MAX_TOTAL_TOKENS=1024\nLOG_LEVEL=info")
    opened(dialog, "Memory").get_by_label("Shared memory").fill("512")
    opened(dialog, "Pace of scaling").get_by_label("Cooldown of scaling").fill("300")
    check = opened(dialog, "Container's health check")
    check.get_by_label("Command in the container").fill("exit 0 # sound")
    check.get_by_label("Time between two checks").fill("20")
    as_admin.look("model-servers")
    dialog.get_by_role("button", name="Save").click()
    expect(as_admin.page.get_by_text(f"{MODEL} is being changed")).to_be_visible()
    expect(dialog).to_be_hidden()

    now = model.settled(MODEL)
    assert now["failureReason"] is None, now["failureReason"]
    assert now["autoScalingConfig"]["cooldown"] == 300
    assert now["containerConfig"] == container | {
        "environment": {"MAX_TOTAL_TOKENS": "1024", "LOG_LEVEL": "info"},
        "sharedMemorySize": 512,
        "healthCheckConfig": container["healthCheckConfig"]
        | {"command": "exit 0 # sound", "interval": 20},
    }


def test_calls_of_a_model_are_changed(as_admin: Person, model: Admin) -> None:
    dialog = chosen(as_admin, "Edit")
    dialog.get_by_label("Features").fill("summarization: of minutes\nquick")
    dialog.get_by_label("Retries").fill("2")
    as_admin.look("model-calls")
    opened(dialog, "How its answers pass").get_by_label("Hand bytes on").uncheck()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()

    now = model.settled(MODEL)
    assert (now["retries"], now["forwarding"]) == (2, False)
    features = [(one["name"], one["overview"]) for one in now["features"]]
    assert features == [("summarization", "of minutes"), ("quick", "")]


def test_a_pipeline_cuts_and_labels_in_its_own_way(
    as_admin: Person, product: dict[str, Any]
) -> None:
    with Library(product).made() as library:
        try:
            made = added(as_admin, library)
            assert made["collectionId"] == library.id
            assert made["chunkingStrategy"] == {"kind": "fixed", "size": 128, "overlap": 8}
            assert made["metadata"] == {"tags": ["hr"], "customFields": {"year": 2026}}
            dialog = edited(as_admin)
            dialog.get_by_label("Tokens of a chunk").fill("96")
            dialog.get_by_label("Fields").fill('year=2027\ncode="007"')
            saved(dialog)
            (now,) = library.admin.call("GET", DEMO)[1]["pipelines"]
            assert now["chunkingStrategy"]["size"] == 96
            assert now["metadata"]["customFields"] == {"year": 2027, "code": "007"}
            found(as_admin, library)
        finally:
            assert library.admin.call("PUT", DEMO, {"pipelines": []})[0] == 200


def added(person: Person, library: Library) -> dict[str, Any]:
    """Add a pipeline with all of its fields; it as the API then has it."""
    person.go("/repositories/demo/pipelines")
    page = person.page
    page.get_by_role("button", name="Add pipeline").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Bucket").fill(bucket(library.product))
    dialog.get_by_label("Prefix").fill(PREFIX)
    choose(person, dialog, "Collection", collection_name(library))
    choose(person, dialog, "Cutting", "By length alone")
    dialog.get_by_label("Tokens of a chunk").fill("128")
    dialog.get_by_label("Tokens said twice").fill("8")
    dialog.get_by_role("textbox", name="Tags").fill("hr")
    dialog.get_by_label("Fields").fill("year=2026")
    person.look("pipeline")
    saved(dialog)
    (pipeline,) = library.admin.call("GET", DEMO)[1]["pipelines"]
    return dict(pipeline)


def found(person: Person, library: Library) -> None:
    """A file below the prefix has the labels, and a question that asks for them finds it."""
    s3 = aws(library.product, "s3")
    key = f"{PREFIX}leave.md"
    text = b"# Leave\n\nThirty days a year.\n"
    s3.put_object(Bucket=bucket(library.product), Key=key, Body=text)
    assert library.settled("leave.md")["status"] == "COMPLETED"
    page = person.page
    person.go(f"/repositories/demo/{library.id}")
    expect(page.get_by_text("year: 2027")).to_be_visible()
    person.look("documents-labels")
    page.get_by_role("tab", name="Try a question").click()
    page.get_by_role("textbox", name="Question").fill("How much leave?")
    page.get_by_role("button", name="More choices").click()
    page.get_by_label("Only documents with these labels").fill("year=2026")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_text("No passage was found")).to_be_visible()
    page.get_by_label("Only documents with these labels").fill("tags=law\ntags=hr\nyear=2027")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_text("Thirty days a year.")).to_be_visible()
    person.look("question-choices")


def chosen(person: Person, action: str) -> Locator:
    """The dialog of an action on the model."""
    person.go(f"/models/{MODEL}")
    person.page.get_by_role("button", name=f"Actions for {MODEL}").click()
    person.page.get_by_role("menuitem", name=action).click()
    return person.page.get_by_role("dialog")


def opened(dialog: Locator, section: str) -> Locator:
    dialog.get_by_role("button", name=section).click()
    return dialog


def edited(person: Person) -> Locator:
    person.page.get_by_role("button", name="Edit", exact=False).last.click()
    return person.page.get_by_role("dialog")


def saved(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()


def choose(person: Person, dialog: Locator, label: str, option: str) -> None:
    dialog.get_by_label(label, exact=True).click()
    person.page.get_by_role("option", name=option).click()


def collection_name(library: Library) -> str:
    name: str = library.admin.call("GET", f"{DEMO}/collection/{library.id}")[1]["name"]
    return name
