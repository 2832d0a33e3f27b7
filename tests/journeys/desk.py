"""An agent at the desk, over HTTP as a browser does it."""

import re
from typing import Any, Final

import httpx

from doors.cli.demonstration import PASSWORD
from quality.product import Product

_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


class DeskUnavailable(AssertionError):
    """The desk said that it cannot answer now."""


class Agent:
    """Somebody who is logged in at the desk."""

    def __init__(self, product: Product, login: str = "agente") -> None:
        self._http = httpx.Client(base_url=product.url, timeout=30, follow_redirects=True)
        page = self._http.get("/desk/login")
        entered = self._post("/desk/login", token=_token(page.text), login=login, password=PASSWORD)
        self._csrf = _token(entered.text)

    def queue(self) -> str:
        """The page of the queue."""
        return self._http.get("/desk").raise_for_status().text

    def sees(self, conversation_id: object) -> str:
        """The page of a conversation."""
        page = self._http.get(f"/desk/conversations/{conversation_id}")
        if page.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise DeskUnavailable(page.url)
        return page.raise_for_status().text

    def takes(self, conversation_id: object) -> None:
        """Hold a conversation."""
        self._act(conversation_id, "take")

    def replies(self, conversation_id: object, text: str) -> None:
        """Write to the debtor."""
        self._act(conversation_id, "reply", text=text)

    def notes(self, conversation_id: object, text: str) -> None:
        """Leave a note for colleagues."""
        self._act(conversation_id, "note", text=text)

    def hands_back(self, conversation_id: object) -> None:
        """Give the conversation back to the assistant."""
        self._act(conversation_id, "hand-back")

    def closes(self, conversation_id: object, outcome: str) -> None:
        """End a conversation with an outcome."""
        self._act(conversation_id, "close", outcome=outcome)

    def calls(self, contact_point_id: object) -> httpx.Response:
        """Ring somebody up; the answer is the page that it leads to."""
        form = {"csrf_token": self._csrf, "contact_point_id": str(contact_point_id)}
        return self._http.post("/desk/calls", data=form)

    def opens_phone(self) -> str:
        """Open the softphone; gives the name under which it is rung."""
        page = self._http.get("/desk/phone").raise_for_status().text
        headers = {"X-CSRF-Token": self._csrf}
        assert self._http.post("/desk/phone/here", headers=headers).status_code == 204
        found = re.search(r'data-identity="([^"]+)"', page)
        assert found
        return found.group(1)

    def closes_phone(self) -> None:
        """Close the softphone."""
        self._http.post("/desk/phone/gone", headers={"X-CSRF-Token": self._csrf})

    def watches_calls(self) -> str:
        """The page of the calls that go on."""
        return self._http.get("/desk/calls").raise_for_status().text

    def leaves(self) -> None:
        """Close the browser."""
        self._http.close()

    def _act(self, conversation_id: object, what: str, **form: str) -> None:
        self._post(f"/desk/conversations/{conversation_id}/{what}", token=self._csrf, **form)

    def _post(self, path: str, *, token: str, **form: Any) -> httpx.Response:
        answer = self._http.post(path, data={"csrf_token": token, **form})
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise DeskUnavailable(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found, page[:500]
    return found.group(1)
