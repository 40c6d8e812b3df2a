"""The models of this deployment, read from their table as the gateway reads them."""

from context.ports import ChatModel
from kernel.items import Item, plain
from kernel.observability import client

_CHAT = "textgen"
# Nothing else of a model is this service's business, least of all where its keys lie.
_READ = "route.allowedGroups, route.modelType, contextWindow, plannedContext"


class DynamoChatModels:
    """The `ChatModels` port on the table of models."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._dynamo = client("dynamodb")

    def find(self, model_id: str) -> ChatModel | None:
        reply = self._dynamo.get_item(
            TableName=self._table,
            Key={"modelId": {"S": model_id}},
            ProjectionExpression=_READ,
            ConsistentRead=True,
        )
        row: Item = plain(reply.get("Item", {}))
        route = row.get("route") or {}
        if route.get("modelType") != _CHAT:
            return None
        return ChatModel(
            model_id=model_id,
            allowed_groups=frozenset(route.get("allowedGroups") or ()),
            window=row.get("contextWindow") or row.get("plannedContext"),
        )
