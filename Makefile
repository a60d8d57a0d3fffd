# The only list of commands; people and CI use the same ones.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test check format messages lock wheelhouse sbom clean browser

VENV := .venv
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
INSTALLED := $(VENV)/installed
PIP_INSTALL = install() { \
	$(PYTHON) -m pip install --disable-pip-version-check --no-input --progress-bar off -c constraints.txt "$$@" 2>&1 \
	| tee $(VENV)/install.log \
	| awk '/^ *(Collecting|Obtaining|Preparing|Building) / { printf "."; fflush() } END { print "" }' \
	|| { cat $(VENV)/install.log; echo "The installation failed; see above."; exit 1; }; }; install
ARGS ?=
# With dev,sentence-transformers the encoder of that family is tested too; it brings PyTorch, which is large.
TEST_EXTRAS ?= dev
INSTALLED_FOR_TESTS := $(VENV)/installed-for-tests-$(TEST_EXTRAS)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## Create .venv and install the pinned packages, if they have changed

run: $(INSTALLED) ## Run the whole portal: database, broker, worker, web server (PORT, HOST, DATA_DIR)
	@PORTAL_STOP_WITH_PARENT=1 exec $(MANAGE) portal

test: $(INSTALLED_FOR_TESTS) browser check ## Check the code and run all tests (ARGS="tests/matching -k name")
	@$(PYTHON) -m pytest -n 2 --cov --cov-report=term:skip-covered $(ARGS)

check: $(INSTALLED_FOR_TESTS) ## Style, types, import directions, migrations, settings of production
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/lint-imports --no-cache
	@$(VENV)/bin/mypy
	@$(MANAGE) makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=kr_ru_platform.settings.production ALLOWED_HOSTS=portal.example.org \
		DATABASE_URL=postgres://check@localhost/check REDIS_URL=redis://localhost EMAIL_URL=smtp://localhost \
		SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(MANAGE) check --deploy --fail-level WARNING

format: $(INSTALLED_FOR_TESTS) ## Put the code into its standard form
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

messages: $(INSTALLED) ## Collect the texts for translation and compile the catalogues (needs gettext)
	@$(MANAGE) makemessages --locale ko --locale ru --ignore "$(VENV)/*" --ignore ".data/*" --ignore "tests/*"
	@$(MANAGE) compilemessages --ignore "$(VENV)/*"

lock: $(INSTALLED) ## Write requirements.lock, what the image installs, from pyproject.toml and constraints.txt
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@$(VENV)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --no-emit-find-links --constraints constraints.txt --output-file requirements.lock

wheelhouse: $(INSTALLED) ## Fetch every package of requirements.lock for a network without registries
	@$(PYTHON) -m pip download --disable-pip-version-check --require-hashes --requirement requirements.lock \
		--only-binary :all: --dest wheelhouse

sbom: $(INSTALLED) ## Write sbom.json (CycloneDX): the packages of the environment with versions and licences
	@$(PYTHON) -m venv $(VENV)/sbom
	@$(VENV)/sbom/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom
	@$(VENV)/sbom/bin/cyclonedx-py environment $(VENV) --output-reproducible --outfile sbom.json

clean: ## Remove the environment and caches, but no data
	@rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage .coverage.* test-results
	@find . -name __pycache__ -type d -not -path "./.data/*" -prune -exec rm -rf {} +

# Interpreters are tried by running them: one may be named python3.12 and still not work.
$(PYTHON):
	@found=; \
	for candidate in python3.13 python3.12 python3.11 python3; do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$candidate"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer is needed and was not found. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; \
	fi; \
	if ! "$$found" -c 'import venv, ensurepip' 2>/dev/null; then \
		package="$$("$$found" -c 'import sys; print(f"python3.{sys.version_info[1]}-venv")')"; \
		if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
			echo "$$found cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install $$package"; exit 1; \
		fi; \
		echo "Installing $$package …"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$$package" >/dev/null; \
	fi; \
	echo "Creating $(VENV) with $$("$$found" --version) …"; \
	"$$found" -m venv $(VENV)

$(INSTALLED): pyproject.toml constraints.txt | $(PYTHON)
	@printf 'Installing the packages the portal needs '
	@$(PIP_INSTALL) -e .
	@touch $@

$(INSTALLED_FOR_TESTS): pyproject.toml constraints.txt | $(PYTHON)
	@printf 'Installing the packages the tests need '
	@$(PIP_INSTALL) -e '.[$(TEST_EXTRAS)]'
	@touch $@ $(INSTALLED)

browser:
	@if { command -v chromium && fc-list :lang=ko && fc-list :lang=ru; } 2>/dev/null | awk 'END { exit NR < 3 }'; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "No Chromium or no fonts for Korean and Russian: the browser tests may be skipped."; \
		echo "On Debian: sudo apt-get install chromium fonts-noto-cjk fonts-dejavu-core"; exit 0; \
	fi; \
	echo "Installing Chromium and fonts for the browser tests …"; \
	apt-get update -qq; \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		chromium fontconfig fonts-noto-cjk fonts-dejavu-core >/dev/null
