"""Load balancers have an address that can be called.

Symptom: `DNSName` is a name that no machine here resolves; on AWS it leads to the load balancer.
Here it is `127.0.0.1:<port>`, so that `http://${LoadBalancer.DNSName}` works unchanged. The port
is chosen from LOCAL_ALB_PORTS (first-last) at creation and kept. The process that listens there
is not part of the emulator.
"""

import os
import socket
import threading
from typing import Any

from ministack.services import alb
from ministack.services.cloudformation import provisioners

Form = dict[str, Any]
DEFAULT_PORTS = "41000-41999"

_create = alb._create_lb
_resource = provisioners._RESOURCE_HANDLERS["AWS::ElasticLoadBalancingV2::LoadBalancer"]
_create_resource = _resource["create"]
_choosing = threading.Lock()


def _bindable(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    first, last = map(int, os.environ.get("LOCAL_ALB_PORTS", DEFAULT_PORTS).split("-"))
    every_account = alb._lbs._data.values()
    taken = {balancer["DNSName"].rpartition(":")[2] for balancer in every_account}
    for port in range(first, last + 1):
        if str(port) not in taken and _bindable(port):
            return port
    raise ValueError(
        f"No port between {first} and {last} is free for another load balancer. "
        "Delete one or widen LOCAL_ALB_PORTS."
    )


def _give_address(arn: str) -> Any:
    with _choosing:
        balancer = alb._lbs[arn]
        balancer["DNSName"] = f"127.0.0.1:{_free_port()}"
    return balancer


def _create_with_address(form: Form) -> Any:
    before = set(alb._lbs)
    answer = _create(form)
    created = set(alb._lbs) - before
    if not created:
        return answer
    balancer = _give_address(created.pop())
    shown = f"<LoadBalancers>{alb._lb_xml(balancer)}</LoadBalancers>"
    return alb._xml(200, "CreateLoadBalancer", shown)


def _create_resource_with_address(logical_id: str, properties: Form, stack: str) -> Any:
    arn, attributes = _create_resource(logical_id, properties, stack)
    attributes["DNSName"] = _give_address(arn)["DNSName"]
    return arn, attributes


def apply() -> None:
    """Choose the address at creation, by API and by template."""
    alb._ACTION_MAP["CreateLoadBalancer"] = _create_with_address
    _resource["create"] = _create_resource_with_address
