"""What this service tells the others, and how a change of a row becomes it."""

from kernel.events import Change, Fact


class TokenFact(Fact):
    """Base of the facts about one API token; `created_by` is who asked for it."""

    token_id: str
    username: str
    created_by: str


class TokenCreated(TokenFact, source="identity"):
    """Somebody has a new API token."""


class TokenRevoked(TokenFact, source="identity"):
    """An API token is good no more: its row was removed."""


def facts_of(change: Change) -> list[TokenFact]:
    """Return what became true by a change of a row. What is done by hand is told to nobody."""
    kinds: tuple[type[TokenFact] | None, ...] = (
        TokenCreated if change.before is None else None,
        TokenRevoked if change.after is None else None,
    )
    row = change.after or change.before or {}
    if row.get("hashed") is not True or not isinstance(row.get("tokenUUID"), str):
        return []
    return [
        kind(
            token_id=row["tokenUUID"],
            username=str(row.get("username")),
            created_by=str(row.get("createdBy")),
        )
        for kind in kinds
        if kind is not None
    ]
