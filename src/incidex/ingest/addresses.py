"""Looks up the addresses of a host, and tells those on the public internet from private ones."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from incidex.errors import FetchError

# IPv6 addresses that lead to the IPv4 address in their last four bytes (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")


def find_addresses(host: str, port: int, *, allow_private: bool) -> list[str]:
    """
    Return the addresses of `host`, in the order in which they should be tried.

    Raises:
        FetchError: The host is unknown, or one of its addresses is not public and `allow_private` is not set.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, OverflowError) as error:
        raise FetchError(
            f"There is no address for the host {host}.\nCheck the spelling of the URL and the network connection."
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = next((address for address in addresses if not is_public(address)), None)
    if private is not None and not allow_private:
        raise FetchError(
            f"{host} leads to {private}, an address that is not on the public internet, so it was not fetched.\n"
            "If you trust it, allow private addresses (--allow-private; in Python allow_private=True)."
        )
    return addresses


def is_public(address: str) -> bool:
    """Return whether `address` is a public host: not private, loopback, link-local, multicast or reserved."""
    return all(
        part.is_global and not part.is_multicast and not part.is_reserved for part in _meant(ip_address(address))
    )


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return the addresses that traffic to `address` reaches: itself, or the IPv4 address inside it."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [IPv4Address(address.packed[-4:])]
    inside = [address.sixtofour] if address.sixtofour else list(address.teredo or ())
    return [address, *inside]
