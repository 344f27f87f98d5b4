"""The router and HiGHS side by side, in one run on the same orders: time of a plan against model build and solve.

    python bench.py --program PATH [--orders N]

The router's time is that of its pure function, explanations of every warehouse included. The time of HiGHS is building
the model and solving it level by level, for the scores alone: it explains nothing. Both on one thread, in turn.

HiGHS is measured in processor time of this process, the router by the clock, the least of three runs: on a machine that
does other work the ratio errs against the router."""

import argparse
import json
import os
import random
import statistics
import subprocess
import time

from instances import everyday
from model import Model

WAREHOUSES = [2, 3, 5, 8, 10, 20, 50]
LINES = [1, 4, 8, 12]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True, help="examples/plan")
    arguments.add_argument("--orders", type=int, default=7)
    arguments = arguments.parse_args()
    program = [arguments.program, "--time"]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    print(f"median of {arguments.orders} orders each, microseconds; load {os.getloadavg()[0]:.1f}")
    print("warehouses lines    router      HiGHS    ratio  least ratio")
    for width in WAREHOUSES:
        for height in LINES:
            ours, theirs = [], []
            for seed in range(arguments.orders):
                order = everyday(seed, random.Random(f"{seed} {width} {height}"), width, height)
                order["objective"] = ["late", "warehouses", "cost"]
                process.stdin.write(json.dumps(order) + "\n")
                process.stdin.flush()
                nanoseconds, plan = json.loads(process.stdout.readline())
                begun = time.process_time()
                scores = Model(order).solve()
                theirs.append((time.process_time() - begun) * 1e6)
                ours.append(nanoseconds / 1e3)
                if scores != list(plan["objective"].values()):
                    raise SystemExit(f"{width} x {height}, seed {seed}: {scores} is not {plan['objective']}")
            ratios = [slow / fast for slow, fast in zip(theirs, ours)]
            ours, theirs = statistics.median(ours), statistics.median(theirs)
            print(f"{width:10} {height:5} {ours:9.1f} {theirs:10.0f} {theirs / ours:8.0f} {min(ratios):12.0f}", flush=True)
    process.stdin.close()
    process.wait()
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
