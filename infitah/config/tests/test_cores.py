"""Web processes as many as cores keep to one each; any other number is left to the kernel."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infitah.config.cores import allowed_cores
from infitah.core.tests.conftest import ROOT

pytestmark = pytest.mark.processes
TWO = allowed_cores()[:2]
ASK = """
import os, sys
from pathlib import Path
from infitah.config.cores import keep_to_one
os.sched_setaffinity(0, map(int, sys.argv[3:]))
keep_to_one(Path(sys.argv[1]), int(sys.argv[2]))
print(*sorted(os.sched_getaffinity(0)), flush=True)
sys.stdin.read()
"""
Process = subprocess.Popen[str]
Start = Callable[[int], tuple[Process, list[int]]]


def end(process: Process) -> None:
    if process.returncode is None:
        process.communicate()  # closes what it reads: it ends


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a process of a site that says which cores it may run on, and stays."""
    running = []

    def begin(workers: int) -> tuple[Process, list[int]]:
        command = [sys.executable, "-c", ASK, str(tmp_path / "run")]
        process = subprocess.Popen(
            [*command, str(workers), *map(str, TWO)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        running.append(process)
        assert process.stdout is not None
        return process, [int(core) for core in process.stdout.readline().split()]

    yield begin
    for process in running:
        end(process)


@pytest.mark.skipif(len(TWO) < 2, reason="one core: nothing to share out")
def test_as_many_as_cores_share_them_and_who_comes_after_takes_the_core_of_the_dead(
    start: Start,
) -> None:
    first, its_core = start(2)
    _second, other_core = start(2)
    assert its_core + other_core == TWO
    _too_many, all_cores = start(2)
    assert all_cores == TWO
    end(first)
    assert start(2)[1] == its_core


@pytest.mark.parametrize("workers", [1, 3])
def test_fewer_or_more_than_cores_run_where_the_kernel_likes(start: Start, workers: int) -> None:
    assert start(workers)[1] == TWO
