//! The units inside a set of chosen places: which place ships how many of each line. Exact.
//!
//! Where lines do not compete for stock or capacity, a best plan that uses the whole set ships as much of each line as
//! the set has, so only lines that several places have leave a choice. Where they compete, every line is one.

mod bound;
mod menu;
mod seen;
mod toll;

use super::choice::{Aim, Choice};
use super::field::{Field, members};
use super::levels::Measure;
use super::output::Objective;
use bound::Rest;
use seen::Seen;
use toll::Tolls;

/// Beyond so many choices or steps the general search takes over.
const MOST_CELLS: usize = 256;
const MOST_STEPS: u64 = 2_000_000;

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    Little,
    Much,
}

/// Steps of a little effort.
const LITTLE_STEPS: u64 = 500;

/// Steps before parcels are chosen first.
const FIRST_STEPS: u64 = 20_000;

/// Steps that finding tolls counts for.
const TOLL_STEPS: u64 = 1_000;

/// A line that several of the chosen places have.
#[derive(Debug, Clone, Copy)]
struct Loose {
    row: usize,
    /// Units to ship: all of them, or for a single source the most that one can.
    units: u64,
    /// Where its places are in `options`.
    begin: usize,
    end: usize,
}

/// What has been put where so far. Kept from set to set for its buffers.
#[derive(Debug, Default)]
pub(super) struct Packing {
    chosen: u64,
    /// Whether lines compete in it.
    tied: bool,
    /// Units that each place still takes, and by `place * skus + sku` still has; only kept when tied.
    room: Vec<u64>,
    stock: Vec<u64>,
    /// By `loose * places + place`: what the loose lines from there on can add to a part's value. Only kept when parts
    /// must be worth something.
    hope: Vec<i64>,
    loose: Vec<Loose>,
    /// Places of the loose lines, in the order they are tried.
    options: Vec<usize>,
    rest: Vec<Rest>,
    /// Where the groups ship from that have been decided.
    sources: Vec<Option<usize>>,
    /// (row, place, units) of everything put somewhere.
    put: Vec<(usize, usize, u64)>,
    /// By place.
    units: Vec<u64>,
    weight: Vec<u64>,
    value: Vec<i64>,
    short: i64,
    late: i64,
    handling: i64,
    price: i64,
    /// The parcels that have been chosen: by place, grams they carry; and what they cost in all.
    parcels: Option<(Vec<u64>, i64)>,
    /// Chosen places that nothing is put at yet.
    unused: u64,
    /// By loose line: the places that it or a later one can ship from. Only kept when places have to be used.
    coming: Vec<u64>,
    /// By `loose * places + place`: late hours that a unit from there adds at least if it is of this line or a later one.
    /// Only kept when places have to be used and differ in lateness.
    delays: Vec<i64>,
    /// What a gram is charged at each place; only where a set is hard.
    tolls: Tolls,
    /// States looked at; only where a set is hard.
    seen: Option<Box<Seen>>,
    /// The numbers of a state, for its buffer.
    state: Vec<u64>,
    steps: u64,
    limit: u64,
    done: bool,
}

impl Packing {
    /// Offers the best plan of a set to the search. False when that takes more than the effort allows.
    pub(super) fn pack(&mut self, choice: &mut Choice<'_>, chosen: u64, effort: Effort) -> bool {
        let field = choice.field;
        self.begin(field, chosen);
        let lists = matches!(choice.aim, Aim::Ties(_));
        for number in 0..field.rows.len() {
            self.sort_in(field, number, lists);
        }
        if self.options.len() > MOST_CELLS {
            return false;
        }
        if !lists {
            // What moves the most weight is decided first.
            let by_value = field.problem.min_part_value > 0;
            self.loose.sort_by_key(|loose| {
                let row = &field.rows[loose.row];
                let value = if by_value { signed(loose.units) * row.part_value } else { 0 };
                (std::cmp::Reverse((value, row.weight * loose.units)), loose.row)
            });
        }
        self.sum_rest(field);
        self.sum_coming(field, choice.forced() & chosen);
        let priced = members(chosen).any(|place| !field.places[place].prices.is_free());
        let by_parcels = priced && choice.measures.position(Measure::Cost).is_some();
        self.limit = match effort {
            Effort::Little => LITTLE_STEPS,
            Effort::Much if by_parcels => FIRST_STEPS,
            Effort::Much => MOST_STEPS,
        };
        if effort == Effort::Much {
            self.prepare(choice);
        }
        self.fill(choice, 0);
        let mut sure = self.steps < self.limit;
        if !sure && by_parcels && effort == Effort::Much {
            sure = self.choose_parcels(choice);
        }
        self.seen = None;
        choice.steps += self.steps;
        sure
    }

    /// What makes a hard set easier: tolls, and remembering what has been looked at.
    fn prepare(&mut self, choice: &Choice<'_>) {
        let field = choice.field;
        let mut seen = self.seen.take().unwrap_or_default();
        self.write_state(field, 0);
        seen.begin(self.state.len());
        self.seen = Some(seen);
        let Some(cost) = choice.measures.position(Measure::Cost) else { return };
        let soonest = choice.measures.position(Measure::Late).is_some_and(|late| late < cost);
        self.find_tolls(field, soonest, choice.known(cost));
        self.steps += TOLL_STEPS;
    }

