"""Where the Promeneurs can be found online: a profile or two each, not all looked at lately (R24)."""

from datetime import date, timedelta
from random import Random

from pdn.demo.chance import Ids, dice
from pdn.demo.people import slug
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.french import fold

CHECK_MONTHS = (3, 9)
"""The coordination opens every profile in March and in September."""

NEVER_CHECKED_SHARE, MISSED_CHECK_SHARE = 0.06, 0.22
EARLY_NETWORKS = {"Facebook": 9, "Instagram": 5, "Snapchat": 5, "WhatsApp": 2, "Discord": 1, "YouTube": 1, "X": 1}
LATER_NETWORKS = {"Instagram": 9, "Snapchat": 6, "TikTok": 5, "Discord": 4, "WhatsApp": 3, "Facebook": 2, "Twitch": 1}
TAKEN_DOWN_AFTER = timedelta(days=60)
"""How long it takes until the profile of somebody who left is taken off the lists."""

NETWORKS_CHANGED = date(2021, 1, 1)
COUNTS = (1, 1, 1, 1, 2, 2, 2, 3)


def profiles(promeneurs: tuple[Promeneur, ...], ids: Ids, seed: int, today: date) -> tuple[OnlineProfile, ...]:
    """The profiles of all; those of somebody about to enter do not exist yet."""
    made = []
    for promeneur in promeneurs:
        entered = promeneur.entered_on or today
        if entered > today:
            continue
        rng = dice(seed, "profiles", promeneur.email)
        weights = dict(EARLY_NETWORKS if entered < NETWORKS_CHANGED else LATER_NETWORKS)
        for rank in range(rng.choice(COUNTS)):
            network = rng.choices(list(weights), list(weights.values()))[0]
            del weights[network]
            handle = f"{slug(promeneur.first_name)}.{slug(promeneur.last_name)}{'.pdn' if rank else '.pdn33'}"
            made.append(
                OnlineProfile(
                    id=ids.new(OnlineProfile, entered, promeneur.email, rank),
                    promeneur_id=promeneur.id,
                    network=network,
                    handle=handle,
                    link=f"https://www.example.org/{fold(network)}/{handle}",
                    checked_on=_checked_on(entered, min(today, promeneur.left_on or today), rng),
                    archived_on=_taken_down_on(promeneur, today),
                )
            )
    return tuple(made)


def _taken_down_on(promeneur: Promeneur, today: date) -> date | None:
    down = promeneur.left_on + TAKEN_DOWN_AFTER if promeneur.left_on else None
    return down if down and down <= today else None


def _checked_on(entered: date, until: date, rng: Random) -> date | None:
    """The last round in which the profile was opened: at the entry, then twice a year, sometimes missed."""
    if rng.random() < NEVER_CHECKED_SHARE:
        return None
    last, missing = entered, rng.random() < MISSED_CHECK_SHARE
    stops_after = rng.randint(0, 3)
    rounds = [
        date(year, month, 1) + timedelta(days=rng.randint(0, 20))
        for year in range(entered.year, until.year + 1)
        for month in CHECK_MONTHS
    ]
    for passed, day in enumerate(day for day in rounds if entered < day <= until):
        if missing and passed >= stops_after:
            break
        last = day
    return last
