"""The emulator's S3 gives weights away as S3 does: in parts, unchanged, with their checksums."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from serving.fetch import PART_SIZE
from tests.emulator.running import REPOSITORY, Emulator

FETCH = """
import os
from serving import bucket, fetch, task
chosen = task.load(os.environ, ("textgen",))
print(fetch.fetch(bucket.client(chosen), chosen, lambda weights, location: weights))
"""


@pytest.mark.promise("hosting.metadata-and-weights")
@pytest.mark.parametrize("algorithm", ["CRC64NVME", "CRC32", "SHA256"])
def test_weights_arrive_whole_and_verified(ours: Emulator, tmp_path: Path, algorithm: str) -> None:
    content, bucket = os.urandom(PART_SIZE + 1), f"models-{algorithm.lower()}"
    s3 = ours.client("s3")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="m1/a.bin", Body=content, ChecksumAlgorithm=algorithm)
    task = {"MODEL_ID": "m1", "MODEL_NAME": "m1", "MODELS_BUCKET": bucket}
    own = {"WEIGHTS_DIR": str(tmp_path), "PYTHONPATH": str(REPOSITORY / "containers/serving")}
    aws = {"AWS_ENDPOINT_URL": ours.url, "AWS_REGION": "us-east-1"}
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    said = subprocess.run(
        [sys.executable, "-c", FETCH],
        env={**task, **own, **aws, **keys},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "no checksum" not in said
    assert (tmp_path / bucket / "m1" / "a.bin").read_bytes() == content