    fn begin(&mut self, field: &Field<'_>, chosen: u64) {
        let width = field.places.len();
        self.chosen = chosen;
        self.unused = chosen;
        self.parcels = None;
        self.tied = chosen & field.tied != 0;
        if self.tied {
            let problem = field.problem;
            self.room.clear();
            self.room.extend(field.places.iter().map(|place| problem.warehouses[place.warehouse].capacity));
            self.stock.clear();
            for place in &field.places {
                let skus = 0..problem.skus;
                self.stock.extend(skus.map(|sku| u64::from(problem.available(place.warehouse, sku))));
            }
        }
        self.loose.clear();
        self.options.clear();
        self.put.clear();
        self.sources.clear();
        self.sources.resize(field.problem.groups.len(), None);
        self.units.clear();
        self.units.resize(width, 0);
        self.weight.clear();
        self.weight.resize(width, 0);
        self.value.clear();
        self.value.resize(width, 0);
        self.short = 0;
        self.late = 0;
        self.handling = members(chosen).map(|place| field.places[place].handling).sum();
        self.price = members(chosen).map(|place| field.places[place].opening).sum();
        self.steps = 0;
        self.done = false;
        self.tolls.known = false;
        self.seen = None;
    }

    /// Puts a line where it has to go, or notes it as loose.
    fn sort_in(&mut self, field: &Field<'_>, number: usize, lists: bool) {
        let row = &field.rows[number];
        let carriers = row.carriers & self.chosen;
        let available: u64 = members(carriers).map(|place| field.at(number, place)).sum();
        if carriers == 0 || (!self.tied && (carriers.count_ones() < 2 || (!row.single && available <= row.quantity))) {
            for place in members(carriers) {
                self.put(field, number, place, field.at(number, place));
            }
            let shipped = available.min(row.quantity);
            self.short += row.short_value * signed(row.quantity - shipped);
            return;
        }
        let begin = self.options.len();
        if lists {
            self.options.extend(members(carriers));
        } else if row.single {
            self.options.extend(field.by_price(number).filter(|place| carriers >> place & 1 == 1));
            self.options[begin..].sort_by_key(|place| std::cmp::Reverse(field.at(number, *place)));
        } else {
            // Late hours and money both matter; which of them first is the levels' business, so this is only a guess.
            self.options.extend(field.by_price(number).filter(|place| carriers >> place & 1 == 1));
            self.options[begin..].sort_by_key(|place| field.places[*place].late);
        }
        let units = if row.single {
            members(carriers).map(|place| field.at(number, place)).max().unwrap_or(0)
        } else {
            row.quantity.min(available)
        };
        self.loose.push(Loose { row: number, units, begin, end: self.options.len() });
    }

    fn put(&mut self, field: &Field<'_>, row: usize, place: usize, units: u64) {
        let (facts, line) = (&field.places[place], &field.rows[row]);
        let count = signed(units);
        self.units[place] += units;
        if units > 0 {
            self.unused &= !(1 << place);
        }
        self.weight[place] += line.weight * units;
        self.value[place] += line.part_value * count;
        self.late += facts.late * count;
        self.handling += facts.unit_handling * count;
        self.price += field.unit_price(row, place) * count;
        self.put.push((row, place, units));
        if self.tied {
            self.room[place] -= units;
            self.stock[stock_of(field, row, place)] -= units;
        }
    }

    /// Units of a row that a place can still take.
    fn limit(&self, field: &Field<'_>, row: usize, place: usize) -> u64 {
        let mut most = field.at(row, place);
        if self.tied {
            most = most.min(self.room[place]).min(self.stock[stock_of(field, row, place)]);
        }
        if let Some((parcels, _)) = &self.parcels {
            let free = (parcels[place] - self.weight[place]).checked_div(field.rows[row].weight);
            most = most.min(free.unwrap_or(most));
        }
        most
    }

    fn take_back(&mut self, field: &Field<'_>) {
        let Some((row, place, units)) = self.put.pop() else { return };
        let (facts, line) = (&field.places[place], &field.rows[row]);
        let count = signed(units);
        if self.tied {
            self.room[place] += units;
            self.stock[stock_of(field, row, place)] += units;
        }
        self.units[place] -= units;
        if self.units[place] == 0 {
            self.unused |= 1 << place;
        }
        self.weight[place] -= line.weight * units;
        self.value[place] -= line.part_value * count;
        self.late -= facts.late * count;
        self.handling -= facts.unit_handling * count;
        self.price -= field.unit_price(row, place) * count;
    }

