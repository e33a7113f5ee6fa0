# The whole set-up. Needs make and any Python 3.11 or newer with venv; uv is used where it is on the PATH and
# otherwise installed from PyPI into a private environment inside the checkout.

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN = $(UV) run --locked

.PHONY: demo test test-postgres check bench clean

demo: $(UV)
	$(RUN) --no-default-groups tracktwo demo

test: $(UV)
	$(RUN) pytest -n auto --dist worksteal $(ARGS)

# Everything that needs a database once more, on a PostgreSQL started for it.
test-postgres: $(UV)
	.ci/with-postgres $(RUN) pytest -n auto --dist worksteal tests/room tests/demo \
		tests/browser/test_talks_in_browser.py $(ARGS)

check: $(UV)
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) lint-imports

bench: $(UV)
	$(RUN) --group bench python -m benchmarks $(ARGS)

.uv/bin/uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tracktwo needs Python 3.11 or newer; name one with make PYTHON=...")'
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv

clean:
	rm -rf .uv .venv build dist *.egg-info src/*.egg-info src/tracktwo/opinion/_passes*.so
