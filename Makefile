# Everything is set up by packaging/setup.sh the first time, and whenever a version changes.
PY := .venv/bin/python

.PHONY: run test explore check screens bench faults forms setup clean

run:
	@packaging/run.sh

setup:
	@packaging/setup.sh

# In the order of the files: by their numbers of tests, the longest few would be begun last.
# With compiled files kept, as two workers and the many processes they start read the same code.
test: setup
	unset PYTHONDONTWRITEBYTECODE; QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

# The same tests with new random examples in every property, for as long as somebody looks.
explore: setup
	GEMBA_EXAMPLES=explore QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 -m hypothesis $(ARGS)

check: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict gemba
	.venv/bin/lint-imports --no-logo

screens: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.screens build/screens

bench: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks build/bench.json

faults: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.faults --out build/faults.json $(ARGS)

# Formulas against answers recorded from other engines; they are no part of this checkout.
forms: setup
	$(PY) -m tests.forms

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find gemba tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
