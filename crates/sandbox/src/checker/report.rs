//! What the checker found.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Ordered goods were never shipped.
    Lost,
    /// The same units are at warehouses twice.
    Doubled,
    /// More units left than were ordered.
    Overshipped,
    /// A warehouse got a line that is a fee.
    FeeAtWarehouse,
    /// A warehouse got an article that the order does not have.
    NotOrdered,
    /// A warehouse has an order that no shop published.
    UnknownOrder,
    /// Goods left although the order had been cancelled in time.
    ShippedAfterCancel,
    /// The parcel went to another address than the last one known.
    WrongAddress,
    /// The shop was not told of a parcel.
    NotWrittenBack,
    /// The shop was told of a parcel more than once.
    WrittenBackTwice,
    /// The shop was told a tracking code that no warehouse issued for the order, or none.
    WrongTracking,
    /// The shop was told other units than the parcels held.
    WrongUnitsWrittenBack,
}

impl Flaw {
    /// Its name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Doubled => "doubled",
            Self::Overshipped => "overshipped",
            Self::FeeAtWarehouse => "fee_at_warehouse",
            Self::NotOrdered => "not_ordered",
            Self::UnknownOrder => "unknown_order",
            Self::ShippedAfterCancel => "shipped_after_cancel",
            Self::WrongAddress => "wrong_address",
            Self::NotWrittenBack => "not_written_back",
            Self::WrittenBackTwice => "written_back_twice",
            Self::WrongTracking => "wrong_tracking",
            Self::WrongUnitsWrittenBack => "wrong_units_written_back",
        }
    }
}

/// One failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind.
    pub flaw: Flaw,
    /// The order's number.
    pub order: String,
    /// Which units, references and codes.
    pub detail: String,
}

/// The checker's verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Orders that the shops published.
    pub orders: u64,
    /// Those with something to ship.
    pub goods_orders: u64,
    /// Units of goods ordered.
    pub units_ordered: i64,
    /// Orders that the warehouses took.
    pub warehouse_orders: u64,
    /// Parcels that left.
    pub parcels: u64,
    /// Units that left.
    pub units_shipped: i64,
    /// Fulfillments that the shops recorded.
    pub fulfillments: u64,
    /// Orders with something still to come; 0 unless pending is allowed.
    pub pending_orders: u64,
    /// Every failure.
    pub findings: Vec<Finding>,
}

impl Report {
    pub(super) fn find(&mut self, flaw: Flaw, order: &str, detail: impl Into<String>) {
        self.findings.push(Finding { flaw, order: order.to_owned(), detail: detail.into() });
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// How many failures of one kind there are.
    #[must_use]
    pub fn count(&self, flaw: Flaw) -> usize {
        self.findings.iter().filter(|finding| finding.flaw == flaw).count()
    }

    /// How many failures of each kind there are; kinds without any are missing.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Flaw, usize> {
        self.findings.iter().fold(BTreeMap::new(), |mut counts, finding| {
            *counts.entry(finding.flaw).or_default() += 1;
            counts
        })
    }
}

/// Findings shown in the text form of a report.
const SHOWN: usize = 20;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "orders {} ({} with goods, {} units)", self.orders, self.goods_orders, self.units_ordered)?;
        writeln!(
            f,
            "at warehouses {} in {} parcels ({} units)",
            self.warehouse_orders, self.parcels, self.units_shipped
        )?;
        writeln!(f, "written back {}, pending {}", self.fulfillments, self.pending_orders)?;
        let main = [Flaw::Lost, Flaw::Doubled, Flaw::Overshipped, Flaw::NotWrittenBack];
        let all = self.counts();
        let others = all.keys().copied().filter(|flaw| !main.contains(flaw));
        let counts: Vec<_> =
            main.into_iter().chain(others).map(|flaw| format!("{} {}", flaw.as_str(), self.count(flaw))).collect();
        writeln!(f, "{}", counts.join(", "))?;
        for finding in self.findings.iter().take(SHOWN) {
            writeln!(f, "  {} {}: {}", finding.flaw.as_str(), finding.order, finding.detail)?;
        }
        if self.findings.len() > SHOWN {
            writeln!(f, "  and {} more", self.findings.len() - SHOWN)?;
        }
        f.write_str(if self.is_clean() { "clean" } else { "NOT CLEAN" })
    }
}
