"""`python -m tests.deploy.image`: the commands of the Dockerfile on a throwaway root.

There is no container engine here. Each stage gets an overlay over this machine's own root, in a
mount namespace that ends with the command, with this Python at /usr/local as in the base image.
The last stage is then made read-only and run as its user without any privilege. It needs root on
Linux, a Python 3.11 and the package index; it takes some minutes, and says what it saw.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.deploy.dockerfile import ROOT, Instruction, Stage, context, environment, read_stages
from tests.house.server import is_ready

INSIDE = "--inside"
DEVICES = ("dev/null", "dev/zero", "dev/random", "dev/urandom")
SYSTEM = {
    "PATH": "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "LD_LIBRARY_PATH": "/usr/local/lib",  # else this machine's Python looks for itself elsewhere
}
HANDED_ON = re.compile(r"PIP_\w+|SSL_\w+|\w+_proxy|\w+_PROXY")
"""How this machine reaches the index."""

START_SECONDS = 120.0
PATIENCE_SECONDS = 60.0
"""Of a first answer on a machine that does other things as well."""

URL = "http://127.0.0.1:8000"
ENDED = (0, -15)
"""uvicorn ends itself with the signal it was asked to end by."""

READ_LOOP = """
import os, pathlib, matching.compiled as compiled
loop = compiled.compiled_loop(pathlib.Path(os.environ["BULIAN_CACHE_DIR"]))
print(sum(loop.stats.cache_hits.values()))
"""
COMMANDS = (
    ["migrate"], ["compile"], ["verify"], ["keys", "list"], ["work", "--until-idle"], ["openapi"],
    ["sbom"],
)  # fmt: skip
"""Run while the service is served; each must end well."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


class Machine:
    """A root of its own for one stage."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.root = stage, folder / "root"
        self.root.mkdir(parents=True)
        self._lay("/", folder / "system", self.root)
        self._lay(sys.base_prefix, folder / "python", self.root / "usr/local")
        for kind, place in (("proc", "proc"), ("tmpfs", "tmp"), ("tmpfs", "dev")):
            mount("-t", kind, "none", f"{self.root}/{place}")
        for device in DEVICES:
            (self.root / device).touch()
            mount("--bind", f"/{device}", f"{self.root}/{device}")
        handed_on = {name: value for name, value in os.environ.items() if HANDED_ON.fullmatch(name)}
        self.base = SYSTEM | {"HOME": "/root", "PIP_QUIET": "2"} | handed_on
        self.directory = "/"

    def _lay(self, lower: str, folder: Path, place: Path) -> None:
        """Put an overlay at a place: read from below, written elsewhere."""
        for name in ("upper", "work"):
            (folder / name).mkdir(parents=True)
        upper, work = folder / "upper", folder / "work"
        mount("-t", "overlay", "none", "-o", f"lowerdir={lower},upperdir={upper},workdir={work}",
              str(place))  # fmt: skip

    def build(self, others: dict[str | None, "Machine"]) -> None:
        """Do what the stage says, in its order."""
        done = Stage(self.stage.base, None, [])
        for step in self.stage.steps:
            done.steps.append(step)
            if step.name == "RUN":
                say(f"  RUN {step.text[:110]} …")
                self.shell(step.text, environment(done, self.base))
            elif step.name == "COPY":
                self._copy(step, others)
            elif step.name == "WORKDIR":
                self.directory = step.text
                (self.root / step.text.lstrip("/")).mkdir(parents=True, exist_ok=True)

    def shell(self, command: str, variables: dict[str, str]) -> None:
        """Run a command of the build as root."""
        line = ["chroot", str(self.root), "/bin/sh", "-c", f"cd {self.directory} && {command}"]
        subprocess.run(line, env=variables, check=True, stdout=subprocess.DEVNULL)

    def _copy(self, step: Instruction, others: dict[str | None, "Machine"]) -> None:
        *options, source, target = step.words
        place = self.root / os.path.join(self.directory, target).lstrip("/")  # noqa: PTH118 - may be absolute
        if options:
            origin = others[options[0].partition("=")[2]].root
            shutil.copytree(origin / source.lstrip("/"), place, symlinks=True, dirs_exist_ok=True)
            return
        for name in context():
            if source == "." or name.startswith(source):
                put(ROOT / name, place if name == source else place / name)

    def close(self) -> None:
        """Read-only but for /tmp and /data, which start empty."""
        for place in ("data", "tmp"):
            mount("-t", "tmpfs", "-o", "uid=10001,gid=10001,mode=0700,noexec,nosuid,nodev", "none",
                  f"{self.root}/{place}")  # fmt: skip
        for place in ("usr/local", ""):
            mount("-o", "remount,ro", f"{self.root}/{place}")

    def command(self, *words: str) -> list[str]:
        """A command line as the user of the image, without privileges."""
        user, _, group = self.stage.last("USER").text.partition(":")
        drop = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]
        return ["chroot", str(self.root), *drop, "--no-new-privs", "--bounding-set=-all", *words]

    @property
    def variables(self) -> dict[str, str]:
        """What a container of the image finds in its environment."""
        return environment(self.stage, SYSTEM | {"HOME": "/data"})

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run something in the image beside what it is for."""
        line = self.command(*words)
        return subprocess.run(line, env=self.variables, capture_output=True, text=True, check=False)


