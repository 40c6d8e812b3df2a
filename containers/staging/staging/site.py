"""The web application in its bucket, told where everything of its deployment answers."""

import json
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from frontend.site.environment import Addresses, Groups, SignIn, env_js
from frontend.site.files import files
from frontend.site.headers import Headers
from staging.faults import StagingFailed

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_POLICY = "Content-Security-Policy"
_SECONDS = 15
# What a page fetches of a provider. To other addresses of it a page goes, which needs no leave.
_FETCHED = ("token_endpoint", "userinfo_endpoint", "jwks_uri")
type Discovery = Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True)
class Site:
    """Where a deployment's web application stands, and what it is told.

    The bucket of a part that is not installed is empty.
    """

    bucket: str
    documents_bucket: str
    pictures_bucket: str
    address: str
    env_js: str
    called: tuple[str, ...]

    @property
    def origin(self) -> str:
        return _origin(self.address)

    @property
    def base(self) -> str:
        return urlsplit(self.address).path

    def origins(self, s3: "S3Client") -> dict[str, str]:
        """What the table of headers leaves open: files go to where they were signed for.

        Pictures of chats come from there, too, fetched and not shown by their address.
        """
        storage = _where(s3, self.documents_bucket)
        called = (*self.called, *storage, *_where(s3, self.pictures_bucket))
        return {"called": " ".join(called), "storage": " ".join(storage)}


@dataclass(frozen=True)
class SiteShelf:
    """The bucket that the REST API reads."""

    s3: "S3Client"
    bucket: str
    headers: Headers

    def put(self, build: Path, site: Site) -> int:
        """Put every file with its headers, and say how many.

        Those of earlier builds stay: somebody may have a page open that still loads them.
        """
        number = 0
        for name, content in files(build, site.env_js, site.base):
            told = self.headers.of(name)
            self.s3.put_object(
                Bucket=self.bucket,
                Key=name,
                Body=content,
                ContentType=told["Content-Type"],
                CacheControl=told["Cache-Control"],
                Metadata={_POLICY.lower(): told[_POLICY]},
            )
            number += 1
        return number


def deployed_site(given: Mapping[str, str], told: Mapping[str, str], ask: Discovery) -> Site:
    """Return the site of a stack that was given these parameters and tells these outputs."""
    address = _address(told["ApiUrl"].rstrip("/"), given["AllowedOrigin"].rstrip("/"))
    issuer, metadata = told["OidcIssuer"], told["OidcMetadataUrl"]
    provider = ask(metadata or f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    # Of our own user pool one signs out in Cognito's way; others know OpenID Connect's.
    signs_out = "" if given["OidcIssuer"] else str(provider.get("end_session_endpoint", ""))
    scopes = tuple(told["OidcScopes"].split())
    sign_in = SignIn(issuer, told["OidcClientId"], metadata, signs_out, scopes)
    groups = Groups(given["GroupsClaim"], given["AdminGroup"], given["RagAdminGroup"])
    gateway = _origin(told["ServeUrl"]) if "ServeUrl" in told else ""
    fetched = [str(provider[name]) for name in _FETCHED if name in provider]
    return Site(
        bucket=told["SiteBucketName"],
        documents_bucket=told.get("DocumentsBucketName", ""),
        pictures_bucket=told.get("PicturesBucketName", ""),
        address=address,
        env_js=env_js(
            sign_in,
            groups,
            Addresses(gateway, address.rstrip("/")),
            told["InstalledParts"].split(","),
        ),
        called=_origins([*filter(None, [gateway]), metadata or issuer, *fetched]),
    )


def discovery(url: str) -> Mapping[str, Any]:
    """Return what a provider says of itself."""
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as reply:  # noqa: S310
            found: Mapping[str, Any] = json.load(reply)
    except (OSError, ValueError) as error:
        raise StagingFailed(
            f"The identity provider's discovery document at {url} could not be read: {error}.",
            "Check OidcIssuer and OidcMetadataUrl, and that this machine reaches them; then make "
            "stage-site.",
        ) from error
    return found


def _address(api: str, chosen: str) -> str:
    """Return the API's own address, or that of a domain which somebody has put in front of it."""
    return f"{api}/" if chosen in ("", _origin(api)) else f"{chosen}/"


def _where(s3: "S3Client", bucket: str) -> tuple[str, ...]:
    """Return the origins of a bucket: which it is depends on the region and how one signs."""
    if not bucket:
        return ()
    signed = s3.generate_presigned_post(Bucket=bucket, Key="any")["url"]
    regional = f"https://{bucket}.{urlsplit(s3.meta.endpoint_url).netloc}"
    return tuple(dict.fromkeys((_origin(signed), regional)))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _origins(urls: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_origin(url) for url in urls))
