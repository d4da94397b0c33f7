"""The clock of a task: it runs only while it is entered, and counts CPU of this process and its children."""

import resource
import time
from collections.abc import Iterable, Iterator
from typing import Self, TypeVar

T = TypeVar("T")


class Clock:
    """CPU and wall seconds spent inside ``with clock``. ``count`` is by how many they are to be divided."""

    def __init__(self) -> None:
        self.cpu = 0.0
        self.wall = 0.0
        self.count = 1

    def __enter__(self) -> Self:
        self._cpu, self._wall = _cpu(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu += _cpu() - self._cpu
        self.wall += time.perf_counter() - self._wall

    def outside(self, items: Iterable[T]) -> Iterator[T]:
        """The items, made while the clock stands still: what a side is given is not its work."""
        source = iter(items)
        while True:
            self.__exit__()
            try:
                item = next(source)
            except StopIteration:
                return
            finally:
                self.__enter__()
            yield item


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
