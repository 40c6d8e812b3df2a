"""Configuration and prompt templates on the running product: saved, obeyed at once, taken back."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.client import Admin, eventually

TEMPLATES = "/prompt-templates"
TEMPLATE = {"title": "e2e pirate", "body": "Talk like one.", "type": "persona", "groups": []}


@pytest.fixture
def user(product: dict[str, Any]) -> Admin:
    """The API as an ordinary user."""
    return Admin(product, product["user"]["id_token"])


@pytest.fixture
def admin(product: dict[str, Any]) -> Iterator[Admin]:
    """The API as an administrator; what was configured before is so again."""
    api = Admin(product)
    before = api.call("GET", "/configuration")[1][0]["configuration"]
    yield api
    saved(api, before)
    for template in api.call("GET", f"{TEMPLATES}?public=false")[1]["Items"]:
        api.call("DELETE", f"{TEMPLATES}/{template['id']}")


def saved(api: Admin, configuration: Any, **more: Any) -> Any:
    body = {"configuration": configuration, **more}
    status, answer = api.call("PUT", "/configuration/global", body)
    assert status == 200, answer
    return answer


def test_what_an_administrator_sets_everybody_reads_and_nobody_else_sets(
    admin: Admin, user: Admin
) -> None:
    banner = {"isEnabled": True, "text": "Exercise"}
    version = saved(admin, {"systemBanner": banner}, changeReason="An exercise.")
    _, found = user.call("GET", "/configuration?configScope=global")
    assert found[0] == version
    assert (found[0]["changeReason"], found[0]["changedBy"]) == ("An exercise.", "admin")
    status, refusal = user.call("PUT", "/configuration/global", {"configuration": {}})
    assert (status, refusal["error"]) == (403, "ForbiddenError")
    late = {"configuration": {}, "versionId": version["versionId"] - 1}
    assert admin.call("PUT", "/configuration/global", late)[0] == 409
    broken = {"configuration": {"enabledComponents": {"ragSelectionAvailable": False}}}
    status, refusal = admin.call("PUT", "/configuration/global", broken)
    assert (status, "uploadRagDocs needs" in str(refusal["details"])) == (422, True)


@pytest.mark.promise("chat.configuration")
def test_what_is_switched_off_is_refused_with_the_next_request(admin: Admin, user: Admin) -> None:
    off = {
        "enableUserApiTokens": False,
        "editPromptTemplate": False,
        "uploadRagDocs": False,
        "uploadContextDocs": False,
        "documentSummarization": False,
    }
    saved(admin, {"enabledComponents": off})
    asked = [
        ("/api-tokens", {"name": "e2e"}),
        (TEMPLATES, TEMPLATE),
        ("/repository/presigned-url", {"repositoryId": "demo", "fileName": "a.md"}),
        ("/attachment/presigned-url", {"fileName": "a.md"}),
        ("/summary", {"key": "attachments/x", "model": "tiny-chat"}),
    ]
    replies = [user.call("POST", path, body) for path, body in asked]
    assert [(status, reply["error"]) for status, reply in replies] == [(403, "FeatureOffError")] * 5
    saved(admin, {})
    assert user.call("POST", "/attachment/presigned-url", {"fileName": "a.md"})[0] == 200


@pytest.mark.promise("chat.prompt-templates")
def test_a_template_is_shared_by_an_administrator_and_changed_by_revisions(
    admin: Admin, user: Admin
) -> None:
    assert user.call("POST", TEMPLATES, TEMPLATE | {"groups": ["lisa:public"]})[0] == 403
    status, made = admin.call("POST", TEMPLATES, TEMPLATE | {"groups": ["lisa:public"]})
    assert status == 201, made

    def seen() -> dict[str, Any] | None:
        _, page = user.call("GET", f"{TEMPLATES}?public=true")
        return next((one for one in page["Items"] if one["id"] == made["id"]), None)

    assert eventually(seen, within=10)["mine"] is False
    one = f"{TEMPLATES}/{made['id']}"
    assert user.call("PUT", one, made)[0] == 403
    status, changed = admin.call("PUT", one, made | {"title": "e2e sailor"})
    assert (status, changed["revision"]) == (200, 2)
    assert admin.call("PUT", one, made)[0] == 409
    assert user.call("GET", one)[1]["title"] == "e2e sailor"
    assert admin.call("DELETE", one)[1] == {"deleted": True, "id": made["id"]}
    assert user.call("GET", one)[0] == 404
