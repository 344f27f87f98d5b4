//! Branch and bound: warehouses first, then ship groups and single sources, then units.

use super::bound::{Relaxed, relax};
use super::levels::{DEPTH, Levels, Measures, keeps_rules, score, whole};
use super::narrow::{Narrowed, narrow};
use super::node::{Node, Role};
use super::problem::Problem;

/// What a search is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal {
    /// The best assignment.
    Best,
    /// The first level at which the best assignment of the part searched loses against these scores, and by how much;
    /// what comes after that level is of no interest.
    Against(Levels),
    /// Any assignment that scores at most this.
    Reach(Levels),
}

/// What a search found.
#[derive(Debug)]
pub(super) struct Found {
    /// The best assignment seen and its scores.
    pub(super) best: Option<(Levels, Vec<u32>)>,
    /// When the step limit ended the search: no assignment of the part searched scores less than this.
    pub(super) open_bound: Option<Levels>,
    /// Nodes looked at.
    pub(super) steps: u64,
}

/// Searches one part of the space.
pub(super) fn search(problem: &Problem, measures: &Measures, root: Node, goal: Goal, step_limit: u64) -> Found {
    search_from(problem, measures, root, goal, None, step_limit)
}

/// Searches one part of the space, knowing an assignment in it that has to be beaten.
pub(super) fn search_from(
    problem: &Problem,
    measures: &Measures,
    root: Node,
    goal: Goal,
    known: Option<(Levels, Vec<u32>)>,
    step_limit: u64,
) -> Found {
    // Without lines or without warehouses there are no cells and nothing to choose.
    let stack = if problem.most.is_empty() { Vec::new() } else { vec![root] };
    let mut search = Search { problem, measures, goal, best: known, stack, steps: 0 };
    while let Some(node) = search.stack.pop() {
        if search.hopeless(&node.bound) {
            continue;
        }
        if search.steps >= step_limit {
            search.stack.push(node);
            let hopeful = search.stack.iter().map(|node| node.bound).filter(|bound| !search.hopeless(bound));
            return Found { open_bound: hopeful.min(), steps: search.steps, best: search.best };
        }
        search.steps += 1;
        search.visit(node);
        if search.reached() {
            break;
        }
    }
    Found { open_bound: None, steps: search.steps, best: search.best }
}

struct Search<'a> {
    problem: &'a Problem,
    measures: &'a Measures,
    goal: Goal,
    best: Option<(Levels, Vec<u32>)>,
    stack: Vec<Node>,
    steps: u64,
}

