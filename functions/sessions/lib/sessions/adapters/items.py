"""Sessions and messages as items of one table. Pure.

owner#<owner>               history        which of the owner's histories is the present one
history#<owner>#<number>    session#<id>   a session of it; the index `latest` sorts by activity
contents#<contents>         m-<ulid>       a message of the session that has these contents
contents#<contents>         configuration  the session's configuration
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from kernel.items import Item, plain, typed
from sessions.facts import HISTORY, SESSION
from sessions.message import Message
from sessions.moments import moment
from sessions.ports import Change, Place
from sessions.session import Growth, Session

LATEST = "latest"
CONFIGURATION = "configuration"
# Before every message and behind the configuration.
FIRST_MESSAGE = "m-"


def key(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def history_key(owner: str) -> Item:
    return key(f"owner#{owner}", "history")


def history_pk(owner: str, history: int) -> str:
    return f"history#{owner}#{history}"


def session_key(owner: str, history: int, session_id: str) -> Item:
    return key(history_pk(owner, history), f"session#{session_id}")


def key_of(session: Session) -> Item:
    return session_key(session.owner, session.history, session.session_id)


def contents_pk(contents: str) -> str:
    return f"contents#{contents}"


def session_item(session: Session, expires: int | None) -> Item:
    document = session.model_dump(by_alias=True, exclude_none=True)
    # Empty, it would keep the first words from becoming what they are.
    if not session.first_human_message:
        del document["firstHumanMessage"]
    if expires is not None:
        document["expires"] = expires
    return typed(document | {"kind": SESSION}) | key_of(session)


def session(item: Mapping[str, Any]) -> Session:
    return Session.model_validate(plain(item))


def place_key(owner: str, history: int, place: Place) -> Item:
    at = {"lastUpdated": {"S": place.last_updated}}
    return session_key(owner, history, place.session_id) | at


def message_item(contents: str, message: Message) -> Item:
    values = {"body": message.body, "digest": message.digest, "revision": message.revision}
    return typed(values) | key(contents_pk(contents), message.message_id)


def message(item: Mapping[str, Any]) -> Message:
    values = plain(item)
    return Message(values["body"], values["digest"], values["revision"])


def next_history(owner: str) -> Item:
    """The parameters of an update that begins another history."""
    return {
        "Key": history_key(owner),
        "UpdateExpression": "SET #kind = :kind, #owner = :owner ADD #history :one",
        "ExpressionAttributeNames": {"#kind": "kind", "#owner": "owner", "#history": "history"},
        "ExpressionAttributeValues": typed({":kind": HISTORY, ":owner": owner, ":one": 1}),
    }


def still(session: Session, *, in_line: bool = False) -> Item:
    """The condition that a session is the one that was read."""
    same: Item = {
        "ConditionExpression": "#contents = :contents",
        "ExpressionAttributeNames": {"#contents": "contents"},
        "ExpressionAttributeValues": typed({":contents": session.contents}),
    }
    if in_line:
        same["ConditionExpression"] += " AND #was = :was"
        same["ExpressionAttributeNames"]["#was"] = "activeLeaf"
        same["ExpressionAttributeValues"] |= typed({":was": session.active_leaf})
    return same


def growing(session: Session, more: Growth, expires: int | None, *, in_line: bool = False) -> Item:
    """The parameters of an update that adds what messages bring."""
    values: dict[str, Any] = {"lastUpdated": moment(more.at)}
    if more.leaf is not None:
        values["activeLeaf"] = more.leaf
    if expires is not None:
        values["expires"] = expires
    sets = [f"#{name} = :{name}" for name in values]
    if more.opening:
        values["firstHumanMessage"] = more.opening
        sets.append("#firstHumanMessage = if_not_exists(#firstHumanMessage, :firstHumanMessage)")
    added = {"messageCount": more.count, "totalTokensUsed": more.tokens}
    adds = [f"#{name} :{name}" for name in added]
    expression = f"SET {', '.join(sets)} ADD {', '.join(adds)}"
    update = _update(session, expression, values | added, still(session, in_line=in_line))
    if expires is None:
        update["UpdateExpression"] += " REMOVE #expires"
        update["ExpressionAttributeNames"]["#expires"] = "expires"
    return update


def saying(session: Session, change: Change) -> Item:
    """The parameters of an update to what an owner says; at least it makes sure of the session."""
    said = {"name": change.name, "pinned": change.pinned, "activeLeaf": change.active_leaf}
    values = {name: value for name, value in said.items() if value is not None}
    sets = [f"#{name} = :{name}" for name in values] + ["#contents = :contents"]
    return _update(session, f"SET {', '.join(sets)}", values, still(session))


def _update(session: Session, expression: str, values: Mapping[str, Any], condition: Item) -> Item:
    names = {f"#{name}": name for name in values}
    given = typed({f":{name}": value for name, value in values.items()})
    return {
        "Key": key_of(session),
        "UpdateExpression": expression,
        "ConditionExpression": condition["ConditionExpression"],
        "ExpressionAttributeNames": names | condition["ExpressionAttributeNames"],
        "ExpressionAttributeValues": given | condition["ExpressionAttributeValues"],
    }


def expiry(at: datetime, days: int) -> int | None:
    """When a session is removed for its age, in Unix seconds; None for never."""
    return int((at + timedelta(days=days)).timestamp()) if days else None
