"""The servers that are started as programs of their own: from a task's environment to a command."""
