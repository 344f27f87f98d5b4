//! The independent checker: reads the ledgers of both sides, nothing else, and says what was lost, doubled or wrong.
//!
//! It knows what a shop published and what every warehouse did. The only link between the two is the order number on
//! the warehouse's label, which is unique over the shops of a sandbox, and the tracking codes that went back.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::time::Duration;

use switchyard_core::address::Address;

use crate::error::{Error, Result};
use crate::shopify::LINES_PER_CALL;
use crate::text::Text;

mod read;
mod report;

use read::{Books, Parcel, ShopOrder, Told, Units, WarehouseOrder};
pub use report::{Finding, Flaw, Report};

/// How to judge.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// True in mid-run: what has not happened yet is counted as pending instead of lost.
    pub allow_pending: bool,
    /// Order numbers that need not ship in full, because an operator cancelled or shortened them on purpose.
    pub excused: BTreeSet<String>,
    /// Order numbers whose destination an operator changed, with the new destination.
    pub moved: BTreeMap<String, Address>,
    /// Articles that warehouses ship as others: the components of one unit, with their units. They are judged by what they
    /// are made of, on both sides.
    pub bundles: BTreeMap<String, Vec<(String, i64)>>,
    /// A change in the shop this shortly before picking began may have come too late.
    pub grace: Duration,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            allow_pending: false,
            excused: BTreeSet::new(),
            moved: BTreeMap::new(),
            bundles: BTreeMap::new(),
            grace: Duration::from_secs(60),
        }
    }
}

/// Compares the ledgers below `dir` (the sandbox's data directory).
///
/// # Errors
/// [`Error::Io`] or [`Error::Corrupt`] when a ledger cannot be read, [`Error::Unknown`] when there is none.
pub fn check(dir: &Path, options: &CheckOptions) -> Result<Report> {
    let mut books = Books::read(&dir.join("ledger"))?;
    if books.shop_files == 0 || books.warehouse_files == 0 {
        return Err(Error::Unknown(format!("ledger of a shop and a warehouse below {}", dir.display())));
    }
    for order in &mut books.shop_orders {
        order.goods = taken_apart(&order.goods, options);
        for told in &mut order.fulfillments {
            told.units = taken_apart(&told.units, options);
        }
    }
    let mut report = Report::default();
    references(&books, &mut report);
    let mut by_number: HashMap<&str, Vec<&WarehouseOrder>> = HashMap::new();
    for order in &books.warehouse_orders {
        by_number.entry(number(&order.order_number)).or_default().push(order);
    }
    let mut known = BTreeSet::new();
    for order in &books.shop_orders {
        let its = by_number.get(number(&order.number)).map(Vec::as_slice).unwrap_or_default();
        if !known.insert(number(&order.number)) {
            report.find(Flaw::Doubled, &order.number, "two shop orders have this number");
        }
        Judgement { order, its, options, report: &mut report }.pass();
    }
    for order in &books.warehouse_orders {
        report.warehouse_orders += 1;
        if !known.contains(number(&order.order_number)) {
            let what = format!("{} has {} for an order that no shop published", order.warehouse, order.reference);
            report.find(Flaw::UnknownOrder, &order.order_number, what);
        }
    }
    Ok(report)
}

fn number(text: &str) -> &str {
    text.trim().trim_start_matches('#')
}

/// A reference names one warehouse order, for ever and everywhere; a tracking code one parcel.
fn references(books: &Books, report: &mut Report) {
    let mut first: HashMap<&str, &WarehouseOrder> = HashMap::new();
    let mut codes: HashMap<&str, &str> = HashMap::new();
    for order in &books.warehouse_orders {
        if let Some(before) = first.insert(&order.reference, order) {
            let what = format!("{} was taken by {} and by {}", order.reference, before.warehouse, order.warehouse);
            report.find(Flaw::Doubled, &order.order_number, what);
        }
        for parcel in &order.parcels {
            if let Some(before) = codes.insert(&parcel.tracking, &order.reference) {
                let what = format!("tracking {} stands for {before} and {}", parcel.tracking, order.reference);
                report.find(Flaw::WrongTracking, &order.order_number, what);
            }
        }
    }
}

fn add(sum: &mut Units, units: &Units) {
    for (sku, count) in units {
        *sum.entry(sku.clone()).or_default() += count;
    }
}

