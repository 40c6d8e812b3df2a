"""What knows CloudFormation."""
