"""Every job of the product, collected from the topics for the worker."""

from types import ModuleType
from typing import Any, Final

from acuerdo.agreements import jobs as agreements
from acuerdo.audit import jobs as audit
from acuerdo.bookkeeping import jobs as bookkeeping
from acuerdo.calls import jobs as calls
from acuerdo.conversations import jobs as conversations
from acuerdo.outreach import jobs as outreach
from acuerdo.payments import jobs as payments
from acuerdo.platform.jobs import Job
from acuerdo.portfolio import jobs as portfolio
from acuerdo.retention import jobs as retention

MODULES: Final[tuple[ModuleType, ...]] = (
    agreements,
    audit,
    bookkeeping,
    calls,
    conversations,
    outreach,
    payments,
    portfolio,
    retention,
)
JOBS: Final[tuple[Job[Any], ...]] = tuple(
    found for module in MODULES for found in vars(module).values() if isinstance(found, Job)
)
