"""The whole environment of the gateway, read in one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gateway.reach import Reach

MEGABYTE = 1024 * 1024
# Balancers of hosted models are there, and so are servers that an organisation runs by itself.
PRIVATE_NETWORKS = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7"


@dataclass(frozen=True)
class Oidc:
    """Where people sign in; an empty issuer means that only API tokens are accepted."""

    issuer: str
    client_id: str
    groups_claim: str
    metadata_url: str


@dataclass(frozen=True)
class Settings:
    deployment_name: str
    models_table: str
    tokens_table: str
    registry_table: str
    usage_queue_url: str
    retrieve_function: str
    keep_function: str
    admin_group: str
    allowed_origin: str
    oidc: Oidc
    host: str
    port: int
    listen_fd: int | None
    edge_workers: int
    state_dir: Path | None
    usage_dir: Path | None
    lane_socket: str
    desk_socket: str
    max_body_bytes: int
    body_room: int
    # Requests of one caller that a worker answers at once; more are told to wait.
    most_at_once: int
    reach: Reach
    connect_patience: float
    upstream_timeout: float
    keep_alive: int
    accept_seconds: float
    drain_seconds: int

    @property
    def snapshot_file(self) -> Path:
        return self._state() / "snapshot.json"

    @property
    def usage_folder(self) -> Path:
        return self.usage_dir or self._state() / "usage"

    def _state(self) -> Path:
        if self.state_dir is None:
            raise SystemExit("Start `python -m gateway` alone: it gives its children a STATE_DIR.")
        return self.state_dir

    @classmethod
    def load(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        name = required(env, "DEPLOYMENT_NAME")
        return cls(
            deployment_name=name,
            models_table=env.get("MODELS_TABLE", f"{name}-LISAModelTable"),
            tokens_table=env.get("TOKENS_TABLE", f"{name}-LISAApiTokenTable"),
            registry_table=env.get("REGISTRY_TABLE", f"{name}-LISARegistryTable"),
            # Empty means that nobody counts.
            usage_queue_url=env.get("USAGE_QUEUE_URL", ""),
            # The function that searches repositories; empty where there are none.
            retrieve_function=env.get("RETRIEVE_FUNCTION", ""),
            # The function that keeps answers in sessions; empty where there are none.
            keep_function=env.get("KEEP_FUNCTION", ""),
            admin_group=env.get("ADMIN_GROUP", ""),
            # The origin of the web application, whose pages call us; empty means that none do.
            allowed_origin=env.get("ALLOWED_ORIGIN", ""),
            oidc=_oidc(env),
            host=env.get("HOST", "127.0.0.1"),
            port=int(env.get("PORT", "8080")),
            listen_fd=int(env["LISTEN_FD"]) if env.get("LISTEN_FD") else None,
            edge_workers=int(env.get("EDGE_WORKERS", "1")),
            state_dir=Path(env["STATE_DIR"]) if env.get("STATE_DIR") else None,
            # Where what was used is kept until it is delivered, if not with the rest of the state.
            usage_dir=Path(env["USAGE_DIR"]) if env.get("USAGE_DIR") else None,
            lane_socket=env.get("LANE_SOCKET", ""),
            desk_socket=env.get("DESK_SOCKET", ""),
            max_body_bytes=int(env.get("MAX_BODY_BYTES", str(25 * MEGABYTE))),
            # What a worker holds of large bodies at once; with copies it is up to four times that.
            body_room=int(env.get("BODY_ROOM", str(256 * MEGABYTE))),
            most_at_once=int(env.get("MOST_AT_ONCE", "150")),
            reach=_reach(env.get("REACHABLE_NETWORKS", PRIVATE_NETWORKS)),
            connect_patience=float(env.get("CONNECT_PATIENCE", "20")),
            upstream_timeout=float(env.get("UPSTREAM_TIMEOUT", "600")),
            # Above the load balancer's idle timeout (600 s), or it reuses what we just closed.
            keep_alive=int(env.get("KEEP_ALIVE", "660")),
            # A balancer still sends to a target that leaves.
            accept_seconds=float(env.get("ACCEPT_SECONDS", "10")),
            # Below the container's stop timeout, of which 120 s is the most that Fargate grants.
            drain_seconds=int(env.get("DRAIN_SECONDS", "110")),
        )


def required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if not value:
        raise SystemExit(f"The gateway cannot start: {name} is not set. Set it and start again.")
    return value


def _reach(networks: str) -> Reach:
    try:
        return Reach.of(networks)
    except ValueError as reason:
        raise SystemExit(
            f"The gateway cannot start: REACHABLE_NETWORKS is wrong, {reason}."
        ) from None


def _oidc(env: Mapping[str, str]) -> Oidc:
    return Oidc(
        issuer=env.get("OIDC_ISSUER", ""),
        client_id=env.get("OIDC_CLIENT_ID", ""),
        groups_claim=env.get("GROUPS_CLAIM", "cognito:groups"),
        metadata_url=env.get("OIDC_METADATA_URL", ""),
    )
