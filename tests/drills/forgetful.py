"""A file system over a volatile folder: only what is synced reaches the durable one. Needs libfuse 3 and root."""

import os
import shutil
import threading
from pathlib import Path
from typing import Any

import mfusepy


def serve(volatile: Path, durable: Path, mount: Path) -> None:
    """Serve until killed."""
    mfusepy.FUSE(Forgetful(volatile, durable), str(mount), foreground=True, nothreads=False)


class Forgetful(mfusepy.Operations):
    """Passes everything to the volatile folder, and copies a file to the durable one when it is synced."""

    use_ns = True

    def __init__(self, volatile: Path, durable: Path) -> None:
        self.volatile = volatile
        self.durable = durable
        self.copying = threading.Lock()

    def at(self, path: str) -> str:
        return str(self.volatile / path.lstrip("/"))

    def keep(self, path: str) -> None:
        """Copy a file to where the power does not reach, whole or not at all."""
        with self.copying:
            draft = self.durable / f"{path.lstrip('/')}.draft"
            shutil.copy(self.at(path), draft)
            draft.rename(self.durable / path.lstrip("/"))

    def getattr(self, path: str, fh: Any = None) -> dict[str, Any]:
        try:
            found = os.lstat(self.at(path))
        except FileNotFoundError:
            raise mfusepy.FuseOSError(2) from None
        names = ("st_mode", "st_nlink", "st_size", "st_uid", "st_gid")
        times = {f"st_{one}time": getattr(found, f"st_{one}time_ns") for one in "amc"}
        return {name: getattr(found, name) for name in names} | times

    def readdir(self, path: str, fh: Any) -> list[str]:
        return [".", "..", *os.listdir(self.at(path))]

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        return os.open(self.at(path), os.O_RDWR | os.O_CREAT, mode)

    def open(self, path: str, flags: int) -> int:
        return os.open(self.at(path), os.O_RDWR)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return os.pread(fh, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        return os.pwrite(fh, data, offset)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        os.truncate(self.at(path), length)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self.keep(path)
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        return 0

    def chmod(self, path: str, mode: int) -> int:
        os.chmod(self.at(path), mode)
        return 0

    def chown(self, path: str, uid: int, gid: int) -> int:
        return 0

    def utimens(self, path: str, times: Any = None) -> int:
        return 0

    def unlink(self, path: str) -> int:
        os.unlink(self.at(path))
        (self.durable / path.lstrip("/")).unlink(missing_ok=True)
        return 0

    def release(self, path: str, fh: int) -> int:
        os.close(fh)
        return 0
