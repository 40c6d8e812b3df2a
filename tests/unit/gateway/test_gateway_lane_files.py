"""Forms on their way to LiteLLM."""

import pytest

from gateway import bodies
from gateway.errors import Refusal
from gateway.lane import files
from gateway.lane.files import Upload

TYPE = b"multipart/form-data; boundary=xx"


def form(*fields: tuple[str, bytes, str]) -> bytes:
    body = b""
    for name, value, more in fields:
        head = f'--xx\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
        body += head.encode() + value + b"\r\n"
    return body + b"--xx--"


WAV = ("file", b"RIFF", '; filename="a.wav"\r\nContent-Type: audio/wav')
MODEL = ("model", b"m1", "")


def test_a_sound_keeps_its_name_and_kind() -> None:
    body = form(WAV, MODEL, ("temperature", b"0.5", ""), ("timestamp_granularities[]", b"word", ""))
    operation = "audio/transcriptions"
    assert files.fields(operation, bodies.read(operation, TYPE, body)) == {
        "file": ("a.wav", b"RIFF", "audio/wav"),
        "model": "m1",
        "temperature": 0.5,
        "timestamp_granularities": ["word"],
    }


def test_pictures_are_a_list_of_named_files() -> None:
    picture = '; filename="a.png"'
    body = form(MODEL, ("image[]", b"1", picture), ("image[]", b"2", picture), ("n", b"2", ""))
    read = files.fields("images/edits", bodies.read("images/edits", TYPE, body))
    assert [(image.name, image.read()) for image in read["image"]] == [
        ("a.png", b"1"),
        ("a.png", b"2"),
    ]
    assert read["n"] == 2


def test_a_number_that_is_none_is_refused() -> None:
    body = form(MODEL, ("n", b"two", ""))
    with pytest.raises(Refusal, match="`n` is not a number"):
        files.fields("images/edits", bodies.read("images/edits", TYPE, body))


def test_a_long_prompt_is_read_and_a_long_word_is_not() -> None:
    asked = bodies.read("images/edits", TYPE, form(MODEL, ("prompt", b"x" * 5000, "")))
    assert len(files.fields("images/edits", asked)["prompt"]) == 5000
    asked = bodies.read("images/edits", TYPE, form(MODEL, ("size", b"x" * 5000, "")))
    with pytest.raises(Refusal, match="too long"):
        files.fields("images/edits", asked)


@pytest.mark.parametrize("given", ["/etc/passwd", ["/etc/passwd"], b"x", [Upload("a", b""), "/x"]])
@pytest.mark.parametrize("name", ["file", "image", "mask"])
def test_the_path_of_a_file_is_no_file(given: object, name: str) -> None:
    with pytest.raises(Refusal, match="is not a file"):
        files.check("images/edits", {name: given})
    files.check("chat/completions", {name: given})
