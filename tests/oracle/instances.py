"""Orders drawn from a seed: every kind of constraint, and shapes that are hard for one part of a solver or another."""

import random

LEVELS = ["late", "warehouses", "cost"]
TARIFFS = [
    [],
    [(1000, 390), (5000, 590)],
    [(1000, 390), (5000, 590), (31500, 1490)],
    [(2000, 450), (10000, 790)],
    [(500, 210), (1000, 320), (3000, 480), (20000, 990)],
]


def objective(draw):
    """The default order half of the time; otherwise any order, and sometimes a level is left out."""
    if draw.random() < 0.5:
        return list(LEVELS)
    levels = LEVELS[:]
    draw.shuffle(levels)
    return levels[: draw.choice([0, 1, 2, 3, 3, 3])]


def line(draw, number, sku, quantity):
    return {"id": f"l{number:02}", "sku": sku, "quantity": quantity, "unit_value": draw.randint(1, 80) * 50,
            "unit_weight": draw.randint(1, 30) * 50}


def warehouse(draw, number):
    return {"id": f"w{number:02}", "rank": number, "handling": draw.randint(0, 30) * 10,
            "unit_handling": draw.randint(0, 30), "late_hours": 0}


def order(seed, lines, warehouses, stock, **rest):
    return {"id": f"order_{seed}", "lines": lines, "warehouses": warehouses, "stock": stock, **rest}


def stock_of(draw, warehouses, skus, carried, amounts):
    return [
        {"warehouse": place["id"], "sku": sku, "available": draw.choice(amounts)}
        for place in warehouses
        for sku in skus
        if draw.random() < carried
    ]


def tariff(steps):
    return [{"up_to": up_to, "price": price} for up_to, price in steps]


def mixed(seed, draw, width, height):
    """Every constraint at once."""
    lines, places = [], []
    for number in range(height):
        sku = f"S{draw.randrange(height) if draw.random() < 0.2 else number}"
        one = line(draw, number, sku, draw.choice([0, 1, 1, 1, 2, 2, 3, 4, 6, 9]))
        if draw.random() < 0.1:
            one["unit_value"] = 0
        if draw.random() < 0.1:
            one["unit_weight"] = 0
        if draw.random() < 0.1:
            # Sometimes a warehouse that is no candidate.
            one["pinned_warehouse"] = f"w{draw.randrange(width + 1):02}"
        if draw.random() < 0.2:
            one["ship_group"] = draw.choice("gh")
        if draw.random() < 0.2:
            one["splittable"] = False
        lines.append(one)
    late = draw.random() < 0.5
    for number in range(width):
        one = warehouse(draw, number)
        one["rank"] = draw.randint(-2, 9)
        if draw.random() < 0.1:
            one["eligible"] = False
        if late:
            one["late_hours"] = draw.choice([0, 0, 1, 12, 24, 24, 48])
        if draw.random() < 0.2:
            one["capacity_units"] = draw.randint(0, 12)
        if draw.random() < 0.2:
            one["excluded_skus"] = [f"S{draw.randrange(height)}"]
        one["parcels"] = tariff(draw.choice(TARIFFS))
        if draw.random() < 0.1:
            one["parcels"] = tariff((draw.randint(0, 2500), draw.randint(0, 300)) for _ in range(3))
        places.append(one)
    return order(
        seed, lines, places,
        stock_of(draw, places, [f"S{number}" for number in range(height)], draw.uniform(0.3, 0.95),
                 draw.choice([[0, 1, 2], [1, 2, 3, 5], [1, 2, 5, 10, 20]])),
        ship_complete=draw.random() < 0.2,
        max_warehouses=draw.choice([None, None, 0, 1, 2, 3, 4]),
        min_part_value=draw.choice([0, 0, 100, 1000, 4000, 10000]),
        objective=objective(draw),
    )


def everyday(seed, draw, width, height):
    """Opening, unit and parcel costs, and stock limits."""
    lines = [line(draw, number, f"S{number}", draw.choice([1, 1, 1, 2, 2, 3, 5])) for number in range(height)]
    places = [warehouse(draw, number) for number in range(width)]
    late = draw.random() < 0.5
    for one in places:
        one["parcels"] = tariff(draw.choice(TARIFFS))
        one["late_hours"] = draw.choice([0, 0, 24, 48]) if late else 0
    return order(seed, lines, places,
                 stock_of(draw, places, [one["sku"] for one in lines], draw.uniform(0.3, 0.9), [1, 2, 3, 5, 20]),
                 objective=objective(draw))


