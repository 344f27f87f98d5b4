"""Asks Python's zoneinfo what calendars say around every change of the clocks, 2000 to 2040.

usage: oracle.py FOLDER     FOLDER holds compiled zone files (TZif), one per zone, at the path of its name

Prints one line per question, tab separated:
  zone  from  open  close  working  closed  cut_off  handling  next_cut_off  ships_at
Instants are seconds since 1970 UTC, times of day are minutes, `working` is a mask of weekdays (bit 0 is Monday),
`closed` is a date without work or `-`, `handling` is in minutes. A last line says `zones transitions questions`.

Nothing here follows the program's way to an answer: a local time is found by its definition, as the first second at
which a clock shows it or later, with the help of what zoneinfo calls `fold`, and a bisection in gaps.
"""

import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

EPOCH = datetime(1970, 1, 1)
DAY = timedelta(days=1)
NOONS = [datetime(2000, 1, 1, 12) + number * DAY for number in range(41 * 366)]


def offset_at(zone, second):
    """The offset from UTC at an instant, in seconds."""
    moment = datetime.fromtimestamp(second, timezone.utc).astimezone(zone)
    return int(moment.utcoffset().total_seconds())


def bisect(low, high, holds):
    """The first second in (low, high] at which `holds` is true; false at low, true at high, and changing once."""
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


def transitions(zone):
    """Every instant at which the offset changes, with the offsets before and after."""
    # Noons by the clock on the wall: no zone has changed its clocks twice between two of them since 2000.
    offsets = [zone.utcoffset(noon) for noon in NOONS]
    for number in range(1, len(NOONS)):
        before, after = offsets[number - 1], offsets[number]
        if before != after:
            early, late = (int((NOONS[at] - EPOCH - offsets[at]).total_seconds()) for at in (number - 1, number))
            before = int(before.total_seconds())
            at = bisect(early, late, lambda second: offset_at(zone, second) != before)
            yield at, before, offset_at(zone, at)


@lru_cache(maxsize=4096)
def first_instant(zone, day, minutes):
    """The first second at which a clock in the zone shows `minutes` past the midnight that begins `day`, or later."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    naive = int((wall - EPOCH).total_seconds())
    early = naive - int(wall.replace(tzinfo=zone, fold=1).utcoffset().total_seconds())
    late = naive - int(wall.replace(tzinfo=zone, fold=0).utcoffset().total_seconds())
    if early >= late:
        return late  # once, or twice: fold=0 is the first of two
    shown = lambda s: s + offset_at(zone, s) >= naive
    assert not shown(early) and shown(late), (zone, wall)
    return bisect(early, late, shown)  # never: the end of the gap


@lru_cache(maxsize=4096)
def local_date(zone, second):
    return datetime.fromtimestamp(second, timezone.utc).astimezone(zone).date()


def works(day, working, closed):
    return bool(working >> day.weekday() & 1) and day != closed


def next_cut_off(zone, question):
    start, _, close, working, closed, cut_off, _ = question
    today = local_date(zone, start)
    # A Sunday off and a day closed after it: within four days there is one.
    days = (today + number * DAY for number in range(-3, 5))
    candidates = (first_instant(zone, day, min(cut_off, close)) for day in days if works(day, working, closed))
    return min(candidate for candidate in candidates if candidate >= start)


def ships_at(zone, question, cut_off):
    _, opens, closes, working, closed, _, handling = question
    left = handling * 60
    if left == 0:
        return cut_off
    day = local_date(zone, cut_off) - 3 * DAY
    for _ in range(30):
        if works(day, working, closed):
            # Counts every second between opening and closing that is not before the cut-off.
            span = range(max(first_instant(zone, day, opens), cut_off), first_instant(zone, day, closes))
            if left <= len(span):
                return span.start + left
            left -= len(span)
        day += DAY
    raise AssertionError("thirty days are enough for every question asked here")


def questions(zone, at, before, after):
    """Cut-offs just before, in, at the end of and after the gap or fold, asked for from around the change."""
    low, high = sorted((at + before, at + after))
    walls = [low // 60 - 1, low // 60, (low + high) // 120, high // 60 - 1, high // 60, high // 60 + 1]
    for number, wall in enumerate(walls):
        day, cut_off = divmod(wall, 24 * 60)
        day = date(1970, 1, 1) + day * DAY
        instant = first_instant(zone, day, cut_off)
        for start in (at, instant - 1, instant, instant + 1, at - 30 * 3600):
            # Around the clock, then a shift that ends in or after the change, with a Sunday off and a day closed.
            if number % 2 == 0:
                yield start, 0, 24 * 60, 0b1111111, None, cut_off, 0
            else:
                opens = max(cut_off - 180, 0)
                closes = min(cut_off + (30 if number == 1 else 150), 24 * 60)
                closed = day + DAY if number == 3 else None
                yield start, opens, closes, 0b0111111 if number == 5 else 0b1111111, closed, cut_off, 200


def main(folder):
    zoneinfo.reset_tzpath(to=[folder])
    root = Path(folder)
    seen = {}
    for path in sorted(root.rglob("*")):
        if path.is_file():
            # Many names share one history; each history is asked about once.
            seen.setdefault(path.read_bytes(), path.relative_to(root).as_posix())
    changes = asked = 0
    out = sys.stdout
    for name in sorted(seen.values()):
        zone = zoneinfo.ZoneInfo(name)
        for at, before, after in transitions(zone):
            changes += 1
            for question in questions(zone, at, before, after):
                asked += 1
                cut_off = next_cut_off(zone, question)
                ships = ships_at(zone, question, cut_off)
                fields = ["-" if field is None else field for field in question]
                print(name, *fields, cut_off, ships, sep="\t", file=out)
    print(len(seen), changes, asked, file=out)


if __name__ == "__main__":
    main(sys.argv[1])
