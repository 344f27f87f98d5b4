//! Whether a race came to rest as it must: nothing waits, and every number fits every other.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState};
use switchyard_core::order::OrderState;
use switchyard_core::quantity::Quantity;
use switchyard_core::units;

use super::{Books, Judged, must};

impl Books<'_> {
    /// Nothing moves any more: all that may leave has left, and every number fits every other.
    pub(super) fn at_rest(&self) -> Judged<()> {
        let finish = self.finish;
        let file = &finish.file;
        must!(finish.unfinished.is_empty(), "work is left: {:?}", finish.unfinished);
        must!(finish.broken_journal.is_none(), "the journal is broken at {:?}", finish.broken_journal);
        must!(finish.wrong_levels.is_empty(), "stock and its ledger differ: {:?}", finish.wrong_levels);
        let accounts = units::account(&file.order, &file.fulfillments).map_err(|imbalance| imbalance.to_string())?;
        let mut references = BTreeSet::new();
        for record in &file.fulfillments {
            must!(references.insert(&record.reference), "{} exists twice", record.reference);
            self.part_at_rest(record)?;
        }
        for reference in finish.held.keys() {
            must!(references.contains(reference), "{reference} is at a warehouse and nowhere else");
        }
        let open: Vec<_> = file.change_requests.iter().filter(|request| request.state.is_open()).collect();
        must!(open.is_empty(), "requests wait for ever: {open:?}");
        let stopped = !self.holds.is_empty() || file.order.state == OrderState::Cancelled;
        let waiting: u64 = accounts.iter().map(|line| u64::from(line.unplanned)).sum();
        must!(stopped || waiting == 0, "{waiting} units wait for nothing");
        self.reservations()
    }

    fn part_at_rest(&self, record: &FulfillmentOrder) -> Judged<()> {
        let reference = &record.reference;
        let part = self.parts.get(&record.id).ok_or_else(|| format!("{reference} was never stored"))?;
        let there = self.finish.held.get(reference);
        match record.state {
            FulfillmentState::Accepted => {
                let there = there.ok_or_else(|| format!("{reference} is accepted and at no warehouse"))?;
                must!(!there.cancelled, "{reference} is given up over there and not here");
                must!(Some(&there.ship_to) == part.ship_to.as_ref(), "{reference} goes to {:?}", there.ship_to);
                let sent: Quantity = there.request.lines.iter().map(|line| line.quantity).sum();
                let asked: Quantity = record.lines.iter().map(|line| line.quantity).sum();
                must!(sent == asked, "{reference}: {sent} over there, {asked} here");
            }
            FulfillmentState::Cancelled => {
                must!(there.is_none_or(|there| there.cancelled), "{reference} is cancelled here and not over there");
            }
            FulfillmentState::Open => {
                must!(there.is_none(), "{reference} is open and at a warehouse");
                let held =
                    self.holds.iter().any(|hold| hold.fulfillment.as_ref().is_none_or(|only| only == &record.id));
                must!(held, "{reference} stays and nothing holds it");
            }
            state => return Err(format!("{reference} came to rest {state:?}")),
        }
        Ok(())
    }

    /// Every reserved unit is asked of a part that has not ended, and the other way round.
    fn reservations(&self) -> Judged<()> {
        let file = &self.finish.file;
        let mut asked: BTreeMap<(String, String), Quantity> = BTreeMap::new();
        for part in file.fulfillments.iter().filter(|part| part.state.holds_units()) {
            for entry in &part.lines {
                let line = file.order.line(&entry.line).ok_or("a part of a line that is gone")?;
                *asked.entry((part.warehouse.to_string(), line.sku.to_string())).or_default() += entry.quantity;
            }
        }
        let reserved: BTreeMap<(String, String), Quantity> = self
            .finish
            .levels
            .iter()
            .filter(|level| level.buckets.reserved > 0)
            .map(|level| ((level.warehouse.to_string(), level.sku.to_string()), level.buckets.reserved))
            .collect();
        asked.retain(|_, units| *units > 0);
        must!(asked == reserved, "reserved {reserved:?}, asked {asked:?}");
        Ok(())
    }
}
