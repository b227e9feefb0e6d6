"""The commands of `python -m pdn`: make the sheets ours, see what is wrong with them, fill a demonstration."""

import os
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from pdn.domain.settings import Parameter
from pdn.domain.workbooks import WORKBOOKS
from pdn.french import NBSP, count, plural, short_day
from pdn.schema.dictionary import dictionary
from pdn.schema.ids import is_provisional
from pdn.sheets import SheetsError, Store, fill, open_store, provision
from pdn.sheets.connection import renew_embedded

ROOT = Path(__file__).parent.parent
MOST_PROBLEMS = 20
FRENCH_DATE = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Dossier du classeur embarqué (par défaut : PDN_DATA, sinon data).",
)
secrets_option = click.option(
    "--secrets",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Fichier des secrets (par défaut : .streamlit/secrets.toml).",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Les feuilles partagées de la coordination des Promeneurs du Net."""


@main.command("provision")
@data_option
@secrets_option
def provision_command(data: Path | None, secrets: Path | None) -> None:
    """Prépare les feuilles : onglets, en-têtes, listes, formats. Ce qui s’y trouve déjà n’est pas touché."""
    store = _open(data, secrets)
    click.echo(f"Les données sont {store.location}.")
    try:
        reports = provision(store)
    except SheetsError as error:
        raise _failure(error) from error
    for report in reports:
        click.echo(f"{report.title}{NBSP}:")
        for line in report.lines():
            click.echo(f"  {line}")


@main.command()
@data_option
@secrets_option
def doctor(data: Path | None, secrets: Path | None) -> None:
    """Vérifie les secrets, le partage, les onglets, les en-têtes et le contenu des feuilles."""
    store = _open(data, secrets)
    click.echo(f"Les données sont {store.location}.")
    if store.connection.account:
        click.echo(f"Compte de service{NBSP}: {store.connection.account}")
    sick = False
    for book in store.books:
        try:
            click.echo(f"{book.title}{NBSP}: la feuille « {book.metadata().title} » s’ouvre.")
        except SheetsError as error:
            sick = True
            click.echo(f"{book.title}{NBSP}: {error.message}")
    if sick:
        raise click.exceptions.Exit(1)
    try:
        well = _tell_problems(store)
    except SheetsError as error:
        raise _failure(error) from error
    if not well:
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--seed", type=int, default=None, help="Graine du tirage : la même graine fait la même démonstration.")
@click.option("--today", type=FRENCH_DATE, default=None, help="Jour où la démonstration s’arrête (aujourd’hui).")
@click.option("--force", is_flag=True, help="Remplace ce que contient le classeur embarqué.")
@data_option
@secrets_option
def demo(seed: int | None, today: datetime | None, *, force: bool, data: Path | None, secrets: Path | None) -> None:
    """Remplit un classeur embarqué d’un département fictif."""
    # The demonstration is not needed to run the application on real sheets.
    from pdn.demo import SEED, build  # noqa: PLC0415
    from pdn.demo.workbook import AUTHOR  # noqa: PLC0415 - the same

    store = _open(data, secrets)
    if not store.embedded:
        raise click.ClickException(
            f"La démonstration ne remplit qu’un classeur embarqué, et les données sont {store.location}."
        )
    day = today.date() if today else store.clock.wall().date()
    try:
        if _holds_data(store):
            if not force:
                raise click.ClickException(
                    "Ce classeur contient déjà des données. Ajoutez --force pour les remplacer par la démonstration."
                )
            renew_embedded(store.connection, store.workbooks)
        provision(store)
        written = fill(store, build(day, SEED if seed is None else seed), author=AUTHOR)
    except SheetsError as error:
        raise _failure(error) from error
    click.echo(
        f"Démonstration au {short_day(day)}{NBSP}: {count(written, 'fiche')} {plural(written, 'écrite')} "
        f"{store.location}."
    )


@main.command("dictionary")
def dictionary_command() -> None:
    """Écrit le dictionnaire des données : chaque onglet et chaque colonne, en Markdown."""
    click.echo(dictionary(WORKBOOKS), nl=False)


def _open(data: Path | None, secrets: Path | None) -> Store:
    place = data or Path(os.environ.get("PDN_DATA") or ROOT / "data")
    try:
        return open_store(_secrets(secrets), data_dir=place)
    except SheetsError as error:
        raise _failure(error) from error


def _secrets(given: Path | None) -> Mapping[str, Any]:
    path = given or ROOT / ".streamlit" / "secrets.toml"
    if not path.exists():
        if given:
            raise click.ClickException(f"Le fichier des secrets {given} n’existe pas.")
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise click.ClickException(f"Le fichier des secrets {path} n’est pas du TOML valide{NBSP}: {error}") from error


def _failure(error: SheetsError) -> click.ClickException:
    return click.ClickException(f"{error.message}\n({error.detail})" if error.detail else error.message)


def _holds_data(store: Store) -> bool:
    """Whether somebody has written something: settings alone are what provisioning writes."""
    data = store.snapshot().data
    return any(data.all(record_type) for record_type in store.record_types if record_type is not Parameter)


def _tell_problems(store: Store) -> bool:
    """Say what was read and what was not understood; false where something was not."""
    data = store.snapshot().data
    problems = [problem for problem in data.problems if not is_provisional(problem.record_id)]
    rows = {(p.table, p.record_id) for p in data.problems if is_provisional(p.record_id)}
    records = sum(len(data.all(record_type)) for record_type in store.record_types)
    click.echo(f"{count(records, 'fiche lue', 'fiches lues')}.")
    if rows:
        click.echo(
            f"{count(len(rows), 'ligne ajoutée à la main attend', 'lignes ajoutées à la main attendent')} "
            "un identifiant, que l’application donnera au premier enregistrement."
        )
    for problem in problems[:MOST_PROBLEMS]:
        click.echo(f"  {problem.address}{NBSP}: {problem.message} {problem.mend}".rstrip())
    if len(problems) > MOST_PROBLEMS:
        click.echo(f"  … et {count(len(problems) - MOST_PROBLEMS, 'autre')}.")
    if not problems:
        click.echo("Tout va bien.")
    return not problems
