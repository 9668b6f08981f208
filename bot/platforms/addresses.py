"""Addresses that offices and their people give us: never a way into our own network.

What looks private must be allowed by whoever wrote it; a public name that leads inside is refused
when it is resolved, so that no change of its record makes it one.
"""

import ipaddress
import socket

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_private_literal(host: str) -> bool:
    """Whether a host, as written, is this machine or an address inside."""
    host = host.lower().rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return not all(each.is_global for each in (address, _embedded(address)) if each)


def _embedded(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to: mapped, by 6to4 or by NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def outgoing_session(timeout: aiohttp.ClientTimeout, *, private: bool) -> aiohttp.ClientSession:
    """An HTTP session; unless `private`, names that lead inside cannot be reached by it."""
    connector = aiohttp.TCPConnector(resolver=None if private else PublicResolver())
    return aiohttp.ClientSession(connector=connector, timeout=timeout)


class PublicResolver(AbstractResolver):
    """Resolves names, and refuses those that lead inside."""

    def __init__(self) -> None:
        self._inner = aiohttp.DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if any(is_private_literal(result["host"]) for result in found):
            raise OSError("the name leads to a private address")
        return found

    async def close(self) -> None:
        await self._inner.close()
