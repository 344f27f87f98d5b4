//! The units inside a set of chosen places: which place ships how many of each line. Exact.
//!
//! Where lines do not compete for stock or capacity, a best plan that uses the whole set ships as much of each line as
//! the set has, so only lines that several places have leave a choice. Where they compete, every line is one.

use super::bound::in_minor_units;
use super::choice::{Aim, Choice, Standing};
use super::field::{Field, members};
use super::levels::{DEPTH, Measure};
use super::output::Objective;
use super::tariff::Priced;

/// Beyond so many choices or steps the general search takes over.
const MOST_CELLS: usize = 256;
const MOST_STEPS: u64 = 100_000;

/// Steps without a choice of parcels; then with one, in all and for each choice.
const FIRST_STEPS: u64 = 3_000;
const CHOICE_STEPS: u64 = 20_000;
const MOST_CHOICES: usize = 40_000;

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
#[derive(Debug, Clone, Copy)]
struct Rest {
    short: i64,
    late: i64,
    /// Unit handling, in minor units.
    handling: i64,
    /// Unit prices, scaled.
    price: i64,
    weight: u64,
    /// Units, and the least value of a short one, `i64::MAX` when there are none.
    units: u64,
    cheapest: i64,
    /// What they can add to the values of all parts together.
    value: i64,
}

