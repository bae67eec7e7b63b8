"""How little memory a server holds: what is loaded stays as it is, what is freed is given back."""

import ctypes
import gc
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # glibc's <malloc.h>
_KEPT_FREE = 128 * 1024
"""Bytes: glibc would come to keep up to 32 MiB after one large piece was freed."""


def settle() -> None:
    """Call once, when all is loaded and before there are workers or threads.

    No later collection looks through what is there by now, and workers share it. Threads, which
    take turns in Python anyhow, share one heap instead of having one each.
    """
    gc.collect()
    gc.freeze()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_ARENA_MAX, 1)
        libc.mallopt(_TRIM_THRESHOLD, _KEPT_FREE)
        libc.mallopt(_MMAP_THRESHOLD, _KEPT_FREE)
        libc.malloc_trim(0)
