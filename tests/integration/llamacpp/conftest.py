"""A models bucket behind a real port, the demo weights in it, and both demo models served."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from openai import OpenAI

from tests.integration.llamacpp.container import Container, interpreter
from tests.support.moto_server import moto_server

REPOSITORY = Path(__file__).parents[3]
BUCKET = "lisa-models"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}

type Start = Callable[..., Container]


@pytest.fixture(scope="session")
def storage() -> Iterator[str]:
    with moto_server() as address:
        yield address


@pytest.fixture(scope="session")
def bucket(storage: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], None]:
    """The bucket with the demo models; the answer puts a further object into it."""
    s3 = boto3.client(
        "s3",
        endpoint_url=storage,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    s3.create_bucket(Bucket=BUCKET)
    folder = tmp_path_factory.mktemp("gguf")
    build = [interpreter("DEMO_PYTHON", "demo"), "-m", "local.demo.build", "--out", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, check=True)
    for file in folder.rglob("*.gguf"):
        s3.upload_file(str(file), BUCKET, file.relative_to(folder).as_posix())

    def put(key: str, body: bytes) -> None:
        s3.put_object(Bucket=BUCKET, Key=key, Body=body)

    return put


@pytest.fixture(scope="session")
def start(
    storage: str,
    bucket: Callable[[str, bytes], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Start]:
    """Starts a container for the weights below a prefix; whatever still runs is ended."""
    started = []

    def begin(prefix: str, **environment: str) -> Container:
        task = {"MODEL_ID": "my-model", "MODEL_NAME": prefix, "MODELS_BUCKET": BUCKET}
        region = {"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
        aws = {"AWS_ENDPOINT_URL": storage} | region | CREDENTIALS
        folder = tmp_path_factory.mktemp("container")
        started.append(Container(task | aws | environment, folder))
        return started[-1]

    yield begin
    for container in started:
        container.kill()


@pytest.fixture(scope="session")
def chat(start: Start) -> Container:
    return start("demo/tiny-chat").wait_until_healthy()


@pytest.fixture(scope="session")
def embedding(start: Start) -> Container:
    return start("demo/minilm-l6-v2", MODEL_TYPE="embedding").wait_until_healthy()


@pytest.fixture
def chat_client(chat: Container) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{chat.url}/v1", api_key="unused", max_retries=0) as client:
        yield client


@pytest.fixture
def embedding_client(embedding: Container) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{embedding.url}/v1", api_key="unused", max_retries=0) as client:
        yield client
