"""REST APIs imported from an OpenAPI body."""

import json
from typing import Any

import pytest

from tests.emulator.running import Emulator

FUNCTION = """
Transform: AWS::Serverless-2016-10-31
Parameters: {{Greeting: {{Type: String, Default: hello}}}}
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Cors: {{AllowOrigin: "'https://ui.example'", AllowMethods: "'GET,POST'"}}
      DefinitionBody:
        openapi: 3.0.1
        info: {{title: api, version: '1'}}
        paths:
          /any:
            x-amazon-apigateway-any-method: &call
              x-amazon-apigateway-integration:
                type: aws_proxy
                httpMethod: POST
                uri: !Sub >-
                  arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{Function.Arn}}/invocations
          {extra}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: {name}
      Runtime: python3.12
      Handler: index.handler
      InlineCode: |
        import json
        def handler(event, context):
            return {{"statusCode": 200, "body": json.dumps([event["httpMethod"], event["path"]])}}
Outputs:
  Api: {{Value: !Ref Api}}
"""


def deploy(emulator: Emulator, name: str, extra: str = "/other: {}") -> str:
    template = FUNCTION.format(name=name, extra=extra).replace("&call", "")
    api = emulator.deploy(name, template)["Api"]
    return f"/_aws/execute-api/{api}/v1"


@pytest.fixture(scope="session")
def api(ours: Emulator) -> str:
    return deploy(ours, "imported")


def called(emulator: Emulator, path: str, method: str = "GET") -> tuple[int, Any]:
    status, _, body = emulator.get(path, method)
    return status, json.loads(body)


def test_plain_does_not_import_the_any_method(plain: Emulator) -> None:
    api = deploy(plain, "imported")

    assert called(plain, f"{api}/any")[0] == 403


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_the_any_method_takes_every_verb(ours: Emulator, api: str, method: str) -> None:
    assert called(ours, f"{api}/any", method) == (200, [method, "/any"])


def test_plain_answers_a_preflight_without_the_origin(plain: Emulator) -> None:
    api = deploy(plain, "preflight")
    _, headers, _ = plain.get(f"{api}/any", "OPTIONS", {"Origin": "https://ui.example"})

    assert headers["Access-Control-Allow-Origin"] != "https://ui.example"


def test_a_preflight_names_the_allowed_origin(ours: Emulator, api: str) -> None:
    origin = {"Origin": "https://ui.example", "Access-Control-Request-Method": "GET"}
    status, headers, _ = ours.get(f"{api}/any", "OPTIONS", origin)

    assert status == 200
    assert headers["Access-Control-Allow-Origin"] == "https://ui.example"


def test_plain_gives_a_changed_api_a_new_id(plain: Emulator) -> None:
    before = deploy(plain, "changed")

    assert deploy(plain, "changed", "/more: {}") != before


def test_a_changed_api_keeps_its_id_and_serves_the_new_routes(ours: Emulator) -> None:
    before = deploy(ours, "changed")
    new_route = "/added: {x-amazon-apigateway-any-method: {security: []}}"
    after = deploy(ours, "changed", new_route)

    assert after == before
    assert called(ours, f"{after}/any")[0] == 200
    assert called(ours, f"{after}/other")[0] == 403
