"""Certificates: with which a report may be signed, for which one may be encrypted, and when one is to be renewed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.errors import Refused

SOON = timedelta(days=30)
"""So long before it is over Today asks for another certificate."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says.

    Attributes:
        name: In whose name it stands.
        issuer: Who vouches for it.
        fingerprint: SHA-256 of it, in hexadecimal.
        valid_from: The first instant at which it is valid.
        valid_until: The last.
    """

    name: str
    issuer: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime

    def is_valid(self, at: datetime) -> bool:
        """Whether it is valid at an instant."""
        return self.valid_from <= at <= self.valid_until


def check_valid(certificate: Certificate, now: datetime, *, field: str) -> None:
    """Refuse a certificate that is not valid now.

    Raises:
        Refused: Of the field, with the day.
    """
    if now > certificate.valid_until:
        raise Refused(
            "This certificate was valid until {day}. Ask for another one.",
            field=field,
            day=certificate.valid_until.date(),
        )
    if now < certificate.valid_from:
        raise Refused(
            "This certificate is valid from {day} on. Use it then.", field=field, day=certificate.valid_from.date()
        )


def checked_service(address: str) -> str:
    """The address of a time stamp service as it is kept; empty: none.

    Raises:
        Refused: It is no address of the web.
    """
    said = address.strip()
    if said and not said.startswith(("http://", "https://")):
        raise Refused("Write the address as it begins, with http:// or https://.", field="stamps_at")
    return said
