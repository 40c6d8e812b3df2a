"""Forms: what they ask for, and the same form with another name of the model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway import bodies, forms
from gateway.errors import Refusal

TYPE = b"multipart/form-data; boundary=xx"
FILE = b"\x00\xff\r\n--x\r\n\r\nRIFF"


def field(name: str, value: bytes, more: str = "") -> bytes:
    head = f'--xx\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + value + b"\r\n"


def form(*fields: bytes) -> bytes:
    return b"".join(fields) + b"--xx--\r\n"


AUDIO = field("file", FILE, '; filename="a.wav"\r\nContent-Type: audio/wav')


def refused(body: bytes, content_type: bytes = TYPE) -> str:
    with pytest.raises(Refusal) as raised:
        bodies.read("audio/transcriptions", content_type, body)
    assert raised.value.status == 400
    return raised.value.message


def test_a_form_says_its_model_and_whether_to_stream() -> None:
    body = form(AUDIO, field("model", b"m1"), field("stream", b"true"))
    asked = bodies.read("audio/transcriptions", TYPE, body)
    assert (asked.model, asked.stream, asked.payload) == ("m1", True, None)
    assert [part.name for part in asked.fields] == ["file", "model", "stream"]
    file = asked.fields[0]
    assert (file.filename, file.content_type) == ("a.wav", "audio/wav")
    assert body[file.start : file.end] == FILE


@pytest.mark.parametrize("name", ["m1", "org/inner", "", "größer"])
def test_another_name_replaces_the_models_and_nothing_else(name: str) -> None:
    fields = [AUDIO, field("model", b"m1"), field("prompt", b"m1")]
    asked = bodies.read("audio/transcriptions", TYPE, form(*fields))
    fields[1] = field("model", name.encode())
    assert asked.body_for(name) == form(*fields)


def test_the_paths_model_wins_and_is_put_into_a_form_without_one() -> None:
    body = form(AUDIO)
    asked = bodies.read("audio/transcriptions", TYPE, body, "m1")
    assert (asked.model, asked.written) == ("m1", "")
    renamed = bodies.read("audio/transcriptions", TYPE, asked.body_for("inner"))
    assert renamed.model == "inner"
    assert renamed.body.endswith(body)
    named = bodies.read("audio/translations", TYPE, form(field("model", b"other")), "m1")
    assert named.model == "m1"
    assert named.body_for("m1") == form(field("model", b"m1"))


def test_a_form_is_only_read_where_files_are_sent() -> None:
    with pytest.raises(Refusal) as raised:
        bodies.read("chat/completions", TYPE, form(field("model", b"m1")))
    assert raised.value.code == "invalid_json"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "does not begin"),
        (b"preamble" + form(field("model", b"m1")), "does not begin"),
        (field("model", b"m1"), "end is missing"),
        (form(field("model", b"m1"))[:-9], "end is missing"),
        (form(field("model", b"m1"), b"--xxy\r\n"), "inside a field"),
        (form(field("model", b"m1"), field("model", b"m2")), "more than once"),
        (form(field("stream", b"1"), field("stream", b"1")), "more than once"),
        (form(field("model", b"m1", '; filename="a"')), "is a file"),
        (form(field("model", b"m1", "; filename*=utf-8''a")), "is a file"),
        (form(field("model", b"x" * 2000)), "too long"),
        (form(field("model", b"\xff")), "not UTF-8"),
        (form(field("model", b"m1", '; name="file"')), "cannot be read"),
        (form(field("model", b"m1", "; name*=utf-8''file")), "strange one"),
        (form(field("model", b"m1", '\r\nContent-Disposition: x; name="file"')), "no name"),
        (form(field("mod%65l", b"m1")), "strange one"),
        (form(field("", b"m1")), "no name"),
        (form(b"--xx\r\n\r\nm1\r\n"), "no head"),
        (form(field("model", b"m1", "\r\nX: " + "y" * 9000)), "too long"),
        (form(*[field("a", b"")] * 65), "more than 64"),
        (form(field("model", b"m1")) + b"--xx\r\n", "follows its end"),
    ],
)
def test_a_form_that_two_servers_could_read_differently_is_refused(body: bytes, why: str) -> None:
    assert why in refused(body)


@pytest.mark.parametrize(
    "boundary", [b"", b"; boundary=", b'; boundary="a', b";boundary=" + b"x" * 71]
)
def test_a_form_needs_a_boundary(boundary: bytes) -> None:
    assert "boundary" in refused(form(field("model", b"m1")), b"multipart/form-data" + boundary)


@pytest.mark.parametrize(
    "content_type",
    [
        b'multipart/form-data; boundary="xx"',
        b"Multipart/Form-Data;charset=utf-8; Boundary=xx",
        b"multipart/form-data ; boundary=xx; charset=utf-8",
    ],
)
def test_a_boundary_is_found_however_clients_write_it(content_type: bytes) -> None:
    assert forms.boundary(content_type) == b"xx"


def test_a_form_without_a_model_is_refused_as_a_missing_parameter() -> None:
    for body in (form(AUDIO), form(field("model", b""))):
        with pytest.raises(Refusal) as raised:
            bodies.read("images/edits", TYPE, body)
        assert (raised.value.param, raised.value.code) == ("model", "missing_required_parameter")


@given(st.binary(max_size=300))
def test_what_is_read_lies_inside_the_body_and_garbage_is_only_refused(noise: bytes) -> None:
    body = form(field("model", b"m1"), field("file", noise, '; filename="a"'))
    for candidate in (body, noise, body[: len(noise)], noise + body):
        try:
            found = forms.parts(TYPE, candidate)
        except Refusal as refusal:
            assert refusal.status == 400
            continue
        assert all(0 < part.start <= part.end < len(candidate) for part in found)
