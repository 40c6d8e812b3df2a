"""Checks of what answers over HTTP: the gateway and the identity provider."""

import json
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from health.ports import Trouble

SECONDS = 5
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Address:
    """An address that is to answer with JSON that has a field."""

    name: str
    url: str
    field: str
    fix: str

    def look(self) -> None:
        try:
            # Written in the template, never by a caller.
            with urlopen(self.url, timeout=SECONDS) as answer:  # noqa: S310
                told = json.loads(answer.read(MOST_BYTES))
        except HTTPError as error:
            with error:
                raise Trouble(f"{self.url} answered {error.code}.", self.fix) from None
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise Trouble(f"{self.url} cannot be reached: {reason}.", self.fix) from None
        except ValueError:
            raise Trouble(f"{self.url} answered something else than JSON.", self.fix) from None
        if not isinstance(told, dict) or self.field not in told:
            raise Trouble(f"{self.url} answered without `{self.field}`.", self.fix)
