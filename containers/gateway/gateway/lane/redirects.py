"""No client of the lane's process follows a redirect: it leads where no definition says.

LiteLLM makes its clients itself, with several libraries' defaults, and each of them ends up in
httpx, which asks an answer whether it is a redirect before it follows.
"""

import httpx


def never_follow() -> None:
    """From now on a redirect is an answer like any other, and so a failure of its provider."""
    httpx.Response.has_redirect_location = property(lambda _: False)  # type: ignore[assignment]
