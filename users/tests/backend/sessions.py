"""The backend's split of read and write sessions, and a bridge that lets synchronous tests use them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import NullPool, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

P = ParamSpec("P")
T = TypeVar("T")
Query = Callable[Concatenate[AsyncSession, P], Coroutine[Any, Any, T]]


@asynccontextmanager
async def open_engine(url: str) -> AsyncIterator[AsyncEngine]:
    """An asyncpg engine whose sessions stand in UTC; the package's docstring says why that matters.

    Every call of the bridge has an event loop of its own, and a pooled connection cannot leave its loop: no pool.
    """
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        poolclass=NullPool,
        connect_args={"server_settings": {"timezone": "UTC"}},
    )
    try:
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def get_read_session(url: str) -> AsyncIterator[AsyncSession]:
    """Read session for SELECT queries."""
    async with open_engine(url) as engine, async_sessionmaker(engine)() as session:
        yield session


@asynccontextmanager
async def get_write_session(url: str) -> AsyncIterator[AsyncSession]:
    """Write session for INSERT, UPDATE and DELETE; objects stay readable after the commit."""
    async with open_engine(url) as engine, async_sessionmaker(engine, expire_on_commit=False)() as session:
        yield session


def in_own_loop(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in a thread of its own: the test's thread may have a running loop (Playwright's)."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(asyncio.run, coroutine).result()


@dataclass(frozen=True)
class Backend:
    """The backend as a test sees it: synchronous calls of `queries`, each in a session of its own.

    `url` and `read_url` may have any PostgreSQL scheme, such as Django's `postgres://`. Without a `read_url` both
    sessions use `url`. What comes back is detached: it holds what the query loaded, and loads nothing more.
    """

    url: str
    read_url: str = ""

    def read(self, query: Query[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        async def call() -> T:
            async with get_read_session(self.read_url or self.url) as session:
                return await query(session, *args, **kwargs)

        return in_own_loop(call())

    def write(self, query: Query[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        async def call() -> T:
            async with get_write_session(self.url) as session:
                return await query(session, *args, **kwargs)

        return in_own_loop(call())
