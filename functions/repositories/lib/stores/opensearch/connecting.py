"""How OpenSearch is reached, and what its refusals mean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol
from urllib.parse import urlsplit

import opensearchpy
from opensearchpy import exceptions

from stores.addresses import OpenSearchAddress
from stores.errors import ShelfMissingError, StoreError, StoreUnavailableError
from stores.opensearch.wire import BUSY, Basic, PatientConnection

_SECONDS = 30


class Signing(Protocol):
    """AWS credentials as botocore has them: read anew for each request, since they expire."""

    def get_frozen_credentials(self) -> object:
        """Key, secret and token of one moment."""


def connected(
    address: OpenSearchAddress,
    password: Callable[[], str],
    credentials: Signing | None,
    pause: float,
) -> opensearchpy.OpenSearch:
    """Make a client. It connects with the first request, and asks a busy one after `pause` s."""
    place = urlsplit(address.endpoint)
    secure = place.scheme != "http"
    return opensearchpy.OpenSearch(
        hosts=[{"host": place.hostname, "port": place.port or (443 if secure else 80)}],
        url_prefix=place.path.strip("/"),
        http_auth=_authority(address, password, credentials),
        use_ssl=secure,
        ca_certs=address.ca_bundle,
        connection_class=PatientConnection,
        pause=pause,
        timeout=_SECONDS,
        max_retries=3,
        retry_on_status=(),
    )


def _authority(
    address: OpenSearchAddress, password: Callable[[], str], credentials: Signing | None
) -> object:
    if address.service == "basic":
        return Basic(address.user, password)
    if credentials is None:
        raise StoreError(
            "access_refused",
            "There are no AWS credentials to sign requests with.",
            "Run the function with a role that may use the domain or collection.",
        )
    return opensearchpy.Urllib3AWSV4SignerAuth(credentials, address.region, address.service)


@contextmanager
def explained(address: OpenSearchAddress, shelf: str) -> Iterator[None]:
    """Raise the client's exceptions as those of `stores.errors`."""
    try:
        yield
    except exceptions.NotFoundError as error:
        raise ShelfMissingError(shelf) from error
    except (exceptions.AuthenticationException, exceptions.AuthorizationException) as error:
        raise _refused(address) from error
    except exceptions.SSLError as error:
        raise StoreError(
            "tls_failed",
            f"No encrypted connection to {address.endpoint} could be made.",
            "The certificate is not from an authority that is trusted: give the right bundle.",
        ) from error
    except exceptions.ConnectionError as error:
        raise StoreUnavailableError(
            "store_unreachable",
            f"OpenSearch did not answer at {address.endpoint}.",
            "Check the endpoint, and that its security group or network policy lets in the "
            "functions of this deployment.",
        ) from error
    except exceptions.TransportError as error:
        raise failed(error.status_code) from error


def failed(status: int | str) -> StoreError:
    """The error for an HTTP status. What OpenSearch says of it may quote the data."""
    if status in BUSY:
        return StoreUnavailableError(
            "store_unavailable",
            f"OpenSearch is overloaded or restarting (status {status}).",
            "Try again in a minute; if it stays so, give it larger or more nodes.",
        )
    return StoreError(
        "store_refused",
        f"OpenSearch refused a request (status {status}).",
        "Look at the log of the domain or collection.",
    )


def _refused(address: OpenSearchAddress) -> StoreError:
    fix = {
        "es": "Let the functions' role into the domain's access policy, and map it to a role of "
        "fine-grained access control where that is on.",
        "aoss": "Name the functions' role in the collection's data access policy, and give the "
        "role aoss:APIAccessAll.",
        "basic": "Check the user and the secret with the password.",
    }[address.service]
    return StoreError("access_refused", f"OpenSearch at {address.endpoint} refused access.", fix)
