"""A third party's key, as an administrator sends it: checked here, shown nowhere. Pure."""

import json
from typing import Any

from pydantic import SecretStr

# What headers of common servers take, and more than any provider's key needs; in bytes.
LONGEST_KEY = 8 * 1024
LONGEST_DOCUMENT = 16 * 1024
# LiteLLM reads a value that begins so from its own environment instead.
POINTER = "os.environ/"
_VERTEX = "vertex_ai"
_GOOGLE = "https://oauth2.googleapis.com/token"


def require_usable(key: SecretStr, model_name: str) -> None:
    """Raise ValueError for what cannot be the key of this model; its text never holds the key."""
    text = key.get_secret_value()
    if text.lstrip().startswith("{"):
        _require_service_account(text, model_name)
    else:
        _require_header_value(text)


def _require_header_value(text: str) -> None:
    if not text:
        raise ValueError("apiKey must not be empty: leave it out, or send null to remove it")
    if len(text) > LONGEST_KEY:
        raise ValueError(f"apiKey must be {LONGEST_KEY:,} characters at most")
    if not (text.isascii() and text.isprintable() and text == text.strip()):
        raise ValueError("apiKey must be printable ASCII, without spaces or line ends around it")
    if text.startswith(POINTER):
        raise ValueError(f"apiKey must be the key itself, not {POINTER} and a name")


def _require_service_account(text: str, model_name: str) -> None:
    if model_name.partition("/")[0] != _VERTEX:
        raise ValueError("apiKey may be a service account's JSON for vertex_ai/ models only")
    if len(text.encode()) > LONGEST_DOCUMENT:
        raise ValueError(f"a service account's JSON must be {LONGEST_DOCUMENT:,} bytes at most")
    # Other kinds of Google's documents name files, programs and addresses to be read for the key.
    found = _document(text)
    if found.get("type") != "service_account" or found.get("token_uri", _GOOGLE) != _GOOGLE:
        raise ValueError(f"apiKey must be JSON of type service_account, with token_uri {_GOOGLE}")


def _document(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
