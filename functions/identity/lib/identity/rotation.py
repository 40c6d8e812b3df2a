"""How a service's token is replaced: the four steps in which Secrets Manager asks for it.

The new one is let in before anybody is given it, and the old one for a while after, so that no call
of the service is refused meanwhile. Each step is safe to repeat, and a rotation that fails anywhere
leaves the old token as it was.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from identity.issuing import new_secret
from identity.ports import Secrets, TokenBook
from identity.service_token import granted, service_of, superseded
from identity.tokens import grant


class Rotation(BaseModel):
    """One step. `version` names the new token among the secret's versions, before it is there."""

    model_config = ConfigDict(frozen=True)

    step: Literal["createSecret", "setSecret", "testSecret", "finishSecret"] = Field(alias="Step")
    secret_id: str = Field(alias="SecretId")
    version: str = Field(alias="ClientRequestToken")


def rotate(book: TokenBook, secrets: Secrets, asked: Rotation, now: float) -> None:
    """Do one step, or raise: Secrets Manager repeats it, and tells of the failure."""
    username = service_of(asked.secret_id)
    if asked.step == "createSecret":
        secrets.propose(asked.secret_id, asked.version, new_secret())
        return
    proposed = secrets.text(asked.secret_id, asked.version)
    token = granted(book, username, proposed, now)
    if asked.step == "testSecret":
        # By the rules of whoever lets it in: a row of any other kind raises.
        grant(book.fresh(token).row(), proposed, now)
    if asked.step == "finishSecret":
        secrets.promote(asked.secret_id, asked.version)
        superseded(book, token, now)
