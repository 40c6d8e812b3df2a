"""What a person or a test needs to reach the running product."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from local.seed.access import Access
from local.seed.repository import Database
from local.supervisor.environment import REGION
from local.supervisor.ports import Ports
from local.supervisor.web import web_origin


@dataclass(frozen=True)
class Seeded:
    """What can be used at once: ids of models and repositories, and the database beside them."""

    models: list[str]
    repositories: list[str]
    database: Database


def endpoints(
    outputs: dict[str, str], access: Access, seeded: Seeded, ports: Ports
) -> dict[str, Any]:
    """The content of endpoints.json."""
    return {
        "api_url": outputs["ApiUrl"],
        "serve_url": outputs["ServeUrl"].rstrip("/"),
        "ui_url": f"{web_origin(ports)}/",
        "aws_endpoint_url": f"http://127.0.0.1:{ports.emulator}",
        "region": REGION,
        "token_table": outputs["TokenTableName"],
        **asdict(access),
        **asdict(seeded),
    }


def greeting(facts: dict[str, Any]) -> str:
    """The same for the eye, with a line to paste."""
    admin, user = facts["admin"], facts["user"]
    return "\n".join(
        [
            "",
            f"Console            {facts['ui_url']}",
            f"Serving (OpenAI)   {facts['serve_url']}",
            f"Admin API          {facts['api_url']}",
            f"Local AWS          {facts['aws_endpoint_url']}",
            f"Sign in as admin   {admin['username']} / {admin['password']}",
            f"Sign in as user    {user['username']} / {user['password']}",
            f"Token              {facts['token']}",
            f"Models             {', '.join(facts['models']) or 'none is ready'}",
            f"Repositories       {', '.join(facts['repositories']) or 'none is ready'}",
            "",
            *_try_it(facts),
        ]
    )


def _try_it(facts: dict[str, Any]) -> list[str]:
    if "tiny-chat" not in facts["models"]:
        return []
    question = {
        "model": "tiny-chat",
        "stream": True,
        "messages": [{"role": "user", "content": "What does os.path.join do?"}],
    }
    return [
        "Try it:",
        f"curl -N {facts['serve_url']}/chat/completions "
        f"-H 'Authorization: Bearer {facts['token']}' "
        f"-H 'Content-Type: application/json' -d '{json.dumps(question)}'",
        "",
    ]
