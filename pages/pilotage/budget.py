"""Budget: each strand against its own envelope, where the year leads, accounts, lines and years (R42–R45)."""

import streamlit as st

from pdn.domain.balance import Balance, Side, balance, overspent_lines
from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.budget_register import LineFilters, consumption_by_year, copy_of, matching_lines
from pdn.domain.consumption import budget_years, uncounted
from pdn.french import count, euros, listing, percent, plural
from pdn.ui.budget_envelopes import draw_envelopes
from pdn.ui.card import draw_archive, draw_edit, draw_missing, draw_problems, shown
from pdn.ui.figures import draw_facts, signed
from pdn.ui.forms import open_form
from pdn.ui.history import draw_history
from pdn.ui.messages import empty_state
from pdn.ui.opened import draw_back, draw_views, open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.tables import Row, draw_exports, draw_filter, draw_list_head, draw_search, draw_table
from pdn.ui.text import md

VIEWS = ("Enveloppes", "Comptes", "Lignes", "Années")
BACK = "Retour au budget"
CHARGES = "Charges"


def draw_line(page: Page, line: BudgetLine) -> None:
    """One line's card."""
    draw_back("ligne", BACK)
    st.header(md(line.title))
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_edit(page, line)
        if st.button("Dupliquer", icon=":material/content_copy:", key="dupliquer"):
            open_form(page, copy_of(line, page.today), title=f"Dupliquer\u00a0: {line.title}", then=open_line)
        draw_archive(page, line, "ligne")
        draw_history(page, line)
    draw_problems(page, line)
    if overspent_lines([line]):
        st.warning(
            f"Le réalisé dépasse le prévu de la ligne\u00a0: {euros(line.spent)} pour {euros(line.planned)}.",
            icon=":material/warning:",
        )
    fields = ("year", "strand", "account", "supplier", "document", "planned", "committed", "spent", "dated_on")
    draw_facts([(BudgetLine.table.by_field[field].header, shown(line, field)) for field in fields])


def open_line(line: BudgetLine) -> None:
    """Open a line's card."""
    open_record("ligne", line.id)


def draw_accounts(page: Page, year: int) -> None:
    """Charges and income by account, whether the plan is balanced, and valued contributions apart."""
    name = draw_strand_filter("volet-comptes")
    plan = balance(page.data, year, Strand(name) if name else None)
    if plan.is_empty:
        empty_state(
            f"Aucune ligne en {year}{f' pour le volet {name}' if name else ''}\u00a0: ajoutez la première.",
            ":material/account_balance:",
        )
        return
    st.header("Prévisionnel")
    draw = st.success if plan.is_balanced else st.warning
    draw(plan.sentence, icon=":material/balance:" if plan.is_balanced else ":material/warning:")
    sides = ((CHARGES, plan.expenses), ("Produits", plan.income))
    for place, (title, side) in zip(st.columns(len(sides), gap="medium"), sides, strict=True):
        with place:
            st.markdown(f"**{title}**")
            rows = [{"Compte": row.account.value, "Prévu": row.amounts.planned} for row in side.rows]
            rows.append({"Compte": f"Total des {title.lower()}", "Prévu": side.total.planned})
            draw_table(rows, f"prevision-{title.lower()}", alt=f"Prévisionnel {year}\u00a0: {title.lower()} par compte")
    st.header("Par compte")
    over = [row.account.value for row in plan.expenses.overspent]
    if over:
        told = plural(len(over), "Ce compte a dépassé son prévu", "Ces comptes ont dépassé leur prévu")
        st.warning(f"{told}\u00a0: {listing(over)}.", icon=":material/warning:")
    rows = account_rows(plan)
    st.caption("Écart\u00a0: ce qui reste du prévu une fois le réalisé déduit.")
    draw_exports(page, f"Budget {year} par compte{f', volet {name}' if name else ''}", rows)
    draw_table(rows, "table-comptes", alt=f"Budget {year} par compte\u00a0: prévu, engagé, réalisé, écart")
    if plan.voluntary_use.rows or plan.voluntary_income.rows:
        st.header("Contributions volontaires")
        st.markdown(f"{plan.voluntary_sentence} Elles sont à part\u00a0: aucun total ci-dessus ne les compte.")
        rows = [*side_rows("Emploi", plan.voluntary_use), *side_rows("Ressource", plan.voluntary_income)]
        draw_table(rows, "table-contributions", alt=f"Contributions volontaires {year}\u00a0: comptes 86 et 87")


def draw_strand_filter(key: str) -> str:
    """Draw the choice of a strand; empty for both."""
    chosen = st.pills(
        "Volet", [strand.value for strand in Strand], key=key, bind="query-params", persist_state="session"
    )
    return chosen or ""


def account_rows(plan: Balance) -> list[Row]:
    """The accounts of both sides, each side with its total."""
    return [
        *side_rows(CHARGES, plan.expenses, "Total des charges"),
        *side_rows("Produits", plan.income, "Total des produits"),
    ]


