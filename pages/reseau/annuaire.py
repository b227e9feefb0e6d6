"""Annuaire: Promeneurs and structures, found in a word, one card each (R1, R24)."""

from dataclasses import replace

import streamlit as st

from pdn.domain.activity import ActivityState, activity
from pdn.domain.agreement import Agreement
from pdn.domain.agreement_status import agreement_status
from pdn.domain.directory import (
    Filters,
    PromeneurEntry,
    StructureEntry,
    distinct,
    matching_promeneurs,
    matching_structures,
    promeneur_entries,
    promeneur_entry,
    structure_entries,
    structure_entry,
)
from pdn.domain.funnel import FunnelStep
from pdn.domain.phase import DeploymentPhase
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.french import day, listing
from pdn.ui.card import draw_archive, draw_edit, draw_missing, draw_problems, mail_link, phone_link, shown
from pdn.ui.figures import badge, draw_facts, link, signed
from pdn.ui.forms import open_form
from pdn.ui.history import draw_history
from pdn.ui.messages import empty_state
from pdn.ui.navigation import record_link
from pdn.ui.opened import draw_back, draw_views, open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.saving import Change, save_and_rerun
from pdn.ui.tables import Row, draw_filter, draw_list_head, draw_search, draw_table
from pdn.ui.text import md

VIEWS = ("Promeneurs", "Structures")
SEARCH = "recherche"
"""The parameter of the address that holds the words to look for, in both views."""
BACK = "Retour à l’annuaire"


def draw_promeneur(page: Page, entry: PromeneurEntry) -> None:
    """One Promeneur's card."""
    promeneur = entry.promeneur
    draw_back("promeneur", BACK)
    st.header(promeneur.title)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(entry.activity.state)
        if entry.activity.missing:
            st.markdown(f"Il manque : {listing(entry.activity.missing)}.")
    with st.container(horizontal=True):
        draw_edit(page, promeneur)
        draw_archive(page, promeneur, "promeneur")
        draw_history(page, promeneur)
    draw_problems(page, promeneur)
    if entry.structure:
        record_link(entry.structure)
    draw_facts(
        [
            ("Fonction", md(promeneur.position)),
            ("Mail", mail_link(promeneur.email)),
            ("Téléphone", phone_link(promeneur)),
            ("Commune", md(entry.structure.commune) if entry.structure else ""),
            ("Phase", md(entry.phase.title) if entry.phase else ""),
            ("Permanence", md(promeneur.online_slot)),
            ("Publics", listing(promeneur.audiences)),
            ("Mandat", day(promeneur.mandate_on, empty="")),
            ("Charte signée", day(promeneur.charter_signed_on, empty="")),
            ("Entrée", day(promeneur.entered_on, empty="")),
            ("Sortie", day(promeneur.left_on, empty="")),
            ("Accord annuaire public", day(promeneur.listing_consent, empty="non donné")),
        ]
    )
    if promeneur.presentation:
        st.markdown(f"> {md(promeneur.presentation)}")
    st.header("Profils en ligne")
    draw_profiles(page, entry)


def draw_profiles(page: Page, entry: PromeneurEntry) -> None:
    """A Promeneur's accounts, each with its link and when it was checked."""
    if not entry.profiles:
        empty_state("Aucun profil pour l’instant : ajoutez le premier.", ":material/person_search:")
    for profile in entry.profiles:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            checked = f"vérifié le {day(profile.checked_on)}" if profile.checked_on else "jamais vérifié"
            handle = link(profile.handle, profile.link) if profile.link else md(profile.handle)
            st.markdown(f"**{md(profile.network)}** · {handle} · {checked}")
            if st.button("Vérifié", icon=":material/check:", key=f"verifie-{profile.id}", help="Vérifié aujourd’hui"):
                changed = replace(profile, checked_on=page.today)
                save_and_rerun(page, [Change(changed, before=profile)], f"{profile.network} : vérifié aujourd’hui.")
            if st.button("Modifier", icon=":material/edit:", key=f"modifier-{profile.id}"):
                open_form(page, profile, before=profile)
    if st.button("Ajouter un profil", icon=":material/add:", key="ajouter-profil"):
        open_form(page, OnlineProfile(promeneur_id=entry.promeneur.id, checked_on=page.today))


