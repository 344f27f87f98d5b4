//! What a set of chosen and open places scores at best, level by level, and where the search should go on.
//!
//! Every level's number holds for plans that are equal to the numbers before it; plans that are worse there are above
//! the bound anyway. A level is only looked at while all before it are equal to what is known.

use super::bound::in_minor_units;
use super::choice::{Choice, Standing};
use super::field::{Field, WIDEST, members};
use super::levels::{DEPTH, Levels, Measure};
use super::worth::{Charge, View};

/// A look at a node. Arrays are by row.
#[derive(Debug)]
pub(super) struct Estimate {
    sums: [u64; WIDEST],
    /// Most units the chosen and open places can ship.
    possible: [u64; WIDEST],
    /// Most units the chosen places can ship.
    covered: [u64; WIDEST],
    /// Units that a plan of use ships at least.
    pub(super) need: [u64; WIDEST],
    /// Units of the need that the chosen places cannot ship.
    pub(super) left: [u64; WIDEST],
    /// Places from which a plan of use ships the row.
    pub(super) allowed: [u64; WIDEST],
    /// Late hours of the last unit of the need; and what using all chosen places adds to the least lateness.
    pub(super) margins: [i64; WIDEST],
    pub(super) extra: i64,
    /// How many more places a plan of use takes at most.
    pub(super) room: usize,
    /// Open places that every plan of use takes.
    pub(super) forced: u64,
    /// Open places that no plan of use takes.
    pub(super) useless: u64,
    /// The level of places or money at which the look came to its end, if it did at one.
    pub(super) decisive: Option<(usize, Charge)>,
    more: usize,
    /// What the levels come to at least, as far as the last look went.
    pub(super) bounds: Levels,
    /// Short value when only the chosen places ship.
    pub(super) now: i64,
    /// Whether the needs are those of every plan of use, not only a guess.
    pub(super) tight: bool,
}

impl Default for Estimate {
    fn default() -> Self {
        Self {
            sums: [0; WIDEST],
            possible: [0; WIDEST],
            covered: [0; WIDEST],
            need: [0; WIDEST],
            left: [0; WIDEST],
            allowed: [0; WIDEST],
            margins: [0; WIDEST],
            extra: 0,
            room: 0,
            forced: 0,
            useless: 0,
            decisive: None,
            more: 0,
            bounds: [0; DEPTH],
            now: 0,
            tight: false,
        }
    }
}

impl Estimate {
    /// Looks at a node. False when nothing in it is of use.
    pub(super) fn look(&mut self, choice: &Choice<'_>, chosen: u64, open: u64) -> bool {
        let field = choice.field;
        let used = chosen.count_ones() as usize;
        self.room = (choice.most_used - used).min(open.count_ones() as usize);
        self.forced = 0;
        self.useless = 0;
        self.decisive = None;
        self.tight = false;
        let short = self.shortage(field, chosen, open);
        self.bounds = [0; DEPTH];
        self.bounds[0] = short;
        if short > 0 && field.problem.ship_complete && chosen != 0 {
            return false;
        }
        let mut fewest = None;
        match choice.standing(0, short) {
            Standing::Lost => return false,
            Standing::Open => {
                self.cover(field, chosen, open);
                return true;
            }
            Standing::Level => self.tight = true,
        }
        for level in 1..DEPTH {
            let bound = match choice.measures.at(level) {
                None | Some(Measure::Short) => break,
                Some(Measure::Late) => self.lateness(field, chosen),
                Some(measure) => {
                    let more = *fewest.get_or_insert_with(|| self.cover(field, chosen, open));
                    if more > self.room {
                        // Not both the needs and the levels before: every plan in here is worse there.
                        return false;
                    }
                    self.more = more;
                    match measure {
                        Measure::Warehouses => {
                            let counted = i64::try_from(used + more).unwrap_or(i64::MAX);
                            self.weigh(choice, level, Charge::Places, counted, chosen, open)
                        }
                        Measure::Cost => {
                            let priced = self.price(field, chosen, if self.room == 0 { 0 } else { open });
                            self.weigh(choice, level, Charge::Money, priced, chosen, open)
                        }
                        Measure::Rank | Measure::Short | Measure::Late => self.ranks(field, chosen, open, more),
                    }
                }
            };
            self.bounds[level] = bound;
            match choice.standing(level, bound) {
                Standing::Lost => return false,
                Standing::Open => {
                    if fewest.is_none() {
                        self.cover(field, chosen, open);
                    }
                    return true;
                }
                Standing::Level => match choice.measures.at(level) {
                    Some(Measure::Late) => self.settle_late(field, open),
                    Some(Measure::Warehouses) => {
                        // As many as the bound says: worths may say more than the covers did.
                        let more = usize::try_from(bound).unwrap_or(used).saturating_sub(used);
                        if more > self.room {
                            return false;
                        }
                        self.room = more;
                        fewest = Some(more);
                    }
                    _ => {}
                },
            }
        }
        if fewest.is_none() {
            self.cover(field, chosen, open);
        }
        !choice.ties_are_useless()
    }

