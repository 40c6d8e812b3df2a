"""RDS keeps the password of a database that is made so, and takes it along."""

import json

import pytest

from tests.emulator.running import Emulator, eventually

TEMPLATE = """
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties:
      DBInstanceIdentifier: hr
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: 20
      MasterUsername: postgres
      ManageMasterUserPassword: true
Outputs:
  Secret: {Value: !GetAtt Database.MasterUserSecret.SecretArn}
"""


def test_plain_keeps_none(plain: Emulator) -> None:
    with pytest.raises(RuntimeError, match="MasterUserSecret"):
        plain.deploy("managed", TEMPLATE)


def test_a_secret_of_rds_has_the_password_and_goes_with_its_database(ours: Emulator) -> None:
    arn = ours.deploy("managed", TEMPLATE)["Secret"]
    secrets, cloudformation = ours.client("secretsmanager"), ours.client("cloudformation")
    kept = json.loads(secrets.get_secret_value(SecretId=arn)["SecretString"])
    assert kept["username"] == "postgres"
    assert kept["password"]
    told = secrets.describe_secret(SecretId=arn)
    assert arn.endswith(f":secret:{told['Name']}{arn[-7:]}")
    assert told["Name"].startswith("rds!db-")
    tags = {tag["Key"]: tag["Value"] for tag in told["Tags"]}
    assert tags["aws:rds:primaryDBInstanceArn"].endswith(":db:hr")

    cloudformation.delete_stack(StackName="managed")
    eventually(
        lambda: not [one for one in secrets.list_secrets()["SecretList"] if one["ARN"] == arn]
    )
