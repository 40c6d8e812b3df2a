"""The catalogue of instance types agrees with itself."""

import pytest

from planning.instances import GIB, INSTANCES, QUOTA_CODES, QUOTA_NAMES


@pytest.mark.parametrize("name", INSTANCES)
def test_an_instance_has_what_its_family_has(name: str) -> None:
    instance = INSTANCES[name]
    assert (instance.gpu is None) is (instance.gpus == 0)
    assert instance.quota == (name[0] if instance.gpus else "standard")
    assert instance.gpus in (0, 1, 4, 8)
    assert instance.memory_gib >= 2 * instance.vcpus
    assert instance.gpus == 0 or instance.nvme_gb > 0


def test_every_quota_has_a_code_and_a_name() -> None:
    assert QUOTA_CODES.keys() == QUOTA_NAMES.keys() == {one.quota for one in INSTANCES.values()}


def test_a_gpu_has_less_memory_than_its_name_says() -> None:
    gpus = {one.gpu for one in INSTANCES.values() if one.gpu}
    assert len(gpus) == 9
    for gpu in gpus:
        assert 75 <= gpu.capability <= 120
        assert 14 << 10 < gpu.memory_mib < 180 << 10


@pytest.mark.parametrize(("name", "nvme_gb"), [("m5d.large", 75), ("m5d.12xlarge", 1800)])
def test_a_family_without_gpu_may_have_disks(name: str, nvme_gb: int) -> None:
    assert INSTANCES[name].nvme_gb == nvme_gb


def test_a_task_gets_what_the_system_leaves() -> None:
    assert INSTANCES["m5.large"].container_bytes == int(8 * GIB * 0.9) - GIB
