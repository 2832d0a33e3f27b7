"""Everything known about one debtor, for other systems."""

from dataclasses import dataclass
from typing import Final

from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.values.dates import local_date
from acuerdo.views.debtor_file import repository
from acuerdo.views.debtor_file.as_json import Json, as_json
from acuerdo.views.debtor_file.debtor_file import Extent

_EXTENT: Final = Extent(conversations=100, messages=500, attempts=1000)


@dataclass(frozen=True, slots=True)
class DebtorFiles:
    """Reads the file of a debtor; changes nothing."""

    db: Database
    clock: Clock

    async def as_json(self, external_id: str) -> Json:
        """The file of one debtor as plain data, amounts as decimal strings; raises NotFound."""
        async with self.db.transaction() as session:
            debtor = await repository.debtor_called(session, external_id)
            if debtor is None:
                raise NotFound
            file = await repository.file_of(session, debtor, _EXTENT)
        return as_json(file, local_date(self.clock.now(), file.person.timezone))
