"""CloudFormation's custom resource: one of our services has, or has no more, a token of its own."""

from identity.custom_resource import Request, custom_resource
from identity.service_token import ServiceToken, granted, withdrawn
from identity.wiring import book, secrets
from kernel.clock import now


@custom_resource(ServiceToken)
def handler(request: Request, wish: ServiceToken) -> str:
    if request.removes:
        withdrawn(book(), wish.username, request.physical_id)
        return request.physical_id
    return granted(book(), wish, secrets().text(wish.secret_id), now().timestamp())
