"""S3 behind a real port, which counts what is read from it and can be made to hold it back."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PATIENCE = 30.0


class Storage:
    """moto's S3. `reads` holds the ranges that were answered whole, in order."""

    def __init__(self) -> None:
        self._app: Any = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True)
        self._lock = threading.Lock()
        self._under_way = 0
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.reads: list[str] = []
        self.most_at_once = 0
        # moto's buckets outlive the server: each has one of its own.
        self.bucket = f"models-{uuid.uuid4().hex}"
        # How many reads are answered; the others wait.
        self.allowed = threading.Semaphore(1_000_000)
        self.seconds = 0.0
        self.before_read: Callable[[], None] = lambda: None

    @contextmanager
    def running(self) -> Iterator["Storage"]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        self.client().create_bucket(Bucket=self.bucket)
        yield self
        self._server.shutdown()
        self._server.server_close()

    def client(self, keeps_checksums: bool = True) -> "S3Client":
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            config=Config(
                request_checksum_calculation="when_supported"
                if keeps_checksums
                else "when_required"
            ),
        )

    def _serve(self, environ: dict[str, Any], start_response: Any) -> Any:
        read = environ.get("HTTP_RANGE", "")
        if not read:
            return self._app(environ, start_response)
        with self._lock:
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            self.before_read()
            self.allowed.acquire(timeout=PATIENCE)
            threading.Event().wait(self.seconds)
            return self._app(environ, start_response)
        finally:
            with self._lock:
                self._under_way -= 1
                self.reads.append(read)
