"""The gateway as a process, the tables it reads, and what tests do to both."""

import http.client
import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from anthropic import Anthropic
from boto3.dynamodb.types import TypeSerializer
from openai import OpenAI

from tests.emulator.running import REPOSITORY, Emulator, eventually, listener

NAME = "stage"
TOKEN = "sesame"
PYTHONPATH = (REPOSITORY / "containers/gateway", REPOSITORY / "functions/identity/lib")
TABLES = {"LISAApiTokenTable": "token", "LISAModelTable": "modelId", "LISARegistryTable": "scope"}


class Tables:
    """The tables of a deployment, filled as the models service and the mission's commands do."""

    def __init__(self, emulator: Emulator) -> None:
        self._client = emulator.client("dynamodb")
        self._secrets = emulator.client("secretsmanager")
        for table, key in TABLES.items():
            self._client.create_table(
                TableName=f"{NAME}-{table}",
                KeySchema=[{"AttributeName": key, "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )

    def put_model(self, model_id: str, litellm_model: str, **route: Any) -> None:
        usual = {"modelType": "textgen", "streaming": True, "allowedGroups": [], "createdAt": 1}
        self._put({"modelId": model_id, "route": usual | {"litellmModel": litellm_model} | route})

    def put_waiting(self, model_id: str, status: str, **config: Any) -> None:
        """A model that is not in service, as the admin API has it."""
        usual = {"modelType": "textgen", "streaming": True, "allowedGroups": [], "fallbacks": []}
        row = {"status": status, "createdAt": "2026-01-15T00:00:00Z", "config": usual | config}
        self._put({"modelId": model_id, "failureReason": {"message": "private"}, **row})

    def _put(self, row: Mapping[str, Any]) -> None:
        put = {"TableName": f"{NAME}-LISAModelTable", "Item": plain(row)}
        self._client.transact_write_items(TransactItems=[{"Put": put}, {"Update": bump("models")}])

    def put_key(self, key: str, name: str) -> dict[str, str]:
        """What a route says of a key that the admin API put into the secret store."""
        name = f"{NAME}/models/{name}"
        with suppress(self._secrets.exceptions.ResourceExistsException):
            self._secrets.create_secret(Name=name, SecretString="replaced")
        put = self._secrets.put_secret_value(SecretId=name, SecretString=key)
        return {"apiKeySecret": name, "apiKeyVersion": put["VersionId"]}

    def remove_model(self, model_id: str) -> None:
        key = {"TableName": f"{NAME}-LISAModelTable", "Key": plain({"modelId": model_id})}
        delete = {"Delete": key}
        self._client.transact_write_items(TransactItems=[delete, {"Update": bump("models")}])

    def put_token(self, token: str = TOKEN, **row: Any) -> None:
        item = plain({"token": token, **row})
        self._client.put_item(TableName=f"{NAME}-LISAApiTokenTable", Item=item)
        self._client.update_item(**bump("tokens"))

    def delete_token(self, token: str) -> None:
        key = plain({"token": token})
        self._client.delete_item(TableName=f"{NAME}-LISAApiTokenTable", Key=key)
        self._client.update_item(**bump("tokens"))


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: TypeSerializer().serialize(value) for name, value in row.items()}


def bump(counter: str) -> dict[str, Any]:
    return {
        "TableName": f"{NAME}-LISARegistryTable",
        "Key": plain({"scope": "version"}),
        "UpdateExpression": "ADD #counter :one",
        "ExpressionAttributeNames": {"#counter": counter},
        "ExpressionAttributeValues": plain({":one": 1}),
    }


class Gateway:
    """`python -m gateway` on a socket that outlives it, as the supervisor would hold it."""

    def __init__(self, emulator: Emulator, folder: Path, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._socket = listener()
        self.port = self._socket.getsockname()[1]
        self._settings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(map(str, PYTHONPATH)),
            "DEPLOYMENT_NAME": NAME,
            "AWS_ENDPOINT_URL": emulator.url,
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "LISTEN_FD": str(self._socket.fileno()),
            "STATE_DIR": str(folder / "state"),
            "UPSTREAM_TIMEOUT": "12",
            "CONNECT_PATIENCE": "20",
            "METRICS_PORT": "0",
            "REACHABLE_NETWORKS": "127.0.0.0/8",
        } | settings
        self.process = self.start()

    def start(self) -> "subprocess.Popen[bytes]":
        with (self._folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [os.environ["GATEWAY_PYTHON"], "-m", "gateway"],
                env=self._settings,
                pass_fds=[self._socket.fileno()],
                stdout=log,
                stderr=log,
            )
        return self.process

    def __enter__(self) -> "Gateway":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end()
        self._socket.close()

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=40)

    def log(self) -> str:
        return (self._folder / "log").read_text()

    def child(self, role: str) -> psutil.Process | None:
        """The running child with this module's name."""
        children = psutil.Process(self.process.pid).children()
        return next((one for one in children if one.cmdline()[-1] == f"gateway.{role}"), None)

    def memory(self) -> int:
        """What one edge worker holds, in bytes."""
        edge = self.child("edge_process")
        assert edge
        return int(edge.memory_info().rss)

    def ask(
        self, path: str, body: object = None, token: str = TOKEN, method: str | None = None
    ) -> tuple[int, Any, Mapping[str, str]]:
        """Status, parsed body and headers of a plain request under /v2/serve."""
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        url = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, json.loads(answer.read()), lowered(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read()), lowered(error)

    def chat(self, model: str, token: str = TOKEN, **fields: Any) -> tuple[int, Any]:
        body = {"model": model, "messages": [{"role": "user", "content": "hi"}], **fields}
        return self.ask("/v2/serve/chat/completions", body, token)[:2]

    def begin(
        self, body: Mapping[str, Any], operation: str = "chat/completions"
    ) -> http.client.HTTPConnection:
        """What was asked for, a chat as a rule; the caller reads the answer, or leaves."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        connection.request("POST", f"/v2/serve/{operation}", json.dumps(body), headers)
        return connection

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v2/serve"

    def openai(self, token: str = TOKEN) -> OpenAI:
        return OpenAI(base_url=self.url, api_key=token, max_retries=0, timeout=60)

    def anthropic(self, token: str = TOKEN) -> Anthropic:
        return Anthropic(base_url=self.url, api_key=token, max_retries=0, timeout=60)


def lowered(answer: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def soon(ask: Callable[[], bool], within: float = 1.0) -> bool:
    """Whether it becomes true within the time that the product promises."""
    return eventually(ask, within)
