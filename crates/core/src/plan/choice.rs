//! Search over sets of warehouses: which of them ship, the units inside a set being a matter for `packing`.
//!
//! A node is a set of chosen places and a set of open ones; every plan in it uses all of the chosen and any of the open.
//! Each set is packed exactly, unless `estimate` shows that nothing in the node is of use.

use super::estimate::Estimate;
use super::field::{Field, members};
use super::levels::{DEPTH, Levels, Measures};
use super::node::{Node, Role};
use super::packing::{Effort, Packing};
use super::problem::MONEY_SCALE;
use super::search::{Goal, search_from};
use super::worth::{Charge, Worths};

/// What a search is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Aim {
    /// The best plan.
    Best,
    /// The first level at which the best plan that uses all of `forced` loses against the optimum, and by how much.
    Against {
        /// The optimum's scores.
        optimum: Levels,
        /// Places that have to be used.
        forced: u64,
    },
    /// Any plan that uses all of these places.
    Any(u64),
    /// Of the plans that score this, the one with the smallest list of (line, warehouse, quantity).
    Ties(Levels),
}

/// How a level of a bound stands against what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Better: whatever the next levels say, the node may hold something of use.
    Open,
    /// The same: the next level decides.
    Level,
    /// Worse: nothing of use.
    Lost,
}

/// A search and what it has found.
#[derive(Debug)]
pub(super) struct Choice<'a> {
    pub(super) field: &'a Field<'a>,
    pub(super) measures: &'a Measures,
    pub(super) aim: Aim,
    /// The best plan so far: scores, and units by the problem's cells.
    pub(super) best: Option<(Levels, Vec<u32>)>,
    /// For [`Aim::Against`]: where the best plan so far loses, and by how much. `(DEPTH, 0)` when it ties.
    pub(super) loss: Option<(usize, i64)>,
    /// At most so many places for now.
    pub(super) most_used: usize,
    /// Work done, and where it has to end.
    pub(super) steps: u64,
    pub(super) limit: u64,
    /// Sets that could not be packed within the limit.
    pub(super) unpacked: Vec<u64>,
    pub(super) worths: Worths,
    /// Whether `best` is no plan yet but only scores that one should reach.
    pub(super) aimed: bool,
    /// Nodes looked at since the last tuning.
    untuned: u64,
    packing: Packing,
    /// Estimates not in use.
    #[expect(clippy::vec_box, reason = "an estimate is large and moves often; moving the box is cheap")]
    pub(super) estimates: Vec<Box<Estimate>>,
}

/// Nodes after which worths are tuned.
const TUNE_AFTER: u64 = 12;

/// Steps that one look at a node counts for.
const LOOK: u64 = 4;

/// Steps that a node of the general search counts for, and how many of them one set gets.
const NODE: u64 = 100;
const MOST_NODES: u64 = 200;

impl<'a> Choice<'a> {
    /// A search that has not begun. A `limit` of zero steps finds nothing.
    pub(super) fn new(field: &'a Field<'a>, measures: &'a Measures, aim: Aim, limit: u64) -> Self {
        Self {
            field,
            measures,
            aim,
            best: None,
            loss: None,
            most_used: field.most_used,
            steps: 0,
            limit,
            unpacked: Vec::new(),
            worths: Worths::default(),
            aimed: false,
            untuned: 0,
            packing: Packing::default(),
            estimates: Vec::new(),
        }
    }

    /// Starts over with another aim, keeping nothing but the work counted.
    pub(super) fn again(&mut self, aim: Aim, limit: u64) {
        self.aim = aim;
        self.best = None;
        self.loss = None;
        self.limit = self.steps + limit;
        self.unpacked.clear();
    }

    /// Starts over with a plan that has to be beaten.
    pub(super) fn beat(&mut self, levels: Levels, units: Vec<u32>) {
        self.best = Some((levels, units));
    }