def side_rows(nature: str, side: Side, total: str = "") -> list[Row]:
    """The accounts of one side, and their total where it has a name."""
    over = side.overspent if nature == CHARGES else ()
    named = [(row.account.value, row.amounts, row in over) for row in side.rows]
    if total and side.rows:
        named.append((total, side.total, False))
    return [
        {
            "Nature": nature,
            "Compte": name,
            "Prévu": amounts.planned,
            "Engagé": amounts.committed,
            "Réalisé": amounts.spent,
            "Écart": amounts.left,
            "Remarque": "! dépassé" if past else "",
        }
        for name, amounts, past in named
    ]


def draw_lines(page: Page, year: int) -> None:
    """The lines of a year, found by words, strand and account."""
    lines = page.data.where(BudgetLine, "year", year)
    text = draw_search("Libellé, fournisseur, pièce…", "libelle")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        strand = draw_strand_filter("volet")
        account = draw_filter("Compte", [account.value for account in Account], "compte")
    kept = matching_lines(
        lines,
        LineFilters(
            strand=Strand(strand) if strand else None, account=Account(account) if account else None, text=text
        ),
    )
    over = {line.id for line in overspent_lines(kept)}
    rows: list[Row] = [
        {
            "Date": line.dated_on,
            "Libellé": line.title,
            "Prévu": line.planned,
            "Engagé": line.committed,
            "Réalisé": line.spent,
            **({"Remarque": "! dépassé" if line.id in over else ""} if over else {}),
            "Volet": line.strand.value if line.strand else "",
            "Compte": line.account.value if line.account else "",
            "Fournisseur": line.supplier,
            "Pièce": line.document,
        }
        for line in kept
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, f"Lignes du budget {year}", rows, len(lines), ("ligne", "lignes"))
    if not lines:
        empty_state(
            f"Aucune ligne en {year}. Ajoutez la première, ou remplissez l’onglet «\u00a0Budget\u00a0» de la feuille."
        )
    elif not rows:
        empty_state("Aucune ligne ne correspond\u00a0: retirez un filtre ou un mot.", ":material/search_off:")
    else:
        draw_table(
            rows, "table-lignes", alt=f"Lignes du budget {year}", on_open=lambda index: open_line(kept[index]),
            widths={"Libellé": 280, "Volet": 170, "Compte": 190},
        )  # fmt: skip


def draw_years(page: Page) -> None:
    """What each year spent of each envelope, all years in one table."""
    rows: list[Row] = [
        {
            "Exercice": str(known.year),
            "Volet": known.strand.value,
            "Enveloppe": known.envelope,
            "Prorata": known.funded.describe(),
            "Prévu": known.planned,
            "Engagé": known.committed,
            "Réalisé": known.spent,
            "Reste": known.remaining,
            "Part réalisée": percent(known.share, empty=""),
            "État": signed(known.level) if known.level else "sans enveloppe",
        }
        for year in consumption_by_year(page.data, page.settings, page.today)
        for known in year
        if known.envelope or not known.is_empty
    ]
    if not rows:
        empty_state("Aucune année pour l’instant\u00a0: renseignez les enveloppes dans les paramètres.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, "Budget par année", rows, len(rows), ("ligne", "lignes"))
    draw_table(rows, "table-annees", alt="Enveloppe et réalisé de chaque volet, année par année")


def draw_uncounted(page: Page, year: int) -> None:
    """Say which lines no total holds, each with the way to mend it."""
    lost = uncounted(page.data, year)
    if not lost:
        return
    verb = plural(len(lost), "ne compte", "ne comptent")
    st.warning(
        f"{count(len(lost), 'ligne')} {verb} dans aucun total\u00a0: il y manque l’exercice, le volet ou le compte.",
        icon=":material/report:",
    )
    with st.container(horizontal=True):
        for line in lost:
            st.button(line.title, key=f"perdue-{line.id}", type="tertiary", on_click=open_line, args=(line,))


def draw_overview(page: Page) -> None:
    """Everything but an opened card: the year, the ways to add, and one of the four views."""
    years = [str(year) for year in budget_years(page.data, page.settings, page.today)]
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        year = st.selectbox(
            "Exercice", years, years.index(str(page.today.year)), key="exercice", bind="query-params",
            persist_state="session", placeholder="Choisir…", width=140,
        )  # fmt: skip
        view = draw_views(VIEWS)
        chosen = int(year or page.today.year)
        with st.container(horizontal=True, width="content"):
            if st.button("Ajouter une dépense", icon=":material/add:", type="primary", key="ajouter-depense"):
                dated = page.today if chosen == page.today.year else None
                open_form(page, BudgetLine(year=chosen, dated_on=dated), title="Ajouter une dépense")
            if st.button("Ajouter une prévision", icon=":material/edit_note:", key="ajouter-prevision"):
                fields = ("year", "strand", "account", "name", "planned", "supplier")
                open_form(page, BudgetLine(year=chosen), title="Ajouter une prévision", fields=fields)
    draw_uncounted(page, chosen)
    if view == VIEWS[0]:
        draw_envelopes(page, chosen)
    elif view == VIEWS[1]:
        draw_accounts(page, chosen)
    elif view == VIEWS[2]:
        draw_lines(page, chosen)
    else:
        draw_years(page)


page = open_page("Budget")
if line_id := opened("ligne"):
    line = page.data.get(BudgetLine, line_id)
    if line is None or line.archived:
        draw_missing(page, line, "ligne", BACK)
    else:
        draw_line(page, line)
else:
    draw_overview(page)
