"""The environment of this service; a test compares it with the templates, both ways."""

from functools import cache

from kernel.settings import Environment


class Settings(Environment):
    """Every variable that a function of the API, or a reaction, may read.

    `serve_url` is where the gateway answers, without a path; `service_token` names the secret with
    the API token by which this service calls it.
    """

    aws_region: str
    deployment_name: str
    bus_name: str
    repository_table: str
    documents_bucket: str
    serve_url: str
    service_token: str


class ScanSettings(Settings):
    """What functions that compare pipelines with their buckets read besides."""

    notices_queue: str
    scans_queue: str


class ContextSettings(Settings):
    """What functions of attachments and summaries read besides."""

    models_table: str


class StackSettings(Settings):
    """What the steps read besides that make and remove a repository's own database.

    `database_subnets` are ids by commas; `client_security_group` is of the functions that ask
    databases, empty where these stand outside of any network; `kms_key_arn` is the installation's,
    empty where it has none.
    """

    templates_bucket: str
    templates_url: str
    stack_role_arn: str
    installation_stack: str
    vpc_id: str
    database_subnets: str
    client_security_group: str
    kms_key_arn: str = ""


@cache
def settings() -> Settings:
    """Return this process's settings."""
    return Settings.load()


@cache
def scan_settings() -> ScanSettings:
    """Return the settings of a process that compares pipelines with their buckets."""
    return ScanSettings.load()


@cache
def context_settings() -> ContextSettings:
    """Return the settings of a process that works on attachments and summaries."""
    return ContextSettings.load()


@cache
def stack_settings() -> StackSettings:
    """Return the settings of a process that makes or removes databases."""
    return StackSettings.load()
