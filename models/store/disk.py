"""On which kind of file system a folder lies, and how much room there is: the write-ahead log needs a local disk."""

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "ocfs2", "orangefs", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "virtiofs"),
        *("fuse.cephfs", "fuse.davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.rclone"),
        *("fuse.smbnetfs", "fuse.sshfs"),
    }
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def is_on_network(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether a folder lies on a file system of the network; where the system does not tell, it is taken for local.

    Args:
        folder: The folder.
        mounts: The table of what is mounted where, as Linux keeps it.
    """
    return _kind(folder, mounts) in _NETWORK


def _kind(folder: Path, mounts: Path) -> str:
    """The kind of the file system: that of the longest mount point above the folder, of several there the last."""
    try:
        place = f"{folder.resolve()}/"
        lines = mounts.read_text(errors="surrogateescape").splitlines()
    except (OSError, RuntimeError):
        return ""
    longest, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) < 5:
            continue
        point = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4]).rstrip("/") + "/"
        if len(point) >= longest and place.startswith(point):
            longest, kind = len(point), kinds[0]
    return kind
