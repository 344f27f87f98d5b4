"""Checks a plan against the contract without any solver: every rule, every sum, every unit."""

from model import short_values


def cheapest_parcels(parcels, weight):
    """The least price that carries a weight, or None when nothing does."""
    if not parcels or weight == 0:
        return 0
    best = [0] + [None] * weight
    steps = [(step["up_to"], step["price"]) for step in parcels if step["up_to"] > 0]
    for grams in range(1, weight + 1):
        prices = [best[max(0, grams - up_to)] + price for up_to, price in steps]
        best[grams] = min(prices, default=None)
        if best[grams] is None:
            return None
    return best[weight]


def breaches(order, plan):
    """Rules that the plan breaks and numbers that do not add up."""
    lines = {line["id"]: line for line in order["lines"]}
    places = {place["id"]: place for place in order["warehouses"]}
    available = {(stock["warehouse"], stock["sku"]): stock["available"] for stock in order["stock"]}
    shipped, sources, parts, taken = {}, {}, {}, {}
    objective = dict.fromkeys(["short_value", "late", "warehouses", "cost", "rank_sum"], 0)
    keys = [(part["line"], part["warehouse"]) for part in plan["allocation"]]
    if keys != sorted(set(keys)):
        yield "the allocation is not sorted, or names a pair twice"
    for part in plan["allocation"]:
        line, place, count = lines[part["line"]], places[part["warehouse"]], part["quantity"]
        if count < 1:
            yield f"no units in {part}"
        if not place.get("eligible", True) or line["sku"] in place.get("excluded_skus", []):
            yield f"{part} ships what it must not"
        if line.get("pinned_warehouse") not in (None, place["id"]):
            yield f"{part} ignores the pin"
        shipped[line["id"]] = shipped.get(line["id"], 0) + count
        sources.setdefault(line["id"], set()).add(place["id"])
        parts.setdefault(place["id"], []).append((line, count))
        key = (place["id"], line["sku"])
        taken[key] = taken.get(key, 0) + count
        objective["late"] += place.get("late_hours", 0) * count
    for key, count in taken.items():
        if count > available.get(key, 0):
            yield f"{key} ships {count} of {available.get(key, 0)}"
    short = {entry["line"]: entry["quantity"] for entry in plan["short"]}
    for (key, line), value in zip(lines.items(), short_values(order)):
        missing = line["quantity"] - shipped.get(key, 0)
        objective["short_value"] += missing * value
        if missing != short.get(key, 0):
            yield f"line {key}: {missing} units are short, the plan says {short.get(key, 0)}"
        if not line.get("splittable", True) and len(sources.get(key, ())) > 1:
            yield f"line {key} is split"
    yield from group_breaches(order, shipped, sources)
    if order.get("ship_complete") and shipped and objective["short_value"] > 0:
        yield "not complete"
    for key, contents in parts.items():
        place = places[key]
        units = sum(count for _, count in contents)
        price = cheapest_parcels(place.get("parcels", []), sum(line.get("unit_weight", 0) * n for line, n in contents))
        if price is None:
            yield f"{key} has no parcel that carries anything"
            continue
        objective["warehouses"] += 1
        objective["cost"] += place.get("handling", 0) + place.get("unit_handling", 0) * units + price
        objective["rank_sum"] += place.get("rank", 0)
        capacity = place.get("capacity_units")
        if capacity is not None and units > capacity:
            yield f"{key} ships {units} units of at most {capacity}"
        value = sum(line.get("unit_value", 0) * count for line, count in contents)
        if len(parts) > 1 and value < order.get("min_part_value", 0):
            yield f"the part of {key} is worth {value}"
    most = order.get("max_warehouses")
    if most is not None and len(parts) > most:
        yield f"{len(parts)} warehouses"
    if objective != plan["objective"]:
        yield f"the objective is {objective}, the plan says {plan['objective']}"


def group_breaches(order, shipped, sources):
    groups = {}
    for line in order["lines"]:
        if line.get("ship_group") is not None and line["quantity"] > 0:
            groups.setdefault(line["ship_group"], []).append(line)
    for name, members in groups.items():
        counts = [shipped.get(line["id"], 0) for line in members]
        places = set().union(*(sources.get(line["id"], set()) for line in members))
        whole = counts == [line["quantity"] for line in members] and len(places) == 1
        if any(counts) and not whole:
            yield f"group {name} is torn"
