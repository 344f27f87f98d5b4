"""Compares the router with HiGHS, level by level, on orders drawn from seeds. Exit code 1 when anything differs.

Scores have to be equal in every order, also where the router says that its step limit left a proof open; such orders
are named.

    python oracle.py --program PATH [--first SEED] [--count N] [--explain-every N]

PATH is a program that reads orders and writes plans, one JSON object per line each: `examples/plan`, or
`switchyardd plan` given as "switchyardd plan"."""

import argparse
import json
import shlex
import subprocess
import sys
import time
from collections import Counter

from instances import instance
from judge import breaches
from model import Model, level_names


class Router:
    """The program under test, one line in and one line out."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit("the program ended before it answered")
        return json.loads(answer)

    def end(self):
        self.process.stdin.close()
        return self.process.wait()


def differences(order, plan, explained):
    """What is wrong with a plan, as sentences."""
    if "error" in plan:
        return [f"refused: {plan['error']}"]
    found = []
    names = level_names(order)
    ours = [plan["objective"][name] for name in names]
    if plan["proven"] == ("gap" in plan):
        found.append(f"proven is {plan['proven']} and the gap {plan.get('gap')}")
    model = Model(order)
    theirs = model.solve()
    if theirs is None:
        return [*found, "the oracle finds no plan, not even the empty one"]
    if ours != theirs:
        found.append(f"{names}: ours {ours}, theirs {theirs}")
    found += breaches(order, plan)
    if explained and plan["proven"]:
        found += explanations(order, plan, model, names, ours)
        fewest = model.solve(levels=["short_value", "warehouses"])[1]
        if plan["lower_bound"]["warehouses"] != fewest:
            found.append(f"lower bound {plan['lower_bound']}, theirs {fewest}")
    return found


def explanations(order, plan, model, names, ours):
    """Forces each unused warehouse in the oracle and compares what that loses."""
    for number, place in enumerate(order["warehouses"]):
        said = plan["explain"][place["id"]]
        if said["used"]:
            continue
        scores = model.solve(forced=number, stop_after=ours)
        if scores is None:
            right = ("constraint", None, None)
        elif scores == ours:
            right = ("level", "allocation", 0)
        else:
            level = len(scores) - 1
            right = ("level", names[level], scores[level] - ours[level])
        if (said.get("because"), said.get("level"), said.get("by")) != right:
            yield f"why not {place['id']}: ours {said}, theirs {right}"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--count", type=int, default=600)
    arguments.add_argument("--explain-every", type=int, default=10)
    arguments = arguments.parse_args()
    router = Router(arguments.program)
    failed, named, explained, kinds, begun = 0, 0, 0, Counter(), time.monotonic()
    for seed in range(arguments.first, arguments.first + arguments.count):
        kind, order = instance(seed)
        kinds[kind] += 1
        explain = seed % arguments.explain_every == 0
        explained += explain
        plan = router.ask(order)
        found = differences(order, plan, explain)
        if not plan.get("proven", True):
            named += 1
            print(f"seed {seed} ({kind}): the step limit left {plan['gap']} open", flush=True)
        if found:
            failed += 1
            print(f"FAILED seed {seed} ({kind}):", *found, json.dumps(order), sep="\n  ", flush=True)
        done = seed - arguments.first + 1
        if done % 250 == 0:
            print(f"{done} orders, {failed} failed, {time.monotonic() - begun:.0f} s", flush=True)
    if router.end() != 0:
        print("the program ended with a failure")
        failed += 1
    print(", ".join(f"{name} {count}" for name, count in sorted(kinds.items())) + f"; {explained} with every 'why not'")
    print(f"{named} beyond the step limit: their scores count, their proof does not")
    print(f"{arguments.count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
