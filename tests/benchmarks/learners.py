"""A learner without a browser: a kernel of a JupyterHub, a lesson run in it, a hand that moves."""

import asyncio
import json
import random
import time
from dataclasses import dataclass, field

from hub import Hub, ask, start_server
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 10  # seconds until an answer counts as never come
clock = time.perf_counter


@dataclass
class Learner:
    """Who runs a lesson: the socket to the kernel, the explorers there, what took how long."""

    socket: WebSocketClientConnection
    server: float  # seconds until it was there
    lesson: float = 0  # seconds until it had run, the server's among them
    session: Session = field(default_factory=Session)
    waiting: dict[str, asyncio.Future] = field(default_factory=dict)
    explorers: list[dict] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hearing: asyncio.Task | None = None


async def start(hub: Hub, name: str, cells: list[str]) -> Learner:
    """A learner whose server and kernel have started, and whose kernel has run the cells."""
    begun = clock()
    await start_server(hub, name)
    server = clock() - begun
    kernel = await ask(hub, "POST", f"/user/{name}/api/kernels", {"path": "notebooks"})
    where = f"ws{hub.address[4:]}/user/{name}/api/kernels/{kernel['id']}/channels"
    request = HTTPRequest(where, headers={"Authorization": f"token {hub.token}"})
    learner = Learner(await websocket_connect(request, max_message_size=2**26), server)
    learner.hearing = asyncio.create_task(hear(learner))
    for cell in cells:
        await run(learner, cell)
    learner.lesson = clock() - begun
    return learner


async def hear(learner: Learner) -> None:
    """Take in what the kernel says until its socket closes."""
    while (text := await learner.socket.read_message()) is not None:
        message = json.loads(text)
        said, content = message["header"]["msg_type"], message["content"]
        if said == "error":
            learner.errors.append(content["evalue"])
        elif said == "comm_open" and "controls" in content["data"]["state"].get("options", ()):
            state = content["data"]["state"]
            learner.explorers.append({"comm": content["comm_id"], "state": state["state"]})
            learner.explorers[-1]["controls"] = state["options"]["controls"]
        elif said == "status" and content["execution_state"] == "idle":
            answer = learner.waiting.pop(message["parent_header"].get("msg_id"), None)
            if answer is not None and not answer.done():
                answer.set_result(None)
    learner.errors.append("the socket was closed")


async def tell(learner: Learner, said: str, content: dict, patience: float = PATIENCE) -> None:
    """Send a message to the kernel, and return when all that it caused is done."""
    message = learner.session.msg(said, content) | {"channel": "shell"}
    answer = learner.waiting[message["header"]["msg_id"]] = asyncio.Future()
    await learner.socket.write_message(json.dumps(message, default=json_default))
    await asyncio.wait_for(answer, patience)


async def run(learner: Learner, code: str) -> None:
    """Run a cell as JupyterLab does, which puts no answer to a question."""
    await tell(learner, "execute_request", {"code": code, "allow_stdin": False}, 300)


def moved(explorer: dict, control: dict, share: float) -> dict:
    """The explorer's state with a control moved to so much of its way."""
    if control["kind"] == "distribution":
        others = len(control["labels"]) - 1
        value: object = [share] + [(1 - share) / others] * others
    else:
        value = round(control["low"] + share * (control["high"] - control["low"]), 2)
        value = value if control["digits"] else int(value)
    return explorer["state"] | {control["name"]: value}


async def move(
    learner: Learner, explorers: list[dict], seconds: float, dice: random.Random
) -> None:
    """Move the explorers as a hand does, and note how long the kernel took for each state."""
    end = clock() + seconds
    while clock() < end:
        explorer = dice.choice(explorers)
        grips = [c for c in explorer["controls"] if c["kind"] in ("distribution", "number")]
        control, place = dice.choice(grips), dice.randrange(20)
        for step in range(place, place + dice.randint(10, 30)):
            begun = clock()
            state = moved(explorer, control, 0.1 + 0.08 * abs(step % 20 - 10))
            update = {"method": "update", "state": {"state": state}, "buffer_paths": []}
            asks = {"method": "custom", "content": {"asks": "are you there?"}}
            messages = [{"comm_id": explorer["comm"], "data": data} for data in (update, asks)]
            try:
                await asyncio.gather(*(tell(learner, "comm_msg", m) for m in messages))
                learner.times.append(1000 * (clock() - begun))
            except TimeoutError:
                learner.errors.append(f"no answer in {PATIENCE} s")
            await asyncio.sleep(max(0, begun + 1 / dice.uniform(4, 10) - clock()))
        await asyncio.sleep(dice.uniform(1, 4))
