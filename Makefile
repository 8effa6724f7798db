# Everything a developer does, from a bare checkout: each target sets up what it needs first.

PYTHON ?= python3
# The version is named so that a build for processors alone is taken where there is one. For a GPU: make train TORCH=torch
TORCH ?= torch==2.13.0
CORPUS ?= ../shared/corpus
# Texts for the students; empty where there are none.
PROSE ?= $(wildcard $(CORPUS)/prose)
# What some of these texts report; empty for nothing.
ANNOTATIONS ?= $(if $(PROSE),training/prose.jsonl training/reports.jsonl)
# What texts report that nothing is trained on: thresholds are chosen on them and on dev.
NEWER ?= $(if $(PROSE),training/thresholds.jsonl)
HELD_OUT ?= $(if $(PROSE),tests/cases/prose.jsonl tests/cases/reports.jsonl)
# The bundle to go on from; empty to begin with the base encoder.
START ?=
# Further labelled articles; empty for none.
ARTICLES ?= training/articles

# How long to fuzz, in seconds.
TIME ?= 600

VENV := .venv
VENV_TRAIN := .venv-train
BIN := $(VENV)/bin
BIN_TRAIN := $(VENV_TRAIN)/bin
# Twice quiet: errors are shown, warnings about what pip finds on the way are not.
PIP := -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test test-quick coverage check fuzz audit docs lock test-train train bench measure clean

# Two processes or more, as many as there are cores; one that runs dry takes tests from another.
PARALLEL := --numprocesses auto --dist worksteal

help:  ## show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.base  ## set up, label a bundled article, then merge five reports about one incident into a dossier
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh docs/demo.sh

test: $(VENV)/.dev  ## set up, then run the tests that need neither torch nor the research corpora
	$(BIN)/python -m pytest $(PARALLEL) -m "not corpus and not torch"

test-quick: $(VENV)/.dev  ## as test, without what takes long: hostile texts, killed processes, the output shown in the docs
	$(BIN)/python -m pytest $(PARALLEL) -m "not corpus and not torch and not slow" --hypothesis-profile quick

coverage: $(VENV)/.dev  ## test-quick, and how much of each file it runs
	$(BIN)/python -m pytest $(PARALLEL) -m "not corpus and not torch and not slow" --hypothesis-profile quick --cov --cov-report term:skip-covered

check: $(VENV)/.dev docs  ## lint, types, import layers, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --quiet $(PARALLEL) tests/test_docs.py tests/test_layout.py tests/test_architecture.py

fuzz: $(VENV)/.fuzz  ## fuzz readers, decoders and exporters for TIME seconds (default: 600); Linux only
	$(BIN)/python fuzz/run.py --seconds $(TIME)

audit: $(VENV)/.dev  ## look up known vulnerabilities of what Incidex depends on, which needs the network
	$(BIN)/python $(PIP) pip-audit
	$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements.lock

docs: $(VENV)/.docs  ## build the website of the documentation into build/site; a warning is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

lock:  ## renew requirements-dev.lock with what pip installs today, and requirements.lock, which has hashes
	@rm -rf build/lock
	$(call new-venv,build/lock)
	@build/lock/bin/python $(PIP) -e ".[test,check,docs,fuzz]"
	@{ sed '/^#/!d' requirements-dev.lock; build/lock/bin/python -m pip --disable-pip-version-check freeze --exclude-editable; } > build/requirements
	@mv build/requirements requirements-dev.lock
	@build/lock/bin/python $(PIP) uv
	@{ sed '/^#/!d' requirements.lock; build/lock/bin/uv --quiet pip compile pyproject.toml --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --constraint requirements-dev.lock; } > build/requirements
	@mv build/requirements requirements.lock && rm -rf build/lock

test-train: $(VENV_TRAIN)/.ready  ## set up torch, then run the tests that need it or the research corpora
	$(BIN_TRAIN)/python -m pytest -m "corpus or torch"

train: $(VENV_TRAIN)/.ready  ## set up torch, then train the model from CORPUS (default: ../shared/corpus)
	$(BIN_TRAIN)/incidex train "$(CORPUS)" $(if $(ARTICLES),--articles "$(ARTICLES)") $(if $(PROSE),--prose "$(PROSE)") $(foreach file,$(ANNOTATIONS),--annotations "$(file)") \
		$(if $(NEWER),--newer "$(NEWER)") $(foreach file,$(HELD_OUT),--held-out "$(file)") \
		$(if $(START),--start "$(START)") $(if $(TEACHER),--teacher "$(TEACHER)" --mpnet "$(MPNET)")

bench: $(VENV_TRAIN)/.ready  ## set up torch, then measure what a start and each step cost, and speed against what others use
	$(BIN_TRAIN)/python benchmarks/start.py
	$(BIN_TRAIN)/python benchmarks/speed.py
	$(BIN_TRAIN)/python benchmarks/added_time.py
	$(BIN_TRAIN)/python benchmarks/merging.py
	$(BIN_TRAIN)/python benchmarks/merging_large.py
	$(BIN_TRAIN)/python benchmarks/adding.py --corpus "$(CORPUS)"
	$(BIN_TRAIN)/python $(PIP) -e ".[bench]"
	$(BIN_TRAIN)/python benchmarks/onnx_settings.py --corpus "$(CORPUS)"
	$(BIN_TRAIN)/python benchmarks/bulk.py --corpus "$(CORPUS)" --documents 10000
	$(BIN_TRAIN)/python benchmarks/others.py --corpus "$(CORPUS)"
	$(BIN_TRAIN)/python docs/refresh.py

measure: $(VENV_TRAIN)/.ready  ## set up torch, then measure the model on CORPUS, for the docs, and bring these up to date
	$(BIN_TRAIN)/python benchmarks/measure.py --corpus "$(CORPUS)"
	$(BIN_TRAIN)/python docs/refresh.py

clean:  ## remove what was set up and built, but not what was trained
	rm -rf $(VENV) $(VENV_TRAIN) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# A stamp says that a virtual environment is ready. It is brought up to date when pyproject.toml changes.

define new-venv
@command -v "$(PYTHON)" >/dev/null || { echo "There is no '$(PYTHON)' here. Install Python 3.11 or later, or name yours: make PYTHON=python3.12 ..." >&2; exit 1; }
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "'$(PYTHON)' is older than Python 3.11, which Incidex needs. Name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "'$(PYTHON)' cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
@echo "Setting up $(1): a minute or two, once ..."
@"$(PYTHON)" -m venv $(1)
endef

$(VENV)/.base: pyproject.toml
	$(call new-venv,$(VENV))
	@$(BIN)/python $(PIP) -e .
	@touch $@

# What developers run is locked, so that a new release of a tool breaks nobody's work: see the head of the lock file.
$(VENV)/.dev: $(VENV)/.base requirements-dev.lock
	@$(BIN)/python $(PIP) --constraint requirements-dev.lock -e ".[test,check]"
	@touch $@

$(VENV)/.fuzz: $(VENV)/.dev
	@$(BIN)/python $(PIP) --constraint requirements-dev.lock -e ".[test,fuzz]"
	@touch $@

$(VENV)/.docs: $(VENV)/.dev
	@$(BIN)/python $(PIP) --constraint requirements-dev.lock -e ".[docs]"
	@touch $@

$(VENV_TRAIN)/.ready: pyproject.toml
	$(call new-venv,$(VENV_TRAIN))
	@$(BIN_TRAIN)/python $(PIP) "$(TORCH)"
	@$(BIN_TRAIN)/python $(PIP) -e ".[train,test]"
	@touch $@