impl Rest {
    const NONE: Self =
        Self { short: 0, late: 0, handling: 0, price: 0, weight: 0, units: 0, cheapest: i64::MAX, value: 0 };
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
    steps: u64,
    limit: u64,
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
            let by_value = field.problem.min_part_value > 0;
            self.loose.sort_by_key(|loose| {
                let row = &field.rows[loose.row];
                let value = if by_value { signed(loose.units) * row.part_value } else { 0 };
                (std::cmp::Reverse((value, row.weight * loose.units)), loose.row)
            });
        }
        self.sum_rest(field);
        let by_parcels = choice.measures.position(Measure::Cost).is_some();
        self.limit = if by_parcels { FIRST_STEPS } else { MOST_STEPS };
        self.fill(choice, 0);
        let mut sure = self.steps < self.limit;
        if !sure && by_parcels {
            sure = self.choose_parcels(choice);
        }
        choice.steps += self.steps;
        sure
    }

    /// Chooses each place's parcels first, cheap choices before dear ones, and fills them then. Where parcels are what
    /// matters, few choices have to be looked at. False when it took too long to be sure.
    fn choose_parcels(&mut self, choice: &mut Choice<'_>) -> bool {
        let field = choice.field;
        let weight: u64 = self.weight.iter().sum::<u64>() + if self.tied { 0 } else { self.rest[0].weight };
        let menu = Menu::new(self, field);
        let Some(cheapest) = menu.least(0, weight) else { return false };
        let (mut above, mut up_to) = (-1, cheapest);
        let last = self.steps + MOST_STEPS;
        let mut sure = true;
        if let Some(price) = self.price_of_ties(choice) {
            (above, up_to) = (price - 1, price);
        }
        loop {
            // Whatever carries everything at such a price.
            self.parcels = Some((vec![u64::MAX; field.places.len()], above + 1));
            self.limit = last;
            if self.hopeless(choice, 0, None) {
                break;
            }
            let Some(choices) = menu.between(weight, above, up_to) else {
                sure = false;
                break;
            };
            for (price, parcels) in choices {
                self.parcels = Some((parcels, price));
                self.done = false;
                self.limit = (self.steps + CHOICE_STEPS).min(last);
                self.fill(choice, 0);
                sure &= self.steps < self.limit;
            }
            if self.steps >= last || up_to >= menu.dearest() {
                sure &= self.steps < last;
                break;
            }
            (above, up_to) = (up_to, up_to + (up_to / 64).max(1));
            if matches!(choice.aim, Aim::Ties(_)) && self.price_of_ties(choice).is_some() {
                break;
            }
        }
        self.parcels = None;
        sure
    }

    /// What the parcels of a plan that scores the target cost, where nothing else about its cost is open.
    fn price_of_ties(&self, choice: &Choice<'_>) -> Option<i64> {
        let Aim::Ties(target) = choice.aim else { return None };
        let level = choice.measures.position(Measure::Cost)?;
        let mut handling = members(self.chosen).map(|place| choice.field.places[place].unit_handling);
        let first = handling.next()?;
        (!self.tied && handling.all(|other| other == first))
            .then(|| target[level] - self.handling - self.rest[0].handling)
    }

    fn begin(&mut self, field: &Field<'_>, chosen: u64) {
        let width = field.places.len();
        self.chosen = chosen;
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

    fn sum_rest(&mut self, field: &Field<'_>) {
        self.rest.clear();
        self.rest.resize(self.loose.len() + 1, Rest::NONE);
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
                units: loose.units + after.units,
                cheapest: field.rows[loose.row].short_value.min(after.cheapest),
                value: field.rows[loose.row].part_value * signed(loose.units) + after.value,
            };
        }
        self.hope.clear();
        let width = field.places.len();
        if field.problem.min_part_value > 0 {
            self.hope.resize((self.loose.len() + 1) * width, 0);
            for index in (0..self.loose.len()).rev() {
                let Loose { row, begin, end, .. } = self.loose[index];
                self.hope.copy_within((index + 1) * width..(index + 2) * width, index * width);
                for place in &self.options[begin..end] {
                    self.hope[index * width + place] += field.rows[row].part_value * signed(field.at(row, *place));
                }
            }
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
            return Rest::NONE;
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
        Rest { late: late * units, handling: handling * units, price: price * units, weight, ..Rest::NONE }
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
        self.weight[place] -= line.weight * units;
        self.value[place] -= line.part_value * count;
        self.late -= facts.late * count;
        self.handling -= facts.unit_handling * count;
        self.price -= field.unit_price(row, place) * count;
    }

    /// Whether nothing of use comes of what has been put, with so many units of the line before `next` to come.
    fn hopeless(&self, choice: &Choice<'_>, next: usize, open: Option<(&Loose, usize, u64)>) -> bool {
        let field = choice.field;
        let mut rest = self.rest[next];
        let crowded = self.crowded_out(&rest, open);
        if crowded > 0 {
            // Which of them ship is open, so the levels after the first can count on none.
            rest = Rest { short: rest.short, ..Rest::NONE };
        }
        let here = open.map_or(Rest::NONE, |(loose, from, units)| self.of_units(field, loose, from, units));
        if open.is_none() && self.too_small(field, next) {
            return true;
        }
        if let Some((parcels, _)) = &self.parcels
            && !self.tied
        {
            let free =
                members(self.chosen).fold(0_u64, |sum, place| sum.saturating_add(parcels[place] - self.weight[place]));
            if free < here.weight + rest.weight {
                return true;
            }
        }
        // Level by level: the later ones cost more to work out than the first mostly takes.
        for level in 0..DEPTH {
            let bound = match choice.measures.at(level) {
                None => break,
                Some(Measure::Short) => self.short + rest.short + crowded,
                Some(Measure::Late) => self.late + here.late + rest.late,
                Some(Measure::Warehouses) => i64::from(self.chosen.count_ones()),
                Some(Measure::Cost) => {
                    let mut whole = self.handling + here.handling + rest.handling;
                    let coming = here.weight + rest.weight;
                    if let Some((_, price)) = &self.parcels {
                        whole += price;
                    } else {
                        whole += self.carriage(field, coming);
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

    /// What parcels cost at least for what is put, with so many grams still to come.
    fn carriage(&self, field: &Field<'_>, coming: u64) -> i64 {
        let (mut price, mut free, mut rise, mut slope) = (0, 0_u64, i64::MAX, i64::MAX);
        for place in members(self.chosen) {
            let step = field.places[place].prices.step(self.weight[place]);
            price += step.price;
            free = free.saturating_add(step.carries - self.weight[place]);
            if step.rise > 0 {
                rise = rise.min(step.rise);
                slope = slope.min(step.slope);
            }
        }
        // What does not fit the parcels there are takes more of them.
        match coming.checked_sub(free) {
            Some(beyond) if beyond > 0 && rise < i64::MAX => {
                price + rise.max(in_minor_units(slope.saturating_mul(signed(beyond))))
            }
            _ => price,
        }
    }

    /// Whether some part can no longer become worth enough. A plan without that part is a plan of another set.
    fn too_small(&self, field: &Field<'_>, next: usize) -> bool {
        let least = field.problem.min_part_value;
        if least == 0 || self.chosen.count_ones() < 2 {
            return false;
        }
        let hope = &self.hope[next * field.places.len()..];
        let mut missing = 0;
        for place in members(self.chosen) {
            let value = self.value[place];
            if value + hope[place] < least {
                return true;
            }
            missing += (least - value).max(0);
        }
        missing > self.rest[next].value
    }

    /// Short value of the units still to come for which no place has room.
    fn crowded_out(&self, rest: &Rest, open: Option<(&Loose, usize, u64)>) -> i64 {
        if !self.tied || rest.units == 0 || open.is_some() {
            return 0;
        }
        let room = members(self.chosen).fold(0_u64, |sum, place| sum.saturating_add(self.room[place]));
        signed(rest.units.saturating_sub(room)).saturating_mul(rest.cheapest)
    }

    /// Decides one loose line after another.
    fn fill(&mut self, choice: &mut Choice<'_>, index: usize) {
        self.steps += 1;
        if self.done || self.steps >= self.limit || self.hopeless(choice, index, None) {
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

/// The parcels that each place of a set could use, to choose from by price.
struct Menu<'f> {
    steps: Vec<(usize, &'f [Priced])>,
    /// For the places from each one on: (grams, price) of their cheapest choices together, both rising.
    rest: Vec<Vec<(u64, i64)>>,
    width: usize,
}

impl<'f> Menu<'f> {
    fn new(packing: &Packing, field: &'f Field<'_>) -> Self {
        let steps: Vec<(usize, &[Priced])> = members(packing.chosen)
            .map(|place| {
                let loose = packing.loose.iter().map(|loose| field.at(loose.row, place) * field.rows[loose.row].weight);
                let least = packing.weight[place];
                (place, field.places[place].prices.between(least, least + loose.sum::<u64>()))
            })
            .collect();
        let mut rest: Vec<Vec<(u64, i64)>> = vec![vec![(0, 0)]; steps.len() + 1];
        for index in (0..steps.len()).rev() {
            let mut sums: Vec<(i64, std::cmp::Reverse<u64>)> = Vec::new();
            for step in steps[index].1 {
                let after = rest[index + 1].iter();
                sums.extend(after.map(|(carries, price)| {
                    (price + step.price, std::cmp::Reverse(carries.saturating_add(step.carries)))
                }));
            }
            sums.sort_unstable();
            let mut kept: Vec<(u64, i64)> = Vec::new();
            for (price, std::cmp::Reverse(carries)) in sums {
                if kept.last().is_none_or(|(most, _)| carries > *most) {
                    kept.push((carries, price));
                }
            }
            rest[index] = kept;
        }
        Self { steps, rest, width: field.places.len() }
    }

    /// The least price at which the places from one on carry so much.
    fn least(&self, from: usize, weight: u64) -> Option<i64> {
        let at = self.rest[from].partition_point(|(carries, _)| *carries < weight);
        self.rest[from].get(at).map(|(_, price)| *price)
    }

    fn dearest(&self) -> i64 {
        self.steps.iter().filter_map(|(_, steps)| steps.last()).map(|step| step.price).sum()
    }

    /// The choices that carry a weight at a price above one and up to another, cheapest first; `None` when they are too
    /// many.
    fn between(&self, weight: u64, above: i64, up_to: i64) -> Option<Vec<(i64, Vec<u64>)>> {
        let mut found = Vec::new();
        let mut open = vec![(0_usize, 0_i64, 0_u64, vec![0_u64; self.width])];
        let mut looks = 0;
        while let Some((index, price, carried, parcels)) = open.pop() {
            looks += 1;
            if looks > MOST_CHOICES {
                return None;
            }
            let Some((place, steps)) = self.steps.get(index) else {
                if price > above {
                    found.push((price, parcels));
                }
                continue;
            };
            for step in *steps {
                let (price, carried) = (price + step.price, carried.saturating_add(step.carries));
                let rest = self.least(index + 1, weight.saturating_sub(carried));
                if rest.is_some_and(|rest| price + rest <= up_to) {
                    let mut longer = parcels.clone();
                    longer[*place] = step.carries;
                    open.push((index + 1, price, carried, longer));
                }
            }
        }
        found.sort_unstable();
        Some(found)
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
