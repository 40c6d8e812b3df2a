"""One connection to OpenSearch: patient with a busy one, and with the password of the moment."""

import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import opensearchpy
from opensearchpy.exceptions import AuthenticationException, TransportError

# Turned away before anything was done, so that asking again writes nothing twice.
BUSY = (429, 502, 503, 504)
# In pauses: each wait is twice the one before it.
WAITS = (1, 2, 4)


class Basic:
    """A user with a password, which is read again when it is refused: secrets are rotated."""

    def __init__(self, user: str, password: Callable[[], str]) -> None:
        self._user, self._ask, self._password = user, password, password()

    def __call__(self, method: str, url: str, body: object) -> dict[str, str]:
        """The header of a request."""
        pair = b64encode(f"{self._user}:{self._password}".encode())
        return {"authorization": f"Basic {pair.decode()}"}

    def renewed(self) -> bool:
        """Read the password; say whether it is another one."""
        before, self._password = self._password, self._ask()
        return self._password != before


class PatientConnection(opensearchpy.Urllib3HttpConnection):
    """Asks again after `pause` seconds and more, which the client itself does without a pause."""

    def __init__(self, pause: float, **how: Any) -> None:
        super().__init__(**how)
        self._pause = pause

    def perform_request(self, *asked: Any, **how: Any) -> Any:
        """The answer; the last refusal, when it stays busy."""
        for wait in WAITS:
            try:
                return self._with_the_password_of_now(*asked, **how)
            except TransportError as error:
                if error.status_code not in BUSY:
                    raise
            time.sleep(wait * self._pause)
        return self._with_the_password_of_now(*asked, **how)

    def _with_the_password_of_now(self, *asked: Any, **how: Any) -> Any:
        try:
            return super().perform_request(*asked, **how)
        except AuthenticationException:
            if not isinstance(self.http_auth, Basic) or not self.http_auth.renewed():
                raise
        return super().perform_request(*asked, **how)
