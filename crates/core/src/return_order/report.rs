//! What a warehouse says about a return: how much is there, and what it did with it. A report repeats all it said before,
//! so taking one twice changes nothing.

use serde::{Deserialize, Serialize};

use super::{Return, ReturnError, ReturnItem, ReturnState, StockDecision};
use crate::quantity::{Quantity, Sku};
use crate::time::Timestamp;

/// Units of one article, as the warehouse counted and treated them so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedItem {
    /// What.
    pub sku: Sku,
    /// All units that are there.
    pub arrived: Quantity,
    /// What became of them; fewer than `arrived` while it works on them.
    pub treated: Vec<Treated>,
}

/// Units that the warehouse did one thing with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treated {
    /// What it did.
    pub decision: StockDecision,
    /// With how many.
    pub units: Quantity,
    /// Why, in its words; may be empty.
    pub condition: String,
}

impl Return {
    /// Takes a warehouse's report. What a person has decided here stays: the warehouse's word fills what is open. Units
    /// that the warehouse counts fewer of than it said before are taken back while nothing is decided about them.
    ///
    /// # Errors
    /// [`ReturnError::Step`] for what arrives after it was closed; nothing changed.
    pub fn take_report(&mut self, report: &[ReportedItem], now: Timestamp) -> Result<(), ReturnError> {
        let mut after = self.clone();
        for reported in report {
            after.count(reported, now)?;
            for treated in &reported.treated {
                after.treat(&reported.sku, treated);
            }
        }
        if after != *self {
            after.updated_at = now;
        }
        *self = after;
        Ok(())
    }

    fn count(&mut self, reported: &ReportedItem, now: Timestamp) -> Result<(), ReturnError> {
        let known: u64 = self.of(&reported.sku).map(|item| u64::from(item.received)).sum();
        let arrived = u64::from(reported.arrived);
        if arrived > known {
            let more = Quantity::try_from(arrived - known).map_err(|_| ReturnError::Overflow)?;
            return self.receive(&reported.sku, more, now);
        }
        if self.state == ReturnState::Closed {
            return Ok(());
        }
        let mut fewer = known - arrived;
        for item in self.items.iter_mut().rev().filter(|item| item.sku == reported.sku) {
            if item.stock == StockDecision::Undecided {
                let taken = Quantity::try_from(fewer).unwrap_or(Quantity::MAX).min(item.received);
                item.received -= taken;
                fewer -= u64::from(taken);
            }
        }
        // What nobody announced and nobody has any more is no item.
        self.items.retain(|item| item.announced > 0 || item.received > 0);
        Ok(())
    }

    fn of(&self, sku: &Sku) -> impl Iterator<Item = &ReturnItem> {
        self.items.iter().filter(move |item| &item.sku == sku)
    }

    /// Decides about as many units as the warehouse treated like this and are not decided like this yet.
    fn treat(&mut self, sku: &Sku, treated: &Treated) {
        let already: u64 = self
            .of(sku)
            .filter(|item| item.stock == treated.decision && item.condition == treated.condition)
            .map(|item| u64::from(item.received))
            .sum();
        let mut left = u64::from(treated.units).saturating_sub(already);
        let mut place = 0;
        while left > 0
            && let Some(item) = self.items.get_mut(place)
        {
            let open = &item.sku == sku && item.stock == StockDecision::Undecided && item.received > 0;
            let units = Quantity::try_from(left).unwrap_or(Quantity::MAX).min(item.received);
            if !open {
                place += 1;
                continue;
            }
            let mut rest = None;
            if units < item.received {
                let announced = item.announced.saturating_sub(units);
                rest = Some(ReturnItem { announced, received: item.received - units, ..item.clone() });
                item.announced -= announced;
                item.received = units;
            }
            item.stock = treated.decision;
            item.condition.clone_from(&treated.condition);
            item.inspected = true;
            left -= u64::from(units);
            place += 1;
            if let Some(rest) = rest {
                self.items.insert(place, rest);
            }
        }
    }
}
