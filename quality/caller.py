"""One person's telephone call, held through the simulator: what they say and press, and hear."""

from typing import Any, Final

from quality.patience import DidNotHappen, eventually
from quality.product import Product

_ERROR: Final = "error"


class Caller:
    """A person who calls the product, or is called by it.

    `says`, `presses`, `stays_silent` do one thing and check that every piece of text in `hears`
    was said after it; nobody ever hears the provider's own error voice, and every document that
    the product answered is one that Twilio would carry out.
    """

    def __init__(self, product: Product, address: str) -> None:
        self.product = product
        self.address = address
        self.sid = ""
        self.last = ""
        self.state: dict[str, Any] = {}

    def dials(self, *hears: str) -> str:
        """Call the product."""
        answer = self.product.control.post("/calls", json={"address": self.address})
        if answer.is_error:
            raise DidNotHappen(answer.text)
        self.state = answer.json()
        self.sid = self.state["sid"]
        return self._heard(hears)

    def rings(self) -> "Caller":
        """Wait until the telephone rings, because the product calls."""

        def found() -> str:
            calls = self.product.control.get(
                "/calls", params={"person": self.address, "going_on": True}
            ).json()
            return str(calls[0]["sid"]) if calls else ""

        self.sid = eventually(found, f"the telephone of {self.address} rings")
        return self

    def picks_up(self, *hears: str) -> str:
        """Answer the telephone that rings."""
        return self.acts("answer", *hears)

    def says(self, text: str, *hears: str, confidence: float | None = 0.95) -> str:
        """Say something."""
        return self.acts("say", *hears, text=text, confidence=confidence)

    def presses(self, digits: str, *hears: str) -> str:
        """Press keys."""
        return self.acts("press", *hears, digits=digits)

    def stays_silent(self, *hears: str) -> str:
        """Say nothing until the question's time is over."""
        return self.acts("say", *hears, text="")

    def hangs_up(self) -> None:
        """End the call."""
        self.acts("hang_up")

    def acts(self, kind: str, *hears: str, **more: Any) -> str:
        """Do anything a person can do with a telephone; gives what was heard after it."""
        path = f"/calls/{self.sid}/acts"
        answer = self.product.control.post(path, json={"kind": kind, **more})
        if answer.is_error:
            raise DidNotHappen(f"{answer.text}\n{self.transcript()}")
        self.state = answer.json()
        return self._heard(hears)

    def _heard(self, pieces: tuple[str, ...]) -> str:
        kinds = [each["kind"] for each in self.state["heard"]]
        self.last = " ".join(e["text"] for e in self.state["heard"] if e["kind"] in ("say", _ERROR))
        if _ERROR in kinds:
            raise DidNotHappen(self.transcript())
        missing = [piece for piece in pieces if piece.casefold() not in self.last.casefold()]
        if missing:
            raise DidNotHappen(f"not heard: {missing} in {self.last!r}\n{self.transcript()}")
        return self.last

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return bool(self.state["status"] not in ("queued", "ringing", "in-progress"))

    def everything(self) -> str:
        """Give all that was said to this person in the call."""
        return " ".join(each["text"] for each in self.now()["heard"] if each["kind"] == "say")

    def now(self) -> dict[str, Any]:
        """Ask for the call as it is now."""
        found: dict[str, Any] = self.product.control.get(f"/calls/{self.sid}").json()
        return found

    def documents(self) -> list[dict[str, Any]]:
        """Give what the product answered in this call."""
        found: list[dict[str, Any]] = self.product.control.get(
            f"/calls/{self.sid}/documents"
        ).json()
        return found

    def never_heard(self, *words: str) -> None:
        """Fails where something was said that holds one of the words."""
        everything = self.everything().casefold()
        found = [word for word in words if word.casefold() in everything]
        if found:
            raise DidNotHappen(f"was told: {found}\n{self.transcript()}")

    def transcript(self) -> str:
        """Write down the whole call, for the message of a failing test."""
        return "\n".join(f"  {each['kind']}: {each['text']}" for each in self.now()["heard"])