/// The same goods as what they are made of.
fn taken_apart(units: &Units, options: &CheckOptions) -> Units {
    let mut parts = Units::new();
    for (sku, count) in units {
        match options.bundles.get(&**sku) {
            Some(components) => {
                for (component, each) in components {
                    *parts.entry(component.as_str().into()).or_default() += count * each;
                }
            }
            None => *parts.entry(sku.clone()).or_default() += count,
        }
    }
    parts
}

fn of(units: &Units, sku: &str) -> i64 {
    units.get(sku).copied().unwrap_or(0)
}

struct Judgement<'a> {
    order: &'a ShopOrder,
    its: &'a [&'a WarehouseOrder],
    options: &'a CheckOptions,
    report: &'a mut Report,
}

impl Judgement<'_> {
    fn find(&mut self, flaw: Flaw, what: impl Into<String>) {
        self.report.find(flaw, &self.order.number, what);
    }

    fn pass(mut self) {
        self.report.orders += 1;
        self.report.goods_orders += u64::from(!self.order.goods.is_empty());
        self.report.units_ordered += self.order.goods.values().sum::<i64>();
        self.report.fulfillments += self.order.fulfillments.len() as u64;
        let (mut live, mut shipped) = (Units::new(), Units::new());
        for order in self.its {
            let mut left = Units::new();
            order.parcels.iter().for_each(|parcel| add(&mut left, &parcel.units));
            self.one(order, &left);
            // A cancelled order still counts with what left before or, wrongly, afterwards.
            add(&mut live, if order.cancelled { &left } else { &order.units });
            add(&mut shipped, &left);
        }
        self.report.units_shipped += shipped.values().sum::<i64>();
        let pending = self.compare(&live, &shipped) | self.write_back();
        self.report.pending_orders += u64::from(pending);
    }

    /// What can be said of one warehouse order alone.
    fn one(&mut self, order: &WarehouseOrder, left: &Units) {
        for sku in order.units.keys() {
            if self.order.goods.contains_key(sku) {
                continue;
            }
            let fee = self.order.fees.contains(sku);
            let (flaw, noun) = if fee { (Flaw::FeeAtWarehouse, "fee") } else { (Flaw::NotOrdered, "foreign article") };
            self.find(flaw, format!("{} got the {noun} `{sku}` in {}", order.warehouse, order.reference));
        }
        for (sku, units) in left {
            let ordered = of(&order.units, sku);
            if *units > ordered {
                self.find(Flaw::Overshipped, format!("{} shipped {units} of {ordered} `{sku}`", order.reference));
            }
        }
        if order.cancelled && !order.parcels.is_empty() {
            self.find(Flaw::ShippedAfterCancel, format!("{} was cancelled at {}", order.reference, order.warehouse));
        }
        let Some(picked_at) = order.picked_at else { return };
        let deadline = picked_at - self.options.grace;
        if self.order.cancelled_at.is_some_and(|at| at < deadline) {
            self.find(Flaw::ShippedAfterCancel, format!("{} was picked after the shop had cancelled", order.reference));
        }
        if !self.destinations(deadline).iter().any(|known| same_place(known, &order.destination)) {
            let what = format!(
                "{} went to {:?}, the last known is {:?}",
                order.reference,
                order.destination,
                self.order.last_destination()
            );
            self.find(Flaw::WrongAddress, what);
        }
    }

    /// Destinations that are right for a parcel whose last moment for a change was `deadline`.
    fn destinations(&self, deadline: switchyard_core::time::Timestamp) -> Vec<&Address> {
        if let Some(moved) = self.options.moved.get(number(&self.order.number)) {
            return vec![moved];
        }
        let history = &self.order.destinations;
        let in_force = history.iter().rposition(|(at, _)| *at <= deadline).unwrap_or(0);
        history.iter().skip(in_force).map(|(_, destination)| destination).collect()
    }

    /// Compares units; true when some are still to come.
    fn compare(&mut self, live: &Units, shipped: &Units) -> bool {
        let goods = self.order.goods.clone();
        let mut pending = false;
        let excused = self.order.cancelled_at.is_some() || self.options.excused.contains(number(&self.order.number));
        for (sku, wanted) in &goods {
            let (taken, left) = (of(live, sku), of(shipped, sku));
            if taken > *wanted {
                let references: Vec<_> =
                    self.its.iter().filter(|order| !order.cancelled).map(|order| &*order.reference).collect();
                let what = format!("{taken} of {wanted} `{sku}` are at warehouses, in {}", references.join(", "));
                self.find(Flaw::Doubled, what);
            }
            if left > *wanted {
                self.find(Flaw::Overshipped, format!("{left} of {wanted} `{sku}` were shipped"));
            }
            if left < *wanted && !excused {
                pending = true;
                if !self.options.allow_pending {
                    self.find(Flaw::Lost, format!("{left} of {wanted} `{sku}` were shipped"));
                }
            }
        }
        pending && self.options.allow_pending
    }

    /// Compares parcels with what the shop was told; true when some are still to be told.
    fn write_back(&mut self) -> bool {
        let parcels: Vec<&Parcel> = self.its.iter().flat_map(|order| &order.parcels).collect();
        self.report.parcels += parcels.len() as u64;
        let mut pending = false;
        for parcel in &parcels {
            if !self.order.fulfillments.iter().any(|told| told.tracking.contains(&parcel.tracking)) {
                pending |= self.options.allow_pending;
                if !self.options.allow_pending {
                    self.find(Flaw::NotWrittenBack, format!("tracking {}", parcel.tracking));
                }
            }
        }
        let order = self.order;
        for told in &order.fulfillments {
            if told.tracking.is_empty() {
                self.find(Flaw::WrongTracking, format!("fulfillment {} has no tracking", told.id));
            }
            for code in &told.tracking {
                if !parcels.iter().any(|parcel| parcel.tracking == *code) {
                    let what = format!("fulfillment {} names {code}, which no warehouse issued for it", told.id);
                    self.find(Flaw::WrongTracking, what);
                }
            }
        }
        for tellings in tellings(&order.fulfillments) {
            pending |= self.telling(&tellings, &parcels);
        }
        pending
    }

    /// Compares what the shop was told of the same parcels with what they held; true when a part is still to come.
    fn telling(&mut self, tellings: &[&Told], parcels: &[&Parcel]) -> bool {
        let (mut held, mut told) = (Units::new(), Units::new());
        let named = |parcel: &&&Parcel| tellings.iter().any(|told| told.tracking.contains(&parcel.tracking));
        parcels.iter().filter(named).for_each(|parcel| add(&mut held, &parcel.units));
        tellings.iter().for_each(|telling| add(&mut told, &telling.units));
        let ids = tellings.iter().map(|told| told.id.to_string()).collect::<Vec<_>>().join(", ");
        // A report in parts is one report only where one call cannot carry it.
        if tellings.iter().filter(|told| told.lines < LINES_PER_CALL).count() > 1 {
            let codes = tellings.iter().flat_map(|told| &told.tracking).cloned().collect::<BTreeSet<_>>();
            let codes = codes.into_iter().collect::<Vec<_>>().join(", ");
            self.find(Flaw::WrittenBackTwice, format!("tracking {codes} in fulfillments {ids}"));
        }
        if told == held {
            return false;
        }
        let full = tellings.iter().all(|told| told.lines == LINES_PER_CALL);
        if self.options.allow_pending && full && told.iter().all(|(sku, units)| *units <= of(&held, sku)) {
            return true;
        }
        let differs = |sku: &&Text| of(&told, sku) != of(&held, sku);
        let skus: BTreeSet<&Text> = held.keys().chain(told.keys()).filter(differs).collect();
        let each = |sku: &&Text| format!("{} of {} `{sku}`", of(&told, sku), of(&held, sku));
        let what: Vec<_> = skus.iter().take(5).map(each).collect();
        let what = format!("fulfillment {ids} tells {} ({} article(s) differ)", what.join(", "), skus.len());
        self.find(Flaw::WrongUnitsWrittenBack, what);
        false
    }
}

/// Puts fulfillments together that name a tracking code in common, directly or through a third. One without tracking is
/// alone.
fn tellings(fulfillments: &[Told]) -> Vec<Vec<&Told>> {
    let mut groups: Vec<Vec<&Told>> = Vec::new();
    for told in fulfillments.iter().filter(|told| !told.tracking.is_empty()) {
        let common = |other: &&Told| other.tracking.iter().any(|code| told.tracking.contains(code));
        let (touching, mut apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.iter().any(&common));
        apart.push(touching.into_iter().flatten().chain([told]).collect());
        groups = apart;
    }
    groups
}

/// Whether a carrier would find the same door; telephone and white space do not matter.
fn same_place(one: &Address, other: &Address) -> bool {
    let facets = |to: &Address| {
        [&to.name, &to.company, &to.line1, &to.line2, &to.city, &to.province, &to.postcode, &to.country]
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    facets(one) == facets(other)
}

#[cfg(test)]
mod tests;
