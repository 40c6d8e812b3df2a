"""The container image `test-server`: an HTTP server as small as the tests allow."""

import json
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def who_am_i() -> str:
    """The identity that AWS sees, by the credentials that an SDK finds in a task."""
    import boto3

    return str(boto3.client("sts").get_caller_identity()["Arn"])


def a_child_of_its_own() -> int:
    """A process that nobody can find by process groups."""
    return subprocess.Popen(["sleep", "60"], start_new_session=True).pid


class Handler(BaseHTTPRequestHandler):
    """Answers with what it is."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(1)
        answer = {"pid": os.getpid(), "version": os.environ.get("VERSION", "")}
        if self.path == "/identity":
            answer["arn"] = who_am_i()
        if self.path == "/child":
            answer["child"] = a_child_of_its_own()
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def stop(*_: object) -> None:
    """End when told to, after what the task definition says it takes."""
    time.sleep(float(os.environ.get("STOP_AFTER", "0")))
    sys.exit()


def main() -> None:
    """Serve, unless the task definition wants a server that fails."""
    if "FAIL_WITH" in os.environ:
        sys.exit(os.environ["FAIL_WITH"])
    time.sleep(float(os.environ.get("START_AFTER", "0")))
    signal.signal(signal.SIGTERM, stop)
    address = (os.environ["HOST"], int(os.environ["PORT"]))
    ThreadingHTTPServer(address, Handler).serve_forever()


if __name__ == "__main__":
    main()
