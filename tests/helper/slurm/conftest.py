"""A real Slurm for the tests of this folder: one cluster per file of tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from propel_helper.app.launch import launch
from propel_helper.facts.run import Run
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import slurm_queue
from tests.helper.slurm.cluster import Cluster, missing


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Two nodes that are idle."""
    lacks = missing()
    if lacks:
        pytest.skip(f"Slurm is not installed here and could not be: no {', '.join(lacks)}")
    # The path of a socket may have 107 bytes (unix(7)).
    folder = Path(tempfile.mkdtemp(prefix="ps"))
    folder.chmod(0o755)
    made = Cluster(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def kept_s() -> float:
    """How long an answer of Slurm's counts, in seconds."""
    return 0.1


@pytest.fixture(autouse=True)
def impatient(kept_s: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter than for people, whose clusters have others to answer."""
    monkeypatch.setattr(slurm_queue, "KEPT_S", kept_s)


@pytest.fixture
def environ(
    environ: dict[str, str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """The test's own environment, and this process's, with the cluster in them."""
    monkeypatch.setenv("SLURM_CONF", str(cluster.conf))
    return environ | {"SLURM_CONF": str(cluster.conf)}


@pytest.fixture
def submit(ledger: Ledger, environ: dict[str, str], tmp_path: Path) -> Callable[..., Run]:
    """Launch a text in ``tmp_path``, with options of sbatch."""
    return lambda text, options="": launch(ledger, text, str(tmp_path), "slurm", environ, options)


def job_of(run: Run) -> str:
    """The number of a run's job."""
    return run.kill.split()[-1]
