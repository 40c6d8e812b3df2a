"""The web application as it is served: its headers, the sign-in, the frame around every page."""

import json
import re
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser import Person, Session, window
from tests.e2e.client import Admin, eventually

_ASSET = re.compile(r'(?:src|href)="(/assets/[^"]+)"')


def fetched(url: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers by small names, and text."""
    try:
        with urllib.request.urlopen(url, timeout=30) as reply:
            answer = reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        with error:
            answer = error.code, error.headers, error.read()
    status, headers, body = answer
    return status, {name.lower(): value for name, value in headers.items()}, body.decode()


def protected(headers: dict[str, str]) -> bool:
    policy = headers["content-security-policy"]
    return (
        policy.startswith("default-src 'none'; script-src 'self';")
        and "frame-ancestors 'none'" in policy
        and headers["x-content-type-options"] == "nosniff"
        and headers["x-frame-options"] == "DENY"
        and headers["referrer-policy"] == "no-referrer"
        and "strict-transport-security" in headers
        and "permissions-policy" in headers
    )


@pytest.mark.promise("chat.application")
def test_every_file_is_served_with_the_headers_that_protect(product: dict[str, Any]) -> None:
    status, headers, page = fetched(product["ui_url"])
    assets = _ASSET.findall(page)
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert protected(headers)
    assert assets
    for path in ("env.js", "favicon.svg", "assets/missing.js", "nothing"):
        assert protected(fetched(product["ui_url"] + path)[1]), path
    for path in assets:
        status, headers, _ = fetched(product["ui_url"] + path[1:])
        assert (status, protected(headers)) == (200, True)
        assert headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_page_is_told_where_everything_is_and_no_secret(product: dict[str, Any]) -> None:
    script = fetched(f"{product['ui_url']}env.js")[2]
    told = json.loads(script.removeprefix("window.env = ").rstrip(";\n"))
    assert told["API_BASE_URL"] == f"{product['ui_url']}v1"
    assert told["RESTAPI_URI"] == product["ui_url"].rstrip("/")
    for secret in (product["token"], product["admin"]["password"], product["database"]["password"]):
        assert secret not in script


@pytest.mark.promise("sign-in.api-and-pages", "sign-in.cognito")
def test_a_person_signs_in_comes_back_to_where_they_were_and_signs_out(
    as_nobody: Person, product: dict[str, Any]
) -> None:
    page, who = as_nobody.page, product["admin"]
    page.goto(f"{product['ui_url']}#/somewhere")
    as_nobody.sign_in(who["username"], who["password"])
    assert page.url == f"{product['ui_url']}#/somewhere"
    page.get_by_role("button", name=who["username"]).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.locator("#password")).to_be_visible()
    page.go_back()
    expect(page.locator("#password")).to_be_visible()


@pytest.mark.promise("chat.dark-mode")
def test_the_frame_in_light_and_dark_and_on_a_phone(as_user: Person) -> None:
    as_user.go("/")
    as_user.look("frame")
    dark = as_user.page.locator("body.awsui-dark-mode")
    expect(dark).to_have_count(0)
    as_user.page.get_by_role("button", name="Dark mode").click()
    expect(dark).to_have_count(1)
    as_user.page.reload()
    expect(dark).to_have_count(1)
    as_user.page.get_by_role("button", name="Light mode").click()
    expect(dark).to_have_count(0)


def kept(session: Session) -> tuple[str, dict[str, Any]]:
    """Return what the page keeps of a sign-in, and under which name."""
    (key,) = (key for key in session.storage if key.startswith("oidc.user:"))
    return key, json.loads(session.storage[key])


def ends(session: Session) -> float:
    return float(kept(session)[1]["expires_at"])


def ending(session: Session, seconds: float, **changed: object) -> Session:
    """Return the same sign-in with so long to go."""
    key, user = kept(session)
    changed["expires_at"] = int(time.time() + seconds)
    return Session(session.storage | {key: json.dumps(user | changed)})


def test_a_sign_in_renews_itself_before_it_ends(
    browser: Browser, product: dict[str, Any], sessions: dict[str, Session]
) -> None:
    # A minute before its end a sign-in is renewed.
    with window(browser, product["ui_url"], ending(sessions["user"], 63)) as person:
        with person.page.expect_response("**/oauth2/token") as renewal:
            person.go("/")
        assert renewal.value.ok
        eventually(lambda: ends(Session.of(person.page)) > time.time() + 600 or None, within=10)
        expect(person.page.get_by_role("button", name="user")).to_be_visible()


@pytest.mark.promise("security.cognito")
def test_a_sign_in_that_ended_leads_to_the_provider_and_back(
    browser: Browser, product: dict[str, Any], sessions: dict[str, Session]
) -> None:
    ended = ending(sessions["user"], -10, refresh_token="ended")
    with window(browser, product["ui_url"], ended) as person:
        person.page.goto(f"{product['ui_url']}#/somewhere")
        person.sign_in(product["user"]["username"], product["user"]["password"])
        assert person.page.url == f"{product['ui_url']}#/somewhere"


@pytest.mark.promise("chat.no-foreign-hosts")
def test_a_file_goes_straight_to_its_bucket_and_nothing_goes_elsewhere(
    as_user: Person, product: dict[str, Any]
) -> None:
    api = Admin(product, product["user"]["id_token"])
    status, form = api.call("POST", "/attachment/presigned-url", {"fileName": "a.txt"})
    assert status == 200, form
    as_user.go("/")
    assert as_user.page.evaluate(_SEND, [form["url"], form["fields"]]) in (200, 201, 204)
    assert as_user.page.evaluate(_SEND, ["http://127.0.0.1:1/", {}]) == "TypeError"
    refused = [as_user.errors.pop() for _ in as_user.errors.copy()]
    assert any("Content Security Policy" in one for one in refused), refused


_SEND = """
async ([url, fields]) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob(["hello"], { type: "text/plain" }), "a.txt");
  const sent = fetch(url, { method: "POST", body: form });
  return sent.then((answer) => answer.status, (error) => error.name);
}
"""
