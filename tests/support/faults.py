"""Every fault of the kernel and of the services, by the package that defines it."""

from importlib import import_module

from kernel.faults import Fault
from tests.support.sources import ROOT


def services() -> list[str]:
    """Return the services that have errors of their own."""
    return sorted(path.parent.name for path in ROOT.glob("functions/*/lib/*/errors.py"))


def all_faults() -> list[type[Fault]]:
    """Return every fault that a person may read."""
    # Identity's errors are not faults: what judges a credential knows nothing of the kernel.
    for module in ("errors", "faults"):
        for path in ROOT.glob(f"functions/*/lib/*/{module}.py"):
            import_module(f"{path.parent.name}.{module}")
    for path in ROOT.glob("layers/kernel/kernel/[a-z]*.py"):
        import_module(f"kernel.{path.stem}")
    packages = ("kernel", *services())
    found = (one for one in _below(Fault) if one.__module__.partition(".")[0] in packages)
    return sorted(found, key=lambda fault: fault.__name__)


def faults_of(package: str) -> list[type[Fault]]:
    """Return the faults of one service, or of the kernel."""
    return [one for one in all_faults() if one.__module__.partition(".")[0] == package]


def _below(fault: type[Fault]) -> list[type[Fault]]:
    return [one for child in fault.__subclasses__() for one in (child, *_below(child))]
