"""The environment of this service; a test compares it with the templates, both ways."""

from functools import cache

from kernel.settings import Environment


class Settings(Environment):
    """Every variable that a function of the admin API, or a reaction, may read."""

    aws_region: str
    deployment_name: str
    bus_name: str
    models_table: str
    registry_table: str
    models_bucket: str
    kms_key_arn: str = ""


class WorkflowSettings(Settings):
    """What the steps of the workflows read besides: where stacks are made, and of what."""

    templates_bucket: str
    templates_url: str
    stack_role_arn: str
    installation_stack: str
    vpc_id: str
    task_subnets: str
    public_addresses: bool
    model_balancer_security_group: str
    model_instance_security_group: str
    alarm_topic_arn: str = ""
    log_retention_days: int = 365
    permissions_boundary: str = ""
    start_timeout_minutes: int = 45


@cache
def settings() -> Settings:
    """Return this process's settings."""
    return Settings.load()


@cache
def workflow_settings() -> WorkflowSettings:
    """Return the settings of a process that runs steps."""
    return WorkflowSettings.load()
