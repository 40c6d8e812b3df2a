"""The bucket of pictures: one suite, in S3 and in memory."""

from typing import Any

import pytest

from kernel.observability import client
from sessions.adapters.pictures import S3Pictures
from sessions.ports import Pictures
from tests.integration.sessions.conftest import BUCKET
from tests.support.picture_world import PNG, InMemoryPictures

KEY = "pictures/owner/session-0001/a.png"


@pytest.fixture(params=["s3", "memory"])
def pictures(request: pytest.FixtureRequest, aws: Any) -> Pictures:
    return InMemoryPictures() if request.param == "memory" else S3Pictures(BUCKET)


def marks(pictures: Pictures, key: str = KEY) -> list[str]:
    """What the bucket's rules would find on a picture."""
    if isinstance(pictures, InMemoryPictures):
        return ["unsent" if key in pictures.unsent else "kept"]
    return [
        one["Value"] for one in client("s3").get_object_tagging(Bucket=BUCKET, Key=key)["TagSet"]
    ]


def test_a_picture_is_there_and_marked_until_it_is_kept(pictures: Pictures) -> None:
    assert not pictures.has(KEY)
    pictures.put(KEY, PNG, "image/png")
    assert pictures.has(KEY)
    assert marks(pictures) == ["unsent"]
    for _ in range(2):
        pictures.keep(KEY)
        assert marks(pictures) == ["kept"]


def test_what_is_gone_is_kept_by_nobody(pictures: Pictures) -> None:
    pictures.keep(KEY)
    assert not pictures.has(KEY)


def test_pictures_are_removed_and_others_stay(pictures: Pictures) -> None:
    for key in (KEY, f"{KEY}2"):
        pictures.put(key, PNG, "image/png")
    for _ in range(2):
        pictures.remove([KEY])
        assert (pictures.has(KEY), pictures.has(f"{KEY}2")) == (False, True)


def test_an_address_names_the_picture_and_is_signed(pictures: Pictures) -> None:
    url = pictures.address(KEY)
    assert f"/{KEY}?" in url
    assert "signed" in url.lower()


@pytest.mark.usefixtures("aws")
def test_a_browser_is_told_what_kind_it_is() -> None:
    S3Pictures(BUCKET).put(KEY, PNG, "image/png")
    told = client("s3").get_object(Bucket=BUCKET, Key=KEY)
    assert (told["ContentType"], told["Body"].read()) == ("image/png", PNG)


@pytest.mark.usefixtures("aws")
def test_an_address_ends() -> None:
    assert "X-Amz-Expires=900" in S3Pictures(BUCKET).address(KEY)
