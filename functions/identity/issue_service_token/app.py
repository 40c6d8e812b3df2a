"""CloudFormation's custom resource: one of our services has, or has no more, a token of its own."""

from identity.custom_resource import Request, custom_resource
from identity.service_token import ServiceToken, granted, service_of, superseded, withdrawn
from identity.wiring import book, secrets
from kernel.clock import now


@custom_resource(ServiceToken)
def handler(request: Request, wish: ServiceToken) -> str:
    if request.removes:
        # The resource's id is the service's name; whatever else it may be, nobody is called so.
        withdrawn(book(), request.physical_id)
        return request.physical_id
    service, at = service_of(wish.secret_id), now().timestamp()
    token = granted(book(), service, secrets().text(wish.secret_id), at)
    superseded(book(), token, at)
    return service
