"""An OpenAI-compatible chat endpoint over HTTP: one question, one answer, with retries and bounds.

The key goes into one header of one request and nowhere else: redirects are not followed, and what a server
says in an error is shown without it.
"""

from __future__ import annotations

import logging
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from threading import Event
from typing import Any

import msgspec

from extract.errors import ExtractorError

LOG = logging.getLogger("dyad.endpoint")
AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
LONGEST_PAUSE = 60.0  # seconds
MAX_ANSWER = 16 * 2**20  # bytes
PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said, whether it was cut off, and what it took."""

    content: str
    cut: bool
    tokens_in: int
    tokens_out: int
    tries: int


class Passing(Exception):
    """A failure that may be gone the next time; `pause` is what the server asks for, in seconds."""

    def __init__(self, why: str, pause: float | None = None) -> None:
        super().__init__(why)
        self.pause = pause


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to another server."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow none."""
        return None


class Endpoint:
    """Where to ask, as whom, and with how much patience; once `stopping` is set, nothing is tried again."""

    def __init__(self, url: str, key: str | None, *, timeout: float, tries: int, pause: float) -> None:
        self.url = full_url(url)
        self.shown = show_url(self.url)
        self.timeout = timeout
        self.tries = tries
        self.pause = pause
        self._key = checked_key(key)
        self.stopping = Event()
        self._opener = urllib.request.build_opener(NoRedirects)

    def ask(self, body: dict[str, Any]) -> Answer:
        """The model's answer; ExtractorError when there is none after all tries."""
        data = msgspec.json.encode(body)
        for attempt in range(1, self.tries + 1):
            LOG.debug("ask %s, %d bytes, try %d", self.shown, len(data), attempt)
            try:
                return read_answer(self.post(data), attempt)
            except Passing as failure:
                if attempt == self.tries or self.stopping.is_set():
                    tried = f"tried {attempt} times" if attempt > 1 else "tried once"
                    raise ExtractorError(f"{self.shown}: {self.safe(str(failure))} ({tried})") from None
                self.stopping.wait(min(failure.pause or self.pause * 2 ** (attempt - 1), LONGEST_PAUSE))
        raise AssertionError("unreachable")

    def post(self, data: bytes) -> bytes:
        """One request; Passing when another may do better."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(self.url, data, headers)
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                return read_all(response, self.timeout)
        except urllib.error.HTTPError as error:
            with error:
                raise self.refusal(error) from None
        except urllib.error.URLError as error:
            raise Passing(f"no answer: {plain_reason(error.reason)}") from None
        except TimeoutError:
            raise Passing(f"no answer within {self.timeout:g} s") from None
        except (OSError, HTTPException) as error:
            raise Passing(f"the connection broke ({type(error).__name__})") from None

    def refusal(self, error: urllib.error.HTTPError) -> Exception:
        """What a status that is no success means."""
        if error.code in {401, 403}:
            refused = "the key" if self._key else "to answer without a key"
            return ExtractorError(
                f"{self.shown} refuses {refused} ({error.code}); set DYAD_LLM_KEY or --llm-key"
            )
        if 300 <= error.code < 400:
            return ExtractorError(
                f"{self.shown} points elsewhere ({error.code}); give the address it points to"
            )
        why = f"status {error.code}{self.safe(said_by(error))}"
        if error.code in AGAIN:
            return Passing(why, wished_pause(error))
        return ExtractorError(f"{self.shown}: {why}; check --llm-url and --llm-model")

    def safe(self, text: str) -> str:
        """The text without the key."""
        return text.replace(self._key, "***") if self._key else text


def full_url(url: str) -> str:
    """The address of the chat endpoint, from its base or itself; ExtractorError when it is no address."""
    try:
        parts = urllib.parse.urlsplit(url.strip())
        good = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or re.search(r"[\s\x00-\x1f\x7f]", url.strip()):
        raise ExtractorError("the endpoint's URL must look like https://host/v1")
    if "@" in parts.netloc:
        raise ExtractorError("the endpoint's URL must hold no name or password; use DYAD_LLM_KEY")
    path = parts.path.rstrip("/")
    return parts._replace(path=path if path.endswith(PATH) else path + PATH, fragment="").geturl()


def show_url(url: str) -> str:
    """The address without what may be secret in it."""
    return urllib.parse.urlsplit(url)._replace(query="").geturl()


def checked_key(key: str | None) -> str | None:
    """The key without blanks around it; ExtractorError when it can't be one."""
    key = (key or "").strip()
    if not re.fullmatch(r"[!-~]*", key):
        raise ExtractorError("the endpoint's key has blanks or characters that no key has")
    return key or None


def read_all(response: Any, timeout: float) -> bytes:
    """The whole body, within the time and no longer than any answer."""
    end = time.monotonic() + timeout
    parts: list[bytes] = []
    while part := response.read1(2**16):
        parts.append(part)
        if time.monotonic() > end:
            raise TimeoutError
        if sum(map(len, parts)) > MAX_ANSWER:
            raise Passing("an answer longer than any can be")
    return b"".join(parts)


def read_answer(body: bytes, tries: int) -> Answer:
    """The answer in a response; Passing when it holds none."""
    try:
        response = msgspec.json.decode(body)
        choice = response["choices"][0]
        content, usage = choice["message"]["content"], response.get("usage") or {}
        spent = [int(usage.get(name) or 0) for name in ("prompt_tokens", "completion_tokens")]
    except (msgspec.DecodeError, RecursionError, LookupError, TypeError, ValueError, AttributeError):
        raise Passing("an answer that is no chat completion") from None
    if not isinstance(content, str):
        raise Passing("an answer without text")
    return Answer(content, choice.get("finish_reason") == "length", spent[0], spent[1], tries)


def said_by(error: urllib.error.HTTPError) -> str:
    """The server's own words on an error, one short line."""
    try:
        message = msgspec.json.decode(error.read(2**16))["error"]["message"]
    except (msgspec.DecodeError, RecursionError, LookupError, TypeError, ValueError, OSError, HTTPException):
        return ""
    words = " ".join("".join(c if c.isprintable() else " " for c in str(message)).split())
    return f": {words[:200]}"


def wished_pause(error: urllib.error.HTTPError) -> float | None:
    """The seconds to wait that the server asks for."""
    wished = error.headers.get("Retry-After") or ""
    return float(wished) if re.fullmatch(r"\d{1,5}(?:\.\d{1,3})?", wished) else None


def plain_reason(reason: object) -> str:
    """Why no connection came about, in words."""
    if isinstance(reason, TimeoutError):
        return "the connection timed out"
    return (getattr(reason, "strerror", None) or type(reason).__name__).lower()
