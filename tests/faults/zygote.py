"""A process that has loaded all that actions need, and forks a child for each order: `python -m tests.faults.zygote`.

It reads orders as JSON, one a line, and says the number of each child; what the child does comes on the pipe that the
order names by its number. So a round costs no loading, and a killed child is a killed process all the same.
"""

import json
import os
import sys
import traceback

from tests.faults.workload import Order, act, as_line


def _child(order: Order, pipe: int) -> None:
    try:
        act(order, lambda said: (os.write(pipe, as_line(said)), None)[1])
        os.write(pipe, as_line({"end": True}))
    except BaseException:
        os.write(pipe, as_line({"fault": traceback.format_exc()}))
    finally:
        os._exit(0)


def main() -> None:
    """Serve until nobody orders any more."""
    pipe = int(sys.argv[1])
    for line in sys.stdin:
        order = Order(**json.loads(line))
        child = os.fork()
        if child == 0:
            _child(order, pipe)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
