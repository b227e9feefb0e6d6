#!/bin/sh
# Starts the dashboard: run.sh PYTHON PORT. Without a workbook, makes the one of the demonstration first.
set -eu
python=$1
port=$2
data=${PDN_DATA:-data}

elsewhere=${SHEETS_EMULATOR_HOST:-}
if grep -qs '^ *\[connections\.gsheets\]' .streamlit/secrets.toml; then
    elsewhere=google
fi

if [ -z "$elsewhere" ] && [ ! -e "$data/classeurs.sqlite" ]; then
    echo "Préparation du classeur de démonstration (personnes et structures fictives)…"
    # Made aside, so that a start cut short never leaves half a workbook.
    rm -rf "$data/.nouveau"
    PDN_DATA="$data/.nouveau" "$python" -m pdn demo
    mv "$data/.nouveau/"classeurs.sqlite* "$data/"
    rmdir "$data/.nouveau"
fi

echo
echo "Ouvrez http://localhost:$port dans votre navigateur (Ctrl+C pour arrêter)."
echo
status=0
"$python" -m streamlit run app.py --server.address localhost --server.port "$port" \
    --logger.hideWelcomeMessage true --logger.level warning || status=$?
case $status in
    0 | 130 | 143) exit 0 ;; # stopped by the person
esac
echo "Le tableau de bord s’est arrêté. Si le port $port est déjà pris : make run PORT=$((port + 1))" >&2
exit "$status"
