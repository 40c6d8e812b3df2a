"""Conditions in which functions make the values that are compared, at the top and nested."""

import pytest
from botocore.exceptions import ClientError

from tests.emulator.running import Emulator

# A list contains a word if cutting it out changes the list: as the parts of an installation.
TEMPLATE = """
Parameters: {Words: {Type: CommaDelimitedList}}
Mappings: {Of: {us-east-1: {Name: here}}}
Conditions:
  Contains: !Not
    - !Equals [!Join ["", !Split [blue, !Join [",", !Ref Words]]], !Join [",", !Ref Words]]
  IsHere: !Equals [!FindInMap [Of, !Ref AWS::Region, Name], here]
  Both: !And [!Condition Contains, !Condition IsHere]
Resources:
  Always: {Type: AWS::SQS::Queue}
  Sometimes: {Type: AWS::SQS::Queue, Condition: Both}
Outputs:
  Out: {Value: !If [Both, !GetAtt Sometimes.QueueName, absent]}
"""
PARENT = """
Parameters: {{Words: {{Type: CommaDelimitedList}}}}
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {{TemplateURL: '{url}', Parameters: {{Words: !Join [",", !Ref Words]}}}}
Outputs:
  Out: {{Value: !GetAtt Child.Outputs.Out}}
"""


def answer(emulator: Emulator, name: str, words: str) -> str:
    return emulator.deploy(name, TEMPLATE, Words=words)["Out"]


def test_ministack_compares_functions_and_not_what_they_say(plain: Emulator) -> None:
    assert answer(plain, "functions", "red,blue") == "absent"


@pytest.mark.parametrize("words", ["blue", "red,blue", "red,blue,green"])
def test_a_list_contains_a_word(ours: Emulator, words: str) -> None:
    assert answer(ours, f"with-{words.replace(',', '-')}", words) != "absent"


def test_a_list_lacks_a_word(ours: Emulator) -> None:
    assert answer(ours, "without", "red,green") == "absent"


def test_a_nested_stack_evaluates_its_own(ours: Emulator) -> None:
    url = ours.put_template("words.yaml", TEMPLATE)
    assert ours.deploy("nested-with", PARENT.format(url=url), Words="blue")["Out"] != "absent"
    assert ours.deploy("nested-without", PARENT.format(url=url), Words="red")["Out"] == "absent"


LIST = """
Parameters: {Parts: {Type: CommaDelimitedList, AllowedValues: [one, two, three]}}
Resources:
  Queue: {Type: AWS::SQS::Queue}
Outputs:
  Out: {Value: !Join ["-", !Ref Parts]}
"""


def test_ministack_takes_a_list_for_one_value(plain: Emulator) -> None:
    with pytest.raises(ClientError, match="is not in AllowedValues"):
        plain.deploy("several", LIST, Parts="one,two")


def test_each_member_of_a_list_is_one_of_the_allowed_values(ours: Emulator) -> None:
    assert ours.deploy("several", LIST, Parts="one,two")["Out"] == "one-two"

    with pytest.raises(ClientError, match="must be of the values one, two, three"):
        ours.deploy("unknown", LIST, Parts="one,four")