    /// Notes how far a plan of the part searched loses, without the plan itself.
    pub(super) fn loses_at_most(&mut self, levels: &Levels) {
        if let Aim::Against { optimum, .. } = self.aim {
            self.loss = Some(loss(levels, &optimum));
        }
    }

    /// How a level of a bound stands, all levels before it being equal to what is known.
    pub(super) fn standing(&self, level: usize, bound: i64) -> Standing {
        let against = |known: i64| match bound.cmp(&known) {
            std::cmp::Ordering::Less => Standing::Open,
            std::cmp::Ordering::Equal => Standing::Level,
            std::cmp::Ordering::Greater => Standing::Lost,
        };
        match &self.aim {
            Aim::Best => self.best.as_ref().map_or(Standing::Open, |(best, _)| against(best[level])),
            Aim::Ties(target) => against(target[level]),
            Aim::Any(_) if self.best.is_some() => Standing::Lost,
            Aim::Any(_) if level == 0 && bound == 0 && self.field.problem.ship_complete => Standing::Level,
            Aim::Any(_) => Standing::Open,
            Aim::Against { optimum, .. } => {
                let by = bound.saturating_sub(optimum[level]);
                match self.loss {
                    // Nothing can be better than the optimum, so a bound that says so says nothing.
                    _ if by < 0 => Standing::Open,
                    Some(loss) if by > 0 && (level, -by) <= (loss.0, -loss.1) => Standing::Lost,
                    Some((at, _)) if by == 0 && level < at => Standing::Level,
                    _ => Standing::Open,
                }
            }
        }
    }

    /// Whether equal scores are of no use either.
    pub(super) fn ties_are_useless(&self) -> bool {
        match self.aim {
            Aim::Best | Aim::Any(_) => self.best.is_some() && !self.aimed,
            Aim::Ties(_) => false,
            Aim::Against { .. } => self.loss == Some((DEPTH, 0)),
        }
    }

    /// Whether nothing that scores at least this is of use.
    pub(super) fn hopeless(&self, bound: &Levels) -> bool {
        for (level, bound) in bound.iter().enumerate() {
            match self.standing(level, *bound) {
                Standing::Open => return false,
                Standing::Lost => return true,
                Standing::Level => {}
            }
        }
        self.ties_are_useless()
    }

    /// Places that a plan has to use.
    pub(super) fn forced(&self) -> u64 {
        match self.aim {
            Aim::Against { forced, .. } | Aim::Any(forced) => forced,
            Aim::Best | Aim::Ties(_) => 0,
        }
    }

    /// Takes a plan that keeps every rule, if it is of use. `units` fills it in.
    pub(super) fn offer(&mut self, levels: Levels, units: impl FnOnce() -> Vec<u32>) {
        if self.hopeless(&levels) {
            return;
        }
        let units = units();
        if let Aim::Ties(target) = self.aim {
            let later = self.best.as_ref().is_some_and(|(_, best)| !comes_before(&units, best));
            if levels != target || later {
                return;
            }
        }
        if let Aim::Against { optimum, .. } = self.aim {
            self.loss = Some(loss(&levels, &optimum));
        }
        self.best = Some((levels, units));
        self.aimed = false;
    }

    /// Looks at a node; `fresh` when its chosen set has not been packed yet.
    pub(super) fn visit(&mut self, chosen: u64, mut open: u64, fresh: bool) {
        if self.steps >= self.limit {
            return;
        }
        self.steps += LOOK;
        self.untuned += 1;
        let field = self.field;
        let used = chosen.count_ones() as usize;
        if used > self.most_used {
            return;
        }
        if used == self.most_used {
            open = 0;
        }
        let smallest = field.problem.min_part_value;
        if smallest > 0 {
            let too_small = |place: &usize| field.places[*place].potential < smallest;
            if used > 1 && members(chosen).any(|place| too_small(&place)) {
                return;
            }
            if used > 0 {
                if members(chosen).any(|place| too_small(&place)) {
                    open = 0;
                }
                open &= !members(open).filter(too_small).fold(0, |set, place| set | 1 << place);
            }
        }
        let mut estimate = self.estimates.pop().unwrap_or_default();
        self.expand(chosen, open, fresh, &mut estimate);
        self.estimates.push(estimate);
    }

