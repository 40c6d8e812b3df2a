"""Instance types that can host a model, as EC2's type pages describe them."""

from typing import NamedTuple


class Instance(NamedTuple):
    """An instance type's size."""

    vcpus: int
    memory_gib: int
    gpus: int


_SIZES = {"large": 2, "xlarge": 4, "2xlarge": 8, "4xlarge": 16, "8xlarge": 32, "12xlarge": 48}
# GiB of memory for each vCPU of the families without GPU.
_CPU_FAMILIES = {
    "c5": 2, "c6i": 2, "c7i": 2,
    "m5": 4, "m5d": 4, "m6i": 4, "m7i": 4,
    "r5": 8, "r6i": 8, "r7i": 8,
}  # fmt: skip

_CPU = {
    f"{family}.{size}": Instance(vcpus, vcpus * ratio, 0)
    for family, ratio in _CPU_FAMILIES.items()
    for size, vcpus in _SIZES.items()
    # c5 has no 8xlarge; it goes from 4xlarge to 9xlarge.
    if (family, size) != ("c5", "8xlarge")
}

_GPU = {
    "g4dn.xlarge": Instance(4, 16, 1),
    "g4dn.2xlarge": Instance(8, 32, 1),
    "g4dn.4xlarge": Instance(16, 64, 1),
    "g4dn.8xlarge": Instance(32, 128, 1),
    "g4dn.12xlarge": Instance(48, 192, 4),
    "g4dn.16xlarge": Instance(64, 256, 1),
    "g5.xlarge": Instance(4, 16, 1),
    "g5.2xlarge": Instance(8, 32, 1),
    "g5.4xlarge": Instance(16, 64, 1),
    "g5.8xlarge": Instance(32, 128, 1),
    "g5.12xlarge": Instance(48, 192, 4),
    "g5.16xlarge": Instance(64, 256, 1),
    "g5.24xlarge": Instance(96, 384, 4),
    "g5.48xlarge": Instance(192, 768, 8),
    "g6.xlarge": Instance(4, 16, 1),
    "g6.2xlarge": Instance(8, 32, 1),
    "g6.4xlarge": Instance(16, 64, 1),
    "g6.8xlarge": Instance(32, 128, 1),
    "g6.12xlarge": Instance(48, 192, 4),
    "g6.16xlarge": Instance(64, 256, 1),
    "g6.24xlarge": Instance(96, 384, 4),
    "g6.48xlarge": Instance(192, 768, 8),
    "g6e.xlarge": Instance(4, 32, 1),
    "g6e.2xlarge": Instance(8, 64, 1),
    "g6e.4xlarge": Instance(16, 128, 1),
    "g6e.8xlarge": Instance(32, 256, 1),
    "g6e.12xlarge": Instance(48, 384, 4),
    "g6e.16xlarge": Instance(64, 512, 1),
    "g6e.24xlarge": Instance(96, 768, 4),
    "g6e.48xlarge": Instance(192, 1536, 8),
    "p4d.24xlarge": Instance(96, 1152, 8),
    "p4de.24xlarge": Instance(96, 1152, 8),
    "p5.48xlarge": Instance(192, 2048, 8),
    "p5e.48xlarge": Instance(192, 2048, 8),
    "p5en.48xlarge": Instance(192, 2048, 8),
}

INSTANCES = _CPU | _GPU
