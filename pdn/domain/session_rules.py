"""What a session may be: its field (R31), who leads it (R33, R36) and who is ready for it (R34)."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.finding import Finding
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind, TrainerKind, TrainingField
from pdn.domain.settings import Coordinator, Settings
from pdn.french import count, day, fold, listing, sort_key
from pdn.schema import Dataset

MEETINGS = frozenset({SessionKind.NETWORK_MEETING, SessionKind.TEAM_MEETING})
"""The kinds outside the training and supervision strand, which R33 does not speak of: nobody may lead them."""

CIVILITIES = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "dr", "pr"})
BETWEEN_PEOPLE = re.compile(r"[,;/&+()|]|\s[-–—]\s|\set\s|\savec\s")
MONTHS_PER_YEAR = 12
SOURCE = "menée par un professionnel autre que le coordinateur"
"""R36 in the words of the cahier des charges."""


def check_session(session: Session, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:
    """What the rules have to say of a session about to be saved.

    A session that is cancelled or archived is let through: it must be possible to put away what breaks a rule.
    """
    if session.archived or session.cancelled_on is not None:
        return ()
    return (
        *_check_field(session),
        *_check_supervisor(session, data, today),
        *_check_trainer(session, today),
        *_check_experience(session, data, settings),
    )


def check_attendance(attendance: Attendance, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """What the rules have to say of an enrolment: R34 warns, for the one person it is about."""
    session = data.get(Session, attendance.session_id)
    promeneur = data.get(Promeneur, attendance.promeneur_id)
    if session is None or promeneur is None or not _takes_part(attendance):
        return ()
    return _newcomer_warning(newcomers(session, (promeneur,), settings), settings, "promeneur_id")


def newcomers(session: Session, promeneurs: Iterable[Promeneur], settings: Settings) -> tuple[Promeneur, ...]:
    """Those whom a « formation-action » comes too early for (R34), by name.

    Args:
        session: Any session; nobody is too new for the other fields, nor for one without a date.
        promeneurs: Those who take part, or might.
        settings: `experience_months` is how long one has practised by then; without it nobody is new.

    Returns:
        The Promeneurs who entered the network less than that many months before the session; one whose entry is not
        dated is not among them.
    """
    if session.field is not TrainingField.ACTION_TRAINING or session.held_on is None or not settings.experience_months:
        return ()
    new = [
        promeneur
        for promeneur in promeneurs
        if promeneur.entered_on is not None
        and not _months_passed(promeneur.entered_on, session.held_on, settings.experience_months)
    ]
    return tuple(sorted(new, key=lambda promeneur: sort_key(promeneur.title)))


def coordinator_named(text: str, on: date, data: Dataset) -> Coordinator | None:
    """The coordinator in post that day whom a text names, alone or among others; None where it names none.

    Case, accents, hyphens, civilities and the order of first and last name do not matter. A record that was archived
    still counts for the days before, so that putting it away does not change the past.
    """
    parts = BETWEEN_PEOPLE.split(f" {fold(text)} ")
    # « Le Goff, Anne » is one person where « Anne Le Goff, Paul Durand » are two: neighbours are tried together too.
    people = {_name_words(part) for part in (*parts, *map(" ".join, pairwise(parts)))}
    for coordinator in data.all(Coordinator):
        words = _name_words(fold(f"{coordinator.first_name} {coordinator.last_name}"))
        if words and words in people and _in_post(coordinator, on):
            return coordinator
    return None


def _check_field(session: Session) -> tuple[Finding, ...]:
    if session.kind is not SessionKind.TRAINING or session.field is not None:
        return ()
    fields = listing(f"«\u00a0{field.value}\u00a0»" for field in TrainingField)
    message = f"Une formation porte sur l’un des sept champs du cahier des charges\u00a0: {fields}. Choisissez le sien."
    return (Finding(message=message, field="field", rule="R31"),)


def _check_supervisor(session: Session, data: Dataset, today: date) -> tuple[Finding, ...]:
    """R36, the hard rule: « menée par un professionnel autre que le coordinateur »."""
    if session.kind is None or not session.kind.is_supervision:
        return ()
    source = f"le cahier des charges veut que la supervision soit «\u00a0{SOURCE}"
    findings = []
    if session.trainer_kind is TrainerKind.COORDINATOR:
        findings.append(
            Finding(
                message=f"Le coordinateur ne peut pas mener une supervision\u00a0: {source}\u00a0». "
                "Choisissez un professionnel de la structure porteuse compétent en matière d’écoute, "
                "ou un prestataire extérieur.",
                field="trainer_kind",
                rule="R36",
            )
        )
    on = session.held_on or today
    coordinator = coordinator_named(session.trainer, on, data)
    if coordinator is not None:
        findings.append(
            Finding(
                message=f"{coordinator.title} assure la coordination au {day(on)} et ne peut donc pas mener cette "
                f"supervision\u00a0: {source}\u00a0». Indiquez une autre personne.",
                field="trainer",
                rule="R36",
            )
        )
    if session.trainer_kind is TrainerKind.HOST_COLLEAGUE and session.listening_skills is not True:
        findings.append(
            Finding(
                message=f"Une supervision menée en interne demande une compétence en écoute\u00a0: {source} (autre "
                "professionnel de la structure compétent en matière d’écoute ou recours à un prestataire)\u00a0». "
                "Répondez «\u00a0oui\u00a0» à «\u00a0Compétence en écoute\u00a0» si c’est le cas, "
                "ou choisissez un prestataire extérieur.",
                field="listening_skills",
                rule="R36",
            )
        )
    return tuple(findings)


def _check_trainer(session: Session, today: date) -> tuple[Finding, ...]:
    past = session.held_on is not None and session.held_on < today
    if not past or session.kind in MEETINGS or session.trainer_kind is not None:
        return ()
    kinds = listing(kind.value for kind in TrainerKind)
    message = f"Cette séance a eu lieu\u00a0: précisez le type d’intervenant. Trois cas sont possibles\u00a0: {kinds}."
    return (Finding(message=message, field="trainer_kind", blocking=False, rule="R33"),)


def _check_experience(session: Session, data: Dataset, settings: Settings) -> tuple[Finding, ...]:
    taking_part = {
        attendance.promeneur_id
        for attendance in data.where(Attendance, "session_id", session.id)
        if session.id and _takes_part(attendance)
    }
    promeneurs = [promeneur for each in taking_part if (promeneur := data.get(Promeneur, each)) is not None]
    return _newcomer_warning(newcomers(session, promeneurs, settings), settings, "field")


def _newcomer_warning(new: tuple[Promeneur, ...], settings: Settings, field: str) -> tuple[Finding, ...]:
    if not new:
        return ()
    names = listing(promeneur.title for promeneur in new)
    have = "a" if len(new) == 1 else "ont"
    practice = count(settings.experience_months or 0, "mois", "mois")
    message = (
        f"À la date de cette formation-action, {names} {have} moins de {practice} de pratique\u00a0; "
        "elle est prévue «\u00a0dès lors que les professionnels ont suffisamment de pratique\u00a0»."
    )
    return (Finding(message=message, field=field, blocking=False, rule="R34"),)


def _takes_part(attendance: Attendance) -> bool:
    return attendance.state not in {AttendanceState.ABSENT, AttendanceState.EXCUSED}


def _months_passed(since: date, until: date, months: int) -> bool:
    """Whether that many whole months passed: six months from 31 August have passed on 1 March."""
    passed = (until.year - since.year) * MONTHS_PER_YEAR + until.month - since.month
    return passed > months or (passed == months and until.day >= since.day)


def _name_words(folded: str) -> tuple[str, ...]:
    """The words of a name in a fixed order, without what is no part of it."""
    words = re.findall(r"[^\W_]+", folded)
    return tuple(sorted(word for word in words if word not in CIVILITIES and not word.startswith("coordinat")))


def _in_post(coordinator: Coordinator, on: date) -> bool:
    last = coordinator.until_on or coordinator.archived_on
    return (coordinator.from_on is None or coordinator.from_on <= on) and (last is None or on <= last)