    fn expand(&mut self, chosen: u64, mut open: u64, fresh: bool, estimate: &mut Estimate) {
        if !self.narrow(chosen, &mut open, estimate) {
            return;
        }
        if fresh && (open == 0 || (self.standing(0, estimate.now) != Standing::Lost && estimate.look(self, chosen, 0)))
        {
            self.pack(chosen);
        }
        if open == 0 || (fresh && !self.narrow(chosen, &mut open, estimate)) || estimate.room == 0 {
            return;
        }
        if estimate.forced != 0 {
            let more = chosen | estimate.forced;
            if estimate.forced.count_ones() as usize <= estimate.room {
                self.visit(more, open & !more, true);
            }
            return;
        }
        self.branch(chosen, open, estimate);
    }

    /// Looks at a node without the open places that are of no use. False when nothing in it is.
    fn narrow(&self, chosen: u64, open: &mut u64, estimate: &mut Estimate) -> bool {
        loop {
            if !estimate.look(self, chosen, *open) {
                return false;
            }
            if estimate.useless & *open == 0 {
                return true;
            }
            *open &= !estimate.useless;
        }
    }

    /// What is known of a level when all before it are equal.
    pub(super) fn known(&self, level: usize) -> Option<i64> {
        match &self.aim {
            Aim::Best => self.best.as_ref().map(|(best, _)| best[level]).filter(|known| *known < i64::MAX),
            Aim::Ties(target) => Some(target[level]),
            Aim::Against { optimum, .. } => {
                let by = self.loss.filter(|(at, _)| *at == level).map_or(0, |(_, by)| by);
                Some(optimum[level].saturating_add(by))
            }
            Aim::Any(_) => None,
        }
    }

    /// Chooses one more place, each in turn; a place that was chosen is left out after that.
    fn branch(&mut self, chosen: u64, mut open: u64, estimate: &mut Estimate) {
        let field = self.field;
        // Of the node as it is now: what is left of it later may be another matter.
        let tight = estimate.tight;
        let demanding = (0..field.rows.len())
            .filter(|row| estimate.left[*row] > 0)
            .min_by_key(|row| (estimate.allowed[*row] & open).count_ones());
        let mut candidates = demanding.map_or(open, |row| estimate.allowed[row] & open);
        if estimate.room == 1 {
            // The last one has to cover all that is not covered.
            for row in (0..field.rows.len()).filter(|row| tight && estimate.left[*row] > 0) {
                candidates = field.with_units(row, candidates & estimate.allowed[row], estimate.left[row]);
            }
        }
        let mut order: Vec<(i64, i64, usize)> = members(candidates)
            .map(|place| {
                let column = field.column(place);
                let mut covered = 0_i64;
                for (row, left) in estimate.left[..field.rows.len()].iter().enumerate() {
                    let here = u64::from(column[row]);
                    if *left > 0 && here > 0 {
                        covered += if here >= *left { 1000 } else { 1 };
                    }
                }
                (-covered, field.places[place].opening, place)
            })
            .collect();
        order.sort_unstable();
        for (.., place) in order {
            if self.untuned >= TUNE_AFTER && estimate.room > 1 {
                self.untuned = 0;
                self.tune(chosen, open, estimate);
                if !self.narrow(chosen, &mut open, estimate) {
                    return;
                }
            }
            if open >> place & 1 == 0 {
                continue;
            }
            open &= !(1 << place);
            self.visit(chosen | 1 << place, if estimate.room == 1 { 0 } else { open }, true);
        }
        // None of them: only of use when the row may stay uncovered after all.
        if demanding.is_some() && !tight {
            self.visit(chosen, open & !candidates, false);
        }
    }

