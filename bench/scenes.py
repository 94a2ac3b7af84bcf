"""The scenes of `bench.faults`: what is done to the nodes while everybody works."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import close_old_connections
from tqdm import tqdm

from users.models import Action, User, UserAccessAudit, UserProfile
from ygs_admin.demo.cluster import SLOT, Cluster
from ygs_admin.staff.models import Staff
from ygs_admin.staff.second_factor import verified_session
from ygs_admin.staff.sessions import SessionStore
from ygs_admin.testing.personas import make_staff, set_up_authenticator

from .browser import Browser
from .shift import JOB, Editor, Log, Reader, Seen, Worker

DISTURBED, CALM = 8.0, 6.0
"""Seconds that a fault lasts, and that are looked on after it is over."""
ACCOUNTS = 5
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Scene:
    """`began` is when the fault did, `over` when it was put right, on the monotonic clock; `missing` edits."""

    name: str
    began: float = 0.0
    over: float = 0.0
    cycles: int = 0
    missing: int = 0


class Scenes:
    """All scenes, one after another, and what was seen in them."""

    def __init__(self, cluster: Cluster, port: int, sessions: int, cycles: int, seconds: float) -> None:
        self.cluster, self.cycles, self.seconds = cluster, cycles, seconds
        self.log = Log()
        self.played: list[Scene] = []
        self._ended = threading.Event()
        self.workers = list(self._workers(port, sessions))
        cluster.wait_until_caught_up()

    @property
    def editors(self) -> list[Editor]:
        return [worker for worker in self.workers if isinstance(worker, Editor)]

    def play(self) -> None:
        for worker in self.workers:
            worker.start()
        for scene in (
            self._normal, self._paused, self._killed, self._hanging, self._cut_off, self._promoted,
            self._promoted_synchronously,
        ):  # fmt: skip
            scene()

    def end(self) -> None:
        self._ended.set()
        for worker in self.workers:
            worker.join()

    def _workers(self, port: int, sessions: int) -> Iterator[Worker]:
        accounts = [make_staff(f"bench{number}", role="manager") for number in range(ACCOUNTS)]
        members = list(User.objects.filter(status="approved").order_by("pk").values_list("pk", flat=True))
        editors = sessions * 3 // 5
        for number in range(sessions):
            browser = Browser(port, _signed_in(accounts[number % ACCOUNTS]))
            if number < editors:
                yield Editor(browser, self.log, self._ended, members[number])
            else:
                yield Reader(browser, self.log, self._ended, members[editors:])

    @contextmanager
    def _scene(self, name: str) -> Iterator[Scene]:
        """Everything that is seen inside the block is seen in this scene."""
        scene = Scene(name)
        done = self.log.cycles
        self.log.scene = name
        scene.began = scene.over = time.monotonic()
        yield scene
        time.sleep(CALM)
        scene.cycles, scene.missing = self.log.cycles - done, self._missing()
        self.played.append(scene)

    def _normal(self) -> None:
        with self._scene("nothing"):
            time.sleep(DISTURBED)

    def _paused(self) -> None:
        """Replay stands still for a number of edits; in between it goes on for a moment, or nobody would be asked."""
        with self._scene("replay paused") as scene, tqdm(total=self.cycles, disable=None) as bar:
            begun, deadline = self.log.cycles, time.monotonic() + self.seconds
            while (done := self.log.cycles - begun) < self.cycles and time.monotonic() < deadline:
                bar.update(done - bar.n)
                with self.cluster.replay_paused():
                    time.sleep(DISTURBED)
                time.sleep(1)
            scene.over = time.monotonic()

    def _killed(self) -> None:
        with self._scene("standby killed") as scene:
            self.cluster.standby.kill()
            time.sleep(DISTURBED)
            self.cluster.standby.start()
            self.cluster.wait_until_streaming()
            scene.over = time.monotonic()

    def _hanging(self) -> None:
        with self._scene("standby hangs") as scene:
            with self.cluster.standby.hanging():
                time.sleep(DISTURBED * 2)
            scene.over = time.monotonic()

    def _cut_off(self) -> None:
        with self._scene("receiver detached") as scene:
            self.cluster.detach_receiver()
            time.sleep(DISTURBED)
            self.cluster.attach_receiver()
            scene.over = time.monotonic()

    def _promoted(self, name: str = "promoted, asynchronous") -> None:
        with self._scene(name) as scene:
            self.cluster.primary.kill()
            time.sleep(2)
            self.cluster.standby.promote()
            self._wait_until(lambda: any(seen.kind == "back" and seen.page.status == 200 for seen in self._of(scene)))
            self.cluster = Cluster(self.cluster.standby, self.cluster.primary, self.cluster.password)
            self.cluster.start_standby()
            scene.over = time.monotonic()

    def _promoted_synchronously(self) -> None:
        self.cluster.primary.alter("synchronous_standby_names", SLOT)
        self._wait_until(
            lambda: (
                self.cluster.primary.ask("SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'")
                == "sync"
            )
        )
        time.sleep(1)
        self._promoted("promoted, synchronous")

    def _missing(self) -> int:
        """Return how many acknowledged edits the primary lacks: each has left a row of the access record with it."""
        acknowledged = {(editor.member, number) for editor in self.editors for number in set(editor.acknowledged)}
        close_old_connections()
        records = UserAccessAudit.objects.filter(action=Action.UPDATE, resource_type=UserProfile._meta.db_table)
        kept = {(str(member), _number(detail or {})) for member, detail in records.values_list("user_id", "detail")}
        return len(acknowledged - kept)

    def _of(self, scene: Scene) -> list[Seen]:
        return [seen for seen in self.log.seen if seen.scene == scene.name]

    def _wait_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + self.seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("The console did not recover in time.")
            time.sleep(0.1)


def _signed_in(staff: Staff) -> dict[str, str]:
    """Return the cookies of a session past both factors."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = staff.pk, BACKEND
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    session.update(verified_session(set_up_authenticator(staff)))
    session.save()
    return {"session": str(session.session_key), "csrf": secrets.token_hex(16)}


def _number(detail: dict[str, Any]) -> int:
    """Return which edit of its editor's a row of the access record is about."""
    changed = str(detail["job"][1])
    return int(changed.removeprefix(JOB).removesuffix("번"))