    /// Decides one loose line after another.
    fn fill(&mut self, choice: &mut Choice<'_>, index: usize) {
        self.steps += 1;
        if self.done
            || self.steps >= self.limit
            || self.hopeless(choice, index, None)
            || self.been_here(choice.field, index)
        {
            return;
        }
        let Some(&loose) = self.loose.get(index) else { return self.finish(choice) };
        let field = choice.field;
        let row = &field.rows[loose.row];
        if !row.single {
            return self.split(choice, index, &loose, loose.begin, loose.units);
        }
        let decided = row.group.and_then(|group| self.sources[group]);
        let lists = matches!(choice.aim, Aim::Ties(_));
        for option in loose.begin..loose.end {
            let place = self.options[option];
            if decided.is_some_and(|source| source != place) {
                continue;
            }
            let most = self.limit(field, loose.row, place);
            if row.group.is_some() {
                // Whole or not at all.
                if most < row.quantity {
                    continue;
                }
                self.source(choice, index, place, most);
            } else if !self.tied {
                // All it has, or it is not the source.
                if most == field.at(loose.row, place) {
                    self.source(choice, index, place, most);
                }
            } else if lists {
                (1..=most).for_each(|units| self.source(choice, index, place, units));
            } else {
                (1..=most).rev().for_each(|units| self.source(choice, index, place, units));
            }
        }
        if self.tied && decided.is_none_or(|source| source == NOWHERE) {
            self.source(choice, index, NOWHERE, 0);
        }
        if let (Some(group), None) = (row.group, decided) {
            self.sources[group] = None;
        }
    }

    /// Ships so many units of a single-source line from a place, or none from nowhere.
    fn source(&mut self, choice: &mut Choice<'_>, index: usize, place: usize, units: u64) {
        if self.done || self.steps >= self.limit {
            return;
        }
        let field = choice.field;
        let number = self.loose[index].row;
        let row = &field.rows[number];
        let short = row.short_value * signed(row.quantity - units);
        if let Some(group) = row.group {
            self.sources[group] = Some(place);
        }
        self.short += short;
        if units > 0 {
            self.put(field, number, place, units);
        }
        self.fill(choice, index + 1);
        if units > 0 {
            self.take_back(field);
        }
        self.short -= short;
    }

    /// Splits what is left of a line over its options from one on.
    fn split(&mut self, choice: &mut Choice<'_>, index: usize, loose: &Loose, option: usize, left: u64) {
        let field = choice.field;
        let row = &field.rows[loose.row];
        let place = self.options[option];
        let most = left.min(self.limit(field, loose.row, place));
        // When lines compete, less than everything may ship.
        let later = || self.options[option + 1..loose.end].iter().map(|place| field.at(loose.row, *place)).sum();
        let least = if self.tied { 0 } else { left.saturating_sub(later()) };
        let last = option + 1 == loose.end;
        if most < least {
            return;
        }
        let lists = matches!(choice.aim, Aim::Ties(_));
        let mut count = if lists { least.max(1).min(most) } else { most };
        loop {
            if self.done || self.steps >= self.limit {
                return;
            }
            self.steps += 1;
            self.put(field, loose.row, place, count);
            if count == left || last {
                let short = row.short_value * signed(row.quantity - loose.units + left - count);
                self.short += short;
                self.fill(choice, index + 1);
                self.short -= short;
            } else if !self.hopeless(choice, index + 1, Some((loose, option + 1, left - count))) {
                self.split(choice, index, loose, option + 1, left - count);
            }
            self.take_back(field);
            // Lists: few before many, but none last. Otherwise: many before few.
            count = match count {
                0 if lists => return,
                _ if lists && count < most => count + 1,
                _ if lists && least == 0 => 0,
                _ if lists || count == least => return,
                _ => count - 1,
            };
        }
    }

    /// Everything is put: offers it, if it keeps the rules that concern the whole.
    fn finish(&mut self, choice: &mut Choice<'_>) {
        let field = choice.field;
        let problem = field.problem;
        let mut objective = Objective { short_value: self.short, late: self.late, ..Objective::default() };
        let (mut used, mut smallest) = (0_u64, i64::MAX);
        for place in members(self.chosen).filter(|place| self.units[*place] > 0) {
            let facts = &field.places[place];
            used |= 1 << place;
            smallest = smallest.min(self.value[place]);
            objective.warehouses += 1;
            objective.cost += facts.handling
                + facts.unit_handling * signed(self.units[place])
                + facts.prices.price(self.weight[place]);
            objective.rank_sum += facts.rank;
        }
        let forced = choice.forced();
        let broken = used & forced != forced
            || (objective.warehouses > 1 && smallest < problem.min_part_value)
            || (problem.ship_complete && used != 0 && self.short > 0);
        if broken {
            return;
        }
        let levels = choice.measures.arrange(&objective);
        self.done = matches!(choice.aim, Aim::Ties(target) if levels == target);
        let put = &self.put;
        choice.offer(levels, || {
            let mut units = vec![0_u32; problem.most.len()];
            for &(row, place, count) in put {
                units[problem.cell(row, field.places[place].warehouse)] += u32::try_from(count).unwrap_or(u32::MAX);
            }
            units
        });
    }
}

/// Source of a group that does not ship.
const NOWHERE: usize = usize::MAX;

fn stock_of(field: &Field<'_>, row: usize, place: usize) -> usize {
    place * field.problem.skus + field.problem.lines[row].sku
}

fn signed(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}
