"""The web application of this clone: built beside other work, put where the front serves it."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from frontend.site.environment import Addresses, Groups, SignIn, env_js
from frontend.site.files import files
from local.supervisor.ports import Ports
from local.supervisor.sam import Job, started
from local.supervisor.state import State
from local.toolchain.venvs import Toolchain
from local.toolchain.web import built_site


def web_origin(ports: Ports) -> str:
    """The origin of what a person opens."""
    return f"http://127.0.0.1:{ports.ui}"


def site_folder(state: State) -> Path:
    """What the front serves."""
    return state.folder / "site"


def start_build(state: State, tools: Toolchain) -> Job | None:
    """Build it, unless these very sources were built before."""
    if built_site(tools.cache).exists():
        return None
    command = [sys.executable, "-m", "local.toolchain", "--site"]
    return started("the build of the web application", command, state.log("site"), os.environ)


def told(stack: Mapping[str, str], ports: Ports) -> str:
    """What the page is told of the stack, by its parameters and outputs."""
    origin, aws = web_origin(ports), f"http://127.0.0.1:{ports.emulator}"
    issuer = stack["OidcIssuer"]
    # The emulator signs as Cognito, and answers here.
    discovery = f"{aws}/{issuer.rpartition('/')[2]}/.well-known/openid-configuration"
    sign_in = SignIn(issuer, stack["OidcClientId"], discovery, f"{aws}/logout")
    groups = Groups(stack["GroupsClaim"], stack["AdminGroup"], stack["RagAdminGroup"])
    parts = stack["InstalledParts"].split(",")
    return env_js(sign_in, groups, Addresses(origin, f"{origin}/v1"), parts)


def publish(build: Path, folder: Path, script: str) -> None:
    """Put the built files where they are served, and take away those of earlier builds."""
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    put = set()
    for name, content in files(build, script, base="/"):
        put.add(folder / name)
        _write(folder / name, content)
    for file in [*folder.iterdir(), *(folder / "assets").iterdir()]:
        if file.is_file() and file not in put:
            file.unlink()


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
