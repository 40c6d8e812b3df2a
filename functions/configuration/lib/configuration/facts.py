"""What this service tells the others, and how a change of its table becomes it."""

from kernel.events import Change, Fact


class ConfigurationChanged(Fact, source="configuration"):
    """An administrator saved a version: who, and what is on (true) and off (false) from now on."""

    version: int
    changed_by: str
    enabled_components: dict[str, bool]


def facts_of(change: Change) -> list[ConfigurationChanged]:
    """Return what became true with a new version."""
    row = change.after
    if row is None or row == change.before:
        return []
    switches = row["configuration"]["enabledComponents"]
    return [
        ConfigurationChanged(
            version=int(row["versionId"]),
            changed_by=str(row["changedBy"]),
            enabled_components={name: bool(value) for name, value in switches.items()},
        )
    ]
