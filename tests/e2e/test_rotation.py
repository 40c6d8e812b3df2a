"""The services' own token is replaced while people search, on the running product."""

import time
from typing import Any

from tests.e2e.client import Admin, aws, eventually

SECRET = "lisa-local/service-tokens/repositories"
SEARCH = "/repository/demo/similaritySearch?query=rotation&topK=1"


def tokens(admin: Admin) -> list[dict[str, Any]]:
    """The tokens of the repositories' service, the newest first."""
    path = "/api-tokens?username=lisa-repositories"
    found = [
        token
        for token in admin.call("GET", path)[1]["tokens"]
        if token["username"] == "lisa-repositories"
    ]
    return sorted(found, key=lambda token: token["tokenExpiration"] or float("inf"), reverse=True)


def test_a_service_has_a_new_token_and_no_search_is_refused(product: dict[str, Any]) -> None:
    admin, secrets = Admin(product), aws(product, "secretsmanager")
    before = secrets.get_secret_value(SecretId=SECRET)
    version = secrets.rotate_secret(SecretId=SECRET)["VersionId"]
    statuses = set()

    def rotated() -> bool | None:
        statuses.add(admin.call("GET", SEARCH)[0])
        return secrets.get_secret_value(SecretId=SECRET)["VersionId"] == version or None

    eventually(rotated)
    eventually(lambda: tokens(admin)[1]["tokenExpiration"])
    statuses.add(admin.call("GET", SEARCH)[0])
    assert statuses == {200}
    newest, replaced, *_ = tokens(admin)
    assert (newest["tokenExpiration"], newest["isSystemToken"]) == (None, True)
    assert 0 < replaced["tokenExpiration"] - time.time() <= 3600
    after = secrets.get_secret_value(SecretId=SECRET)["SecretString"]
    assert after.startswith("lisa_") and after != before["SecretString"]
