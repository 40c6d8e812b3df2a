"""Profiles: where an installation is and who one is there, in a file that only its owner reads."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from lisapy import Places, SignIn, Token
from lisapy.credentials import Anonymous, Credential
from lisapy.errors import NotConfigured

_STORED = ("bearer_token", "refresh_token", "expires_at", "token_url", "client_id", "cognito")


@dataclass
class Profile:
    """One installation and one caller; `verify` is the path of a certificate, if it needs one."""

    places: Places = field(default_factory=Places)
    verify: str = ""
    token: str = field(default="", repr=False)
    sign_in: dict[str, Any] = field(default_factory=dict, repr=False)

    def credential(self) -> Credential:
        """Return who the caller is."""
        if self.sign_in:
            return SignIn(**self.sign_in)
        return Token(self.token) if self.token else Anonymous()

    def keep(self, credential: Credential) -> None:
        """Take over a credential."""
        self.token, self.sign_in = "", {}
        if isinstance(credential, Token):
            self.token = credential.text
        if isinstance(credential, SignIn):
            self.sign_in = {name: getattr(credential, name) for name in _STORED}


class Profiles:
    """The file: LISA_CONFIG, or `lisa/profiles.json` where programs keep their settings."""

    def __init__(self) -> None:
        """Find the file, which need not be there."""
        home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
        self.path = Path(os.environ.get("LISA_CONFIG") or f"{home}/lisa/profiles.json")

    def get(self, name: str) -> Profile:
        """Return a profile, or NotConfigured."""
        told = self._read().get(name)
        if told is None:
            raise NotConfigured(
                f"There is no profile {name!r} in {self.path}: lisa login URL makes one."
            )
        known = {one.name for one in fields(Profile)}
        kept = {key: value for key, value in told.items() if key in known}
        return Profile(**{**kept, "places": Places(**told.get("places", {}))})

    def put(self, name: str, profile: Profile) -> None:
        """Store a profile."""
        self._write({**self._read(), name: asdict(profile)})

    def remove(self, name: str) -> bool:
        """Forget a profile, and return whether there was one."""
        told = self._read()
        there = told.pop(name, None) is not None
        if there:
            self._write(told)
        return there

    def _read(self) -> dict[str, Any]:
        try:
            told = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError:
            raise NotConfigured(f"{self.path} is not JSON: mend it, or remove it.") from None
        return told if isinstance(told, dict) else {}

    def _write(self, told: dict[str, Any]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Readable by its owner from its first byte, and never half written.
        handle, name = tempfile.mkstemp(dir=self.path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file, indent=1)
        Path(name).replace(self.path)
