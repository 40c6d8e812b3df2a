"""Only a token signed by the provider's key, with that key's one algorithm, is read at all."""

import hmac
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from identity.oidc import Rejected, Verifier
from tests.support.issuer import ABSENT, Issuer, ec_pair, rsa_pair, segment, signed

type Refusal = Callable[[str], str]


def test_a_token_of_a_known_key_is_read(issuer: Issuer, verifier: Verifier) -> None:
    assert verifier.verify(issuer.token()).subject == "sub-ada"


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "", None, ABSENT])
@pytest.mark.parametrize("signature", ["", "eA", "valid"])
def test_a_token_that_names_no_algorithm_is_refused(
    issuer: Issuer, refusal: Refusal, algorithm: object, signature: str
) -> None:
    token = issuer.mint(issuer.claims(), alg=algorithm)
    if signature != "valid":
        token = token.rpartition(".")[0] + "." + signature
    assert refusal(token) == ("bad_algorithm" if signature else "malformed")


def test_a_public_key_is_no_shared_secret(issuer: Issuer, refusal: Refusal) -> None:
    pair = issuer.keys[-1]
    public = pair.private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = f"{segment({'alg': 'HS256', 'kid': pair.kid})}.{segment(issuer.claims())}"
    code = segment(hmac.digest(pem, head.encode(), "sha256"))
    assert refusal(f"{head}.{code}") == "bad_algorithm"


def test_a_symmetric_key_in_the_key_set_is_never_used(issuer: Issuer, refusal: Refusal) -> None:
    secret = b"s" * 32
    issuer.planted = [{"kty": "oct", "k": segment(secret), "kid": "planted", "alg": "HS256"}]
    header = {"alg": "HS256", "kid": "planted"}
    assert refusal(signed(header, issuer.claims(), "HS256", secret)) == "unknown_key"


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
def test_a_key_verifies_only_its_stated_algorithm(
    issuer: Issuer, refusal: Refusal, algorithm: str
) -> None:
    pair = issuer.keys[-1]
    header = {"alg": algorithm, "kid": pair.kid}
    assert refusal(signed(header, issuer.claims(), algorithm, pair.private)) == "bad_algorithm"


def test_a_curve_key_does_not_take_an_rsa_header(issuer: Issuer, refusal: Refusal) -> None:
    issuer.keys.insert(0, ec_pair("curve"))
    assert refusal(issuer.mint(issuer.claims(), kid="curve")) == "bad_algorithm"


def test_a_curve_key_signs_as_well(issuer: Issuer, verifier: Verifier) -> None:
    issuer.keys.append(ec_pair("curve"))
    assert verifier.verify(issuer.token()).username == "ada"


@pytest.mark.parametrize(
    "key_id",
    ["../../dev/null", "x' OR 1=1 --", "https://evil.test/k", "k" * 5000, "", 7, ["k"], "k\n"],
)
def test_a_key_id_is_only_looked_up(issuer: Issuer, refusal: Refusal, key_id: object) -> None:
    code = refusal(issuer.mint(issuer.claims(), kid=key_id))
    assert code in ("bad_key_id", "unknown_key", "malformed")
    assert all(url.startswith(issuer.url) for url in issuer.asked)


def test_a_token_without_a_key_id_is_refused(issuer: Issuer, refusal: Refusal) -> None:
    assert refusal(issuer.mint(issuer.claims(), kid=ABSENT)) == "bad_key_id"


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk"])
def test_a_token_cannot_bring_its_own_key(issuer: Issuer, refusal: Refusal, name: str) -> None:
    thief = rsa_pair("thief")
    where = thief.jwk() if name == "jwk" else "https://evil.test/keys"
    header = {"alg": "RS256", "kid": issuer.keys[-1].kid, name: where}
    assert refusal(signed(header, issuer.claims(), "RS256", thief.private)) == "bad_header"
    assert issuer.asked == []


@pytest.mark.parametrize("header", [{"crit": ["exp"], "exp": 1}, {"crit": []}, {"b64": False}])
def test_extensions_of_the_format_are_refused(
    issuer: Issuer, refusal: Refusal, header: dict[str, object]
) -> None:
    assert refusal(issuer.mint(issuer.claims(), **header)) in ("bad_header", "malformed")


@pytest.mark.parametrize("header", [b"null", b"[]", b"7", b"{", b"\xff", b"[" * 9000, b"{}"])
def test_a_header_that_is_no_object_is_refused(refusal: Refusal, header: bytes) -> None:
    token = f"{segment(header)}.{segment({'sub': 'x'})}.{segment(b'signature')}"
    assert refusal(token) in ("malformed", "bad_key_id")


@pytest.mark.parametrize(
    "payload", [b"null", b"[]", b'"text"', b"7", b"not json", b"\xff", b"[" * 9000, b'{"exp":NaN}']
)
def test_a_signed_payload_that_is_no_object_is_refused(
    issuer: Issuer, refusal: Refusal, payload: bytes
) -> None:
    assert refusal(issuer.mint(payload)) == "bad_payload"


def test_other_texts_are_refused(issuer: Issuer, refusal: Refusal) -> None:
    good = issuer.token()
    encrypted = ".".join(["eyJ"] * 5)
    texts = ["", ".", "..", "a.b", encrypted, good + "\n", " " + good, good + ".", good + "é"]
    assert {refusal(text) for text in [*texts, "x" * 20_000, good + "x" * 20_000]} == {"malformed"}


def test_a_changed_payload_breaks_the_signature(issuer: Issuer, refusal: Refusal) -> None:
    header, _, signature = issuer.token().split(".")
    richer = segment(issuer.claims(**{"cognito:groups": ["everything"]}))
    assert refusal(f"{header}.{richer}.{signature}") == "bad_signature"


def test_a_short_key_in_the_key_set_is_never_used(issuer: Issuer, refusal: Refusal) -> None:
    issuer.keys.append(rsa_pair("short", bits=1024))
    assert refusal(issuer.token()) == "unknown_key"


@pytest.mark.parametrize(
    "planted",
    [
        {"use": "enc"},
        {"kid": 7},
        {"n": "!"},
        {"n": 7},
        {"e": ABSENT},
        {"alg": "HS256"},
        {"kty": "OKP"},
        {"kty": ABSENT},
    ],
)
def test_a_damaged_key_does_not_spoil_the_others(
    verifier: Verifier, issuer: Issuer, planted: dict[str, object]
) -> None:
    issuer.planted = [rsa_pair("damaged").jwk(**planted)]
    assert verifier.verify(issuer.token()).subject == "sub-ada"
    with pytest.raises(Rejected, match="unknown_key"):
        verifier.verify(issuer.mint(issuer.claims(), kid="damaged"))


def test_a_provider_that_leaks_private_keys_is_still_verified(
    issuer: Issuer, verifier: Verifier
) -> None:
    issuer.planted = [issuer.keys[0].jwk(d="AQAB", p="AQAB", q="AQAB")]
    assert verifier.verify(issuer.token()).subject == "sub-ada"
