"""Signatures of entries, proven many at a time: in processes beside this one, since each proving holds up its own.

No more than public halves of keys, hashes and signatures go there.
"""

import os
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType

from models.store.ciphers import KEY_BYTES, is_signed

_HASH, _SIGNATURE = 32, 64
_ONE = KEY_BYTES + _HASH + _SIGNATURE
_AT_ONCE = 20_000
"""So many are handed over at a time; fewer are not worth a process, which needs a third of a second to begin."""
_MOST_PROCESSES = 4


def first_wrong(signed: bytes) -> int | None:
    """Which of many signatures is wrong; None where none is.

    Args:
        signed: For each of them the public half of the key, the hash, and the signature, one behind the other.
    """
    for place in range(0, len(signed), _ONE):
        one = signed[place : place + _ONE]
        public, digest, signature = one[:KEY_BYTES], one[KEY_BYTES:-_SIGNATURE], one[-_SIGNATURE:]
        if not is_signed(digest, signature=signature, public=public):
            return place // _ONE
    return None


class Proving:
    """Takes signatures in, entry by entry, and says at the end which is the first that is wrong."""

    def __init__(self) -> None:
        """Begin with none."""
        self._signed = bytearray()
        self._numbers: list[int] = []
        self._under_way: deque[tuple[Future[int | None], list[int], bytes]] = deque()
        self._wrong: int | None = None
        self._pool: ProcessPoolExecutor | None = None
        self._processes = max(2, min(os.cpu_count() or 1, _MOST_PROCESSES))

    def __enter__(self) -> "Proving":
        """Itself."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Let the processes go."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def add(self, number: int, public: bytes, digest: bytes, signature: bytes) -> None:
        """Take in the signature of an entry."""
        if (len(public), len(digest), len(signature)) != (KEY_BYTES, _HASH, _SIGNATURE):
            self._found(number)
            return
        self._signed += public + digest + signature
        self._numbers.append(number)
        if len(self._numbers) == _AT_ONCE:
            self._hand_over()

    def first_wrong(self) -> int | None:
        """The first entry whose signature is wrong, of those that were taken in so far; None where none is."""
        if self._numbers and self._pool is not None:
            self._hand_over()
        elif self._numbers:
            self._answered(first_wrong(bytes(self._signed)), self._numbers)
        while self._under_way:
            self._wait()
        self._signed, self._numbers = bytearray(), []
        return self._wrong

    def _hand_over(self) -> None:
        signed, numbers = bytes(self._signed), self._numbers
        self._signed, self._numbers = bytearray(), []
        try:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self._processes, mp_context=get_context("spawn"))
            self._under_way.append((self._pool.submit(first_wrong, signed), numbers, signed))
        except (OSError, BrokenProcessPool):  # there are no more processes to be had: then here
            self._answered(first_wrong(signed), numbers)
        while len(self._under_way) > 2 * self._processes:
            self._wait()

    def _wait(self) -> None:
        future, numbers, signed = self._under_way.popleft()
        try:
            place = future.result()
        except BrokenProcessPool:
            place = first_wrong(signed)
        self._answered(place, numbers)

    def _answered(self, place: int | None, numbers: list[int]) -> None:
        if place is not None:
            self._found(numbers[place])

    def _found(self, number: int) -> None:
        self._wrong = number if self._wrong is None else min(self._wrong, number)
