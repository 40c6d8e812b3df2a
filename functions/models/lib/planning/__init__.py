"""What a model needs and what an instance has, before anything is made. Pure: no AWS, no clock."""
