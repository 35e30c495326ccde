"""Walking and reading a workspace, whatever stands in it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from propel_helper.project.checkpoints import checkpoints
from propel_helper.project.read import LIMIT, read, stamp
from propel_helper.project.walk import Walker


def touch(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")


def seen(root: Path) -> set[str]:
    found = Walker(str(root)).walk().folders
    return {
        f"{folder}/{name}" if folder else name for folder, names in found.items() for name in names
    }


def test_generated_and_hidden_folders_are_left_out(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "train.py", "a/b/c.py", ".vscode/launch.json", ".git/config", ".venv/x.py", "node_modules/a.js",
        "__pycache__/x.pyc", "sub/.vscode/launch.json", "my env/pyvenv.cfg", "my env/lib/x.py",
    )  # fmt: skip
    assert seen(tmp_path) == {"train.py", "a/b/c.py", ".vscode/launch.json"}


def test_links_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.py")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    assert {path for path in seen(tmp_path) if path.endswith(".py")} == {"a/x.py"}


def test_names_that_are_not_utf8_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "é.py", os.fsdecode(b"\xff.py"), os.fsdecode(b"\xfe/y.py"))
    assert seen(tmp_path) == {"é.py"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_closed_folder_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.py", "b/y.py")
    (tmp_path / "a").chmod(0)
    try:
        found = Walker(str(tmp_path)).walk()
    finally:
        (tmp_path / "a").chmod(0o755)
    assert "y.py" in found.folders["b"]
    assert found.skipped == ("a: Permission denied",)


def test_a_walk_ends_at_its_limits(tmp_path: Path) -> None:
    touch(tmp_path, *(f"d{at}/{name}.py" for at in range(20) for name in range(10)))
    found = Walker(str(tmp_path), limit=50).walk()
    assert "the rest was left out" in found.skipped[0]
    assert 50 <= sum(map(len, found.folders.values())) <= 60
    assert "the rest was left out" in Walker(str(tmp_path), seconds=-1).walk().skipped[0]


def test_a_slow_walk_shows_the_nearest_folders_first(tmp_path: Path) -> None:
    touch(tmp_path, "a/b/c/d/x.py", "e/f/y.py", "g/z.py")
    *parts, last = Walker(str(tmp_path)).walks(0)
    assert [part.unfinished for part in parts] == [True] * 7
    assert not last.unfinished
    assert list(last.folders) == ["g", "e/f", "a/b/c/d"]
    assert [list(part.folders) for part in parts][3] == ["g"]


def test_a_second_walk_sees_what_changed(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.py", "b/y.py")
    walker = Walker(str(tmp_path))
    assert walker.walk().changed
    assert not walker.walk().changed
    time.sleep(0.02)
    touch(tmp_path, "a/z.py")
    again = walker.walk()
    assert again.changed
    assert "a/z.py" in again
    (tmp_path / "b" / "y.py").unlink()
    assert "b/y.py" not in walker.walk()
    time.sleep(0.02)
    (tmp_path / "a").rename(tmp_path / "c")
    assert sorted(walker.walk().folders) == ["c"]


def test_a_missing_top_is_told(tmp_path: Path) -> None:
    assert Walker(str(tmp_path / "absent")).walk().skipped == (".: No such file or directory",)


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"a\xffb", "a\ufffdb"), (b"\xef\xbb\xbfa", "a"), (b"a\0b", "a\0b"), (b"", "")],
)
def test_any_bytes_are_text(tmp_path: Path, raw: bytes, text: str) -> None:
    (tmp_path / "x").write_bytes(raw)
    found = read(str(tmp_path), "x")
    assert found is not None
    assert (found.text, found.stamp) == (text, stamp(str(tmp_path), "x"))


def test_large_files_are_read_to_a_limit(tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as file:
        file.truncate(200_000_000)
    found = read(str(tmp_path), "big")
    assert found is not None
    assert len(found.text) == LIMIT


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken").symlink_to("nowhere")
    for name in ("pipe", "folder", "broken", "absent", "a\0b"):
        assert read(str(tmp_path), name) is None
        assert stamp(str(tmp_path), name) is None


def test_checkpoints_newest_first(tmp_path: Path) -> None:
    touch(
        tmp_path, "outputs/a/last.ckpt", "w.safetensors", "venv/x.pt", "out/checkpoint-50/model.bin"
    )
    os.utime(tmp_path / "w.safetensors", (1, 1))
    os.utime(tmp_path / "out" / "checkpoint-50", (2, 2))
    assert checkpoints(str(tmp_path)) == (
        "outputs/a/last.ckpt",
        "out/checkpoint-50",
        "w.safetensors",
    )
