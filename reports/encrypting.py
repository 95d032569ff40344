"""Closes a report against others on its way: a PDF that a passphrase opens, or an envelope for a certificate.

What was issued, signed or not, goes inside as it is, to the byte: to encrypt a PDF is to write it anew, and then it
could not be verified.
"""

from io import BytesIO
from secrets import token_urlsafe


def with_passphrase(issued: bytes, report: bytes, name: str, passphrase: str) -> bytes:
    """A PDF that shows the report and holds it as an attachment, encrypted as a whole (AES-256, PDF 2.0).

    Args:
        issued: The report as it was issued, of which the pages are shown.
        report: The same as it goes out, signed or not.
        name: Of the attachment.
        passphrase: Opens it; it is kept nowhere.
    """
    import pikepdf

    with pikepdf.Pdf.open(BytesIO(issued)) as source, pikepdf.Pdf.new() as pdf:
        pdf.pages.extend(source.pages)
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, report, filename=name, mime_type="application/pdf")
        pdf.Root.PageMode = pikepdf.Name.UseAttachments
        target = BytesIO()
        # Whoever has the passphrase may do all: nobody else knows the one of the owner, which is thrown away.
        closed = pikepdf.Encryption(owner=token_urlsafe(32), user=passphrase, R=6, aes=True, metadata=True)
        pdf.save(target, encryption=closed)
    return target.getvalue()


def for_certificate(report: bytes, certificate: bytes) -> bytes:
    """An envelope (CMS, AES-256) that the key of a certificate alone opens.

    Args:
        report: What goes inside.
        certificate: Of whom it is for, in DER; its key is an RSA key.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.ciphers import algorithms
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(report).set_content_encryption_algorithm(algorithms.AES256)
    builder = builder.add_recipient(x509.load_der_x509_certificate(certificate))
    return builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
