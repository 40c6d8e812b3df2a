"""The environment of this service; a test compares it with the template, both ways."""

from functools import cache

from kernel.settings import Environment


class Settings(Environment):
    """Every variable that a function of this service may read."""

    deployment_name: str
    bus_name: str
    models_table: str
    registry_table: str
    models_bucket: str
    templates_bucket: str
    templates_url: str
    stack_role_arn: str
    vpc_id: str
    task_subnets: str
    public_addresses: bool
    model_balancer_security_group: str
    model_instance_security_group: str
    start_timeout_minutes: int = 45


@cache
def settings() -> Settings:
    """Return this process's settings."""
    return Settings.load()
