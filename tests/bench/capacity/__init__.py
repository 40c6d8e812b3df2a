"""What 10, 1,000 and 100,000 people need and cost, from what one of each thing costs.

`python -m tests.bench.capacity measure` does each thing many times on the product that runs here
and writes measured.json; `python -m tests.bench.capacity` writes the tables of docs/capacity.md.
"""
