"""What a payload's image becomes: who pulls it from where, and under which tag it was staged."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.ecs_agent.runners import image_name
from model_stack import render
from model_stack.image import Image, image_of, staged_tag
from tests.support.model_stacks import MISTRAL, container

HOME = "lisa-dev/vllm"
TAG = r"[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}"
ACCOUNT, REGION = "111122223333", "us-gov-west-1"
ARN = f"arn:aws-us-gov:ecr:{REGION}:{ACCOUNT}:repository/team/vllm"
# What paths and references are made of, and what would be confused if anything was.
REFERENCES = st.text("ab01/:.-_@ é", min_size=1, max_size=300)


@pytest.mark.parametrize(
    ("reference", "tag"),
    [
        ("vllm/vllm-openai:v0.9.1", "vllm__vllm-openai--v0.9.1"),
        ("python:3.12-slim", "python--3.12-slim"),
        ("images/vllm.tar", "images__vllm.tar"),
        ("ghcr.io/huggingface/tgi:2.0.1", "ghcr.io__huggingface__tgi--2.0.1"),
    ],
)
def test_a_usual_reference_can_be_read_in_its_tag(reference: str, tag: str) -> None:
    assert staged_tag(reference) == tag


@given(REFERENCES, REFERENCES)
def test_every_reference_has_a_tag_of_its_own(one: str, other: str) -> None:
    assert re.fullmatch(TAG, staged_tag(one))
    assert (staged_tag(one) == staged_tag(other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("a/b", "a__b"), ("a:b", "a--b"), ("x" * 128, "x" * 129), ("a@b", "a_b"), ("a-:b", "a:-b")],
)
def test_references_that_look_alike_have_different_tags(one: str, other: str) -> None:
    assert staged_tag(one) != staged_tag(other)


def test_nobody_can_name_an_image_after_the_hash_of_another() -> None:
    hashed = staged_tag("a@b")
    assert staged_tag(hashed) != hashed


@pytest.mark.promise("hosting.image-types")
@pytest.mark.parametrize("image_type", ["asset", "tarball"])
def test_what_was_staged_lies_in_the_repository_of_its_server(image_type: str) -> None:
    image = image_of("vllm/vllm-openai:v0.9.1", image_type, HOME)
    assert image == Image(f"{HOME}:vllm__vllm-openai--v0.9.1", HOME, needs_registry=True)


@pytest.mark.promise("hosting.image-types")
@pytest.mark.parametrize("image_type", ["ecr", "registry", "external"])
@pytest.mark.parametrize("end", ["", ":v1", "@sha256:0a"])
def test_a_repositorys_arn_is_an_image_of_that_account_and_region(
    image_type: str, end: str
) -> None:
    image = image_of(ARN + end, image_type, HOME)
    assert image == Image(f"team/vllm{end}", "team/vllm", ACCOUNT, REGION, needs_registry=True)


@pytest.mark.promise("hosting.image-types")
def test_an_image_on_another_registry_is_pulled_as_it_is_named() -> None:
    for image_type in ("registry", "external", "ecr"):
        image = image_of("quay.io/org/image:1", image_type, HOME)
        assert image == Image("quay.io/org/image:1")


def test_the_registry_is_put_before_an_image_that_lacks_it() -> None:
    rendered = render(replace(MISTRAL, image=ARN, image_type="ecr"))
    assert rendered.parameters["ImageNeedsRegistry"] == "true"
    condition, composed, given_name = container(MISTRAL)["Image"]["Fn::If"]
    assert condition == "ImageNeedsRegistry"
    assert composed["Fn::Sub"][0] == "${Account}.dkr.ecr.${Region}.${AWS::URLSuffix}/${Image}"
    assert given_name == {"Ref": "Image"}


def test_a_staged_image_is_run_on_a_laptop_by_what_its_server_is_called() -> None:
    staged = render(MISTRAL).parameters["Image"]
    assert image_name(f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/{staged}") == "vllm"
