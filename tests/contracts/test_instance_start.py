"""What an instance does when it starts: the script of its launch template, run by bash."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.model_stacks import MISTRAL
from tests.support.resolved_stacks import properties

ROOT_VOLUME = "/dev/nvme0n1 Amazon Elastic Block Store"
DISK = "/dev/nvme{} Amazon EC2 NVMe Instance Storage"
# Of the system only what any system has; the programs that touch disks are replaced.
SYSTEM = "/usr/bin:/bin"
RECORDS = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'


@dataclass(frozen=True)
class Instance:
    """A machine of files: what lies below /etc and /mnt, and which programs were called."""

    root: Path

    def program(self, name: str, body: str = "") -> None:
        file = self.root / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(RECORDS + body)
        file.chmod(0o755)

    def starts(self, *disks: str) -> int:
        """Run the script; the answer is its exit code."""
        listing = "\n".join([ROOT_VOLUME, *disks])
        self.program("lsblk", f"cat <<END\n{listing}\nEND\n")
        script = properties(MISTRAL, "Capacity.LaunchTemplate")["LaunchTemplateData"]["UserData"]
        for folder in ("/etc/", "/mnt/"):
            (self.root / folder.strip("/")).mkdir(exist_ok=True)
            script = script.replace(f" {folder}", f" {self.root}{folder}")
        (self.root / "etc/ecs").mkdir()
        environment = {"PATH": f"{self.root / 'bin'}:{SYSTEM}", "CALLS": str(self.root / "calls")}
        run = subprocess.run(["bash", "-c", script], env=environment, timeout=20, check=False)
        return run.returncode

    def calls(self) -> list[str]:
        lines = (self.root / "calls").read_text().splitlines()
        return [line.replace(str(self.root), "") for line in lines if "lsblk" not in line]

    def reads(self, path: str) -> str:
        file = self.root / path
        return file.read_text() if file.exists() else ""


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    one = Instance(tmp_path)
    for name in ("mdadm", "mkfs.xfs"):
        one.program(name)
    # A filesystem that was just made belongs to root alone.
    one.program("mount", f"chmod 755 {tmp_path}/mnt/weights\n")
    return one


def test_an_instance_joins_its_models_cluster(instance: Instance) -> None:
    assert instance.starts() == 0
    lines = instance.reads("etc/ecs/ecs.config").splitlines()
    assert lines[0] == "ECS_CLUSTER=<Cluster>"
    assert all("=" in line for line in lines)


def test_without_disks_of_its_own_weights_lie_on_the_root_volume(instance: Instance) -> None:
    assert instance.starts() == 0
    assert (instance.root / "mnt/weights").stat().st_mode & 0o7777 == 0o1777
    assert instance.calls() == []
    assert instance.reads("etc/fstab") == ""


def test_a_disk_of_its_own_is_where_weights_lie_after_a_reboot_too(instance: Instance) -> None:
    assert instance.starts(DISK.format("1n1")) == 0
    assert instance.calls() == [
        "mkfs.xfs -f -K -L weights /dev/nvme1n1",
        "mount -o noatime /dev/nvme1n1 /mnt/weights",
    ]
    assert instance.reads("etc/fstab").split()[0] == "LABEL=weights"
    assert (instance.root / "mnt/weights").stat().st_mode & 0o7777 == 0o1777


def test_several_disks_become_one(instance: Instance) -> None:
    assert instance.starts(*(DISK.format(f"{number}n1") for number in (1, 2, 3))) == 0
    assert instance.calls() == [
        "mdadm --create /dev/md/weights --run --level 0 --raid-devices 3 "
        "/dev/nvme1n1 /dev/nvme2n1 /dev/nvme3n1",
        "mkfs.xfs -f -K -L weights /dev/md/weights",
        "mount -o noatime /dev/md/weights /mnt/weights",
    ]


def test_what_joins_disks_is_installed_where_it_is_missing(instance: Instance) -> None:
    (instance.root / "bin/mdadm").rename(instance.root / "mdadm")
    instance.program("dnf", f"cp {instance.root}/mdadm {instance.root}/bin/mdadm\n")
    assert instance.starts(DISK.format("1n1"), DISK.format("2n1")) == 0
    assert [call.split()[0] for call in instance.calls()] == ["dnf", "mdadm", "mkfs.xfs", "mount"]


@pytest.mark.parametrize("broken", ["mdadm", "mkfs.xfs", "mount"])
def test_an_instance_whose_disks_fail_serves_from_its_root_volume(
    instance: Instance, broken: str
) -> None:
    instance.program(broken, "exit 1\n")
    assert instance.starts(DISK.format("1n1"), DISK.format("2n1")) != 0
    assert "ECS_CLUSTER=" in instance.reads("etc/ecs/ecs.config")
    assert (instance.root / "mnt/weights").stat().st_mode & 0o7777 == 0o1777
    assert instance.reads("etc/fstab") == ""
    assert instance.calls()[-1].startswith(broken)


def test_the_root_volume_is_never_formatted(instance: Instance) -> None:
    instance.starts(DISK.format("1n1"), DISK.format("2n1"))
    assert not any("nvme0" in call for call in instance.calls())
