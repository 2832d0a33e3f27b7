"""What the product holds about a debtor: by the REST call, by its tables where that is silent."""

from typing import Any

from quality.patience import eventually
from quality.product import Product

Row = dict[str, Any]


class Ledger:
    """The file of one debtor. Read after the product is at rest."""

    def __init__(self, product: Product, external_id: str) -> None:
        self._product = product
        self.external_id = external_id

    def file(self) -> Row:
        """The whole file as other systems read it."""
        self._product.settle()
        answer = self._product.api.get(f"/debtors/{self.external_id}")
        assert answer.status_code == 200, answer.text
        found: Row = answer.json()
        return found

    def promises(self) -> list[tuple[str, str, str]]:
        """(amount, date, state) of every promise, oldest first."""
        found = sorted(self.file()["promises"], key=lambda each: each["recorded_at"])
        return [(each["amount"], each["due_on"], each["state"]) for each in found]

    def plans(self) -> list[Row]:
        """Every plan with its instalments."""
        found: list[Row] = self.file()["plans"]
        return found

    def debt(self, number: int = 0) -> Row:
        """One debt, in the order of their external ids."""
        found: Row = sorted(self.file()["debts"], key=lambda each: each["external_id"])[number]
        return found

    def stops(self) -> list[str]:
        """The kinds of what stops contact."""
        return sorted(each["kind"] for each in self.file()["stops"])

    def outcome(self) -> str:
        """The outcome of the newest conversation."""
        return str(self.conversation()["outcome"])

    def conversation(self) -> Row:
        """The newest conversation's row, with what the REST call does not show."""
        self._product.settle()
        rows = self._product.rows(
            "select c.* from conversation c join contact_point p on p.id = c.contact_point_id"
            " join debtor d on d.id in (c.debtor_id, p.debtor_id) where d.external_id = %s"
            " order by c.started_at desc, c.last_activity_at desc limit 1",
            self.external_id,
        )
        assert rows, "there is no conversation"
        return rows[0]

    def waiting_reason(self) -> str | None:
        """Why the newest conversation waits for a person."""
        found = self.conversation()
        return None if found["waiting_since_at"] is None else found["waiting_reason"]

    def waits_for_a_person(self, reason: str) -> None:
        """Wait until the newest conversation is in the agents' queue for this reason."""
        eventually(lambda: self.waiting_reason() == reason, f"waits for a person: {reason}")

    def messages(self) -> list[Row]:
        """The messages of every conversation, in the order we came to know them."""
        self._product.settle()
        return self._product.rows(
            "select m.* from message m join conversation c on c.id = m.conversation_id"
            " join debtor d on d.id = c.debtor_id where d.external_id = %s order by m.sequence",
            self.external_id,
        )

    def checks(self) -> list[bool]:
        """Whether each answer to a question of identity was right."""
        self._product.settle()
        return [
            row["passed"]
            for row in self._product.rows(
                "select k.passed from identity_check k"
                " join conversation c on c.id = k.conversation_id"
                " join debtor d on d.id in (k.debtor_id, c.debtor_id)"
                " where d.external_id = %s order by k.at, k.id",
                self.external_id,
            )
        ]

    def payments(self) -> list[Row]:
        """What was paid for this debtor's debts."""
        self._product.settle()
        return self._product.rows(
            "select y.* from payment y join debt t on t.id = y.debt_id"
            " join debtor d on d.id = t.debtor_id where d.external_id = %s",
            self.external_id,
        )

    def nothing_agreed(self) -> None:
        """Fails where a promise, plan, dispute or claimed payment is recorded."""
        found = self.file()
        kinds = ("promises", "plans", "disputes", "payment_claims")
        assert {kind: found[kind] for kind in kinds} == {kind: [] for kind in kinds}
