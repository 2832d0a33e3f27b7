"""Malformed requests for every door: what is genuine, spoilt in many ways, signed and not."""

import base64
import hmac
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from typing import Any, Final
from urllib.parse import urlencode

from quality.clock import START
from simulator.config import SimulatorConfig
from tests.unit.providers.forms import a_status, an_inbound
from tests.unit.providers.updates import a_message_update, a_pressed_button

_SECRETS: Final = SimulatorConfig()
_NOWHERE: Final = "0190b8a0-0000-7000-8000-000000000001"
_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"
_ODD: Final = (
    "", "\x00", "\ud800", "\U0010ffff", "\u202e", "a" * 5_000, "a a " * 1_200, "ja" * 2_000 + "z",
    "1" * 4_000, "9" * 19, "-1", "1e400", "NaN", "null", "true", "[]", "{}", "'", '"', "<b>", "%00",
    "{name}", "+" * 50, "9999-12-31", "0000-00-00", "no numerales 1 1 1 " * 200, "\r\n\r\n",
    "🙂" * 900,
)  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """One request of somebody hostile: to which door, and in which way it is spoilt."""

    door: str
    how: str
    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    inside: bool = False


class Hostile:
    """Makes requests from a dice, the same ones for the same seed."""

    def __init__(self, dice: random.Random, public_url: str, api_key: str, secret: str) -> None:
        self._dice = dice
        self._public_url = public_url
        self._api_key = api_key
        self._engine_secret = secret
        self._doors: tuple[Callable[[], Attempt], ...] = (
            *(self._whatsapp,) * 3,
            *(self._telegram,) * 3,
            *(self._gateway,) * 3,
            *(self._rest,) * 3,
            *(self._desk,) * 2,
            *(self._call,) * 2,
            self._actions,
        )

    def attempt(self) -> Attempt:
        """Give the next request."""
        return self._dice.choice(self._doors)()

    def frame(self) -> str | bytes:
        """Give something to send on the stream of a call."""
        told = json.dumps({"type": self._dice.choice(("setup", "prompt", "dtmf", "interrupt"))})
        how, body = self._spoilt(told.encode(), json.loads(told))
        return body if how in ("flipped", "random") else body.decode("utf-8", "replace")

    def _whatsapp(self) -> Attempt:
        fields, path = self._dice.choice(
            (
                (an_inbound(MessageSid=self._sid()), "/webhooks/twilio/whatsapp"),
                (a_status("delivered"), "/webhooks/twilio/whatsapp/status?message=nothing"),
            )
        )
        return self._twilio("whatsapp", path, fields)

    def _call(self) -> Attempt:
        path = self._dice.choice(
            (
                "/voice/inbound",
                f"/voice/calls/{_NOWHERE}/turn?n={self._dice.choice(('0', '-1', 'x', '9' * 30))}",
                f"/voice/calls/{_NOWHERE}/status",
                f"/voice/calls/{_NOWHERE}/amd",
                f"/voice/calls/{self._dice.choice(('no', '%00', _NOWHERE))}/answered",
                "/voice/calls/inbound/status",
            )
        )
        fields = {
            # few calls, told of again and again
            "CallSid": f"CA{self._dice.randrange(5)}",
            "From": "+5215550001111",
            "CallStatus": "completed",
            "SpeechResult": "hola",
            "Digits": "1",
            "Confidence": "0.9",
        }
        return self._twilio("voice", path, fields)

    def _twilio(self, door: str, path: str, genuine: dict[str, str]) -> Attempt:
        fields = dict(genuine)
        for name in self._dice.sample(sorted(fields), self._dice.randrange(3)):
            fields[name] = self._dice.choice(_ODD)
        body = urlencode(fields, errors="surrogatepass").encode()
        how = self._dice.choice(("signed", "signed", "signed", "unsigned", "many", "spoilt"))
        if how == "many":
            body = b"&".join(b"%x" % number for number in range(self._dice.randrange(30_000)))
        if how == "spoilt":
            body = self._flipped(body)
        text = self._public_url + path
        readable = {
            name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            for name, value in fields.items()
        }
        text += "".join(name + value for name, value in sorted(readable.items()))
        digest = hmac.new(_SECRETS.twilio_auth_token.encode(), text.encode(), sha1).digest()
        headers = {"content-type": _FORM}
        if how != "unsigned":
            headers["X-Twilio-Signature"] = base64.b64encode(digest).decode()
        return Attempt(door, how, "POST", path, body, headers)

    def _telegram(self) -> Attempt:
        number = self._dice.choice((self._dice.randrange(10**9), 2**63, -1, 10**30))
        update = self._dice.choice((a_message_update(text="hola"), a_pressed_button()))
        genuine = {**json.loads(update), "update_id": number}
        how, body = self._spoilt(json.dumps(genuine).encode(), genuine)
        headers = {"content-type": _JSON}
        if self._dice.random() < 0.8:
            headers["X-Telegram-Bot-Api-Secret-Token"] = _SECRETS.telegram_webhook_secret
        return Attempt("telegram", how, "POST", "/webhooks/telegram", body, headers)

    def _gateway(self) -> Attempt:
        genuine = {
            "type": "payment.succeeded",
            "data": {
                "payment_id": f"pay-{self._dice.randrange(10**9)}",
                "reference": _NOWHERE,
                "amount": self._dice.choice(("120.50", "1E+1000000", "-1", "NaN", 1e308, 7)),
                "currency": "PEN",
                "paid_at": START.isoformat(),
            },
        }
        how, body = self._spoilt(json.dumps(genuine).encode(), genuine)
        stamp = str(int(START.timestamp()) + self._dice.choice((0, 60, 10**6)))
        signed = stamp.encode() + b"." + body
        digest = hmac.new(_SECRETS.gateway_secret.encode(), signed, sha256).hexdigest()
        headers = {"X-Sandbox-Signature": f"t={stamp},v1={digest}"}
        return Attempt("payments", how, "POST", "/webhooks/payments/sandbox", body, headers)

    def _rest(self) -> Attempt:
        method, path, genuine = self._dice.choice(
            (
                ("POST", "/contacts", {"debtor": "d-1", "channel": "voice"}),
                ("POST", "/portfolio", {"creditors": [], "debtors": [{"id": "x", "debts": [{}]}]}),
                ("PATCH", f"/cases/{_NOWHERE}", {"state": "resolved"}),
                ("GET", f"/cases?cursor={self._escaped()}", {}),
                ("GET", f"/debtors/{self._escaped()}", {}),
                ("GET", "/debtors/d-1/file?to=9999-12-31&from=0001-01-01", {}),
            )
        )
        how, body = self._spoilt(json.dumps(genuine).encode(), genuine)
        headers = {"content-type": _JSON}
        if self._dice.random() < 0.8:
            headers["authorization"] = f"Bearer {self._api_key}"
        body = b"" if method == "GET" else body
        return Attempt("rest", how, method, f"/api/v1{path}", body, headers)

    def _desk(self) -> Attempt:
        path = self._dice.choice(
            ("/login", "/logout", f"/conversations/{_NOWHERE}/note", "/nowhere", "/limits")
        )
        kind = self._dice.choice((_FORM, "multipart/form-data; boundary=x", "multipart/form-data"))
        genuine = {"login": self._dice.choice(_ODD), "password": "x", "csrf_token": "x"}
        body = urlencode(genuine, errors="surrogatepass").encode()
        how, body = self._spoilt(body, genuine)
        cookie = self._dice.choice(("", "acuerdo_desk=x", "acuerdo_desk_login=x", "=;;=\x01"))
        headers = {"content-type": kind, **({"cookie": cookie} if cookie.isprintable() else {})}
        return Attempt("desk", how, "POST", f"/desk{path}", body, headers)

    def _actions(self) -> Attempt:
        genuine = {"next_action": "action_nobody_wrote", "tracker": {"sender_id": _NOWHERE}}
        how, body = self._spoilt(json.dumps(genuine).encode(), genuine)
        headers = {"content-type": _JSON}
        if self._dice.random() < 0.5:
            headers["X-Acuerdo-Engine-Secret"] = self._engine_secret
        return Attempt("actions", how, "POST", "/internal/actions", body, headers, inside=True)

    def _spoilt(self, genuine: bytes, told: dict[str, Any]) -> tuple[str, bytes]:
        """Give a body in one of many wrong ways, and the name of the way."""
        how = self._dice.choice(
            (
                "odd",
                "odd",
                "flipped",
                "cut",
                "deep",
                "doubled",
                "random",
                "other",
                "long",
                "encoded",
            )
        )
        if how == "odd":
            return how, json.dumps(self._odd(told)).encode()
        if how == "flipped":
            return how, self._flipped(genuine)
        if how == "cut":
            return how, genuine[: self._dice.randrange(len(genuine) + 1)]
        if how == "deep":
            depth = self._dice.choice((100, 10_000, 100_000))
            return how, self._dice.choice((b"[", b'{"data":', b'{"a":[')) * depth
        if how == "doubled":
            return how, genuine[:-1] + b"," + genuine[1:]
        if how == "random":
            return how, self._dice.randbytes(self._dice.randrange(2_000))
        if how == "long":
            return how, genuine[:-1] + b',"x":"' + b"x" * self._dice.choice((300_000, 2_000_000))
        if how == "encoded":
            return how, genuine.decode().encode(
                self._dice.choice(("utf-16", "utf-32", "utf-8-sig"))
            )
        return how, self._dice.choice((b"null", b"1", b'"x"', b"[]", b"{}", b"true", b"NaN", b""))

    def _odd(self, told: Any) -> Any:
        if isinstance(told, dict):
            return {name: self._odd(value) for name, value in told.items()}
        if isinstance(told, list):
            return [self._odd(value) for value in told]
        if self._dice.random() < 0.7:
            return told
        return self._dice.choice((*_ODD, 2**63, 10**30, 1.5, True, None, [], {}, [[]], {"a": 1}))

    def _flipped(self, body: bytes) -> bytes:
        spoilt = bytearray(body)
        for _ in range(self._dice.randrange(1, 8)):
            if spoilt:
                spoilt[self._dice.randrange(len(spoilt))] = self._dice.randrange(256)
        return bytes(spoilt)

    def _escaped(self) -> str:
        return urlencode({"": self._dice.choice(_ODD)}, errors="surrogatepass")[1:200]

    def _sid(self) -> str:
        return f"SM{self._dice.randrange(10**9)}"
