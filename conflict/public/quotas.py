"""Quotas of the public data doors: how many requests a minute an address or a key may send.

Counted in Redis, so that all processes count together. When Redis does not answer, everybody is let in, and Redis is
left alone for a few seconds: a quota protects the service, so it must never be what takes it down.
Headers as draft-ietf-httpapi-ratelimit-headers-10 has them.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from conflict.kit.answering import problem_response
from conflict.kit.problems import Problem, Refused
from conflict.public.keys import Caller, caller_of, note_use
from conflict.public.paths import is_data
from conflict.public.patience import be_patient

WINDOW = 60
# How long Redis is left alone after it did not answer.
PAUSE = 5
log = structlog.get_logger(__name__)
paused = {"until": 0.0}


@dataclass(frozen=True)
class Standing:
    """How a caller stands with a policy: `limit` requests in a window, `used` of them, `seconds` to the next one."""

    policy: str
    limit: int
    used: int
    seconds: int

    @property
    def is_over(self) -> bool:
        """Whether the quota is used up."""
        return self.used > self.limit

    def headers(self) -> dict[str, str]:
        """What the caller is told."""
        left = max(self.limit - self.used, 0)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={left};t={self.seconds}',
        }


class Quotas:
    """The middleware: who asks, how much they have asked already, and how long their queries may take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within the quota; else 429 and when to come back."""
        if not is_data(request.path) or request.method == "OPTIONS":
            be_patient(None)
            return self.get_response(request)
        refusal, caller = identified(request)
        standing = stand(request, caller)
        be_patient(caller)
        if standing and standing.is_over:
            refusal = Refused(too_many(standing), 429)
        if refusal:
            return told(refused(refusal, standing), standing, caller)
        request.caller = caller  # type: ignore[attr-defined]
        return told(self.get_response(request), standing, caller)


def identified(request: HttpRequest) -> tuple[Refused | None, Caller | None]:
    """(why the key is refused, whose key it is); neither for a caller without a key."""
    try:
        return None, caller_of(request)
    except Refused as refusal:
        return refusal, None


def stand(request: HttpRequest, caller: Caller | None) -> Standing | None:
    """Count this request; None where there is no quota or nothing to count with."""
    if caller:
        note_use(caller)
        policy, partition = "key", caller.prefix
    else:
        policy = "tiles" if request.path.startswith("/tiles/") else "anonymous"
        partition = veiled(address_of(request))
    limit = settings.QUOTAS[policy]
    now = time.time()
    used = counted(f"{policy}:{partition}:{int(now // WINDOW)}") if limit else None
    return None if used is None else Standing(policy, limit, used, WINDOW - int(now % WINDOW))


def counted(key: str) -> int | None:
    """One more under this key: how many that makes; None when the counter does not answer."""
    if time.monotonic() < paused["until"]:
        return None
    counter = caches["quotas"]
    try:
        try:
            return counter.incr(key)
        except ValueError:
            # Nobody has counted in this window; of two processes that find so, one adds and the other counts on.
            return 1 if counter.add(key, 1, 2 * WINDOW) else counter.incr(key)
    except Exception as error:
        paused["until"] = time.monotonic() + PAUSE
        log.warning("quota_uncounted", error=type(error).__name__)
        return None


def address_of(request: HttpRequest) -> str:
    """The caller's address: what a proxy of ours says, else who is connected. IPv6 callers share their /64."""
    peer = request.META.get("REMOTE_ADDR", "")
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    trusted = settings.PROXY_ADDRESSES
    text = said if said and (not peer or "*" in trusted or peer in trusted) else peer
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def veiled(address: str) -> str:
    """The address as Redis may know it: nobody can read from there who asked."""
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:20]


def too_many(standing: Standing) -> Problem:
    """What is said to a caller whose quota is used up."""
    more = "" if standing.policy == "key" else "; a key has a larger quota"
    return Problem(
        "requests",
        standing.used,
        f"at most {standing.limit} in {WINDOW} seconds; again in {standing.seconds} seconds{more}",
    )


def refused(refusal: Refused, standing: Standing | None) -> HttpResponseBase:
    """The refusal with the header that belongs to its status."""
    if refusal.status == 429 and standing:
        return problem_response(refusal, Retry_After=str(standing.seconds))
    return problem_response(refusal)


def told(response: HttpResponseBase, standing: Standing | None, caller: Caller | None) -> HttpResponseBase:
    """Say how much is left; what a key was given is for no shared cache."""
    for name, value in (standing.headers() if standing else {}).items():
        response[name] = value
    # The language of data is asked for in the address, never by the browser's preference.
    del response["Content-Language"]
    kept = [name for name in response.get("Vary", "").split(", ") if name not in ("", "Accept-Language")]
    response["Vary"] = ", ".join([*kept, "Authorization", "X-API-Key"])
    if caller:
        patch_cache_control(response, private=True)
    return response