    /// Tunes the worths that matter at a node.
    fn tune(&mut self, chosen: u64, open: u64, estimate: &Estimate) {
        let Some((level, charge)) = estimate.decisive else { return };
        let Some(known) = self.known(level) else { return };
        let view = estimate.view(self.field, charge, chosen, open);
        // One more than what is known is enough for the node to be of no use.
        let goal = known.saturating_add(1).saturating_mul(MONEY_SCALE);
        match charge {
            Charge::Places => self.worths.in_places.tune(&view, goal),
            Charge::Money => self.worths.in_money.tune(&view, goal),
        }
    }

    /// Packs a set if that is quickly done. Otherwise it waits until better plans are known: mostly they spare it.
    fn pack(&mut self, chosen: u64) {
        let mut packing = std::mem::take(&mut self.packing);
        if !packing.pack(self, chosen, Effort::Little) {
            self.unpacked.push(chosen);
        }
        self.packing = packing;
    }

    /// Packs the sets that had to wait and may still be of use, the smaller ones first.
    pub(super) fn pack_hard_ones(&mut self) {
        let mut waiting = std::mem::take(&mut self.unpacked);
        waiting.sort_by_key(|set| set.count_ones());
        for chosen in waiting {
            let mut estimate = self.estimates.pop().unwrap_or_default();
            let of_use = estimate.look(self, chosen, 0);
            self.estimates.push(estimate);
            if !of_use {
                continue;
            }
            if self.steps >= self.limit {
                self.unpacked.push(chosen);
                continue;
            }
            let mut packing = std::mem::take(&mut self.packing);
            let packed = packing.pack(self, chosen, Effort::Much);
            self.packing = packing;
            if !packed {
                self.untangle(chosen);
            }
        }
    }

    /// Packs a set by the general search: there are too many ways to try them one after another.
    fn untangle(&mut self, chosen: u64) {
        let problem = self.field.problem;
        let goal = match self.aim {
            Aim::Best => Goal::Best,
            Aim::Against { optimum, .. } => Goal::Against(optimum),
            Aim::Any(_) => Goal::Reach([i64::MAX; DEPTH]),
            Aim::Ties(_) => return self.unpacked.push(chosen),
        };
        let mut node = Node::root(problem);
        node.roles.fill(Role::Out);
        for place in members(chosen) {
            node.roles[self.field.places[place].warehouse] = Role::In;
        }
        let known = self.best.clone().filter(|_| !self.aimed);
        let found = search_from(problem, self.measures, node, goal, known, MOST_NODES);
        self.steps += found.steps * NODE;
        if found.open_bound.is_some() {
            self.unpacked.push(chosen);
        }
        // The plan it began with, or a better one, or with nothing to begin with one of no use.
        if let Some((levels, units)) = found.best {
            self.offer(levels, || units);
        }
    }
}

/// The level at which scores are worse than the optimum, and by how much.
fn loss(levels: &Levels, optimum: &Levels) -> (usize, i64) {
    let level = (0..DEPTH).find(|level| levels[*level] != optimum[*level]);
    level.map_or((DEPTH, 0), |level| (level, levels[level].saturating_sub(optimum[level])))
}

/// Whether one list of (line, warehouse, quantity) comes before another, both as units by cell.
fn comes_before(units: &[u32], other: &[u32]) -> bool {
    let Some(cell) = (0..units.len()).find(|cell| units[*cell] != other[*cell]) else { return false };
    // A list that ends here is a beginning of the other one, and comes first.
    let goes_on = |list: &[u32]| list[cell..].iter().any(|count| *count > 0);
    match (units[cell], other[cell]) {
        (0, _) => !goes_on(units),
        (_, 0) => goes_on(other),
        (mine, theirs) => mine < theirs,
    }
}
