"""What survives the end of the emulator, and what does not survive the end of the agent."""

import json
import signal
import socket
import time

from tests.emulator.running import eventually, listener
from tests.integration.ecs.cloud import CLUSTER, Cloud, alive

EXPECTED_WITHIN = 30.0
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}


def test_a_task_keeps_its_role_and_its_process_when_the_emulator_is_killed(cloud: Cloud) -> None:
    iam = cloud.emulator.client("iam")
    role = iam.create_role(RoleName="server", AssumeRolePolicyDocument=json.dumps(TRUST))
    service = cloud.service(cloud.definition(role=role["Role"]["Arn"]))
    service.first_answer()
    before = service.get("/identity")
    assert ":assumed-role/server/" in before["arn"]
    eventually(lambda: service.rollout() == "COMPLETED", EXPECTED_WITHIN)
    time.sleep(1.5)  # what is older than a second is on disk
    cloud.emulator.end(signal.SIGKILL)
    assert service.get()["pid"] == before["pid"]
    cloud.emulator.start()
    assert service.get("/identity") == before
    assert service.described()["runningCount"] == 1
    cloud.ecs.delete_service(cluster=CLUSTER, service=service.name, force=True)
    eventually(lambda: not alive(before["pid"]), EXPECTED_WITHIN)


def test_a_killed_agent_leaves_no_orphan_and_the_next_one_starts_anew(cloud: Cloud) -> None:
    service = cloud.service(cloud.definition())
    eventually(lambda: service.rollout() == "COMPLETED", EXPECTED_WITHIN)
    orphan = service.first_answer()["pid"]
    orphans_child = service.get("/child")["child"]
    cloud.agent.end(signal.SIGKILL)
    eventually(lambda: not alive(orphan) and not alive(orphans_child), 5)
    cloud.agent.start()
    eventually(lambda: [t["lastStatus"] for t in service.tasks()] == ["RUNNING"], EXPECTED_WITHIN)
    assert service.first_answer()["pid"] != orphan
    lost = service.tasks("STOPPED")[0]
    assert lost["stoppedReason"] == "agent restarted"
    cloud.ecs.delete_service(cluster=CLUSTER, service=service.name, force=True)


def test_a_lent_socket_keeps_its_callers_while_the_agent_restarts(cloud: Cloud) -> None:
    service = cloud.service(cloud.definition())
    service.first_answer()
    public = listener()
    cloud.agent.end(signal.SIGTERM)
    with socket.create_connection(public.getsockname(), timeout=30) as caller:
        caller.sendall(b"GET / HTTP/1.1\r\nHost: public\r\n\r\n")
        cloud.agent.start(public.fileno(), BALANCER_FDS=f"{service.name}={public.fileno()}")
        assert caller.recv(1024).startswith(b"HTTP/1.1 200")
    public.close()
    cloud.ecs.delete_service(cluster=CLUSTER, service=service.name, force=True)


def test_a_second_agent_for_the_same_state_refuses_to_work(cloud: Cloud) -> None:
    first = cloud.agent.process
    cloud.agent.start()
    second, cloud.agent.process = cloud.agent.process, first
    assert second and second.wait(timeout=20) == 2
    assert first and first.poll() is None
