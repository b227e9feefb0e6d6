"""Training and supervision, as a visitor has it: sessions, a group's attendance, rates and gaps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.attendance_rates import SessionState, attendances, session_state
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind, TrainerKind, TrainingField
from pdn.domain.settings import Coordinator
from pdn.sheets import Change
from pdn.ui.page import now
from pdn.ui.store import get_store

PAGE = "pages/accompagnement/formation_supervision.py"
ATTENDANCE, FIELDS = "Assiduité", "Champs de formation"


def button(app, label):
    return next(found for found in app.button if found.label == label)


def today() -> date:
    return now().date()


def data():
    return get_store().snapshot().data


def add(record):
    """A record written by somebody else, as the app would."""
    return get_store().commit([Change(record)], author="Quelqu’un").records[0]


def people(count):
    return [promeneur for promeneur in data().live(Promeneur) if promeneur.left_on is None][:count]


def a_past_session(*states, **changes):
    """A session of yesterday with a group; what a coordinator opens to enter its attendance."""
    made = add(
        Session(
            kind=SessionKind.TRAINING, field=TrainingField.LEGAL, name="Droit à l’image", minutes=180,
            held_on=today() - timedelta(days=1), trainer_kind=TrainerKind.EXTERNAL, **changes,
        )
    )  # fmt: skip
    group = people(len(states))
    rows = [
        Attendance(session_id=made.id, promeneur_id=promeneur.id, state=state)
        for promeneur, state in zip(group, states, strict=True)
    ]
    if rows:
        get_store().commit([Change(row) for row in rows], author="Quelqu’un")
    return made, group


def states_of(session):
    """What stands in the sheet, by Promeneur."""
    return {row.promeneur_id: row.state for row in attendances(session, get_store().refresh().data)}


def choose(app, promeneur, state):
    next(
        found for found in app.button_group if found.label == f"État de {promeneur.title}"
    ).set_value(state)  # fmt: skip


def shown_state(app, promeneur):
    return next(found for found in app.button_group if found.label == f"État de {promeneur.title}").value


@pytest.mark.parametrize("view", ["Séances", ATTENDANCE, FIELDS])
def test_an_empty_register_says_what_to_do(open_page, view):
    app = open_page(PAGE, "empty", query={"vue": view})
    assert any("Ajoutez la première" in found.value for found in app.markdown)


@pytest.mark.parametrize("view", ["Séances", ATTENDANCE, FIELDS])
def test_each_view_opens_on_the_demonstration_for_each_year(open_page, view):
    for year in (str(today().year), "2018", "Toutes"):
        open_page(PAGE, query={"vue": view, "annee": year})


def test_the_figures_are_those_of_the_year_and_the_filters(open_page):
    app = open_page(PAGE, query={"annee": "Toutes"})
    everything = {found.label: found.value for found in app.metric}
    filtered = open_page(PAGE, query={"annee": "Toutes", "type": SessionKind.NETWORK_MEETING.value})
    meetings = {found.label: found.value for found in filtered.metric}
    held = [
        session
        for session in data().where(Session, "kind", SessionKind.NETWORK_MEETING)
        if session.held_on <= today() and session.cancelled_on is None
    ]
    assert meetings["Séances tenues"] == str(len(held))
    assert int(everything["Séances tenues"]) > len(held)


def test_the_list_keeps_what_the_search_and_the_filters_say(open_page):
    app = open_page(PAGE, query={"annee": "Toutes", "champ": TrainingField.LEGAL.value})
    table = app.dataframe[0].value
    assert set(table["Champ"]) == {TrainingField.LEGAL.value}
    app.text_input(key="intitule").set_value("zzzz").run()
    assert any("Aucune séance ne correspond" in found.value for found in app.markdown)


def test_the_matrices_say_the_gaps_in_words(open_page):
    app = open_page(PAGE, query={"vue": FIELDS})
    years = next(found.value for found in app.dataframe if "2019" in found.value.columns)
    assert list(years["Champ"]) == [field.value for field in TrainingField]
    assert "aucune" in set(years.drop(columns="Champ").to_numpy().ravel())
    followed = next(found.value for found in app.dataframe if "Champs jamais suivis" in found.value.columns)
    assert "jamais" in set(followed[TrainingField.LEGAL.value])


def test_people_are_in_the_order_of_their_names(open_page):
    app = open_page(PAGE, query={"vue": ATTENDANCE, "annee": "Toutes"})
    table = next(found.value for found in app.dataframe if "Nom" in found.value.columns)
    rates = [float(text.split(" sur ")[0]) for text in table["Présences"] if " sur " in text]
    assert rates != sorted(rates)
    assert rates != sorted(rates, reverse=True)


def test_an_old_link_says_that_the_session_is_gone(open_page):
    app = open_page(PAGE, query={"seance": "SE-00000000"})
    assert any("n’existe pas" in found.value for found in app.markdown)


def test_sessions_of_every_state_open(open_page):
    open_page(PAGE)
    seen = {}
    for session in data().live(Session):
        seen.setdefault(session_state(session, data(), today()), session)
    assert set(seen) >= {SessionState.UPCOMING, SessionState.TO_ENTER, SessionState.ENTERED}
    for session in seen.values():
        app = open_page(PAGE, query={"seance": session.id})
        assert session.title in [found.value for found in app.header]


def test_a_whole_group_is_entered_and_saved(open_page):
    open_page(PAGE)
    session, (first, second, third) = a_past_session(*[AttendanceState.ENROLLED] * 3)
    app = open_page(PAGE, query={"seance": session.id})
    button(app, "Tous présents").click().run()
    choose(app, second, "absent")
    button(app, "Enregistrer les présences").click().run()
    assert not app.exception
    assert [found.value for found in app.toast] == ["Présences enregistrées\u00a0: 2\u00a0présents sur 3."]
    assert states_of(session) == {
        first.id: AttendanceState.PRESENT, second.id: AttendanceState.ABSENT, third.id: AttendanceState.PRESENT,
    }  # fmt: skip
    assert "2 sur 3" in [found.value for found in app.metric]


def test_everybody_present_leaves_alone_who_is_excused(open_page):
    open_page(PAGE)
    session, (first, second) = a_past_session(AttendanceState.ENROLLED, AttendanceState.EXCUSED)
    app = open_page(PAGE, query={"seance": session.id})
    button(app, "Tous présents").click().run()
    assert (shown_state(app, first), shown_state(app, second)) == ("présent", "excusé")


def test_people_are_added_as_present_and_taken_off_again(open_page):
    open_page(PAGE)
    session, (first, *_) = a_past_session(AttendanceState.PRESENT)
    other = people(2)[1]
    app = open_page(PAGE, query={"seance": session.id})
    app.multiselect[0].set_value([other.id])
    button(app, "Ajouter à la liste").click().run()
    assert shown_state(app, other) == "présent"
    app.multiselect[1].set_value([first.id])
    button(app, "Retirer de la liste").click().run()
    assert states_of(session) == {first.id: AttendanceState.PRESENT}, "nothing is written before it is saved"
    button(app, "Enregistrer les présences").click().run()
    assert not app.exception
    assert states_of(session) == {other.id: AttendanceState.PRESENT}


def test_a_session_without_anybody_takes_the_active_ones_at_once(open_page):
    open_page(PAGE)
    session, _ = a_past_session()
    app = open_page(PAGE, query={"seance": session.id})
    button(app, "Ajouter tous les actifs").click().run()
    button(app, "Enregistrer les présences").click().run()
    assert not app.exception
    assert len(states_of(session)) > 30


def test_hours_and_satisfaction_are_saved_with_the_state(open_page):
    open_page(PAGE)
    session, (first,) = a_past_session(AttendanceState.PRESENT)
    app = open_page(PAGE, query={"seance": session.id})
    button(app, "Heures et satisfaction").click().run()
    app.text_input[0].set_value("1 h 30")
    app.feedback[0].set_value(3)
    button(app, "Enregistrer les présences").click().run()
    assert not app.exception
    (row,) = attendances(session, get_store().refresh().data)
    assert (row.promeneur_id, row.minutes, row.satisfaction) == (first.id, 90, 4)


def test_hours_that_cannot_be_understood_are_said_and_nothing_is_lost(open_page):
    open_page(PAGE)
    session, (first, second) = a_past_session(AttendanceState.ENROLLED, AttendanceState.ENROLLED)
    app = open_page(PAGE, query={"seance": session.id})
    button(app, "Heures et satisfaction").click().run()
    app.text_input[0].set_value("beaucoup")
    choose(app, second, "absent")
    button(app, "Enregistrer les présences").click().run()
    assert any("On attendait une durée" in found.value for found in app.error)
    assert (app.text_input[0].value, shown_state(app, second)) == ("beaucoup", "absent")
    assert set(states_of(session).values()) == {AttendanceState.ENROLLED}
    assert first.id in states_of(session)


def test_what_somebody_else_changed_is_asked_about_and_the_typing_stays(open_page):
    open_page(PAGE)
    session, (first, second) = a_past_session(AttendanceState.ENROLLED, AttendanceState.ENROLLED)
    app = open_page(PAGE, query={"seance": session.id})
    row = next(row for row in attendances(session, data()) if row.promeneur_id == first.id)
    get_store().commit([Change(replace(row, state=AttendanceState.EXCUSED), before=row)], author="Quelqu’un")
    choose(app, first, "présent")
    choose(app, second, "absent")
    button(app, "Enregistrer les présences").click().run()
    assert not app.exception
    assert any("modifié entre-temps" in found.value for found in app.warning)
    assert (shown_state(app, first), shown_state(app, second)) == ("présent", "absent")
    assert states_of(session) == {first.id: AttendanceState.EXCUSED, second.id: AttendanceState.ENROLLED}
    next(found for found in app.radio if "Que garder" in found.label).set_value(True)
    button(app, "Enregistrer les présences").click().run()
    assert not app.exception
    assert states_of(session) == {first.id: AttendanceState.PRESENT, second.id: AttendanceState.ABSENT}


def test_what_somebody_else_changed_stands_where_nothing_was_entered(open_page):
    open_page(PAGE)
    session, (first, second) = a_past_session(AttendanceState.ENROLLED, AttendanceState.ENROLLED)
    app = open_page(PAGE, query={"seance": session.id})
    row = next(row for row in attendances(session, data()) if row.promeneur_id == first.id)
    get_store().commit([Change(replace(row, state=AttendanceState.EXCUSED), before=row)], author="Quelqu’un")
    choose(app, second, "présent")
    button(app, "Enregistrer les présences").click().run()
    assert not app.exception
    assert states_of(session) == {first.id: AttendanceState.EXCUSED, second.id: AttendanceState.PRESENT}
    assert shown_state(app, first) == "excusé"


def test_whose_row_is_gone_from_the_sheet_is_saved_again_under_the_same_id(open_page):
    open_page(PAGE)
    session, (first, second) = a_past_session(*[AttendanceState.ENROLLED] * 2)
    app = open_page(PAGE, query={"seance": session.id})
    store = get_store()
    store.refresh()
    before = next(row for row in attendances(session, data()) if row.promeneur_id == first.id)
    row = data().reading(Attendance).rows[before.id]
    book = store.book_of(Attendance)
    place = {
        "sheetId": book.metadata().find("Présences").sheet_id, "dimension": "ROWS", "startIndex": row,
        "endIndex": row + 1,
    }  # fmt: skip
    store.connection.client.batch_update(book.key, {"requests": [{"deleteDimension": {"range": place}}]})
    button(app, "Tous présents").click().run()
    button(app, "Enregistrer les présences").click().run()
    assert ["n’est plus dans l’onglet" in found.value for found in app.error] == [True]
    button(app, "Réessayer").click().run()
    assert not app.exception
    assert states_of(session) == dict.fromkeys((first.id, second.id), AttendanceState.PRESENT)
    assert before.id in {row.id for row in attendances(session, data())}


def test_saving_what_did_not_change_writes_nothing(open_page):
    open_page(PAGE)
    session, _ = a_past_session(AttendanceState.PRESENT)
    app = open_page(PAGE, query={"seance": session.id})
    button(app, "Enregistrer les présences").click().run()
    assert any("Rien n’a changé" in found.value for found in app.info)


def test_a_formation_action_warns_of_newcomers_and_saves(open_page):
    open_page(PAGE)
    newcomer = add(
        replace(people(1)[0], id="", label="", first_name="Nouvelle", last_name="Venue", entered_on=today()),
    )
    session = add(
        Session(
            kind=SessionKind.TRAINING, field=TrainingField.ACTION_TRAINING, name="Relation en ligne",
            held_on=today() + timedelta(days=10),
        )
    )  # fmt: skip
    app = open_page(PAGE, query={"seance": session.id})
    app.multiselect[0].set_value([newcomer.id])
    button(app, "Ajouter à la liste").click().run()
    assert any("Nouvelle Venue" in found.value and "pratique" in found.value for found in app.warning)
    button(app, "Enregistrer les inscriptions").click().run()
    assert not app.exception
    assert states_of(session) == {newcomer.id: AttendanceState.ENROLLED}


def save_new_session(app, **texts):
    """Fills the form of a new session and saves; what the rules say of it (a dialog itself is closed by AppTest)."""
    button(app, "Nouvelle séance").click().run()
    for field, text in texts.items():
        app.text_input(key=f"form-session-new-{field}").set_value(text)
    app.date_input(key="form-session-new-held_on").set_value(today() + timedelta(days=20))
    app.button(key="form-session-new-save").click().run()
    assert not app.exception
    return app.session_state["form"].findings


def names_in_the_sheet():
    return {session.name for session in get_store().refresh().data.all(Session)}


def test_a_supervision_by_the_coordinator_is_refused_with_its_reason(open_page):
    open_page(PAGE)
    coordinator = next(each for each in data().live(Coordinator) if each.until_on is None)
    name = f"{coordinator.last_name.upper()} {coordinator.first_name}"
    app = open_page(PAGE, query={"type": SessionKind.GROUP_SUPERVISION.value})
    (refusal,) = save_new_session(app, name="Supervision de printemps", trainer=name)
    assert (refusal.rule, refusal.blocking) == ("R36", True)
    assert "menée par un professionnel autre que le coordinateur" in refusal.message
    assert "Supervision de printemps" not in names_in_the_sheet()


def test_a_supervision_by_somebody_else_is_saved(open_page):
    app = open_page(PAGE, query={"type": SessionKind.GROUP_SUPERVISION.value})
    assert save_new_session(app, name="Supervision de printemps", trainer="Cabinet Écoute et distance") == ()
    assert "Supervision de printemps" in names_in_the_sheet()


def test_a_training_without_its_field_is_refused(open_page):
    (refusal,) = save_new_session(open_page(PAGE), name="Sans champ")
    assert (refusal.rule, refusal.blocking) == ("R31", True)
    assert "Sans champ" not in names_in_the_sheet()


def test_a_session_is_cancelled_and_brought_back(open_page):
    open_page(PAGE)
    session, _ = a_past_session(AttendanceState.PRESENT)
    app = open_page(PAGE, query={"seance": session.id})
    app.button(key="annuler-seance").click().run()
    assert get_store().refresh().data.get(Session, session.id).cancelled_on == today()
    app.button(key="retablir-seance").click().run()
    assert get_store().refresh().data.get(Session, session.id).cancelled_on is None


def test_a_session_is_duplicated_without_its_date_nor_its_group(open_page):
    open_page(PAGE)
    session, _ = a_past_session(AttendanceState.PRESENT, seats=12)
    app = open_page(PAGE, query={"seance": session.id})
    app.button(key="dupliquer-seance").click().run()
    assert app.date_input(key="form-session-new-held_on").value is None
    app.date_input(key="form-session-new-held_on").set_value(today() + timedelta(days=30))
    app.button(key="form-session-new-save").click().run()
    assert not app.exception
    copies = [each for each in get_store().refresh().data.all(Session) if each.name == session.name]
    assert [copy.seats for copy in copies] == [12, 12]
    assert len(attendances(copies[1], data())) == 0


def test_an_address_with_an_unknown_year_shows_this_one(open_page):
    app = open_page(PAGE, query={"annee": "1999", "champ": "poterie"})
    assert app.selectbox(key="annee").value == str(today().year)
