"""A load balancer for one machine: TCP to whichever target lives, holding callers while none does.

It runs inside the ECS agent's process, because only the agent knows at once that a process has
died, and because without the agent there is no target to balance to. The supervisor may lend it
listening sockets, so that callers queue in the kernel even while the agent itself restarts.
"""
