"""Every table of the product, imported so that the mapper and Alembic know them all."""

from acuerdo.agreements import models as agreements
from acuerdo.calls import models as calls
from acuerdo.contact import models as contact
from acuerdo.conversations import models as conversations
from acuerdo.db.base import Base
from acuerdo.debts import models as debts
from acuerdo.payments import models as payments
from acuerdo.staff import models as staff

MODULES = (agreements, calls, contact, conversations, debts, payments, staff)
METADATA = Base.metadata
