"""The measurements on botocore, on one core: the same commands and the same line of figures as the Rust clients'."""

import os
import resource
import sys
import threading
import time

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config


def arn(items):
    return f"arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.{items}"


def client(url=None, connections=10):
    session = botocore.session.get_session()
    session.set_credentials("AKIDEXAMPLE", "secret")
    config = Config(max_pool_connections=connections)
    return session.create_client("imagebuilder", region_name="eu-west-1", endpoint_url=url, config=config)


class Raw:
    """A response's body, as botocore reads it."""

    def __init__(self, body):
        self.body = body

    def stream(self):
        yield self.body


def canned(body):
    """A client whose every call is answered with `body`, without a network."""
    made = client()
    answer = lambda request, **_: AWSResponse(request.url, 200, {}, Raw(body))
    made.meta.events.register("before-send.imagebuilder.*", answer)
    return made


def replay(made, seconds):
    """One call after the other until the time is over."""
    calls = items = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page = made.list_image_build_versions(imageVersionArn=arn(1), maxResults=25)
        items += len(page.get("imageSummaryList", []))
        calls += 1
    return calls, items


def load(made, in_flight, seconds):
    """The same from `in_flight` threads at once."""
    done = []
    work = lambda: done.append(replay(made, seconds))
    threads = [threading.Thread(target=work) for _ in range(in_flight)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(done) < in_flight:
        sys.exit("a thread failed")
    return sum(calls for calls, _ in done), sum(items for _, items in done)


def listing(made, items):
    pages = made.get_paginator("list_image_build_versions").paginate(
        imageVersionArn=arn(items), PaginationConfig={"PageSize": 100}
    )
    return 0, sum(1 for page in pages for image in page["imageSummaryList"] if "arn" in image)


def peak_kib():
    """The most memory that was resident at once; on Linux, getrusage's would be the parent's, if that is larger."""
    if sys.platform == "linux":
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def main(command, *args):
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    size = 0
    if command == "replay":
        with open(args[0], "rb") as file:
            body = file.read()
        size, made, seconds = len(body), canned(body), float(args[1])
        replay(made, 0.1)
        work = lambda: replay(made, seconds)
    elif command == "load":
        in_flight, seconds = int(args[1]), float(args[2])
        made = client(args[0], in_flight)
        load(made, in_flight, 0.2)
        work = lambda: load(made, in_flight, seconds)
    elif command == "list":
        made = client(args[0])
        work = lambda: listing(made, int(args[1]))
    else:
        sys.exit("expected `replay FILE SECONDS`, `load URL IN-FLIGHT SECONDS` or `list URL ITEMS`")
    start, cpu = time.monotonic(), time.process_time()
    calls, items = work()
    seconds, cpu = time.monotonic() - start, time.process_time() - cpu
    print(f"calls={calls} items={items} bytes={calls * size} seconds={seconds} cpu={cpu} peak_kib={peak_kib()}")


main(*sys.argv[1:])
