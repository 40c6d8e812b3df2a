"""What the parent tells its children beside the container's own environment."""

from pathlib import Path

import pytest

from gateway.parent import child_environment
from gateway.settings import Settings


@pytest.mark.parametrize(("lent", "seconds"), [({}, "10.0"), ({"LISTEN_FD": "7"}, "0")])
def test_who_has_no_successor_at_its_socket_still_accepts_for_a_while(
    tmp_path: Path, lent: dict[str, str], seconds: str
) -> None:
    settings = Settings.load({"DEPLOYMENT_NAME": "lisa", "STATE_DIR": str(tmp_path), **lent})
    assert child_environment(settings, tmp_path, 3)["ACCEPT_SECONDS"] == seconds
