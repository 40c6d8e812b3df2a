"""A provider as Keycloak is one: a sign-in page, code with PKCE, refresh, and OpenID's way out."""

import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.support.issuer import CLIENT, Issuer

USERNAME, PASSWORD = "ada", "Correct-horse-7"
_PAGE = """<!doctype html><html lang="en"><title>Sign in</title><main><h1>Sign in</h1>
<form method="post"><label>Username <input id="username" name="username"></label>
<label>Password <input id="password" name="password" type="password"></label>
<button>Sign in</button></form></main></html>"""

type Query = dict[str, str]


@dataclass
class Keycloak:
    """One realm with one person; what it hands out is good once."""

    redirect: str
    issuer: Issuer = field(default_factory=lambda: Issuer("keycloak"))
    codes: dict[str, Query] = field(default_factory=dict)
    grants: list[str] = field(default_factory=list)

    def discovery(self) -> dict[str, str]:
        url = self.issuer.url
        places = ("authorization_endpoint", "token_endpoint", "end_session_endpoint")
        return {name: f"{url}/{name.removesuffix('_endpoint')}" for name in places}

    def page(self, path: str, asked: Query) -> tuple[int, str]:
        """Return a page, or where to go: 200 with text, 302 with an address, 400."""
        if path.endswith("/end_session"):
            wanted = asked.get("post_logout_redirect_uri", "")
            return (302, wanted) if wanted == self.redirect else (400, "")
        challenged = asked.get("code_challenge_method") == "S256" and asked["code_challenge"]
        known = asked.get("client_id") == CLIENT and asked.get("redirect_uri") == self.redirect
        return (200, _PAGE) if challenged and known else (400, "")

    def signed_in(self, asked: Query, form: Query) -> tuple[int, str]:
        if (form.get("username"), form.get("password")) != (USERNAME, PASSWORD):
            return 200, _PAGE
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"]}
        return 302, f"{asked['redirect_uri']}?{urlencode(answer)}"

    def tokens(self, form: Query) -> dict[str, Any] | None:
        """Return what a grant is exchanged for; None refuses it."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        proof = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or proof != asked["code_challenge"]:
            return None
        self.grants.append(form["grant_type"])
        self.issuer.clock.now = time.time()
        nonce = {"nonce": asked["nonce"]} if "nonce" in asked else {}
        return {
            "id_token": self.issuer.token("id", **nonce),
            "access_token": self.issuer.token("access"),
            "token_type": "Bearer",
            "expires_in": 300,
        }


@contextmanager
def served(keycloak: Keycloak) -> Iterator[Keycloak]:
    """Put it on a free port of this machine."""
    handler = type("Answers", (_Answers,), {"keycloak": keycloak})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    keycloak.issuer.url = f"http://127.0.0.1:{server.server_port}/realms/lisa"
    keycloak.issuer.metadata = keycloak.discovery()
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield keycloak
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    keycloak: Keycloak

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        url = self.keycloak.issuer.url.removesuffix("/realms/lisa") + parts.path
        documents = self.keycloak.issuer.documents()
        if url in documents:
            self._say(200, json.dumps(documents[url]), "application/json")
        else:
            self._go(*self.keycloak.page(parts.path, dict(parse_qsl(parts.query))))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        parts, form = urlsplit(self.path), dict(parse_qsl(body))
        if parts.path.endswith("/token"):
            tokens = self.keycloak.tokens(form)
            text = json.dumps(tokens or {"error": "invalid_grant"})
            self._say(200 if tokens else 400, text, "application/json")
        else:
            self._go(*self.keycloak.signed_in(dict(parse_qsl(parts.query)), form))

    def _go(self, status: int, text: str) -> None:
        if status == 302:
            self._say(302, "", "text/plain", {"Location": text})
        else:
            self._say(status, text, "text/html")

    def _say(self, status: int, text: str, kind: str, more: Query | None = None) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": kind} | _SHARED | (more or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""


_SHARED = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
