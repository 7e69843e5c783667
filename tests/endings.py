"""Waiting for the end of processes that are not our children, without polling."""

import os
import select


def ends(pid: int, within_s: float = 30.0) -> bool:
    """Whether the process ends within the bound; a process that is gone has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], within_s)[0])
    finally:
        os.close(descriptor)


def runs(pid: int) -> bool:
    """Whether the process still runs at this moment."""
    return not ends(pid, within_s=0)