def put(source: Path, place: Path) -> None:
    """Copy a file or folder of the checkout."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, place, dirs_exist_ok=True, ignore=ignored)
    else:
        shutil.copy2(source, place)


def seen(machine: Machine) -> Iterator[tuple[str, bool]]:
    """What is found of the served image: in words, and whether it is as it should be."""
    entrypoint = machine.stage.last("ENTRYPOINT").words
    line = machine.command(*entrypoint, *machine.stage.last("CMD").words)
    started = time.monotonic()
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            line, env=machine.variables, stdout=printed, stderr=subprocess.STDOUT
        )
        try:
            while not is_ready(URL) and process.poll() is None:
                if time.monotonic() > started + START_SECONDS:
                    break
                time.sleep(0.05)
            took = time.monotonic() - started
            printed.seek(0)
            text = printed.read().decode()
            if not is_ready(URL):
                yield f"not ready: {text[-2000:]}", False
                return
            yield f"ready after {took:.1f} s", took < START_SECONDS
            (key,) = re.findall(r"bul_[\w-]{43}", text) or [""]
            yield "an administrator's key was printed", bool(key)
            yield from answers(key)
            yield from ways_in(machine)
            yield from commands(machine, entrypoint)
        finally:
            process.terminate()
        yield f"ended with {process.wait(30)} when asked to", process.wait() in ENDED
        printed.seek(0)
        yield "it ended in order", b"Application shutdown complete" in printed.read()


def answers(key: str) -> Iterator[tuple[str, bool]]:
    """Calls that need the database and the reference."""
    for path in ("/v1/zones?limit=1", "/v1/chains", "/docs"):
        asked = urllib.request.Request(URL + path, headers={"Authorization": f"Bearer {key}"})  # noqa: S310 - our own
        with urllib.request.urlopen(asked, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - our own
            yield f"GET {path} answers {answer.status}", answer.status == 200


def ways_in(machine: Machine) -> Iterator[tuple[str, bool]]:
    """The health check, and what must not be possible."""
    check = json.loads(machine.stage.last("HEALTHCHECK").text.partition("CMD ")[2])
    yield "the health check is content", machine.run(*check).returncode == 0
    for place in ("/opt/bulian", "/usr/local", "/etc"):
        made = machine.run("touch", f"{place}/x")
        yield f"{place} cannot be written to", "Read-only" in made.stderr
    for tool in (["python", "-m", "pip"], ["/usr/local/bin/python", "-m", "pip"], ["hatchling"]):
        done = machine.run(*tool, "--version")
        yield f"there is no {' '.join(tool)}", done.returncode != 0
    left = machine.run("find", "/tmp", "-type", "f")  # noqa: S108 - of the image
    yield f"nothing is left in /tmp: {left.stdout}", left.stdout == ""
    read = machine.run("python", "-c", READ_LOOP)
    yield f"the compiled scoring is read, not made: {read.stdout.strip()}", read.stdout == "1\n"


def commands(machine: Machine, entrypoint: list[str]) -> Iterator[tuple[str, bool]]:
    """Everything else that a container of the image may be told to do."""
    for words in COMMANDS:
        done = machine.run(*entrypoint, *words)
        told = "" if done.returncode == 0 else f": {done.stderr[-300:]}"
        yield f"bulian {' '.join(words)} ends with {done.returncode}{told}", done.returncode == 0


def main(folder: Path) -> int:
    """Build and look; 1 where something is not as it should be.

    Args:
        folder: empty; what is laid there is gone when the mount namespace ends.
    """
    mount("-t", "tmpfs", "none", str(folder))
    machines: dict[str | None, Machine] = {}
    stages = read_stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    for number, stage in enumerate(stages):
        say(f"{stage.base} ({stage.name or 'the image'})")
        machines[stage.name] = Machine(stage, folder / str(number))
        machines[stage.name].build(machines)
    image = machines[stages[-1].name]
    size = ["du", "-sm", f"{image.root}/opt/bulian"]
    told = subprocess.run(size, capture_output=True, text=True, check=True).stdout
    say(f"/opt/bulian: {told.split()[0]} MB")
    image.close()
    bad = 0
    for what, is_ok in seen(image):
        say(f"  {'ok    ' if is_ok else 'FAILED'} {what}")
        bad += not is_ok
    return int(bad > 0)


def begin() -> int:
    """The same in a mount namespace of its own, over a folder that is empty before and after."""
    if os.geteuid() != 0:
        say("THE IMAGE IS NOT TRIED: a throwaway root needs root on Linux")
        return 1
    folder = tempfile.mkdtemp(prefix="image")
    again = [sys.executable, "-m", "tests.deploy.image", INSIDE, folder]
    done = subprocess.run(["unshare", "--mount", "--propagation", "private", *again], check=False)
    Path(folder).rmdir()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[2])) if INSIDE in sys.argv else begin())
