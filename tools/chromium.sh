#!/bin/sh
# Prints the path of a Chromium or Chrome; as root on Debian, installs one where there is none.
set -eu

found() {
    if [ -n "${CHROMIUM:-}" ]; then
        command -v "$CHROMIUM" && return 0
        echo "CHROMIUM=$CHROMIUM n’est pas un programme." >&2
        exit 1
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        # Ubuntu's chromium-browser may be an empty shell: only one that answers counts.
        if command -v "$name" >/dev/null 2>&1 && "$name" --version >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

found && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installation de Chromium pour les tests dans le navigateur…" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1 || {
        echo "L’installation de Chromium a échoué. Essayez : apt-get update && apt-get install -y chromium" >&2
        exit 1
    }
    found && exit 0
fi

{
    echo "Il manque Chromium pour les tests dans le navigateur."
    echo "Sur Debian, installez-le avec : sudo apt-get install -y chromium"
    echo "Un Chrome installé ailleurs convient aussi : make test CHROMIUM=/chemin/vers/chrome"
} >&2
exit 1
