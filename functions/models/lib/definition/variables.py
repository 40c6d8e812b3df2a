"""Variables of a container that are no settings of its server. Pure.

Whoever sets one of them has the server run other code, or act in another name: where it asks for
credentials and for AWS, what is loaded before it, and what a shell or an interpreter does first.
"""

# Of AWS's SDKs, of the ECS agent, of the dynamic loader, of git, and of this product.
_FAMILIES = ("AWS_", "ECS_", "LD_", "GIT_", "LISA_", "BASH_FUNC_")
_NAMES = frozenset(
    ("BASHOPTS", "BASH_ENV", "ENV", "IFS", "PATH", "PROMPT_COMMAND", "PS4", "SHELLOPTS")
    + ("GCONV_PATH", "GLIBC_TUNABLES", "HOSTALIASES", "LOCPATH")
    + ("NODE_OPTIONS", "NODE_PATH", "PERL5LIB", "PERL5OPT", "RUBYLIB", "RUBYOPT")
    + ("PYTHONBREAKPOINT", "PYTHONEXECUTABLE", "PYTHONHOME", "PYTHONINSPECT", "PYTHONPATH")
    + ("PYTHONPLATLIBDIR", "PYTHONSTARTUP", "PYTHONUSERBASE", "PYTHONWARNINGS")
)


def seizes(name: str) -> bool:
    """Whether a variable of this name is refused; case is no way around it."""
    upper = name.upper()
    return upper in _NAMES or upper.startswith(_FAMILIES)