def cover(seed, draw, width, height):
    """Set cover among equals: each warehouse has few SKUs, and all cost the same."""
    lines = [line(draw, number, f"S{number}", draw.choice([1, 1, 2])) for number in range(height)]
    places = [{"id": f"w{number:02}", "rank": draw.randint(0, 1), "handling": 90, "unit_handling": 15,
               "parcels": tariff([(5000, 590)])} for number in range(width)]
    return order(seed, lines, places,
                 stock_of(draw, places, [one["sku"] for one in lines], draw.uniform(0.2, 0.45), [1, 2, 2]),
                 max_warehouses=draw.choice([None, None, 2, 3]), objective=objective(draw))


def packing(seed, draw, width, height):
    """Parcels decide: everybody has nearly everything, and the weights are awkward."""
    lines = [line(draw, number, f"S{number}", draw.randint(1, 6)) for number in range(height)]
    for one in lines:
        one["unit_weight"] = draw.randint(1, 1999)
    places = [{"id": f"w{number:02}", "rank": 1, "handling": draw.choice([0, 0, 50]),
               "parcels": tariff((draw.randint(200, 6000), draw.randint(50, 900)) for _ in range(draw.randint(1, 4)))}
              for number in range(width)]
    levels = draw.choice([["cost"], ["cost", "warehouses"], ["warehouses", "cost"], ["late", "cost"]])
    return order(seed, lines, places,
                 stock_of(draw, places, [one["sku"] for one in lines], 0.9, [2, 3, 4, 6]), objective=levels)


def parts(seed, draw, width, height):
    """Parts must be worth something, and capacity is short."""
    lines = [line(draw, number, f"S{number}", draw.randint(1, 5)) for number in range(height)]
    places = [warehouse(draw, number) for number in range(width)]
    for one in places:
        one["capacity_units"] = draw.choice([None, 2, 3, 5, 8])
    total = sum(one["quantity"] * one["unit_value"] for one in lines)
    return order(seed, lines, places,
                 stock_of(draw, places, [one["sku"] for one in lines], draw.uniform(0.4, 0.9), [1, 2, 3, 5]),
                 min_part_value=draw.randint(0, max(1, total // 2)), ship_complete=draw.random() < 0.3,
                 objective=objective(draw))


def rivals(seed, draw, width, height):
    """Several lines of the same SKU, groups and single sources among them, and too little stock for all."""
    skus = [f"S{number}" for number in range(max(1, height // 3))]
    lines = [line(draw, number, draw.choice(skus), draw.randint(1, 4)) for number in range(height)]
    for one in lines:
        one["splittable"] = draw.random() < 0.6
        if draw.random() < 0.25:
            one["ship_group"] = draw.choice("ghi")
    places = [warehouse(draw, number) for number in range(width)]
    for one in places:
        one["late_hours"] = draw.choice([0, 0, 5])
    return order(seed, lines, places, stock_of(draw, places, skus, 0.8, [1, 2, 4, 7]), objective=objective(draw))


def scarce(seed, draw, width, height):
    """Many warehouses that each have a unit or two of what is wanted in numbers: the search itself is what is hard."""
    lines = [line(draw, number, f"S{number}", draw.choice([1, 2, 3, 5, 10])) for number in range(height)]
    places = [warehouse(draw, number) for number in range(width)]
    late = draw.random() < 0.5
    for one in places:
        one["parcels"] = tariff(draw.choice(TARIFFS))
        one["late_hours"] = draw.choice([0, 0, 24, 48]) if late else 0
    return order(seed, lines, places,
                 stock_of(draw, places, [one["sku"] for one in lines], draw.uniform(0.3, 0.9), [0, 1, 2]),
                 objective=objective(draw))


KINDS = {kind.__name__: kind for kind in (mixed, everyday, cover, packing, parts, rivals)}

# Wider than the others, and slower to check: every so many seeds.
WIDE_EVERY = 25


def instance(seed):
    """One order: half of them mixed, the rest of the other kinds in turn, and now and then one with many warehouses.
    Returns its kind and the order."""
    draw = random.Random(seed)
    if seed % WIDE_EVERY == WIDE_EVERY - 1:
        return "scarce", scarce(seed, draw, draw.randint(13, 50), draw.randint(2, 8))
    names = list(KINDS)
    name = "mixed" if seed % 2 == 0 else names[1 + seed // 2 % (len(names) - 1)]
    return name, KINDS[name](seed, draw, draw.randint(2, 12), draw.randint(1, 12))
