"""The gateway: what happens in its account is posted to the product, signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from simulator.config import SimulatorConfig
from simulator.gateway.account import Account, Act, Outcome
from simulator.gateway.events import PaymentEvent, sign
from simulator.gateway.payments import Link, Payment
from simulator.webhooks import Postman, Receipt, RetryRule, Webhook

_RETRY = RetryRule(retries=4, after=frozenset({"ct", "rt", "4xx", "5xx"}))


@dataclass(frozen=True)
class Posted:
    """The events that something led to, and how the product answered them.

    There are no receipts while webhooks are held or being shuffled, or nothing was to be posted.
    """

    events: tuple[PaymentEvent, ...]
    receipts: tuple[Receipt, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer of the control API; an event of a link alone names no payment."""
        payments = [event.data["payment_id"] for event in self.events if "payment_id" in event.data]
        return {
            "payments": list(dict.fromkeys(payments)),
            "events": [event.id for event in self.events],
            "receipts": [receipt.as_json() for receipt in self.receipts],
        }


class Gateway:
    """The merchant account of the product at the gateway; `quietly` posts nothing yet."""

    def __init__(self, config: SimulatorConfig, postman: Postman) -> None:
        self._config = config
        self._postman = postman
        self.account = Account(config.own_url, config.now)

    async def pay(
        self, link: Link, outcome: Outcome = "approve", amount: str = "", *, quietly: bool = False
    ) -> Posted:
        """Let the debtor pay, as `Account.pay` says, and post the events."""
        return await self._post(self.account.pay(link, outcome, amount), quietly)

    async def act(
        self, payment: Payment, act: Act, amount: str = "", *, quietly: bool = False
    ) -> Posted:
        """Let something happen to a payment, as `Account.act` says, and post the events."""
        return await self._post(self.account.act(payment, act, amount), quietly)

    async def expire(self, link: Link, *, quietly: bool = False) -> Posted:
        """Let the time of a link be over, and post the events."""
        return await self._post(self.account.expire(link), quietly)

    async def post_again(self, event_ids: Sequence[str], *, renamed: bool = False) -> Posted:
        """Post events once more in the order in which they are named, signed now.

        Renamed: under other ids, as a gateway that has forgotten that it told them.
        """
        events = [self.account.event(event_id) for event_id in event_ids]
        if renamed:
            events = [self.account.keep(event.under_another_id()) for event in events]
        return await self._post(events, quietly=False)

    async def post_event(
        self, event: Mapping[str, Any], about: str, signature: str = "valid"
    ) -> tuple[Receipt, ...]:
        """Post any event, signed (or not, for tests)."""
        body = orjson.dumps(event)
        secret = self._config.gateway_secret
        if signature == "forged":
            secret = f"not-{secret}"
        headers = {"Content-Type": "application/json"}
        if signature != "unsigned":
            moment = int(self._config.now().timestamp())
            headers["X-Sandbox-Signature"] = sign(body, moment, secret)
        if signature == "altered":
            body += b" "
        return await self._postman.post(
            Webhook("payment.event", self._config.payments_url, headers, body, _RETRY, about)
        )

    def clear(self) -> None:
        """Forget links, payments and events."""
        self.account.clear()

    async def _post(self, events: Sequence[PaymentEvent], quietly: bool) -> Posted:
        receipts: list[Receipt] = []
        for event in () if quietly else events:
            about = event.data.get("payment_id") or event.data["link_id"]
            receipts.extend(await self.post_event(event.as_json(), about))
        return Posted(tuple(events), tuple(receipts))
