"""`python -m pdn`: provision, doctor, demo."""

from pdn.cli import main

main()