def draw_structure(page: Page, entry: StructureEntry) -> None:
    """One structure's card."""
    structure = entry.structure
    draw_back("structure", BACK)
    st.header(structure.title)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(entry.step or FunnelStep.SPOTTED)
        st.markdown(md(structure.type))
    with st.container(horizontal=True):
        draw_edit(page, structure)
        draw_archive(page, structure, "structure")
        draw_history(page, structure)
    draw_problems(page, structure)
    draw_facts(
        [
            ("Gestionnaire", md(structure.managing_body)),
            ("SIRET", shown(structure, "siret")),
            ("Adresse", md(f"{structure.address} {structure.postcode} {structure.commune}")),
            ("EPCI", md(structure.epci)),
            ("Quartier prioritaire", shown(structure, "priority_area")),
            ("Mail", mail_link(structure.email)),
            ("Téléphone", phone_link(structure)),
            ("Site", link(structure.website, structure.website)),
            ("Responsable", md(structure.manager)),
            ("Mail du responsable", mail_link(structure.manager_email)),
            ("Téléphone du responsable", phone_link(structure, "manager_phone")),
            ("Repérée", day(structure.spotted_on, empty="")),
            ("Contactée", day(structure.contacted_on, empty="")),
            ("Intéressée", day(structure.interested_on, empty="")),
            ("Sortie", day(structure.left_on, empty="")),
        ]
    )
    if structure.notes:
        st.markdown(f"> {md(structure.notes)}")
    st.header("Conventions")
    agreements = page.data.where(Agreement, "structure_id", structure.id)
    for agreement in sorted(agreements, key=lambda found: found.starts_on or page.today, reverse=True):
        status = agreement_status(agreement, page.data, page.settings, page.today)
        record_link(agreement, f"{md(agreement.title)} · {signed(status)}")
    if not agreements:
        st.caption("Aucune convention pour l’instant.")
    st.header("Promeneurs")
    for promeneur in entry.promeneurs:
        state = activity(promeneur, page.data, page.today).state
        record_link(promeneur, f"{md(promeneur.title)} · {signed(state)}")
    if st.button("Ajouter un Promeneur", icon=":material/person_add:", key="ajouter-promeneur"):
        open_form(page, Promeneur(structure_id=structure.id), then=lambda made: open_record("promeneur", made.id))


def draw_promeneurs(page: Page) -> None:
    """The list of Promeneurs, its search and its filters."""
    entries = promeneur_entries(page.data, page.today)
    structures = [entry.structure for entry in entries if entry.structure]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = draw_search("Nom, structure, commune, profil, téléphone…", SEARCH)
        with st.popover("Filtres", icon=":material/filter_list:"):
            epci = draw_filter("Intercommunalité", distinct(found.epci for found in structures), "epci")
            commune = draw_filter("Commune", distinct(found.commune for found in structures), "commune")
            titles = {found.id: found.title for found in structures}
            structure = draw_filter("Structure", sorted(titles, key=titles.__getitem__), "employeur", titles)
            network = draw_filter("Réseau", distinct(p.network for entry in entries for p in entry.profiles), "reseau")
            phases = {phase.id: phase.title for phase in page.data.live(DeploymentPhase)}
            phase = draw_filter("Phase", list(phases), "phase", phases)
    state = st.pills(
        "État",
        [state.value for state in ActivityState],
        key="etat",
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )
    filters = Filters(
        text=text, commune=commune, epci=epci, structure_id=structure, network=network, phase_id=phase,
        state=state or "",
    )  # fmt: skip
    kept = matching_promeneurs(entries, filters)
    rows: list[Row] = [
        {
            "Nom": entry.promeneur.last_name,
            "Prénom": entry.promeneur.first_name,
            "État": signed(entry.activity.state),
            "Structure": entry.structure.title if entry.structure else "",
            "Commune": entry.structure.commune if entry.structure else "",
            "Téléphone": Promeneur.table.by_field["phone"].kind.show(entry.promeneur.phone),
            "Mail": entry.promeneur.email,
            "Réseaux": ", ".join(profile.network for profile in entry.profiles),
            "Phase": entry.phase.title if entry.phase else "",
            "Il manque": ", ".join(entry.activity.missing),
        }
        for entry in kept
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, "Annuaire des Promeneurs", rows, len(entries), ("Promeneur", "Promeneurs"))
        draw_add(page, Promeneur(), "Ajouter un Promeneur")
    if not entries:
        empty_state(
            "Aucun Promeneur pour l’instant. Ajoutez le premier, ou remplissez l’onglet « Promeneurs » de la feuille."
        )
    elif not rows:
        empty_state("Personne ne correspond à cette recherche : retirez un filtre ou un mot.", ":material/search_off:")
    else:
        draw_table(
            rows, "table-promeneurs", alt="Liste des Promeneurs",
            on_open=lambda index: open_record("promeneur", kept[index].promeneur.id),
        )  # fmt: skip


