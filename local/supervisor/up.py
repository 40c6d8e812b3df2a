"""`make up`: every step that is not done yet, in order."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import boto3

from local.seed.access import Access, ensure_access
from local.seed.admin_api import AdminApi
from local.seed.keepsake import Keepsake
from local.seed.models import DEMO_MODELS, EMBEDDER, ensure_models
from local.seed.repository import Database, ensure_repository, readable
from local.seed.weights import build_weights, upload_checkpoint, upload_weights
from local.supervisor import control, vllm, web
from local.supervisor.database import running_database
from local.supervisor.deployment import Deployment
from local.supervisor.endpoints import Seeded, endpoints, greeting
from local.supervisor.environment import product_environment
from local.supervisor.gateway import ensure_gateway
from local.supervisor.ports import chosen_ports
from local.supervisor.progress import Progress
from local.supervisor.sam import Job
from local.supervisor.serving import answers
from local.supervisor.state import REPOSITORY, State, write_json
from local.toolchain.catalogue import PRODUCT
from local.toolchain.locks import held
from local.toolchain.venvs import Toolchain
from local.toolchain.web import built_site

_EMULATOR_SECONDS, _MODEL_SECONDS, _DATABASE_SECONDS = 120.0, 60.0, 60.0


def main(state: State) -> int:
    """Start what does not run, and say how to reach it."""
    # A start that is ended from outside cleans up as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(greeting(Start(state, Progress()).run()), end="")
    return 0


class Start:
    """One `make up`."""

    def __init__(self, state: State, progress: Progress) -> None:
        self._state, self._progress = state, progress
        self._tools, self._ports = Toolchain(), chosen_ports(state)
        self._keepsake = Keepsake(state.folder / "keepsake.json")
        self._deployment = Deployment(state, self._ports, self._tools.programs("sam"))

    def run(self) -> dict[str, Any]:
        """Do what is missing, and give the facts about what then runs."""
        environment = product_environment(self._ports, os.environ)
        os.environ.clear()
        os.environ.update(environment)
        with ExitStack() as stack:
            stack.enter_context(held(self._state.folder / "up.lock"))
            with self._progress.step("tools"):
                build, pages = self._early_build(stack), self._early_pages(stack)
                self._tools.ensure(PRODUCT, self._installed)
                self._settle_vllm()
            stack.enter_context(self._running())
            facts = self._product(build, pages)
        write_json(self._state.endpoints, facts)
        return facts

    def _early_build(self, stack: ExitStack) -> Job | None:
        """Building needs nothing that is started later, so it runs beside it."""
        if not self._deployment.has_changed():
            return None
        self._deployment.refuse_moved()
        # Everything built lies in one folder of the clone, whatever state folder it is built for.
        stack.enter_context(held(REPOSITORY / ".aws-sam" / "lock"))
        self._tools.ensure(["sam"], self._installed)
        job = self._deployment.start_build()
        stack.callback(job.cancel)
        return job

    def _early_pages(self, stack: ExitStack) -> Job | None:
        """So does the web application."""
        job = web.start_build(self._state, self._tools)
        if job:
            stack.callback(job.cancel)
        return job

    def _product(self, build: Job | None, pages: Job | None) -> dict[str, Any]:
        with self._progress.step("local AWS"):
            control.wait_for_child(self._state, "emulator", _EMULATOR_SECONDS)
        self._deploy(build)
        outputs = self._deployment.outputs()
        with self._progress.step("web application"):
            if pages:
                pages.finish()
            script = web.told(self._deployment.facts(), self._ports)
            web.publish(built_site(self._tools.cache), web.site_folder(self._state), script)
        with self._progress.step("sign-ins and token"):
            access = ensure_access(outputs, self._keepsake)
        with self._progress.step("demo weights"):
            folder = build_weights(self._state, self._tools.interpreter("demo"))
            upload_weights(boto3.client("s3"), outputs["ModelsBucketName"], folder)
            if vllm.wanted(self._state, os.environ):
                upload_checkpoint(boto3.client("s3"), outputs["ModelsBucketName"])
        # The gateway has been starting all the while: the models' functions need no waiting for it.
        with self._progress.step("demo models"):
            api = AdminApi(outputs["ApiUrl"], access.admin.id_token)
            models = ensure_models(api, self._progress.note)
        with self._progress.step("gateway"):
            ensure_gateway(self._ports)
            models = [model for model in models if self._is_served(model, outputs, access)]
        database = running_database(self._state, self._ports)
        with self._progress.step("demo repository"):
            repositories = self._repositories(api, models, database)
        seeded = Seeded(models, repositories, database)
        return endpoints(outputs, access, seeded, self._ports)

    def _settle_vllm(self) -> None:
        if vllm.wanted(self._state, os.environ):
            vllm.ensure(self._state, self._tools, self._installed)
        else:
            vllm.remove(self._state)

    def _deploy(self, build: Job | None) -> None:
        if build is None and self._deployment.is_there():
            return
        with self._progress.step("sam build"):
            (build or self._deployment.start_build()).finish()
        with self._progress.step("sam deploy"):
            self._deployment.deploy()

    def _repositories(self, api: AdminApi, models: list[str], database: Database) -> list[str]:
        if EMBEDDER not in models:
            return []
        control.wait_for_child(self._state, "database", _DATABASE_SECONDS)
        secrets = boto3.client("secretsmanager")
        repository = ensure_repository(api, secrets, database, EMBEDDER)
        return readable(repository, self._progress.note)

    def _is_served(self, model_id: str, outputs: dict[str, str], access: Access) -> bool:
        """A model in service may still be loading, after the product was down."""
        kind = DEMO_MODELS[model_id]["modelType"]
        served = control.until(
            lambda: answers(outputs["ServeUrl"], access.token, model_id, kind),
            _MODEL_SECONDS,
            pause=0.3,
        )
        if not served:
            self._progress.note(f"{model_id} is in service but does not answer; see `make logs`")
        return served

    @contextmanager
    def _running(self) -> Iterator[None]:
        """Start the supervisor unless it runs; stop it again if this start does not succeed."""
        ours = control.running_pid(self._state) is None
        if ours:
            control.launch(self._state, self._ports)
        succeeded = False
        try:
            yield
            succeeded = True
        finally:
            if ours and not succeeded:
                with self._progress.step("stopping what was started"):
                    control.stop(self._state)

    def _installed(self, name: str, seconds: float) -> None:
        self._progress.note(f"installed {name} in {seconds:.1f} s")
