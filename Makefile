# Konak. `make demo` shows it, `make test` proves it; both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard models/locale/*/LC_MESSAGES/konak.po))
SOURCES := desktop ui reports models tests benchmarks setup.py
DEMO := build/demo

export QT_LOGGING_RULES = qt.qpa.*=false

.PHONY: demo test long proof mutants setup run bench screenshots check catalogues lock clean clean-roots

demo: setup
	@rm -rf $(DEMO)
	@$(BIN)/konak demo $(DEMO)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		KONAK_PERSON="A. Berisha" KONAK_PASSPHRASE="demonstration only" $(BIN)/konak window --register $(DEMO); \
	else \
		echo "There is no display here, so the window stays closed. Where there is one, 'make demo' opens it."; \
	fi

# The tests print on a print server of their own, and have papers read by other programs; where these cannot be
# installed, they say so and leave that out.
test: setup
	-@sh scripts/system-packages $(PYTHON) cups cups-client printer-driver-cups-pdf poppler-utils qpdf openssl
	@$(MAKE) --no-print-directory -j2 check proof

# The same with every sweep whole, and each random trial some thousand times: for a night.
long:
	KONAK_LONG=1 $(MAKE) --no-print-directory test

# Types are checked on one core meanwhile. Programs that tests start find Konak compiled, whatever the surroundings say.
proof: setup
	PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n auto --dist worksteal

check: setup
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

# What no test would miss, for a night; shorter with MUTANTS=300 SEED=7 ONLY="models/rules models/store/keys.py".
mutants: setup
	nice $(BIN)/python tests/mutants.py

setup: $(READY) $(CATALOGUES)

run: setup
	$(BIN)/konak window

bench: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

screenshots: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots build/screenshots

# The texts that the program says, gathered for the translators; in Danish those of papers for a partner only.
catalogues: setup
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k message -k tr -k Refused -k Conflict -k Unavailable -k counted:1,2 -k plural:1,2 \
		--no-location --sort-output -o build/konak.pot desktop ui reports models
	for language in sq sr; do $(BIN)/pybabel -q update -D konak -d models/locale -l $$language -i build/konak.pot \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100; done
	$(BIN)/python -m tests.report_texts

# The exact versions of everything, without the names of hosts.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --extra dev pyproject.toml -o requirements.lock

# What README says of `make demo` and `make test`, in new roots of Debian 12 and 13.
clean-roots:
	for suite in bookworm trixie; do nice scripts/clean-root $$suite demo test || exit 1; done

clean:
	rm -rf $(VENV) build *.egg-info $(CATALOGUES)

$(READY): requirements.lock pyproject.toml scripts/system-packages
	@sh scripts/system-packages $(PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Konak needs into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

%.mo: %.po $(READY)
	@$(BIN)/pybabel -q compile -D konak -i $< -o $@
