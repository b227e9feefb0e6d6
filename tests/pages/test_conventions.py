from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pages_support import well

from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.agreement_registry import agreement_entries, agreement_figures
from pdn.domain.agreement_status import expiring
from pdn.domain.funnel import FunnelStep, funnel_counts, funnel_step
from pdn.domain.settings import read_settings
from pdn.domain.structure import Structure
from pdn.ui.store import get_store
