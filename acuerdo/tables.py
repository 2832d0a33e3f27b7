"""Every table of the product, imported so that the mapper and Alembic know them all."""

from acuerdo.agreements import models as agreements
from acuerdo.audit import models as audit
from acuerdo.bookkeeping import models as bookkeeping
from acuerdo.calls import models as calls
from acuerdo.cases import models as cases
from acuerdo.contact import models as contact
from acuerdo.conversations import models as conversations
from acuerdo.debts import models as debts
from acuerdo.external_events import models as external_events
from acuerdo.idempotency import models as idempotency
from acuerdo.outreach import models as outreach
from acuerdo.payments import models as payments
from acuerdo.platform.db.base import Base
from acuerdo.portfolio import models as portfolio
from acuerdo.staff import models as staff

MODULES = (
    agreements,
    audit,
    bookkeeping,
    calls,
    cases,
    contact,
    conversations,
    debts,
    external_events,
    idempotency,
    outreach,
    payments,
    portfolio,
    staff,
)
METADATA = Base.metadata


def batch_sealed_kinds() -> list[type[audit.BatchSealed]]:
    """Every table whose rows are sealed in batches, by name."""
    kinds = [mapper.class_ for mapper in Base.registry.mappers]
    found = [kind for kind in kinds if issubclass(kind, audit.BatchSealed)]
    return sorted(found, key=lambda kind: kind.__name__)


def audited_kinds() -> list[type[audit.Audited]]:
    """Every table of the ledger."""
    kinds = [mapper.class_ for mapper in Base.registry.mappers]
    return [kind for kind in kinds if issubclass(kind, audit.Audited)]
