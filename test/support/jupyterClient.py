"""A Jupyter client for the tests: one JSON request a line on stdin, one JSON answer a line on stdout.

Starts and restarts kernels as a Jupyter server does, with its manager, and speaks the messages of a notebook.
"""

import asyncio
import json
import queue
import sys
import time

from jupyter_client.ioloop import AsyncIOLoopKernelManager

manager = None
client = None


async def start(cwd, log, env=None):
    """Starts our kernel in a folder; what it writes past Jupyter goes to the file `log`."""
    global manager, client
    manager = AsyncIOLoopKernelManager(kernel_name="legcnet")
    began = time.perf_counter()
    # Never our own stdout: Node would make it non-blocking, and long answers would be cut.
    past = open(log, "w")
    await manager.start_kernel(cwd=cwd, stdout=past, stderr=past, **({} if env is None else {"env": env}))
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    return {"seconds": time.perf_counter() - began, "pid": manager.provisioner.pid}


async def execute(code, timeout=60, interruptAfter=None, interruptWhen=None, cellId=None):
    """Runs a cell. `interruptAfter`: seconds until the stop button, counted from the output that `interruptWhen` is in."""
    content = dict(code=code, silent=False, store_history=True, user_expressions={}, allow_stdin=False, stop_on_error=True)
    message = client.session.msg("execute_request", content)
    if cellId is not None:
        message["metadata"] = {"cellId": cellId}
    began = time.perf_counter()
    client.shell_channel.send(message)
    wanted = message["header"]["msg_id"]
    interrupted = asyncio.get_running_loop().create_future()

    async def interrupt():
        await asyncio.sleep(interruptAfter)
        interrupted.set_result(time.perf_counter())
        await manager.interrupt_kernel()

    stopping = None
    if interruptAfter is not None and interruptWhen is None:
        stopping = asyncio.ensure_future(interrupt())
    outputs = []
    messages = 0
    until = began + timeout
    is_idle = False
    pid = manager.provisioner.pid
    # A kernel that died is started again by the manager, and never answers for its cell.
    while not is_idle and time.perf_counter() < until and manager.provisioner.pid == pid:
        try:
            reply = await client.get_iopub_msg(timeout=0.5)
        except queue.Empty:
            continue
        if reply["parent_header"].get("msg_id") != wanted:
            continue
        kind, body = reply["msg_type"], reply["content"]
        if kind == "status":
            is_idle = body["execution_state"] == "idle"
            continue
        messages += 1
        if kind == "update_display_data":
            shown = body["transient"]["display_id"]
            for output in outputs:
                if output.get("id") == shown:
                    output.update(data=body["data"], metadata=body["metadata"])
        elif kind == "display_data":
            outputs.append(dict(kind=kind, data=body["data"], metadata=body["metadata"], id=body.get("transient", {}).get("display_id")))
        elif kind == "stream" and outputs and outputs[-1].get("name") == body["name"]:
            outputs[-1]["text"] += body["text"]
        else:
            outputs.append(dict(kind=kind, **body))
        if interruptWhen is not None and stopping is None and interruptWhen in json.dumps(body):
            stopping = asyncio.ensure_future(interrupt())
    ended = time.perf_counter()
    status = "no reply"
    while is_idle:
        try:
            reply = await client.get_shell_msg(timeout=5)
        except queue.Empty:
            break
        if reply["parent_header"].get("msg_id") == wanted:
            status = reply["content"]["status"]
            break
    if status == "error":
        # tslab refuses cells for 200 ms after an error.
        await asyncio.sleep(0.3)
    stop = None
    if stopping is not None:
        await stopping
        stop = ended - interrupted.result()
    elif interruptAfter is not None:
        stop = -1
    return {"status": status, "idle": is_idle, "outputs": outputs, "messages": messages, "seconds": ended - began, "stopSeconds": stop}


async def ask(kind, requests):
    """Completion or documentation for many places: each request is [code, position]."""
    answers = []
    for code, position in requests:
        content = await answer(kind, code, position)
        answers.append(content["matches"] if kind == "complete" else content["data"].get("text/plain", ""))
    return answers


async def answer(kind, code, position):
    """What the kernel says of one place. Asked again, as a reader would, when it says nothing: one of some thousands of requests
    on a busy machine was never answered."""
    for _ in range(3):
        wanted = (client.complete if kind == "complete" else client.inspect)(code, position)
        try:
            while True:
                reply = await client.get_shell_msg(timeout=20)
                if reply["parent_header"].get("msg_id") == wanted:
                    return reply["content"]
        except queue.Empty:
            print(f"{kind} at {position} was not answered in 20 s", file=sys.stderr)
    raise TimeoutError(f"{kind} at {position} was not answered three times")


async def restart():
    """As the menu's "Restart kernel"."""
    await manager.restart_kernel(now=False)
    await client.wait_for_ready(timeout=60)
    return {"pid": manager.provisioner.pid}


async def wait_for_restart(oldPid, timeout=30):
    """Waits until the manager has noticed a death and started the kernel again by itself."""
    until = time.perf_counter() + timeout
    while manager.provisioner.pid in (None, oldPid) and time.perf_counter() < until:
        await asyncio.sleep(0.1)
    await client.wait_for_ready(timeout=60)
    return {"pid": manager.provisioner.pid}


async def shutdown():
    began = time.perf_counter()
    client.stop_channels()
    await manager.shutdown_kernel(now=False)
    return {"seconds": time.perf_counter() - began}


commands = dict(start=start, execute=execute, ask=ask, restart=restart, waitForRestart=wait_for_restart, shutdown=shutdown)


async def main():
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        request = json.loads(line)
        name = request.pop("command")
        try:
            answer = {"answer": await commands[name](**request)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
    if manager is not None and manager.has_kernel:
        await manager.shutdown_kernel(now=True)


asyncio.run(main())
