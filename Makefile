# The commands of the project. Needed beforehand: make, and Python 3.11 or later with venv; tools/ says what is missing.

.DEFAULT_GOAL := help
.PHONY: help run test check format lock dictionary rebuild

PORT ?= 8501
ARGS ?=
UV ?= uv
VENV := .venv
PYTHON := $(VENV)/bin/python
# Stamps keep a second start short; an environment whose Python is gone is made again.
RUN_READY := $(VENV)/.run-stamp
DEV_READY := $(VENV)/.dev-stamp
WORKS := $(shell $(PYTHON) -c "print('yes')" 2>/dev/null)
STREAMLIT := $(PYTHON) -m streamlit run app.py --server.address localhost \
  --logger.hideWelcomeMessage true --logger.level warning
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input

help:
	@echo "make run         démarre le tableau de bord sur cette machine (PORT=8501 par défaut)"
	@echo "make test        tous les tests, navigateur compris (ARGS=\"-k annuaire\" pour en choisir)"
	@echo "make check       mise en forme, qualité du code et types"
	@echo "make format      remet en forme le code"
	@echo "make dictionary  refait docs/dictionnaire.md à partir des tables"
	@echo "make lock        refait requirements.txt et requirements-dev.txt (demande uv)"

run: $(RUN_READY)
	@echo
	@echo "Ouvrez http://localhost:$(PORT) dans votre navigateur (Ctrl+C pour arrêter)."
	@echo
	@$(STREAMLIT) --server.port $(PORT) || { status=$$?; \
	  case $$status in 130|143) exit 0 ;; esac; \
	  echo "Le tableau de bord s’est arrêté. Si le port $(PORT) est déjà pris : make run PORT=8601" >&2; \
	  exit $$status; }

test: $(DEV_READY)
	@chromium=$$(sh tools/chromium.sh) && CHROMIUM="$$chromium" $(PYTHON) -m pytest $(ARGS)

check: $(DEV_READY)
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

format: $(DEV_READY)
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

dictionary: $(RUN_READY)
	@$(PYTHON) -m pdn dictionary > docs/dictionnaire.md
	@echo "docs/dictionnaire.md est à jour."

# One lock for Python 3.11 and later and for every system, so that a checkout resolves the same next year.
lock:
	$(UV) pip compile requirements.in --universal --python-version 3.11 --no-header -o requirements.txt
	$(UV) pip compile requirements-dev.in --universal --python-version 3.11 --no-header -o requirements-dev.txt

$(RUN_READY): requirements.txt tools/environment.sh $(if $(WORKS),,rebuild)
	@sh tools/environment.sh $(VENV)
	@echo "Installation des bibliothèques (une minute environ la première fois)…"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV_READY): requirements-dev.txt $(RUN_READY)
	@echo "Installation des outils de test…"
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@
