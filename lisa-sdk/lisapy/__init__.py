"""LISA's Python client: `Lisa`, and `AsyncLisa` for programs that await."""

from lisapy.client import AsyncLisa, Lisa
from lisapy.credentials import SignIn, Token
from lisapy.errors import (
    ApiError,
    Conflict,
    InvalidRequest,
    LisaError,
    NotAllowed,
    NotConfigured,
    NotFound,
    NotSignedIn,
    ServerFailed,
    SignInFailed,
    TooManyRequests,
    UnexpectedAnswer,
    Unreachable,
    WaitFailed,
)
from lisapy.gateway import text_of
from lisapy.places import Places
from lisapy.signing_in import DeviceCode

__version__ = "0.1.0"

__all__ = [
    "ApiError",
    "AsyncLisa",
    "Conflict",
    "DeviceCode",
    "InvalidRequest",
    "Lisa",
    "LisaError",
    "NotAllowed",
    "NotConfigured",
    "NotFound",
    "NotSignedIn",
    "Places",
    "ServerFailed",
    "SignIn",
    "SignInFailed",
    "Token",
    "TooManyRequests",
    "UnexpectedAnswer",
    "Unreachable",
    "WaitFailed",
    "__version__",
    "text_of",
]
