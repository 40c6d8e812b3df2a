"""CloudFormation stacks that a service makes as it runs: named, rendered, made, watched, removed.

    stack = rendered("lisa-model-x", {"template.yaml": "..."}, {"ModelId": "x"}, "https://...")
    cloudformation = CloudFormation(templates_bucket="...", role_arn="...", installation="lisa")
    cloudformation.create(stack, {"lisa:model": "x"})   # what is there already is left alone
    cloudformation.look(stack.stack_name)               # how it fares, None when there is none

What a stack is for is its service's business: here is no noun of any. `rendered` and `state`
are pure and need no third-party package; `cloudformation` and `events` ask AWS.
"""
