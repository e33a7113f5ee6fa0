"""One thread for BLAS: matrices here are small, and its threads only wait for one another (and for other work)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

P = ParamSpec("P")
R = TypeVar("R")


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def on_one_blas_thread(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, in which BLAS uses one thread, so that the number of cores changes no byte of a result."""

    @wraps(function)
    def limited(*args: P.args, **kwargs: P.kwargs) -> R:
        with _controller().limit(limits=1, user_api="blas"):
            return function(*args, **kwargs)

    return limited
