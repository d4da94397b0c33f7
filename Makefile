# `make` alone lists what one can do.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCHED := $(VENV)/.benched

.PHONY: help demo test lint types docs check bench messages format clean

help: ## what one can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev --editable '.[all]'
	touch $(READY)

demo: $(READY) ## record 2022-2024 of the sample unit and rebuild both published years into demo/
	$(BIN)/budget demo --out demo

test: $(READY) ## run the tests
	$(BIN)/python -m pytest

lint: $(READY) ## hold the code against the style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## check the types, strictly
	$(BIN)/mypy

docs: $(READY) ## run what the documentation shows, and hold it against the program
	$(BIN)/python -m pytest tests/documentation

check: lint types test ## everything that must hold before a commit

$(BENCHED): $(READY)
	$(BIN)/python -m pip install --quiet --group bench
	touch $(BENCHED)

bench: $(BENCHED) ## measure speed next to peers and limits; BENCH="--quick" for a short run
	$(BIN)/python -m benchmarks $(BENCH)

messages: $(READY) ## collect the messages and compile the translations
	$(BIN)/python commands/locale/collect.py

format: $(READY) ## bring the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what was made
	rm -rf $(VENV) .bench demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
