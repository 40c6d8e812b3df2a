"""The ECS agent of one machine: runs the tasks that the control plane wants, as local processes."""
