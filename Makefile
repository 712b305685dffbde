# The whole house by name. A bare machine needs python3 (3.11 or newer) and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python tools/pip-26.3-py3-none-any.whl/pip
INSTALL := $(PIP) install --quiet --disable-pip-version-check --no-cache-dir --require-hashes --only-binary :all:
WORDS := tipline/translations/en/LC_MESSAGES/messages
# A bundle carries its packages in wheels/ and asks no network.
OFFLINE := $(if $(wildcard wheels),--no-index --find-links wheels)
WORKERS ?= 2
ARGS ?=

# What is compiled once is kept: the tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check format translations words lock campaign bench bundle

help:
	@echo 'make run           the whole house on this machine: database, demonstration district, web and clock'
	@echo '                   (ARGS=--campaign for May to December, lived in minutes)'
	@echo 'make test          every test, on two workers (ARGS="-k leads" for some of them)'
	@echo 'make campaign      the whole campaign, lived to its last day, and whether all holds that must'
	@echo 'make check         format, lint, types, translations, storeys'
	@echo 'make format        put the code in order'
	@echo 'make translations  read the Chinese words from the source into the English catalogue'
	@echo 'make lock          pin what pyproject.toml asks for, with hashes'
	@echo 'make bench         measure'
	@echo 'make bundle        one archive for an office without a network'

run: $(VENV)/.run $(WORDS).mo
	$(BIN)/python -m tipline.commands demo run $(ARGS)

test: $(VENV)/.dev $(WORDS).mo
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

campaign: $(VENV)/.dev $(WORDS).mo
	TIPLINE_CAMPAIGN=whole $(BIN)/python -m pytest -q tests/rehearsal/test_campaign.py

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tools.translations check
	$(BIN)/python -m pytest -q tests/house/test_storeys.py

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

translations: $(VENV)/.run
	$(BIN)/python -m tools.translations extract

words: $(WORDS).mo

lock: $(VENV)/.dev
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

bench: $(VENV)/.dev $(WORDS).mo
	$(BIN)/python -m bench $(ARGS)

# The wheels are those of the Python and the kind of machine that make the bundle.
bundle: $(VENV)/.run
	rm -rf var/bundle
	mkdir -p var/bundle/tipline
	git archive HEAD | tar -x -C var/bundle/tipline
	$(PIP) download --quiet --disable-pip-version-check --no-cache-dir --require-hashes --only-binary :all: \
		--requirement requirements.lock --dest var/bundle/tipline/wheels
	tar -czf var/tipline-bundle.tar.gz -C var/bundle tipline
	rm -rf var/bundle
	@echo 'var/tipline-bundle.tar.gz: unpack it anywhere and say make run'

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.run: requirements.lock | $(BIN)/python
	$(INSTALL) $(OFFLINE) --requirement requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(INSTALL) --requirement requirements-dev.lock
	@touch $@

$(WORDS).mo: $(WORDS).po | $(VENV)/.run
	$(BIN)/python -m tools.translations compile
