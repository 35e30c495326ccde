"""A link that leads nowhere is told by where it leads; a fixture folder can hold none."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.app.diagnose import diagnose_log

LOG = """Traceback (most recent call last):
  File "train.py", line 2, in <module>
    open("data/shards/a.bin", "rb")
FileNotFoundError: [Errno 2] No such file or directory: 'data/shards/a.bin'
"""


@pytest.mark.parametrize("link", ["data", "data/shards", "data/shards/a.bin"])
def test_a_link_to_nothing_is_the_cause(tmp_path: Path, link: str) -> None:
    (tmp_path / "train.py").write_text("\nopen('data/shards/a.bin', 'rb')\n")
    (tmp_path / link).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / link).symlink_to("/nowhere/scratch")
    (found,) = diagnose_log(LOG.encode(), tmp_path, "python train.py")
    assert found.rule == "missing-input-file"
    assert "is a symbolic link to `/nowhere/scratch`, where nothing is" in found.because
    assert f"ln -sfn TARGET {link}`" in found.fixes[0].by
    assert [fix.id for fix in found.fixes] == ["mend-the-link"]


def test_a_link_to_something_is_not(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("\nopen('data/shards/a.bin', 'rb')\n")
    (tmp_path / "real").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "real")
    (found,) = diagnose_log(LOG.encode(), tmp_path, "python train.py")
    assert "symbolic link" not in found.because
