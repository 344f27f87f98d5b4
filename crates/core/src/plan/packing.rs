//! The units inside a set of chosen places: which place ships how many of each line. Exact.
//!
//! Only for sets in which lines do not compete for stock or capacity. There a best plan that uses the whole set ships
//! as much of each line as the set has, so only lines that several places have leave a choice.

use super::bound::in_minor_units;
use super::choice::{Aim, Choice, Standing};
use super::field::{Field, members};
use super::levels::{DEPTH, Measure};
use super::output::Objective;

/// Beyond so many choices or steps the general search takes over.
const MOST_CELLS: usize = 256;
const MOST_STEPS: u64 = 20_000;

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

/// Least amounts of the loose lines from one on.
#[derive(Debug, Clone, Copy, Default)]
struct Rest {
    short: i64,
    late: i64,
    /// Unit handling, in minor units.
    handling: i64,
    /// Unit prices, scaled.
    price: i64,
    weight: u64,
}

/// What has been put where so far. Kept from set to set for its buffers.
#[derive(Debug, Default)]
pub(super) struct Packing {
    chosen: u64,
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
    steps: u64,
    done: bool,
}

impl Packing {
    /// Offers the best plan of a set to the search. False when it takes too long to be sure of it.
    pub(super) fn pack(&mut self, choice: &mut Choice<'_>, chosen: u64) -> bool {
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
            self.loose.sort_by_key(|loose| {
                let weight = field.rows[loose.row].weight * loose.units;
                (std::cmp::Reverse(weight), loose.row)
            });
        }
        self.sum_rest(field);
        self.fill(choice, 0);
        choice.steps += self.steps;
        self.steps < MOST_STEPS
    }

    fn begin(&mut self, field: &Field<'_>, chosen: u64) {
        let width = field.places.len();
        self.chosen = chosen;
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
    }

    /// Puts a line where it has to go, or notes it as loose.
    fn sort_in(&mut self, field: &Field<'_>, number: usize, lists: bool) {
        let row = &field.rows[number];
        let carriers = row.carriers & self.chosen;
        let available: u64 = members(carriers).map(|place| field.at(number, place)).sum();
        if carriers.count_ones() < 2 || (!row.single && available <= row.quantity) {
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
            row.quantity
        };
        self.loose.push(Loose { row: number, units, begin, end: self.options.len() });
    }

    fn sum_rest(&mut self, field: &Field<'_>) {
        self.rest.clear();
        self.rest.resize(self.loose.len() + 1, Rest::default());
        for index in (0..self.loose.len()).rev() {
            let loose = self.loose[index];
            let mut least = self.of_units(field, &loose, loose.begin, loose.units);
            least.short = field.rows[loose.row].short_value * signed(field.rows[loose.row].quantity - loose.units);
            if field.rows[loose.row].single {
                // A source with fewer units saves late hours and money on those it does not ship.
                let fewest = self.options[loose.begin..loose.end].iter().map(|place| field.at(loose.row, *place)).min();
                let short = least.short;
                least = self.of_units(field, &loose, loose.begin, fewest.unwrap_or(0));
                least.short = short;
            } else if let Some(sooner) = self.soonest(field, &loose) {
                least.late = sooner;
            }
            let after = self.rest[index + 1];
            self.rest[index] = Rest {
                short: least.short + after.short,
                late: least.late + after.late,
                handling: least.handling + after.handling,
                price: least.price + after.price,
                weight: least.weight + after.weight,
            };
        }
    }

    /// The least lateness of a loose line with the stock there is.
    fn soonest(&self, field: &Field<'_>, loose: &Loose) -> Option<i64> {
        let options = &self.options[loose.begin..loose.end];
        let (mut left, mut sum, mut after) = (loose.units, 0, i64::MIN);
        while left > 0 {
            let late = options.iter().map(|place| field.places[*place].late).filter(|late| *late > after).min()?;
            for place in options.iter().filter(|place| field.places[**place].late == late) {
                let taken = left.min(field.at(loose.row, *place));
                sum += late * signed(taken);
                left -= taken;
            }
            after = late;
        }
        Some(sum)
    }

    /// The least that some units of a loose line cost at its options from one on, as if each had enough.
    fn of_units(&self, field: &Field<'_>, loose: &Loose, from: usize, units: u64) -> Rest {
        if units == 0 {
            return Rest::default();
        }
        let (mut late, mut handling, mut price) = (i64::MAX, i64::MAX, i64::MAX);
        for place in &self.options[from..loose.end] {
            let facts = &field.places[*place];
            late = late.min(facts.late);
            handling = handling.min(facts.unit_handling);
            price = price.min(field.unit_price(loose.row, *place));
        }
        let weight = field.rows[loose.row].weight * units;
        let units = signed(units);
        Rest { short: 0, late: late * units, handling: handling * units, price: price * units, weight }
    }

    fn put(&mut self, field: &Field<'_>, row: usize, place: usize, units: u64) {
        let (facts, line) = (&field.places[place], &field.rows[row]);
        let count = signed(units);
        self.units[place] += units;
        self.weight[place] += line.weight * units;
        self.value[place] += line.part_value * count;
        self.late += facts.late * count;
        self.handling += facts.unit_handling * count;
        self.price += field.unit_price(row, place) * count;
        self.put.push((row, place, units));
    }

    fn take_back(&mut self, field: &Field<'_>) {
        let Some((row, place, units)) = self.put.pop() else { return };
        let (facts, line) = (&field.places[place], &field.rows[row]);
        let count = signed(units);
        self.units[place] -= units;
        self.weight[place] -= line.weight * units;
        self.value[place] -= line.part_value * count;
        self.late -= facts.late * count;
        self.handling -= facts.unit_handling * count;
        self.price -= field.unit_price(row, place) * count;
    }

    /// Whether nothing of use comes of what has been put, with so many units of the line before `next` to come.
    fn hopeless(&self, choice: &Choice<'_>, next: usize, open: Option<(&Loose, usize, u64)>) -> bool {
        let field = choice.field;
        let rest = self.rest[next];
        let here = open.map_or_else(Rest::default, |(loose, from, units)| self.of_units(field, loose, from, units));
        // Level by level: the later ones cost more to work out than the first mostly takes.
        for level in 0..DEPTH {
            let bound = match choice.measures.at(level) {
                None => break,
                Some(Measure::Short) => self.short + rest.short,
                Some(Measure::Late) => self.late + here.late + rest.late,
                Some(Measure::Warehouses) => i64::from(self.chosen.count_ones()),
                Some(Measure::Cost) => {
                    let mut whole = self.handling + here.handling + rest.handling;
                    let (mut free, mut rise, mut slope) = (0_u64, i64::MAX, i64::MAX);
                    for place in members(self.chosen) {
                        let step = field.places[place].prices.step(self.weight[place]);
                        whole += step.price;
                        free = free.saturating_add(step.carries - self.weight[place]);
                        if step.rise > 0 {
                            rise = rise.min(step.rise);
                            slope = slope.min(step.slope);
                        }
                    }
                    // What is still to come and does not fit the parcels there are takes more of them.
                    if let Some(beyond) = (here.weight + rest.weight).checked_sub(free).filter(|beyond| *beyond > 0)
                        && rise < i64::MAX
                    {
                        whole += rise.max(in_minor_units(slope.saturating_mul(signed(beyond))));
                    }
                    whole.max(in_minor_units(self.price + here.price + rest.price))
                }
                Some(Measure::Rank) => members(self.chosen).map(|place| field.places[place].rank).sum(),
            };
            match choice.standing(level, bound) {
                Standing::Open => return false,
                Standing::Lost => return true,
                Standing::Level => {}
            }
        }
        choice.ties_are_useless()
    }

    /// Decides one loose line after another.
    fn fill(&mut self, choice: &mut Choice<'_>, index: usize) {
        self.steps += 1;
        if self.done || self.steps >= MOST_STEPS || self.hopeless(choice, index, None) {
            return;
        }
        let Some(&loose) = self.loose.get(index) else { return self.finish(choice) };
        let field = choice.field;
        let row = &field.rows[loose.row];
        if !row.single {
            return self.split(choice, index, &loose, loose.begin, loose.units);
        }
        let decided = row.group.and_then(|group| self.sources[group]);
        for option in loose.begin..loose.end {
            let place = self.options[option];
            if decided.is_some_and(|source| source != place) {
                continue;
            }
            let units = field.at(loose.row, place);
            let short = row.short_value * signed(row.quantity - units);
            if let Some(group) = row.group {
                self.sources[group] = Some(place);
            }
            self.short += short;
            self.put(field, loose.row, place, units);
            self.fill(choice, index + 1);
            self.take_back(field);
            self.short -= short;
        }
        if let (Some(group), None) = (row.group, decided) {
            self.sources[group] = None;
        }
    }

    /// Splits what is left of a line over its options from one on.
    fn split(&mut self, choice: &mut Choice<'_>, index: usize, loose: &Loose, option: usize, left: u64) {
        let field = choice.field;
        let place = self.options[option];
        let later: u64 = self.options[option + 1..loose.end].iter().map(|place| field.at(loose.row, *place)).sum();
        let (least, most) = (left.saturating_sub(later), left.min(field.at(loose.row, place)));
        let lists = matches!(choice.aim, Aim::Ties(_));
        let mut count = if lists { least.max(1) } else { most };
        loop {
            if self.done || self.steps >= MOST_STEPS {
                return;
            }
            self.steps += 1;
            self.put(field, loose.row, place, count);
            if count == left {
                self.fill(choice, index + 1);
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

fn signed(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}