def draw_structures(page: Page) -> None:
    """The list of structures, its search and its filters."""
    entries = structure_entries(page.data, page.today)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = draw_search("Nom, commune, gestionnaire, SIRET…", SEARCH)
        with st.popover("Filtres", icon=":material/filter_list:"):
            epci = draw_filter("Intercommunalité", distinct(entry.structure.epci for entry in entries), "epci")
            commune = draw_filter("Commune", distinct(entry.structure.commune for entry in entries), "commune")
    step = st.pills(
        "Étape",
        [step.value for step in FunnelStep],
        key="etape",
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )
    kept = matching_structures(entries, Filters(text=text, commune=commune, epci=epci, state=step or ""))
    rows: list[Row] = [
        {
            "Nom": entry.structure.title,
            "Étape": signed(entry.step) if entry.step else "",
            "Type": entry.structure.type,
            "Commune": entry.structure.commune,
            "EPCI": entry.structure.epci,
            "Promeneurs": len(entry.promeneurs),
            "Gestionnaire": entry.structure.managing_body,
            "Mail": entry.structure.email,
        }
        for entry in kept
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, "Structures", rows, len(entries), ("structure", "structures"))
        draw_add(page, Structure(spotted_on=page.today), "Ajouter une structure")
    if not entries:
        empty_state(
            "Aucune structure pour l’instant. Ajoutez la première, ou remplissez l’onglet « Structures » de la feuille."
        )
    elif not rows:
        empty_state("Aucune structure ne correspond : retirez un filtre ou un mot.", ":material/search_off:")
    else:
        draw_table(
            rows, "table-structures", alt="Liste des structures",
            on_open=lambda index: open_record("structure", kept[index].structure.id),
        )  # fmt: skip


def draw_add(page: Page, draft: Promeneur | Structure, label: str) -> None:
    """The button that adds a record and opens its card."""
    if st.button(label, icon=":material/add:", type="primary", key=f"ajouter-{draft.table.key}"):
        open_form(page, draft, then=lambda made: open_record(made.table.key, made.id))


page = open_page("Annuaire")
if promeneur_id := opened("promeneur"):
    promeneur = page.data.get(Promeneur, promeneur_id)
    if promeneur is None or promeneur.archived:
        draw_missing(page, promeneur, "promeneur", BACK)
    else:
        draw_promeneur(page, promeneur_entry(promeneur, page.data, page.today))
elif structure_id := opened("structure"):
    structure = page.data.get(Structure, structure_id)
    if structure is None or structure.archived:
        draw_missing(page, structure, "structure", BACK)
    else:
        draw_structure(page, structure_entry(structure, page.data, page.today))
elif draw_views(VIEWS, "Liste") == VIEWS[1]:
    draw_structures(page)
else:
    draw_promeneurs(page)
