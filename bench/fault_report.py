"""What `bench.faults` prints."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from .browser import NO_ANSWER
from .scenes import Scene, Scenes
from .shift import Seen

READS, WRITES = {"list", "member", "back"}, {"form", "save"}
Column = tuple[str, Callable[[Scene, Sequence[Seen]], str]]


def print_scenes(scenes: Scenes) -> None:
    print("Seconds until normal count from the fault to the last failed request, the replica's from its repair.")
    print("Its share is that of lists and members, those included that the reader has just edited.\n")
    print(f"{'':24}" + "".join(f"{title:>12}" for title, _ in COLUMNS))
    for scene in scenes.played:
        seen = [each for each in scenes.log.seen if each.scene == scene.name]
        print(f"{scene.name:24}" + "".join(f"{cell(scene, seen):>12}" for _, cell in COLUMNS))


def print_costs(costs: Iterable[tuple[str, float]], scenes: Scenes) -> None:
    pages = [seen.page.seconds for seen in scenes.log.seen if seen.scene == "nothing" and seen.kind == "list"]
    page = median(pages) if pages else 0.0
    print(f"\nThe causality check, beside a list of {page * 1000:.0f} ms under this load:")
    for name, seconds in costs:
        share = f"{seconds / page:8.2%}" if page else ""
        print(f"  {name:50} {seconds * 1000:8.3f} ms {share}")


def _count(test: Callable[[Seen], bool]) -> Callable[[Scene, Sequence[Seen]], str]:
    return lambda _scene, seen: f"{sum(map(test, seen)):,}"


def _until_normal(kinds: set[str]) -> Callable[[Scene, Sequence[Seen]], str]:
    def seconds(scene: Scene, seen: Sequence[Seen]) -> str:
        failed = [each.at for each in seen if each.kind in kinds and each.page.is_failed]
        return f"{max(failed) - scene.began:.1f} s" if failed else "at once"

    return seconds


def _replica_again(scene: Scene, seen: Sequence[Seen]) -> str:
    served = [each.at for each in seen if each.at > scene.over and each.page.alias.startswith("replica")]
    if scene.over == scene.began:
        return "–"
    return f"{min(served) - scene.over:.1f} s" if served else "never"


def _replica_share(_scene: Scene, seen: Sequence[Seen]) -> str:
    aliases = [each.page.alias for each in seen if each.kind in READS and each.page.alias]
    return f"{sum(alias.startswith('replica') for alias in aliases) / len(aliases):.1%}" if aliases else "–"


COLUMNS: list[Column] = [
    ("requests", _count(lambda _seen: True)),
    ("cycles", lambda scene, _seen: f"{scene.cycles:,}"),
    ("stale", _count(lambda seen: seen.is_stale)),
    ("missing", lambda scene, _seen: f"{scene.missing:,}"),
    ("500", _count(lambda seen: seen.page.status not in {503, NO_ANSWER} and seen.page.is_failed)),
    ("503", _count(lambda seen: seen.page.status == 503)),
    ("no answer", _count(lambda seen: seen.page.status == NO_ANSWER)),
    ("slowest", lambda _scene, seen: f"{max(each.page.seconds for each in seen):.1f} s"),
    ("reads well", _until_normal(READS)),
    ("writes well", _until_normal(WRITES)),
    ("replica", _replica_again),
    ("its share", _replica_share),
]
