# The checks and the benchmark by name; `python3 dev.py` does the same without just.

check:
    python3 dev.py check

test:
    python3 dev.py test

bench:
    python3 dev.py bench

packages:
    python3 dev.py packages

bundle:
    python3 dev.py bundle

build:
    python3 dev.py build
