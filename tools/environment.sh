#!/bin/sh
# Makes the Python environment in the folder given, or says which Debian package is missing.
set -eu
folder=$1

if "$folder/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exit 0
fi

without_venv=
for name in python3.13 python3.12 python3.11 python3; do
    command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "Création de l’environnement Python dans $folder ($("$name" --version))…"
        exec "$name" -m venv --clear "$folder"
    fi
    without_venv=${without_venv:-$name}
done

{
    if [ -n "$without_venv" ]; then
        echo "Il manque le module venv de $without_venv (ensurepip is not available)."
        echo "Sur Debian ou Ubuntu, installez-le avec : sudo apt-get install -y $without_venv-venv"
    else
        echo "Il manque Python, version 3.11 ou plus récente."
        echo "Sur Debian ou Ubuntu, installez-le avec : sudo apt-get install -y python3 python3-venv"
    fi
    echo "Puis relancez la même commande."
} >&2
exit 1
