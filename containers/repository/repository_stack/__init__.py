"""The stack of one repository's own database: CloudFormation templates and what fills them in.

    rendered = render("hr-docs", Postgres(), Surroundings(...))   # pure: no AWS, no clock
    rendered.templates, rendered.parameters, rendered.stack_name  # see stacks.rendered

A repository on a database that was there before has no stack.
"""

from repository_stack.rendering import (
    Database,
    OpenSearch,
    Postgres,
    Surroundings,
    render,
    stack_name,
    templates,
)

__all__ = [
    "Database",
    "OpenSearch",
    "Postgres",
    "Surroundings",
    "render",
    "stack_name",
    "templates",
]
