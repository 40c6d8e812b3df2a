"""A request without a connection, and what was answered to it."""

from gateway.http1.exchange import Exchange, Head
from gateway.http1.hall import Room
from gateway.http1.heads import Pairs


class Link:
    """The end of a connection that only remembers; `throttle` as the connection would."""

    def __init__(self) -> None:
        self.room = Room(1024 * 1024)
        self.written = b""
        self.kept: bool | None = None
        self.cut = False

    def write(self, data: bytes) -> None:
        self.written += data

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def over(self, keep: bool) -> None:
        self.kept = keep

    def abort(self) -> None:
        self.cut = True

    def may_stay(self) -> bool:
        return True

    @property
    def answer(self) -> tuple[int, dict[bytes, bytes], bytes]:
        """Status, headers and body of what was written."""
        head, _, body = self.written.partition(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")
        pairs = [line.split(b": ", 1) for line in lines]
        return int(first.split()[1]), {name: value for name, value in pairs}, body


def exchange(
    path: str, body: bytes = b"", method: str = "POST", headers: Pairs = ()
) -> tuple[Exchange, Link]:
    """A request that has come whole."""
    link = Link()
    asked = Exchange(link, Head(method, path, list(headers), modern=True, keep=True))
    if body:
        asked.took(body)
    asked.took_all()
    return asked, link
