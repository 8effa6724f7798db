"""Resolves host names and tells public IP addresses from private ones."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from incidex.errors import FetchError

# Networks that no page lies in, though the standard library of some versions of Python calls them global: site-local
# addresses (RFC 3879), documentation (RFC 9637), a dummy address (RFC 7600), relays from IPv6 to IPv4 (RFC 7526).
_NOT_PUBLIC = tuple(map(ip_network, ("fec0::/10", "3fff::/20", "192.0.0.8/32", "192.88.99.0/24")))
# IPv6 addresses that lead to the IPv4 address in their last four bytes (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")


def find_addresses(host: str, port: int, *, allow_private: bool) -> list[str]:
    """
    Return the IP addresses of `host`, in the order in which to try them.

    Raises:
        FetchError: The host is unknown, or one of its addresses is not public and `allow_private` is not set.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, OverflowError) as error:
        raise FetchError(
            f"No address was found for the host {host}.\nCheck the spelling of the URL and the network connection."
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = next((address for address in addresses if not is_public(address)), None)
    if private is not None and not allow_private:
        what = host if host == private else f"{host} resolves to {private}, which"
        raise FetchError(
            f"{what} is not a public address, so it was not fetched.\n"
            "If you trust it, allow private addresses with --allow-private (in Python, allow_private=True)."
        )
    return addresses


def is_public(address: str) -> bool:
    """Return whether `address` is public: not private, loopback, link-local, multicast or reserved."""
    return all(
        part.is_global
        and not part.is_multicast
        and not part.is_reserved
        and not any(part in network for network in _NOT_PUBLIC)
        for part in _targets(ip_address(address))
    )


def _targets(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return the addresses that `address` leads to: itself, or the IPv4 address embedded in it."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [IPv4Address(address.packed[-4:])]
    inside = [address.sixtofour] if address.sixtofour else list(address.teredo or ())
    return [address, *inside]
