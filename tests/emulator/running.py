"""A running emulator, ours or plain ministack, and what tests ask of it."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import boto3

from local.toolchain.venvs import Toolchain

REPOSITORY = Path(__file__).parents[2]
DEADLINE = 40.0


def interpreter(environment: str) -> str:
    """The Python of one of the product's environments, or the one that a variable names."""
    named = os.environ.get(f"{environment.upper()}_PYTHON")
    return named or str(Toolchain().interpreter(environment))


def eventually[T](ask: Callable[[], T | None], within: float = DEADLINE) -> T:
    """The first true answer; asked again until then, at most until the deadline."""
    deadline = time.monotonic() + within
    while not (answer := ask()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no answer within {within:g} s; the last one was {answer!r}")
        time.sleep(0.1)
    return answer


def listener() -> socket.socket:
    """A listening socket on a free port, as the supervisor would hold it."""
    return socket.create_server(("127.0.0.1", 0), backlog=128)


class Emulator:
    """One emulator process that keeps its port and its folder when it is started again."""

    def __init__(
        self, module: str, folder: Path, settings: Mapping[str, str] | None = None
    ) -> None:
        self.module = module
        self.folder = folder
        self.settings = dict(settings or {})
        self.socket = listener()
        self.port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self._clients: list[Any] = []

    def __enter__(self) -> "Emulator":
        try:
            self.start()
        except (AssertionError, KeyboardInterrupt, TimeoutError):
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
        self.end(signal.SIGTERM)

    def environment(self) -> dict[str, str]:
        folder = self.folder
        return {
            **os.environ,
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "SFN_WAIT_SCALE": "0",
            "STATE_DIR": str(folder / "state"),
            "S3_DATA_DIR": str(folder / "s3"),
            "AWS_ENDPOINT_URL": self.url,
            "PYTHONPATH": str(REPOSITORY),
            "LOCAL_PYTHON3_12": interpreter("lambda"),
            "LISTEN_FD": str(self.socket.fileno()),
            **self.settings,
        }

    def start(self) -> None:
        """Start, with the listening socket handed over to ours; plain ministack makes its own."""
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = self.environment()
        handed_over = [self.socket.fileno()]
        if self.module == "ministack":
            self.socket.close()
            handed_over = []
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [interpreter("emulator"), "-m", self.module],
                env=environment,
                pass_fds=handed_over,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        eventually(self.answers)

    def answers(self) -> bool:
        assert self.process and self.process.poll() is None, self.log()[-3000:]
        try:
            return bool(self.get("/_ministack/health")[0] == 200)
        except OSError:
            return False

    def end(self, how: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(how)
        self.process.wait(timeout=20)
        # They stay usable; but no connection is left to whoever cleans up.
        for client in self._clients:
            client.close()

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def client(self, service: str, key: str = "test", secret: str = "test", token: str = "") -> Any:
        make: Any = boto3.client
        made = make(
            service,
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token or None,
        )
        self._clients.append(made)
        return made

    def get(self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Any:
        """Status, headers and body of a plain HTTP answer, whatever the status."""
        request = urllib.request.Request(
            self.url + path, method=method, headers=dict(headers or {})
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def deploy(self, name: str, template: str, **parameters: str) -> dict[str, str]:
        """Create or update the stack; its outputs, or an error with the reasons."""
        cloudformation = self.client("cloudformation")
        stacks = cloudformation.describe_stacks()["Stacks"]
        known = {stack["StackName"] for stack in stacks if "DELETE" not in stack["StackStatus"]}
        act = cloudformation.update_stack if name in known else cloudformation.create_stack
        act(
            StackName=name,
            TemplateBody=template,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=[
                {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
            ],
        )
        stack = eventually(lambda: self.settled(name))
        if not stack["StackStatus"].endswith(("CREATE_COMPLETE", "UPDATE_COMPLETE")):
            raise RuntimeError(f"{stack['StackStatus']}: {self.failures(name)}")
        return {item["OutputKey"]: item["OutputValue"] for item in stack.get("Outputs", [])}

    def settled(self, name: str) -> Any:
        stack = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        return None if stack["StackStatus"].endswith("IN_PROGRESS") else stack

    def failures(self, name: str) -> list[str]:
        events = self.client("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
        return [
            f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}"
            for event in events
            if "FAILED" in event["ResourceStatus"]
        ]

    def put_template(self, name: str, template: str) -> str:
        """Store a nested template; the address is the one that CloudFormation takes."""
        s3 = self.client("s3")
        s3.create_bucket(Bucket="templates")
        s3.put_object(Bucket="templates", Key=name, Body=template.encode())
        return f"{self.url}/templates/{name}"

    def invoke(self, function: str, event: object = None) -> Any:
        """The parsed answer of a function, an error's payload included."""
        payload = json.dumps(event).encode()
        answer = self.client("lambda").invoke(FunctionName=function, Payload=payload)
        return json.loads(answer["Payload"].read())
