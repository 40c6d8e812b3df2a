"""`python -m staging model|models|image|site ...`; the Makefile's stage-... targets run it."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from frontend.site.headers import Headers
from model_stack.image import staging_repository
from staging.certificate import self_signed, upload
from staging.container_tool import container_tool
from staging.desk import Desk
from staging.faults import StagingFailed
from staging.images import (
    CONTAINER,
    Recipe,
    advice,
    our_container,
    own_directory,
    saved_image,
    stage_image,
)
from staging.parts import installed_in, named, overrides, with_needs
from staging.place import LOCAL, place_of
from staging.progress import Progress
from staging.registry import Registry
from staging.removal import buckets_that_go, confirmed, empty, remove, require_removable
from staging.settings import Settings, settings
from staging.site import SiteShelf, deployed_site, discovery
from staging.wishes import Wish, wishes_of

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Obey one order; failures end as sentences and an exit code other than 0."""
    given = _parser().parse_args(arguments)
    progress = Progress()
    try:
        return int(given.obey(given, settings(), progress))
    except StagingFailed as failure:
        print(f"\n{failure.what}\n{failure.fix}", file=sys.stderr)
    except (ClientError, BotoCoreError) as error:
        print(f"\n{_aws_says(error)}", file=sys.stderr)
    except OSError as error:
        print(f"\nA file or a connection failed: {error}.", file=sys.stderr)
        print("Run the command again: what was sent is not sent again.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nInterrupted. The same command goes on from here.", file=sys.stderr)
        return _INTERRUPTED
    return 1


def _model(given: argparse.Namespace, setting: Settings, progress: Progress) -> int:
    desk = _desk(given, setting, progress)
    desk.conclude(given.name, desk.stage(given.name, given.revision, given.include))
    return 0


def _models(given: argparse.Namespace, setting: Settings, progress: Progress) -> int:
    wishes = wishes_of(Path(given.config), given.environment)
    desk = _desk(given, setting, progress)
    models = list(dict.fromkeys(wish.model for wish in wishes))
    failed = [model for model in models if not desk.stage_if_missing(model)]
    _name_images(wishes, given.environment, progress)
    progress.say(f"{len(models) - len(failed)} staged, {len(failed)} failed.")
    return 1 if failed else 0


def _desk(given: argparse.Namespace, setting: Settings, progress: Progress) -> Desk:
    place = place_of(given.environment, setting)
    return Desk(place.s3, given.bucket or place.models_bucket, setting, progress)


def _name_images(wishes: Sequence[Wish], environment: str, progress: Progress) -> None:
    wanted = dict.fromkeys(
        (wish.container, wish.base_image) for wish in wishes if wish.container and wish.base_image
    )
    for container, image in wanted if environment != LOCAL else ():
        progress.say(
            f"For its image: make stage-image CONTAINER={container} BASE_IMAGE={image} "
            f"ENVIRONMENT={environment}"
        )


def _site(given: argparse.Namespace, setting: Settings, progress: Progress) -> int:
    place = place_of(given.environment, setting)
    if "SiteBucketName" not in place.outputs:
        progress.say("No web application is put: the part ui is not installed.")
        return 0
    site = deployed_site(place.parameters, place.outputs, discovery)
    table = setting.root / "frontend" / "headers.json"
    shelf = SiteShelf(place.s3, site.bucket, Headers.read(table, site.origins(place.s3)))
    progress.say(f"{shelf.put(Path(given.build), site)} files put.")
    if not place.parameters["AllowedOrigin"]:
        progress.say(f"Letting people sign in at {site.origin}; this takes some minutes, once.")
        place.allow_origin(site.origin)
    progress.say(f"The web application: {site.address}")
    return 0


def _parts(given: argparse.Namespace, setting: Settings, _progress: Progress) -> int:
    wanted = named(given.stack)
    place = place_of(given.environment, setting)
    installed = installed_in(place.parameters) if place.is_there else []
    print(overrides(place.overrides, with_needs(wanted, installed)))
    return 0


def _remove(given: argparse.Namespace, setting: Settings, progress: Progress) -> int:
    place = place_of(given.environment, setting)
    require_removable(place)
    if not confirmed(place):
        raise StagingFailed("Nothing was removed.", "Only the stack's whole name is a yes.")
    for bucket in buckets_that_go(place):
        empty(place, bucket)
        progress.say(f"{bucket} is empty.")
    progress.say(f"Removing the stack {place.stack_name}; this takes some minutes.")
    remove(place)
    progress.say("It is gone. What people made is still in the account.")
    return 0


