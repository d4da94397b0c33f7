"""Zip archives whose bytes follow from what is in them, on any machine and at any time."""

import io
from collections.abc import Mapping
from zipfile import ZIP_STORED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first instant a zip archive can name
UNIX = 3


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, sorted by name.

    Nothing is deflated: another zlib (zlib-ng, say) makes other bytes, and a published file must be
    reproducible on another machine.
    """
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            info = ZipInfo(name, EARLIEST)
            info.create_system = UNIX
            archive.writestr(info, files[name])
    return target.getvalue()


def rezipped(archive: bytes) -> bytes:
    """The same files in an archive with fixed times, in sorted order."""
    with ZipFile(io.BytesIO(archive)) as source:
        return zipped({name: source.read(name) for name in source.namelist()})