    /// The part of the space that is looked at, for worths.
    pub(super) fn view<'a>(&'a self, field: &'a Field<'a>, charge: Charge, chosen: u64, open: u64) -> View<'a> {
        let rows = field.rows.len();
        let (need, allowed) = (&self.need[..rows], &self.allowed[..rows]);
        View { field, charge, chosen, open, need, allowed, more: self.more, room: self.room }
    }

    /// A bound with worths, where they are known; notes the places that it shows to be of no use, or indispensable.
    fn weigh(&mut self, choice: &Choice<'_>, level: usize, charge: Charge, bound: i64, chosen: u64, open: u64) -> i64 {
        self.decisive = Some((level, charge));
        let worth = match charge {
            Charge::Places => &choice.worths.in_places,
            Charge::Money => &choice.worths.in_money,
        };
        if !worth.known || self.room == 0 || choice.standing(level, bound) == Standing::Lost {
            return bound;
        }
        let weighed = worth.bound(&self.view(choice.field, charge, chosen, open), None);
        let lost = |least: i64| choice.standing(level, in_minor_units(least)) == Standing::Lost;
        let bound = bound.max(in_minor_units(weighed.least));
        let useless = weighed.with_each().filter(|(_, least)| lost(*least)).fold(0, |set, (place, _)| set | 1 << place);
        let needed = weighed.without_each().filter(|(_, least)| least.is_none_or(lost));
        let needed = needed.fold(0, |set, (place, _)| set | 1 << place);
        self.useless |= useless;
        self.forced |= needed;
        bound
    }

    /// Fills what is possible, covered, needed and allowed; the least short value.
    fn shortage(&mut self, field: &Field<'_>, chosen: u64, open: u64) -> i64 {
        let sums = &mut self.sums[..field.rows.len()];
        sums.fill(0);
        for place in members(chosen) {
            for ((units, sum), row) in field.column(place).iter().zip(&mut *sums).zip(&field.rows) {
                *sum = if row.single { (*sum).max(u64::from(*units)) } else { *sum + u64::from(*units) };
            }
        }
        let all = chosen | open;
        let (mut certain, mut now) = (0_i64, 0_i64);
        for (number, row) in field.rows.iter().enumerate() {
            let covered = self.sums[number].min(row.quantity);
            let mut possible = covered;
            if open != 0 && covered < row.quantity {
                possible = 0;
                for place in field.by_units(number).filter(|place| all >> place & 1 == 1) {
                    possible += field.at(number, place);
                    if row.single || possible >= row.quantity {
                        break;
                    }
                }
                possible = possible.min(row.quantity);
            }
            self.covered[number] = covered;
            self.possible[number] = possible;
            self.allowed[number] = row.carriers & all;
            certain += row.short_value * signed(row.quantity - possible);
            now += row.short_value * signed(row.quantity - covered);
        }
        self.now = now;
        let mut short = certain;
        if self.room < open.count_ones() as usize {
            short = short.max(now - self.best_gains(field, open));
        }
        if field.tied & all != 0 {
            short = short.max(certain + self.crowded_out(field, chosen, open));
        }
        let slack = short - certain;
        for (number, row) in field.rows.iter().enumerate() {
            let may_fall_short = u64::try_from(slack / row.short_value).unwrap_or(u64::MAX);
            self.need[number] = self.possible[number].saturating_sub(may_fall_short);
        }
        short
    }

    /// Short value of the units for which the places have no capacity: the least valuable ones.
    fn crowded_out(&self, field: &Field<'_>, chosen: u64, open: u64) -> i64 {
        let open = field.by_capacity.iter().map(|place| usize::from(*place)).filter(|place| open >> place & 1 == 1);
        let room: u64 = members(chosen).chain(open.take(self.room)).map(|place| field.places[place].capacity).sum();
        let possible: u64 = self.possible[..field.rows.len()].iter().sum();
        let mut left = possible.saturating_sub(room);
        let mut short = 0;
        for row in field.by_value.iter().map(|row| usize::from(*row)) {
            if left == 0 {
                break;
            }
            let units = left.min(self.possible[row]);
            short += field.rows[row].short_value * signed(units);
            left -= units;
        }
        short
    }

    /// How many more places it takes at least for the capacity of all the needs.
    fn places_for_all(&self, field: &Field<'_>, chosen: u64, open: u64) -> usize {
        let needed: u64 = self.need[..field.rows.len()].iter().sum();
        let mut room: u64 = members(chosen).map(|place| field.places[place].capacity).sum();
        let mut count = 0;
        for place in field.by_capacity.iter().map(|place| usize::from(*place)).filter(|place| open >> place & 1 == 1) {
            if room >= needed {
                break;
            }
            room += field.places[place].capacity;
            count += 1;
        }
        if room >= needed { count } else { WIDEST + 1 }
    }

    /// The most value that so many more places can add, each counted from where the chosen ones leave off.
    fn best_gains(&self, field: &Field<'_>, open: u64) -> i64 {
        let mut gains: Vec<i64> = members(open)
            .map(|place| {
                let column = field.column(place).iter().zip(&field.rows).enumerate();
                column
                    .map(|(number, (units, row))| {
                        let missing = self.possible[number] - self.covered[number];
                        row.short_value * signed(missing.min(u64::from(*units)))
                    })
                    .sum()
            })
            .collect();
        if self.room < gains.len() {
            gains.select_nth_unstable_by(self.room, |one, other| other.cmp(one));
        }
        gains.iter().take(self.room).sum()
    }

    /// What is left uncovered, and how many more places that takes at least. Rows whose candidates do not overlap add
    /// up. More than the room when it cannot be covered at all.
    fn cover(&mut self, field: &Field<'_>, chosen: u64, open: u64) -> usize {
        let (mut taken, mut packed, mut hardest) = (0_u64, 0, 0);
        let mut demands: [(u32, usize, usize); WIDEST] = [(0, 0, 0); WIDEST];
        let mut open_rows = 0;
        for (number, row) in field.rows.iter().enumerate() {
            let need = self.need[number];
            self.left[number] = 0;
            if need == 0 {
                continue;
            }
            let here = members(chosen & self.allowed[number]).map(|place| field.at(number, place));
            let covered = if row.single { here.filter(|units| *units >= need).max().unwrap_or(0) } else { here.sum() };
            if covered >= need {
                continue;
            }
            let left = need - covered;
            let mut candidates = self.allowed[number] & open;
            if row.single {
                candidates = field.with_units(number, candidates, need);
                self.allowed[number] &= candidates | chosen;
            }
            self.left[number] = left;
            let count = places_for(field, number, candidates, left);
            hardest = hardest.max(count);
            demands[open_rows] = (candidates.count_ones(), number, count);
            open_rows += 1;
        }
        let demands = &mut demands[..open_rows];
        demands.sort_unstable();
        for (_, number, count) in demands.iter() {
            let candidates = self.allowed[*number] & open;
            if candidates & taken == 0 {
                packed += count;
                taken |= candidates;
            }
        }
        let mut least = packed.max(hardest);
        if field.tied & (chosen | open) != 0 {
            least = least.max(self.places_for_all(field, chosen, open));
        }
        if open_rows < 2 || least > self.room { least } else { least.max(self.together(field, open)) }
    }

    /// How many more places it takes at least when each counts for the parts of all rows that it could cover.
    fn together(&self, field: &Field<'_>, open: u64) -> usize {
        const WHOLE: u64 = 1 << 20;
        let mut rows = [(0_usize, 0_u64, 0_u64); WIDEST];
        let mut count = 0;
        for number in (0..field.rows.len()).filter(|number| self.left[*number] > 0) {
            // Rounded up, so that no place counts for too little.
            rows[count] = (number, self.left[number], WHOLE / self.left[number] + 1);
            count += 1;
        }
        let rows = &rows[..count];
        let mut parts = [0_u64; WIDEST];
        let mut places = 0;
        for place in members(open) {
            let column = field.column(place);
            let mut part = 0;
            for &(number, left, each) in rows {
                if self.allowed[number] >> place & 1 == 1 {
                    let units = u64::from(column[number]);
                    part += if units >= left { WHOLE } else { units * each };
                }
            }
            if part > 0 {
                parts[places] = part;
                places += 1;
            }
        }
        let parts = &mut parts[..places];
        parts.sort_unstable_by(|one, other| other.cmp(one));
        let (mut sum, wanted) = (0, WHOLE * count as u64);
        for (index, part) in parts.iter().enumerate() {
            sum += part;
            if sum >= wanted {
                return index + 1;
            }
        }
        WIDEST + 1
    }

    /// The least sum of ranks with so many more places.
    fn ranks(&self, field: &Field<'_>, chosen: u64, open: u64, more: usize) -> i64 {
        let mut ranks: Vec<i64> =
            if self.room == 0 { Vec::new() } else { members(open).map(|p| field.places[p].rank).collect() };
        ranks.sort_unstable();
        let added = ranks.iter().take(self.room).enumerate().filter(|(index, rank)| *index < more || **rank < 0);
        members(chosen).map(|place| field.places[place].rank).sum::<i64>() + added.map(|(_, rank)| rank).sum::<i64>()
    }
}

/// How many of the candidates it takes at least to ship so much; more than there are when they cannot.
fn places_for(field: &Field<'_>, row: usize, candidates: u64, left: u64) -> usize {
    let (mut sum, mut count) = (0, 0);
    for place in field.by_units(row).filter(|place| candidates >> place & 1 == 1) {
        sum += field.at(row, place);
        count += 1;
        if sum >= left {
            return count;
        }
    }
    WIDEST + 1
}

pub(super) fn signed(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}
