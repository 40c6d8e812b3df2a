"""Ports are composed by whoever asks first, kept, and stand aside for those that are placed."""

from collections.abc import Callable

import pytest

from kernel.composition import Composition


@pytest.fixture
def composed() -> Composition:
    return Composition()


@pytest.fixture
def rows(composed: Composition) -> Callable[[], list[str]]:
    @composed.kept
    def rows() -> list[str]:
        return ["composed"]

    return rows


def test_a_port_is_composed_once(rows: Callable[[], list[str]]) -> None:
    assert rows() == ["composed"]
    assert rows() is rows()


def test_a_placed_port_is_used_until_its_block_ends(
    composed: Composition, rows: Callable[[], list[str]]
) -> None:
    with composed.use({"rows": ["outer"]}):
        with composed.use({"rows": []}):
            assert rows() == []
        assert rows() == ["outer"]
    assert rows() == ["composed"]


def test_a_joint_stands_on_what_is_placed_now(
    composed: Composition, rows: Callable[[], list[str]]
) -> None:
    @composed.joint
    def readers() -> tuple[str, ...]:
        return tuple(rows())

    assert readers() == ("composed",)
    with composed.use({"rows": ["placed"]}):
        assert readers() == ("placed",)
        with composed.use({"readers": ("another",)}):
            assert readers() == ("another",)


def test_a_block_that_breaks_gives_its_place_back(
    composed: Composition, rows: Callable[[], list[str]]
) -> None:
    with pytest.raises(KeyError), composed.use({"rows": ["placed"]}):
        raise KeyError
    assert rows() == ["composed"]