def _certificate(given: argparse.Namespace, setting: Settings, progress: Progress) -> int:
    place = place_of(given.environment, setting)
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = self_signed(given.domain, Path(folder))
    arn = upload(place.session.client("iam"), f"{place.stack_name}-dev", certificate, key)
    progress.say(f"Deploy with CertificateArn={arn} ServeDomain={given.domain}")
    progress.say("Nobody has signed it: clients verify with it, lisapy.utils.get_cert_path has it.")
    return 0


def _image(given: argparse.Namespace, setting: Settings, progress: Progress) -> int:
    if not CONTAINER.fullmatch(given.container):
        raise StagingFailed(
            f"A container cannot be called {given.container!r}.", "Give one: CONTAINER=vllm."
        )
    if given.environment == LOCAL:
        raise StagingFailed(
            "On a laptop no image is pulled: the container's start script runs as it is.",
            "Create the model right away, or name a deployment on AWS: ENVIRONMENT=dev.",
        )
    recipe = _recipe(given, setting)
    tool = container_tool(setting.container_tool)
    place = place_of(given.environment, setting)
    repository = staging_repository(place.deployment_name, given.container)
    registry = Registry(place.ecr, repository)
    stage_image(recipe, registry, tool, progress, given.replace)
    progress.say(advice(recipe, registry))
    return 0


def _recipe(given: argparse.Namespace, setting: Settings) -> Recipe:
    if given.tarball:
        return saved_image(Path(given.tarball), setting.root)
    if given.directory:
        return own_directory(Path(given.directory), setting.root)
    return our_container(setting.root / "containers", given.container, given.base_image)


def _aws_says(error: ClientError | BotoCoreError) -> str:
    if isinstance(error, ClientError):
        asked, said = error.operation_name, error.response["Error"]
        what = f"AWS refused {asked}: {said.get('Message') or said.get('Code')}"
    else:
        what = f"AWS could not be asked: {error}"
    return (
        f"{what.rstrip('.')}.\nCheck the credentials and the region that the AWS command line uses "
        "here (aws sts get-caller-identity), then run the same command again."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="staging", description=__doc__)
    orders = parser.add_subparsers(required=True)
    model = orders.add_parser("model", help="stage the weights of one model")
    model.add_argument("name", help="org/name, as on the hub")
    model.add_argument("--revision", default="main", help="a branch, a tag or a commit")
    model.add_argument("--include", action="append", default=[], help="a pattern of further files")
    model.set_defaults(obey=_model)
    models = orders.add_parser("models", help="stage what a config.yaml lists under ecsModels")
    models.add_argument("config")
    models.set_defaults(obey=_models)
    image = orders.add_parser("image", help="stage a container image")
    image.add_argument("container", help="the inferenceContainer: vllm, tgi, ...")
    form = image.add_mutually_exclusive_group()
    form.add_argument("--base-image", default="", help="what our own container is built upon")
    form.add_argument("--tarball", default="", help="an archive that docker save wrote")
    form.add_argument("--directory", default="", help="a folder with a Dockerfile")
    image.add_argument("--replace", action="store_true", help="push it even if it is there")
    image.set_defaults(obey=_image)
    site = orders.add_parser("site", help="put the built web application where it is served")
    site.add_argument("build", help="the folder that python3 -m local.toolchain --site prints")
    site.set_defaults(obey=_site)
    parts = orders.add_parser("parts", help="print the parameters by which parts are added")
    parts.add_argument("stack", help="models, serve, rag, chat, ui, or all")
    parts.set_defaults(obey=_parts)
    removal = orders.add_parser("remove", help="remove a deployment, after asking")
    removal.set_defaults(obey=_remove)
    certificate = orders.add_parser("certificate", help="make and upload a certificate for trials")
    certificate.add_argument("domain", help="the name by which the gateway is called")
    certificate.set_defaults(obey=_certificate)
    for order in (model, models):
        order.add_argument("--bucket", default="", help="instead of the deployment's own")
    for order in (model, models, image, site, parts, removal, certificate):
        order.add_argument("--environment", default="dev", help="one of samconfig.toml")
    return parser


if __name__ == "__main__":
    sys.exit(main())
