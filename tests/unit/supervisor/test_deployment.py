"""An installation of before, whose stacks stand elsewhere."""

from pathlib import Path

import pytest

from local.supervisor.deployment import Deployment
from local.supervisor.fingerprint import places
from local.supervisor.ports import chosen_ports
from local.supervisor.progress import StepFailed
from local.supervisor.state import State, write_json
from tests.support.sources import ROOT


def deployment(folder: Path, record: dict[str, object] | None) -> Deployment:
    if record is not None:
        write_json(folder / "deployed.json", record)
    state = State(folder)
    return Deployment(state, chosen_ports(state), folder)


@pytest.mark.parametrize(
    "record", [None, {"fingerprint": "a", "places": places(ROOT)}], ids=["none", "the same"]
)
def test_what_stands_where_it_stood_is_changed(
    tmp_path: Path, record: dict[str, object] | None
) -> None:
    deployment(tmp_path, record).refuse_moved()


@pytest.mark.parametrize(
    "record",
    [
        {"fingerprint": "a"},
        {"fingerprint": "a", "places": {"functions/sessions/template.yaml": "Sessions"}},
    ],
    ids=["before places were written down", "moved"],
)
def test_what_stood_elsewhere_is_refused_with_what_to_do(
    tmp_path: Path, record: dict[str, object]
) -> None:
    with pytest.raises(StepFailed) as refused:
        deployment(tmp_path, record).refuse_moved()
    assert f"rm -r {tmp_path}" in refused.value.fix
