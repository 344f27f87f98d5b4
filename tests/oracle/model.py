"""The router's contract as a mixed integer program for HiGHS, written from the contract alone."""

import highspy
import numpy

INFINITY = highspy.kHighsInf


def level_names(order):
    """The levels in the order in which they are minimised."""
    return ["short_value", *order.get("objective", ["late", "warehouses", "cost"]), "rank_sum"]


def short_values(order):
    return [max(line.get("unit_value", 0), 1) for line in order["lines"]]


class Unsolved(Exception):
    """HiGHS did not say optimal or infeasible."""


def answer(solver):
    """Runs, and runs again in other ways where HiGHS loses itself in its own tolerances."""
    solver.run()
    for option, value, usual in (
        ("presolve", "off", "choose"),
        ("mip_feasibility_tolerance", 1e-7, 1e-9),
        ("mip_feasibility_tolerance", 1e-6, 1e-9),
    ):
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            break
        solver.clearSolver()
        solver.setOptionValue(option, value)
        solver.run()
        solver.setOptionValue(option, usual)
    return solver.getModelStatus()


class Model:
    """One order as columns and rows."""

    def __init__(self, order):
        self.order = order
        self.lower, self.upper, self.integer = [], [], []
        self.row_lower, self.row_upper, self.starts, self.columns, self.values = [], [], [0], [], []
        self.expressions = {name: {} for name in ("short_value", "late", "warehouses", "cost", "rank_sum")}
        self.constant = {name: 0 for name in self.expressions}
        self._build()

    def column(self, lower, upper):
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def row(self, lower, upper, terms):
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        for column, value in terms:
            self.columns.append(column)
            self.values.append(value)
        self.starts.append(len(self.columns))

    def _build(self):
        order = self.order
        lines, places = order["lines"], order["warehouses"]
        available = {(stock["warehouse"], stock["sku"]): stock["available"] for stock in order["stock"]}
        self.units, self.used = {}, []
        for number, place in enumerate(places):
            self.used.append(self.column(0, 1))
            for row, line in enumerate(lines):
                allowed = (
                    place.get("eligible", True)
                    and line["sku"] not in place.get("excluded_skus", [])
                    and line.get("pinned_warehouse") in (None, place["id"])
                )
                most = min(line["quantity"], available.get((place["id"], line["sku"]), 0)) if allowed else 0
                self.units[row, number] = self.column(0, most)
        self._lines(lines, places)
        for number, place in enumerate(places):
            self._place(number, place, lines, available)
        most = order.get("max_warehouses")
        if most is not None:
            self.row(0, most, [(used, 1) for used in self.used])
        self._part_values(lines, places)
        if order.get("ship_complete"):
            whole = self.column(0, 1)
            for row, line in enumerate(lines):
                terms = [(self.units[row, number], 1) for number in range(len(places))]
                self.row(0, 0, [*terms, (whole, -line["quantity"])])

    def _lines(self, lines, places):
        values = short_values(self.order)
        groups = {}
        for row, line in enumerate(lines):
            terms = [(self.units[row, number], 1) for number in range(len(places))]
            self.row(0, line["quantity"], terms)
            self.constant["short_value"] += values[row] * line["quantity"]
            for column, _ in terms:
                self.expressions["short_value"][column] = -values[row]
            if line.get("ship_group") is not None:
                groups.setdefault(line["ship_group"], []).append(row)
            if not line.get("splittable", True):
                sources = []
                for number in range(len(places)):
                    source = self.column(0, 1)
                    sources.append((source, 1))
                    units = self.units[row, number]
                    self.row(-INFINITY, 0, [(units, 1), (source, -self.upper[units])])
                self.row(0, 1, sources)
        for rows in groups.values():
            sources = []
            for number in range(len(places)):
                source = self.column(0, 1)
                sources.append((source, 1))
                for row in rows:
                    self.row(0, 0, [(self.units[row, number], 1), (source, -lines[row]["quantity"])])
            self.row(0, 1, sources)

    def _place(self, number, place, lines, available):
        used = self.used[number]
        cells = [(row, self.units[row, number]) for row in range(len(lines))]
        skus = {line["sku"] for line in lines}
        for sku in sorted(skus):
            of_sku = [(column, 1) for row, column in cells if lines[row]["sku"] == sku]
            if len(of_sku) > 1:
                self.row(0, available.get((place["id"], sku), 0), of_sku)
        for _, column in cells:
            self.row(-INFINITY, 0, [(column, 1), (used, -self.upper[column])])
        self.row(0, INFINITY, [*((column, 1) for _, column in cells), (used, -1)])
        if place.get("capacity_units") is not None:
            self.row(0, place["capacity_units"], [(column, 1) for _, column in cells])
        for _, column in cells:
            self.expressions["late"][column] = place.get("late_hours", 0)
            self.expressions["cost"][column] = place.get("unit_handling", 0)
        self.expressions["warehouses"][used] = 1
        self.expressions["cost"][used] = place.get("handling", 0)
        self.expressions["rank_sum"][used] = place.get("rank", 0)
        parcels = place.get("parcels", [])
        if parcels:
            weight = sum(lines[row].get("unit_weight", 0) * self.upper[column] for row, column in cells)
            terms = [(column, -lines[row].get("unit_weight", 0)) for row, column in cells]
            for step in parcels:
                most = -(-weight // step["up_to"]) if step["up_to"] else 0
                parcel = self.column(0, most)
                terms.append((parcel, step["up_to"]))
                self.expressions["cost"][parcel] = step["price"]
            self.row(0, INFINITY, terms)

    def _part_values(self, lines, places):
        least = self.order.get("min_part_value", 0)
        if not least:
            return
        several = self.column(0, 1)
        self.row(-INFINITY, 1, [*((used, 1) for used in self.used), (several, -len(places))])
        for number, used in enumerate(self.used):
            value = [(self.units[row, number], line.get("unit_value", 0)) for row, line in enumerate(lines)]
            self.row(-least, INFINITY, [*value, (used, -least), (several, -least)])

    def solve(self, levels=None, forced=None, stop_after=None, presolve=True):
        """Minimises level after level. The scores in order, or None when nothing keeps the rules.

        With `forced`, that warehouse is used. With `stop_after`, scores to compare with: ends after the first
        difference, whose score is the last one."""
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        if not presolve:
            solver.setOptionValue("presolve", "off")
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.0)
        solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
        solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
        count = len(self.lower)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = count, len(self.row_lower)
        program.col_cost_ = numpy.zeros(count)
        program.col_lower_ = numpy.array(self.lower, dtype=float)
        program.col_upper_ = numpy.array(self.upper, dtype=float)
        program.row_lower_ = numpy.array(self.row_lower, dtype=float)
        program.row_upper_ = numpy.array(self.row_upper, dtype=float)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = numpy.array(self.starts, dtype=numpy.int32)
        program.a_matrix_.index_ = numpy.array(self.columns, dtype=numpy.int32)
        program.a_matrix_.value_ = numpy.array(self.values, dtype=float)
        program.integrality_ = [highspy.HighsVarType.kInteger] * count
        solver.passModel(program)
        if forced is not None:
            solver.changeColBounds(self.used[forced], 1, 1)
        scores = []
        everything = numpy.arange(count, dtype=numpy.int32)
        for name in levels or level_names(self.order):
            expression = self.expressions[name]
            costs = numpy.zeros(count)
            for column, value in expression.items():
                costs[column] = value
            solver.changeColsCost(count, everything, costs)
            status = answer(solver)
            if status == highspy.HighsModelStatus.kInfeasible and not scores:
                return None
            if status != highspy.HighsModelStatus.kOptimal:
                raise Unsolved(f"{self.order['id']}: level {name}: {solver.modelStatusToString(status)}")
            solution = solver.getSolution().col_value
            # Whole numbers times whole numbers: exact, whatever the tolerance did to the last digits.
            best = sum(round(solution[column]) * value for column, value in expression.items())
            scores.append(best + self.constant[name])
            if stop_after is not None and scores[-1] != stop_after[len(scores) - 1]:
                return scores
            terms = [(column, value) for column, value in expression.items() if value]
            solver.addRow(-INFINITY, best + 0.5, len(terms), numpy.array([c for c, _ in terms], dtype=numpy.int32),
                          numpy.array([v for _, v in terms], dtype=float))
        return scores
