"""The toolchain's command line.

python3 -m local.toolchain NAME...                  make the named environments
python3 -m local.toolchain --path NAME              print the interpreter of one
python3 -m local.toolchain --run NAME PROGRAM ...   run a program of an environment
python3 -m local.toolchain --npm FOLDER PROGRAM ... run one of a folder's locked npm packages
python3 -m local.toolchain --site                   build the web application, print its folder
python3 -m local.toolchain --frontend SCRIPT ...    run a script of frontend/package.json
python3 -m local.toolchain --chromium               print the browser of tests; as root, install it
python3 -m local.toolchain --lock                   write all lock files anew
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from local.toolchain.catalogue import CATALOGUE
from local.toolchain.chromium import chromium
from local.toolchain.commands import InstallationFailed
from local.toolchain.node import node_modules
from local.toolchain.places import REPOSITORY
from local.toolchain.python_finder import PythonNotFound
from local.toolchain.relock import relock
from local.toolchain.venvs import Toolchain
from local.toolchain.web import FRONTEND, linked_packages, site

if TYPE_CHECKING:
    from pathlib import Path


def main(arguments: list[str]) -> int:
    try:
        return _obey(arguments, Toolchain())
    except (InstallationFailed, PythonNotFound, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _obey(arguments: list[str], toolchain: Toolchain) -> int:
    order, *rest = arguments or ["--help"]
    if order == "--lock":
        relock(toolchain)
    elif order == "--path" and len(rest) == 1 and _known(rest):
        toolchain.ensure(rest, _report)
        print(toolchain.interpreter(rest[0]))
    elif order == "--run" and len(rest) > 1 and _known(rest[:1]):
        toolchain.ensure(rest[:1], _report)
        os.environ.update(_interpreters(toolchain))
        _become(toolchain.programs(rest[0]), rest[1:])
    elif order.startswith("--"):
        return _obey_node(order, rest, toolchain.cache)
    elif _known(arguments):
        toolchain.ensure(arguments, _report)
    else:
        return _help()
    return 0


def _obey_node(order: str, rest: list[str], cache: Path) -> int:
    if order == "--npm" and len(rest) > 1:
        _become(node_modules(cache, rest[0]) / ".bin", rest[1:])
    if order == "--site" and not rest:
        print(site(cache))
        return 0
    if order == "--chromium" and not rest:
        print(chromium())
        return 0
    if order == "--frontend" and rest:
        linked_packages(cache)
        os.environ.setdefault("npm_config_cache", str(cache / "npm"))
        os.chdir(REPOSITORY / FRONTEND)
        os.execvp("npm", ["npm", "run", "--silent", *rest])
    return _help()


def _help() -> int:
    print(f"{__doc__}\nEnvironments: {', '.join(CATALOGUE)}", file=sys.stderr)
    return 2


def _known(names: list[str]) -> bool:
    return bool(names) and all(name in CATALOGUE for name in names)


def _interpreters(toolchain: Toolchain) -> dict[str, str]:
    """Where each environment's Python is or would be: GATEWAY_PYTHON and so on."""
    names = ((name, f"{name.upper()}_PYTHON") for name in CATALOGUE)
    return {variable: str(toolchain.interpreter(name)) for name, variable in names}


def _report(name: str, seconds: float) -> None:
    print(f"installed {name:<10} {seconds:6.1f} s", file=sys.stderr, flush=True)


def _become(folder: Path, command: list[str]) -> NoReturn:
    # First on PATH: sam, for one, looks there for the python3.12 and the pip beside it.
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    program = folder / command[0]
    os.execv(program, [str(program), *command[1:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
