"""A JupyterHub on loopback, with passwords and tokens, whose processes all end with it. Linux."""

import asyncio
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psutil
from browser import ROOT
from conftest import quiet_lab, wait_for
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

PROXY = "configurable-http-proxy"
MARK = "KL_LESSONS_CLASSROOM"  # in the environment of each process of the hub
KINDS = {"ipykernel": "kernel", "jupyterhub.singleuser": "server", PROXY: "proxy"}


class Hub(NamedTuple):
    """Where a hub is, and what opens it."""

    address: str
    token: str  # may start all servers and use them
    password: str  # of each learner
    mark: str
    homes: Path


def free_ports(number: int) -> list[int]:
    """So many ports of loopback on which nobody listens."""
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def settings(folder: Path, hub: Hub, ports: list[int]) -> dict[str, object]:
    """What the hub is told: all on loopback, nobody in without a password, homes in the folder."""
    environment = quiet_lab(folder) | {MARK: hub.mark, "PYTHONPATH": str(ROOT)}
    scopes = ["admin:users", "admin:servers", "access:servers"]
    return {
        "JupyterHub.bind_url": hub.address,
        "JupyterHub.hub_bind_url": f"http://127.0.0.1:{ports[1]}",
        "JupyterHub.db_url": "sqlite:///:memory:",
        "JupyterHub.cookie_secret_file": str(folder / "cookie_secret"),
        "JupyterHub.authenticator_class": "shared-password",
        "SharedPasswordAuthenticator.user_password": hub.password,
        "Authenticator.allow_all": True,
        "JupyterHub.services": [{"name": "classroom", "api_token": hub.token}],
        "JupyterHub.load_roles": [
            {"name": "classroom", "services": ["classroom"], "scopes": scopes}
        ],
        "ConfigurableHTTPProxy.command": [shutil.which(PROXY)],
        "ConfigurableHTTPProxy.api_url": f"http://127.0.0.1:{ports[2]}",
        "ConfigurableHTTPProxy.pid_file": str(folder / "proxy.pid"),
        "JupyterHub.spawner_class": "simple",  # all learners are who runs this: no root needed
        "SimpleLocalProcessSpawner.home_dir_template": str(hub.homes / "{username}"),
        "Spawner.cmd": [sys.executable, "-m", "jupyterhub.singleuser"],
        "Spawner.args": ["--allow-root", "--LabApp.expose_app_in_browser=True"],
        "Spawner.environment": environment,
        "Spawner.start_timeout": 300,
        "Spawner.http_timeout": 300,
    }


@contextmanager
def serve_hub() -> Iterator[Hub]:
    """A JupyterHub while the `with` block runs."""
    if shutil.which(PROXY) is None:
        raise SystemExit(f"{PROXY} is not on the path: npm install -g {PROXY}")
    with tempfile.TemporaryDirectory() as name:
        folder, ports = Path(name), free_ports(3)
        words = [secrets.token_hex(16) for _ in range(3)]
        hub = Hub(f"http://127.0.0.1:{ports[0]}", *words, folder / "homes")
        hub.homes.mkdir()
        lines = [f"c.{key} = {value!r}\n" for key, value in settings(folder, hub, ports).items()]
        config = folder / "jupyterhub_config.py"
        config.write_text("".join(lines))
        command = [sys.executable, "-m", "jupyterhub", "-f", str(config)]
        with (folder / "hub.log").open("w") as log:
            server = subprocess.Popen(
                command, cwd=folder, env=os.environ | {MARK: hub.mark}, stdout=log, stderr=log
            )
            try:
                wait_for(server, f"{hub.address}/hub", folder / "hub.log")
                yield hub
            finally:
                server.terminate()  # the hub ends its proxy and servers, and these their kernels
                end(hub.mark)
                server.wait()


def processes(mark: str) -> list[psutil.Process]:
    """All processes that were started by the hub of this mark, itself among them."""
    found = psutil.process_iter(["environ"])  # another user's are None
    return [p for p in found if (p.info["environ"] or {}).get(MARK) == mark]


def end(mark: str, patience: float = 30) -> None:
    """Wait for processes that were told to end, then kill those that have not."""
    psutil.wait_procs(processes(mark), timeout=patience)
    for process in processes(mark):
        with suppress(psutil.NoSuchProcess):  # it has ended meanwhile
            process.kill()


def kind(process: psutil.Process) -> str:
    """What a process of the hub is: kernel, server, proxy or hub."""
    words = " ".join(process.cmdline())
    return next((kind for part, kind in KINDS.items() if part in words), "hub")


def memory(mark: str) -> dict[str, list[tuple[float, float]]]:
    """MB of each process by its kind: what it holds, and its share of the machine's memory."""
    found: dict[str, list] = {}
    for process in processes(mark):
        with suppress(psutil.NoSuchProcess):
            held = process.memory_full_info()
            found.setdefault(kind(process), []).append((held.rss / 1e6, held.pss / 1e6))
    return found


def processor_seconds(mark: str) -> dict[str, float]:
    """Seconds of processor that each kind of process has used."""
    used: dict[str, float] = {}
    for process in processes(mark):
        with suppress(psutil.NoSuchProcess):
            times, what = process.cpu_times(), kind(process)
            used[what] = used.get(what, 0) + times.user + times.system
    return used


async def ask(hub: Hub, method: str, path: str, body: dict | None = None) -> object:
    """What the hub, or a learner's server, answers to a request."""
    request = HTTPRequest(
        hub.address + path,
        method=method,
        headers={"Authorization": f"token {hub.token}"},
        body=None if method == "GET" else json.dumps(body or {}),
        request_timeout=300,
    )
    answer = await AsyncHTTPClient(max_clients=100).fetch(request)
    return json.loads(answer.body) if answer.body else None


async def start_server(hub: Hub, name: str) -> None:
    """Return when the learner's server, on the lessons, is there."""
    shutil.copytree(ROOT / "notebooks", hub.homes / name / "notebooks", dirs_exist_ok=True)
    await ask(hub, "POST", f"/hub/api/users/{name}")
    await ask(hub, "POST", f"/hub/api/users/{name}/server")
    while not (await ask(hub, "GET", f"/hub/api/users/{name}"))["servers"][""]["ready"]:
        await asyncio.sleep(0.2)
