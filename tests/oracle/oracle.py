"""Compares the router with HiGHS, level by level, on orders drawn from seeds. Exit code 1 when anything differs.

Where the router says that its step limit left a proof open, its scores may be worse: such orders are named and counted
as open, not as passed.

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
    """What is wrong with a plan, as sentences; and whether it is worse than the optimum and says so."""
    if "error" in plan:
        return [f"refused: {plan['error']}"], False
    found = list(breaches(order, plan))
    if plan["proven"] == ("gap" in plan):
        found.append(f"proven is {plan['proven']} and the gap {plan.get('gap')}")
    names = level_names(order)
    ours = [plan["objective"][name] for name in names]
    model = Model(order)
    theirs = model.solve()
    if theirs is not None and ours < theirs and not found:
        # The plan keeps every rule, so the oracle stopped short of the optimum. Another way of solving shows it.
        print(f"{order['id']}: HiGHS stops at {theirs}, and {ours} keeps every rule; asked again without presolve")
        theirs = model.solve(presolve=False)
    if ours != theirs:
        if theirs is not None and ours > theirs and not plan["proven"] and not found:
            return [], True
        found.append(f"{names}: ours {ours}, theirs {theirs}")
    if explained and plan["proven"]:
        found += explanations(order, plan, model, names, ours)
        fewest = model.solve(levels=["short_value", "warehouses"])[1]
        if plan["lower_bound"]["warehouses"] != fewest:
            found.append(f"lower bound {plan['lower_bound']}, theirs {fewest}")
    return found, False


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
    failed, named, still_open, explained, kinds, begun = 0, 0, 0, 0, Counter(), time.monotonic()
    for seed in range(arguments.first, arguments.first + arguments.count):
        kind, order = instance(seed)
        kinds[kind] += 1
        explain = seed % arguments.explain_every == 0
        explained += explain
        plan = router.ask(order)
        found, worse = differences(order, plan, explain)
        still_open += worse
        if not plan.get("proven", True):
            named += 1
            print(f"seed {seed} ({kind}): the step limit left {plan['gap']} open", "and it is" * worse, flush=True)
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
    print(f"{named} not proven, {still_open} of them worse than the optimum: open, neither passed nor failed")
    print(f"{arguments.count - failed - still_open} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
