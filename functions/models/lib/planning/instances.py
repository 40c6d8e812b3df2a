"""Instance types that can host a model: what each has, and whose quota it uses."""

from collections.abc import Iterator
from dataclasses import dataclass

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True)
class Gpu:
    """A GPU model.

    `memory_mib` is the total that CUDA reports (cudaMemGetInfo), which is what servers take their
    share of. It is smaller than the data sheet's, and differs by some MiB with the driver: these
    are the lower ends of what published start-up logs say. `capability` is CUDA's, times ten.
    """

    name: str
    memory_mib: int
    capability: int


@dataclass(frozen=True)
class Instance:
    """An instance type's size, as EC2's type pages describe it; `nvme_gb` is 10^9 bytes."""

    vcpus: int
    memory_gib: int
    gpus: int = 0
    gpu: Gpu | None = None
    nvme_gb: int = 0
    quota: str = "standard"

    @property
    def container_bytes(self) -> int:
        """Return the memory that the task gets, as the model's stack reserves it."""
        return self.memory_gib * GIB * 9 // 10 - GIB


# Service Quotas counts running vCPUs for each of these: quota code of the service `ec2`.
QUOTA_CODES = {"standard": "L-1216C47A", "g": "L-DB2E81BA", "p": "L-417A185B"}
QUOTA_NAMES = {
    "standard": "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
    "g": "Running On-Demand G and VT instances",
    "p": "Running On-Demand P instances",
}

_T4 = Gpu("NVIDIA T4", 14_910, 75)
_A10G = Gpu("NVIDIA A10G", 22_560, 86)
_L4 = Gpu("NVIDIA L4", 22_560, 89)
_L40S = Gpu("NVIDIA L40S", 45_400, 89)
_A100_40 = Gpu("NVIDIA A100 40 GB", 40_320, 80)
_A100_80 = Gpu("NVIDIA A100 80 GB", 81_030, 80)
_H100 = Gpu("NVIDIA H100", 81_000, 90)
_H200 = Gpu("NVIDIA H200", 143_070, 90)
_B200 = Gpu("NVIDIA B200", 182_630, 100)

_SIZES = {"large": 2, "xlarge": 4, "2xlarge": 8, "4xlarge": 16, "8xlarge": 32, "12xlarge": 48}
# GiB of memory for each vCPU of the families without GPU.
_CPU_FAMILIES = {
    "c5": 2, "c6i": 2, "c7i": 2,
    "m5": 4, "m5d": 4, "m6i": 4, "m7i": 4,
    "r5": 8, "r6i": 8, "r7i": 8,
}  # fmt: skip
# GB of NVMe for each vCPU: m5d.large has 75 GB and the family grows evenly.
_NVME = {"m5d": 37.5}

_CPU = {
    f"{family}.{size}": Instance(vcpus, vcpus * ratio, nvme_gb=int(_NVME.get(family, 0) * vcpus))
    for family, ratio in _CPU_FAMILIES.items()
    for size, vcpus in _SIZES.items()
    # c5 has no 8xlarge; it goes from 4xlarge to 9xlarge.
    if (family, size) != ("c5", "8xlarge")
}

# Of each size: vCPUs, GiB of memory, GPUs, GB of NVMe.
_G4DN = {
    "xlarge": (4, 16, 1, 125), "2xlarge": (8, 32, 1, 225), "4xlarge": (16, 64, 1, 225),
    "8xlarge": (32, 128, 1, 900), "12xlarge": (48, 192, 4, 900), "16xlarge": (64, 256, 1, 900),
}  # fmt: skip
_G5 = {
    "xlarge": (4, 16, 1, 250), "2xlarge": (8, 32, 1, 450), "4xlarge": (16, 64, 1, 600),
    "8xlarge": (32, 128, 1, 900), "12xlarge": (48, 192, 4, 3800), "16xlarge": (64, 256, 1, 1900),
    "24xlarge": (96, 384, 4, 3800), "48xlarge": (192, 768, 8, 7600),
}  # fmt: skip
_G6 = {
    "xlarge": (4, 16, 1, 250), "2xlarge": (8, 32, 1, 450), "4xlarge": (16, 64, 1, 600),
    "8xlarge": (32, 128, 1, 900), "12xlarge": (48, 192, 4, 3760), "16xlarge": (64, 256, 1, 1880),
    "24xlarge": (96, 384, 4, 3760), "48xlarge": (192, 768, 8, 7520),
}  # fmt: skip
_G6E = {
    "xlarge": (4, 32, 1, 250), "2xlarge": (8, 64, 1, 450), "4xlarge": (16, 128, 1, 600),
    "8xlarge": (32, 256, 1, 900), "12xlarge": (48, 384, 4, 3800), "16xlarge": (64, 512, 1, 1900),
    "24xlarge": (96, 768, 4, 3800), "48xlarge": (192, 1536, 8, 7600),
}  # fmt: skip
_GPU_FAMILIES = {
    "g4dn": (_T4, _G4DN),
    "g5": (_A10G, _G5),
    "g6": (_L4, _G6),
    "g6e": (_L40S, _G6E),
    "p4d": (_A100_40, {"24xlarge": (96, 1152, 8, 8000)}),
    "p4de": (_A100_80, {"24xlarge": (96, 1152, 8, 8000)}),
    "p5": (_H100, {"4xlarge": (16, 256, 1, 3800), "48xlarge": (192, 2048, 8, 30_400)}),
    "p5e": (_H200, {"48xlarge": (192, 2048, 8, 30_400)}),
    "p5en": (_H200, {"48xlarge": (192, 2048, 8, 30_400)}),
    "p6-b200": (_B200, {"48xlarge": (192, 2048, 8, 30_400)}),
}


def _with_gpu() -> Iterator[tuple[str, Instance]]:
    for family, (gpu, sizes) in _GPU_FAMILIES.items():
        for size, (vcpus, memory, gpus, nvme) in sizes.items():
            yield f"{family}.{size}", Instance(vcpus, memory, gpus, gpu, nvme, family[0])


INSTANCES: dict[str, Instance] = _CPU | dict(_with_gpu())
