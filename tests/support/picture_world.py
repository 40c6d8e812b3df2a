"""Pictures of conversations without S3: bytes that browsers take for pictures, and a bucket."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 16
GIF = b"GIF89a" + b"\x00" * 16
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 "
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


class InMemoryPictures:
    """Passes the suite of the bucket, tests/integration/sessions/test_pictures_port.py.

    `unsent` are the keys that the bucket would forget.
    """

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, str]] = {}
        self.unsent: set[str] = set()

    def put(self, key: str, content: bytes, media_type: str) -> None:
        self.kept[key] = (content, media_type)
        self.unsent.add(key)

    def has(self, key: str) -> bool:
        return key in self.kept

    def keep(self, key: str) -> None:
        self.unsent.discard(key)

    def address(self, key: str) -> str:
        return f"https://bucket.example/{key}?signed"

    def remove(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.kept.pop(key, None)
            self.unsent.discard(key)


def data_url(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode()}"


def picture(**address: str) -> dict[str, Any]:
    """A part of a message, by its `url` or as `picture`, the id of a stored one."""
    return {"type": "image_url", "image_url": address}
