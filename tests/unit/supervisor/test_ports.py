"""Ports: chosen once, kept, and refused in a sentence."""

import socket
from pathlib import Path

import pytest

from local.supervisor.ports import (
    BLOCK,
    FIRST,
    LAST,
    Ports,
    choose_base,
    chosen_ports,
    open_socket,
    parsed_base,
    remember,
)
from local.supervisor.progress import StepFailed
from local.supervisor.state import State

EVERY_BLOCK = range(FIRST, LAST, BLOCK)


def test_a_folder_always_begins_its_search_at_the_same_block(tmp_path: Path) -> None:
    chosen = {choose_base(tmp_path, lambda port: True) for _ in range(3)}
    assert len(chosen) == 1
    assert chosen <= set(EVERY_BLOCK)


def test_two_folders_rarely_begin_at_the_same_block(tmp_path: Path) -> None:
    chosen = {choose_base(tmp_path / str(number), lambda port: True) for number in range(30)}
    assert len(chosen) > 5


def test_a_block_with_one_used_port_is_passed_over(tmp_path: Path) -> None:
    first = choose_base(tmp_path, lambda port: True)
    second = choose_base(tmp_path, lambda port: port != first + 2)
    assert second != first
    assert second in EVERY_BLOCK


def test_without_a_free_block_the_person_is_asked_to_choose(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="No free block") as failure:
        choose_base(tmp_path, lambda port: False)
    assert "LISA_PORT_BASE" in failure.value.fix


def test_the_choice_of_an_earlier_run_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LISA_PORT_BASE", raising=False)
    remember(State(tmp_path), Ports(30100))
    assert chosen_ports(State(tmp_path)).serve == 30101


def test_a_wish_comes_before_what_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(State(tmp_path), Ports(30100))
    monkeypatch.setenv("LISA_PORT_BASE", "30200")
    assert chosen_ports(State(tmp_path)).emulator == 30200


@pytest.mark.parametrize("text", ["", "http", "80", "65530", "-1", "2e4"])
def test_an_unusable_first_port_is_refused(text: str) -> None:
    with pytest.raises(StepFailed, match="not a usable first port"):
        parsed_base(text)


def test_a_port_of_another_program_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StepFailed, match=f"Port {port}, wanted for the local AWS") as failure:
            open_socket(port, "the local AWS")
    assert "LISA_PORT_BASE=" in failure.value.fix
