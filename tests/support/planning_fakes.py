"""The ports of planning in memory. Each passes the suite of its AWS adapter."""

from dataclasses import dataclass, field

from checkpoint.ports import MAX_FILES, Cause, Unreadable


@dataclass
class Sparse:
    """A file of `size` bytes of which only the beginning is written."""

    beginning: bytes
    size: int


@dataclass
class InMemoryModelFiles:
    """A bucket: full key -> content. `reads` are the ranges that were asked for."""

    bucket: str = "test-models"
    objects: dict[str, Sparse] = field(default_factory=dict)
    refusal: Cause | None = None
    reads: list[tuple[str, int, int]] = field(default_factory=list)

    def put(self, key: str, content: bytes | Sparse) -> None:
        """Write a file."""
        whole = content if isinstance(content, Sparse) else Sparse(content, len(content))
        self.objects[key] = whole

    def list(self, prefix: str) -> dict[str, int]:
        self._answer()
        start = f"{prefix}/"
        found = {key: file.size for key, file in self.objects.items() if key.startswith(start)}
        if len(found) > MAX_FILES:
            raise Unreadable("too many files")
        names = {key.removeprefix(start): size for key, size in sorted(found.items())}
        return {name: size for name, size in names.items() if name and not name.endswith("/")}

    def read(self, prefix: str, name: str, start: int, length: int) -> bytes:
        self._answer()
        file = self.objects.get(f"{prefix}/{name}")
        if file is None:
            raise Unreadable("missing")
        self.reads.append((name, start, length))
        end = min(start + length, file.size)
        return file.beginning[start:end].ljust(max(0, end - start), b"\0")

    def _answer(self) -> None:
        if self.refusal:
            raise Unreadable(self.refusal, "said so")


@dataclass
class InMemoryAccount:
    """An account that knows what it is told; None and absent types are unknown."""

    types: dict[str, list[str]] | None = None
    vcpus: dict[str, float] = field(default_factory=dict)

    def offered(self, instance_type: str) -> bool | None:
        zones = self.zones(instance_type)
        return None if zones is None else bool(zones)

    def zones(self, instance_type: str) -> list[str] | None:
        return None if self.types is None else self.types.get(instance_type, [])

    def quota_vcpus(self, family: str) -> float | None:
        return self.vcpus.get(family)
