"""How long a credential is remembered, and what an outage changes about that."""

import pytest

from gateway.grants import FRESH_SECONDS, OUTAGE_SECONDS, REFUSED_SECONDS, Caller, Grants, Verdict
from tests.unit.gateway.builders import route

ADA = Caller("ada", frozenset({"readers"}), expires_at=None)
NOW = 1000.0


def known(caller: Caller = ADA) -> Grants:
    grants = Grants()
    grants.allow("key", caller, NOW, version=1)
    return grants


def test_an_unknown_credential_has_to_be_asked_for() -> None:
    assert Grants().judge("key", NOW, 1) == (Verdict.ASK, None)


def test_a_known_caller_is_remembered_for_a_while() -> None:
    assert known().judge("key", NOW + FRESH_SECONDS - 1, 1) == (Verdict.ALLOWED, ADA)
    assert known().judge("key", NOW + FRESH_SECONDS, 1) == (Verdict.ASK, None)


def test_a_change_of_the_token_table_makes_every_answer_stale() -> None:
    assert known().judge("key", NOW + 1, 2) == (Verdict.ASK, None)
    refused = Grants()
    refused.refuse("key", NOW, version=1)
    assert refused.judge("key", NOW, 2) == (Verdict.ASK, None)


def test_a_token_ends_at_its_second_though_it_is_remembered() -> None:
    grants = known(Caller("ada", frozenset(), expires_at=NOW + 5))
    assert grants.judge("key", NOW + 4.9, 1)[0] is Verdict.ALLOWED
    assert grants.judge("key", NOW + 5, 1) == (Verdict.REFUSED, None)


def test_a_refusal_is_remembered_shortly() -> None:
    grants = Grants()
    grants.refuse("key", NOW, version=1)
    assert grants.judge("key", NOW + REFUSED_SECONDS - 0.1, 1) == (Verdict.REFUSED, None)
    assert grants.judge("key", NOW + REFUSED_SECONDS, 1) == (Verdict.ASK, None)


def test_in_an_outage_a_stale_caller_still_counts_but_not_for_ever() -> None:
    assert known().judge_in_outage("key", NOW + OUTAGE_SECONDS) == (Verdict.ALLOWED, ADA)
    assert known().judge_in_outage("key", NOW + OUTAGE_SECONDS + 1) == (Verdict.ASK, None)


def test_in_an_outage_an_expired_token_is_refused_and_an_unknown_one_undecided() -> None:
    grants = known(Caller("ada", frozenset(), expires_at=NOW + 5))
    grants.refuse("bad", NOW, version=1)
    assert grants.judge_in_outage("key", NOW + 6) == (Verdict.REFUSED, None)
    assert grants.judge_in_outage("bad", NOW) == (Verdict.ASK, None)
    assert grants.judge_in_outage("new", NOW) == (Verdict.ASK, None)


def test_guesses_cannot_fill_the_memory() -> None:
    grants = Grants(most_entries=2)
    for key in ("first", "second", "third"):
        grants.refuse(key, NOW, version=1)
    assert grants.judge("first", NOW, 1)[0] is Verdict.ASK
    assert grants.judge("third", NOW, 1)[0] is Verdict.REFUSED


def test_a_sign_in_is_remembered_as_long_as_it_says() -> None:
    grants = Grants()
    grants.allow_for("key", ADA, NOW, seconds=20)
    assert grants.judge("key", NOW + 19, 0) == (Verdict.ALLOWED, ADA)
    assert grants.judge("key", NOW + 20, 0) == (Verdict.ASK, None)


@pytest.mark.parametrize(
    ("groups", "models", "allowed", "may"),
    [
        ((), (), (), True),
        ((), (), ("readers",), False),
        (("readers",), (), ("readers", "writers"), True),
        ((), ("m1",), (), True),
        ((), ("m2", "m3"), (), False),
        (("readers",), ("m1",), ("readers",), True),
        (("readers",), ("m2",), ("readers",), False),
        (("writers",), ("m1",), ("readers",), False),
        ((), ("M1",), (), False),
    ],
)
def test_a_model_is_open_to_whom_both_groups_and_allow_list_let_in(
    groups: tuple[str, ...], models: tuple[str, ...], allowed: tuple[str, ...], may: bool
) -> None:
    caller = Caller("ada", frozenset(groups), None, "t-1", frozenset(models))
    assert caller.may_call(route("m1", allowed_groups=frozenset(allowed))) is may
