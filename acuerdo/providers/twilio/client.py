"""The wire to Twilio's API for the SDK, with our errors."""

import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    encode_basic_auth,
)
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]

from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderError,
    ProviderMisused,
    ProviderUnavailable,
)
from acuerdo.platform.logging import get_logger
from acuerdo.providers.twilio.errors import error_for

_API_HOSTS: Final = ("https://api.twilio.com", "https://content.twilio.com")
_NOT_BEGUN: Final = (ClientConnectorError, ConnectionTimeoutError)
_BROKEN_OFF: Final = (ClientError, TimeoutError)


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]
    """The SDK's HTTP client, on aiohttp.

    Speaks to Twilio's API hosts only, or, with `base_url`, to a stand-in in their place. Raises
    our errors itself, because the SDK's lose the headers and whether a request was begun.
    """

    def __init__(self, base_url: str, timeout_seconds: float) -> None:
        super().__init__(logger=get_logger(), is_async=True, timeout=timeout_seconds)
        self._base_url = base_url.rstrip("/")
        self._session: ClientSession | None = None
        self._limits = ClientTimeout(total=timeout_seconds)

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the SDK's signature
        allow_redirects: bool = False,
    ) -> Response:
        """Ask Twilio. Raises a ProviderError for every answer that is not a success."""
        is_repeatable = method.upper() == "GET"
        url = self._mapped(uri)
        try:
            async with self._open_session().request(
                method,
                url,
                params={name: str(value) for name, value in (params or {}).items()},
                data=_body(data, headers or {}),
                headers={**(headers or {}), **credentials(auth)},
                allow_redirects=False,
            ) as response:
                text = await response.text(errors="replace")
        except _NOT_BEGUN as error:
            raise ProviderUnavailable("Twilio cannot be reached") from error
        except _BROKEN_OFF as error:
            raise _broken_off(is_repeatable) from error
        if not 200 <= response.status < 300:
            raise error_for(
                response.status,
                text,
                retry_after=response.headers.get("Retry-After"),
                is_repeatable=is_repeatable,
            )
        if not _is_object(text):
            raise _broken_off(is_repeatable)
        return Response(response.status, text, response.headers)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _open_session(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=self._limits, cookie_jar=DummyCookieJar())
        return self._session

    def _mapped(self, uri: str) -> str:
        for host in _API_HOSTS:
            if uri.startswith(f"{host}/"):
                return (self._base_url or host) + uri.removeprefix(host)
        if self._base_url and uri.startswith(f"{self._base_url}/"):
            return uri
        raise ProviderMisused("The SDK wanted to speak to an unknown host")


def credentials(auth: tuple[str, str] | None) -> dict[str, str]:
    """The header that proves who asks; none where there is nothing to prove."""
    return {"Authorization": encode_basic_auth(*auth)} if auth else {}


def _body(data: Mapping[str, object] | None, headers: Mapping[str, str]) -> str | None:
    if data is None:
        return None
    if headers.get("Content-Type") == "application/json":
        return json.dumps(data)
    return urlencode(data, doseq=True)


def _broken_off(is_repeatable: bool) -> ProviderError:
    if is_repeatable:
        return ProviderUnavailable("Twilio did not answer")
    return OutcomeUnknown("Twilio did not answer")


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
