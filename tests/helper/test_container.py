"""Which texts run in a container, and how a person learns who killed it."""

from __future__ import annotations

import pytest

from propel_helper.facts.container import ContainerRun, container_run


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("docker run image python t.py", ContainerRun("docker", None, False)),
        ("docker run --rm --name=a image", ContainerRun("docker", "a", True)),
        ("cd x && sudo -E /usr/bin/podman run --name b i", ContainerRun("podman", "b", False)),
        ("A=1 nohup time docker container run i", ContainerRun("docker", None, False)),
        ("timeout 3h nerdctl exec -it box python t.py", ContainerRun("nerdctl", None, False)),
        ("docker compose run --rm train", ContainerRun("docker", None, True)),
        ("echo docker run image", None),
        ("docker build . && python train.py", None),
        ("docker run image; python train.py", None),
        ("docker ps", None),
        ("python train.py --docker run", None),
        ("", None),
    ],
)
def test_container_run(text: str, found: ContainerRun | None) -> None:
    assert container_run(text) == found


def test_who_killed() -> None:
    inspect = "docker inspect --format '{{.State.OOMKilled}}'"
    assert f"`{inspect} exp`" in ContainerRun("docker", "exp", False).who_killed
    unnamed = ContainerRun("docker", None, False).who_killed
    assert f"`{inspect} NAME`" in unnamed
    assert "docker ps -a" in unnamed
    removed = ContainerRun("docker", "exp", True).who_killed
    assert ("inspect" in removed, "dmesg" in removed) == (False, True)