impl Search<'_> {
    /// Whether nothing with this bound can be of use.
    fn hopeless(&self, bound: &Levels) -> bool {
        if self.problem.ship_complete && bound[0] > 0 {
            return true;
        }
        match self.goal {
            Goal::Reach(target) => *bound > target,
            Goal::Best => self.best.as_ref().is_some_and(|(best, _)| bound >= best),
            Goal::Against(reference) => self
                .best
                .as_ref()
                .is_some_and(|(best, _)| first_loss(bound, &reference) >= first_loss(best, &reference)),
        }
    }

    fn reached(&self) -> bool {
        let Goal::Reach(target) = self.goal else { return false };
        self.best.as_ref().is_some_and(|(best, _)| *best <= target)
    }

    /// Scores beyond which nothing matters, where there are some yet.
    fn ceiling(&self) -> Option<Levels> {
        match self.goal {
            Goal::Reach(target) => Some(target),
            Goal::Best | Goal::Against(_) => self.best.as_ref().map(|(best, _)| *best),
        }
    }

    fn offer(&mut self, units: &[u32], node: &Node) -> Option<Levels> {
        let in_use =
            |warehouse: usize| (0..self.problem.lines.len()).any(|line| units[self.problem.cell(line, warehouse)] > 0);
        let kept = keeps_rules(self.problem, units)
            && node.roles.iter().enumerate().all(|(number, role)| *role != Role::In || in_use(number));
        if !kept {
            return None;
        }
        let levels = self.measures.arrange(&score(self.problem, units));
        if self.best.as_ref().is_none_or(|(best, _)| levels < *best) {
            self.best = Some((levels, units.to_vec()));
        }
        Some(levels)
    }

    fn narrowed(&self, node: &mut Node) -> Narrowed {
        narrow(self.problem, self.measures, node, self.ceiling().as_ref(), |bound| self.hopeless(bound))
    }

    fn visit(&mut self, mut node: Node) {
        let relaxed = loop {
            if !node.settle(self.problem) {
                return;
            }
            match self.narrowed(&mut node) {
                Narrowed::Nothing => {}
                Narrowed::Some => continue,
                Narrowed::Empty => return,
            }
            let Some(relaxed) = relax(self.problem, self.measures, &node) else { return };
            let raised = relaxed.levels > node.bound;
            node.bound = node.bound.max(relaxed.levels);
            let offered = self.offer(&relaxed.units, &node);
            if offered.is_some_and(|levels| levels <= node.bound) || self.hopeless(&node.bound) {
                return;
            }
            // A higher bound, or a better plan to beat, may leave fewer warehouses to choose from.
            if raised || offered.is_some() {
                match self.narrowed(&mut node) {
                    Narrowed::Nothing => {}
                    Narrowed::Some => continue,
                    Narrowed::Empty => return,
                }
            }
            break relaxed;
        };
        let open: Vec<usize> = node.open().collect();
        let covered = relaxed.cover.uncovered.iter().all(|left| *left == 0);
        // What has to come from one place decides more than which warehouse is next, once there are enough of them.
        if (open.is_empty() || covered) && self.branch_on_sources(&node, &relaxed) {
            return;
        }
        if open.is_empty() {
            self.branch_on_cell(&node, &relaxed);
        } else {
            self.branch_on_warehouses(node, &relaxed, &open);
        }
    }

    fn branch_on_warehouses(&mut self, node: Node, relaxed: &Relaxed, open: &[usize]) {
        let covers = |warehouse: usize, line: usize| node.most[self.problem.cell(line, warehouse)];
        // The uncovered line with the fewest open candidates decides which warehouses come next.
        let demanding = (0..self.problem.lines.len())
            .filter(|line| relaxed.cover.uncovered[*line] > 0)
            .min_by_key(|&line| open.iter().filter(|warehouse| covers(**warehouse, line) > 0).count());
        let mut candidates: Vec<usize> = match demanding {
            Some(line) => open.iter().copied().filter(|warehouse| covers(*warehouse, line) > 0).collect(),
            None => open.to_vec(),
        };
        let promise = |warehouse: usize| {
            let lines = || relaxed.cover.uncovered.iter().enumerate().filter(|(_, left)| **left > 0);
            let whole = lines().filter(|(line, left)| u64::from(covers(warehouse, *line)) >= **left).count();
            let units: u64 = lines().map(|(line, left)| u64::from(covers(warehouse, line)).min(*left)).sum();
            let flowing: u64 = (0..self.problem.lines.len())
                .map(|line| u64::from(relaxed.units[self.problem.cell(line, warehouse)]))
                .sum();
            (whole, units, flowing)
        };
        candidates.sort_by_cached_key(|&warehouse| {
            (std::cmp::Reverse(promise(warehouse)), self.problem.warehouses[warehouse].rank, warehouse)
        });
        // Children: the first candidate in; the first out and the second in; and so on; all out. Pushed in reverse,
        // so that the most promising is taken from the stack first.
        let mut rest = node;
        let mut children = Vec::with_capacity(candidates.len() + 1);
        for warehouse in candidates {
            let mut child = rest.clone();
            child.roles[warehouse] = Role::In;
            children.push(child);
            rest.roles[warehouse] = Role::Out;
        }
        if demanding.is_none() {
            // Everything is covered already: nothing more comes first.
            self.stack.extend(children.into_iter().rev());
            self.stack.push(rest);
        } else {
            self.stack.push(rest);
            self.stack.extend(children.into_iter().rev());
        }
    }

    /// Decides where a group or a single-source line ships that the relaxation scatters. False when it scatters none.
    fn branch_on_sources(&mut self, node: &Node, relaxed: &Relaxed) -> bool {
        let problem = self.problem;
        let width = problem.warehouses.len();
        let torn = problem.groups.iter().find(|group| !whole(problem, group, &relaxed.units));
        if let Some(group) = torn {
            let Some(&first) = group.iter().find(|line| problem.lines[**line].quantity > 0) else { return false };
            let mut nowhere = node.clone();
            for line in group {
                for warehouse in 0..width {
                    nowhere.most[problem.cell(*line, warehouse)] = 0;
                }
            }
            self.stack.push(nowhere);
            for cell in self.likeliest_last(node, relaxed, first) {
                let mut child = node.clone();
                child.least[cell] = child.most[cell];
                self.stack.push(child);
            }
            return true;
        }
        let row = |line: usize| line * width..(line + 1) * width;
        let scattered = (0..problem.lines.len()).find(|&line| {
            !problem.lines[line].splittable && relaxed.units[row(line)].iter().filter(|count| **count > 0).count() > 1
        });
        let Some(line) = scattered else { return false };
        for source in self.likeliest_last(node, relaxed, line) {
            let mut child = node.clone();
            for cell in row(line).filter(|cell| *cell != source) {
                child.most[cell] = 0;
            }
            self.stack.push(child);
        }
        true
    }

    /// Cells of a line that can ship, those last that the relaxation uses most: the stack takes the last first.
    fn likeliest_last(&self, node: &Node, relaxed: &Relaxed, line: usize) -> Vec<usize> {
        let width = self.problem.warehouses.len();
        let mut cells: Vec<usize> = (line * width..(line + 1) * width).filter(|cell| node.most[*cell] > 0).collect();
        cells.sort_by_key(|cell| {
            let in_use = node.roles[cell - line * width] == Role::In;
            (relaxed.units[*cell], in_use, std::cmp::Reverse(*cell))
        });
        cells
    }

    /// Every warehouse and source is decided: decides how many units a cell takes.
    fn branch_on_cell(&mut self, node: &Node, relaxed: &Relaxed) {
        let Some(cell) = self.widest_cell(node, relaxed) else { return };
        let (least, most, at) = (node.least[cell], node.most[cell], relaxed.units[cell]);
        // Up to and including `cut`, and above it.
        let cut = if most - least > 4 {
            least + (most - least) / 2
        } else if at < most {
            at
        } else {
            most - 1
        };
        let (mut low, mut high) = (node.clone(), node.clone());
        low.most[cell] = cut;
        high.least[cell] = cut + 1;
        let (last, first) = if at <= cut { (high, low) } else { (low, high) };
        self.stack.push(last);
        self.stack.push(first);
    }

    /// The undecided cell that moves the most weight or value, in the warehouse where the relaxation is furthest off.
    fn widest_cell(&self, node: &Node, relaxed: &Relaxed) -> Option<usize> {
        let problem = self.problem;
        let used = node.used();
        let mut widest: Option<((u64, u64), usize)> = None;
        for warehouse in 0..problem.warehouses.len() {
            let cells = || (0..problem.lines.len()).map(|line| (line, problem.cell(line, warehouse)));
            let value: i64 =
                cells().map(|(line, cell)| problem.lines[line].part_value * i64::from(relaxed.units[cell])).sum();
            let weight = |units: &[u32]| -> u64 {
                cells().map(|(line, cell)| problem.lines[line].weight * u64::from(units[cell])).sum()
            };
            let tariff = &problem.warehouses[warehouse].tariff;
            let unsure = tariff.price(weight(&node.most)).saturating_sub(tariff.price(weight(&node.least)));
            let too_small = used > 1 && value < problem.min_part_value;
            let off = if too_small { u64::MAX } else { u64::try_from(unsure).unwrap_or(0) };
            for (line, cell) in cells() {
                let range = u64::from(node.most[cell] - node.least[cell]);
                if range > 0 {
                    let key = (off, range * (1 + problem.lines[line].weight));
                    if widest.is_none_or(|(best, _)| key > best) {
                        widest = Some((key, cell));
                    }
                }
            }
        }
        widest.map(|(_, cell)| cell)
    }
}

/// Scores up to and including the first level that is worse than the reference; the levels after it do not count.
fn first_loss(levels: &Levels, reference: &Levels) -> Levels {
    // A relaxation may promise more than the reference; no plan keeps such a promise, the reference being the optimum.
    let mut cut = *levels.max(reference);
    if let Some(level) = (0..DEPTH).find(|level| cut[*level] != reference[*level]) {
        cut[level + 1..].fill(0);
    }
    cut
}
