//! Edits that change how many units are wanted: fewer, more, another line, none.

use std::collections::BTreeMap;

use super::{Reach, Work, same_currency};
use crate::change_request::{self, Afterwards, Ask};
use crate::edit::{Refusal, change, still_ours};
use crate::fulfillment::{FulfillmentOrder, FulfillmentState};
use crate::id::{FulfillmentId, LineId};
use crate::order::{LineKind, Order, OrderLine, OrderState};
use crate::quantity::Quantity;

impl Work<'_> {
    fn pending(&self, line: &LineId) -> Quantity {
        let units = self.parts.iter().map(|part| change_request::pending(self.requests, part, line));
        units.fold(0, Quantity::saturating_add)
    }

    pub(super) fn fewer(&mut self, line: &LineId, quantity: Quantity) -> Result<(), Refusal> {
        let pending = self.pending(line);
        let found = self.line(line)?;
        let wanted = found.wanted().saturating_sub(pending);
        if quantity >= wanted {
            return Err(Refusal::NotFewer { quantity, wanted });
        }
        let excess = wanted - quantity;
        let freed = match found.kind {
            LineKind::Fee => excess,
            LineKind::Goods => self.free(line, excess)?,
        };
        self.line(line)?.cancelled += freed;
        self.outcome.changes.push(change(format!("lines.{line}.wanted"), wanted, quantity + self.missed));
        if self.outcome.order.lines.iter().all(|candidate| candidate.to_ship() == 0) {
            self.end();
        } else if freed > 0 && self.line(line)?.kind == LineKind::Goods {
            self.plan_again();
        }
        Ok(())
    }

    /// Frees units of a line: those nobody has yet first, then those of our parts, the last ones first; then warehouses
    /// are asked. Says how many are free at once; what is beyond reach is counted in `missed`.
    fn free(&mut self, line: &LineId, excess: Quantity) -> Result<Quantity, Refusal> {
        let accounts = crate::units::account(&self.outcome.order, self.parts)
            .map_err(|imbalance| Refusal::OutOfRange(imbalance.to_string()))?;
        let unplanned = accounts.iter().find(|account| &account.line == line).map_or(0, |account| account.unplanned);
        let mut left = excess.saturating_sub(unplanned);
        let backordered = self.line(line)?.backordered.min(left);
        self.line(line)?.backordered -= backordered;
        left -= backordered;
        let ours: Vec<_> = self.reachable(Reach::Ours).filter(|part| part.state.is_ours()).collect();
        if left < excess || ours.iter().any(|part| part.unshipped_of(line) > 0) {
            self.pull_back();
        }
        for part in ours.into_iter().rev() {
            left -= self.ask_for_fewer(part, line, left);
        }
        let freed = excess - left;
        let askable: Vec<_> = self.reachable(Reach::Ask).collect();
        for part in askable.into_iter().rev() {
            let there = part.unshipped_of(line) - change_request::pending(self.requests, part, line);
            let fewer = there.min(left);
            if fewer > 0 {
                let ask = Ask::Quantity { line: line.clone(), fewer };
                self.asks.push((part.id.clone(), ask, Afterwards::Cancelled));
                left -= fewer;
            }
        }
        if left == excess {
            still_ours(self.parts)?;
            return Err(Refusal::NoChange);
        }
        self.missed = left;
        Ok(freed)
    }

    /// Takes units of a line out of one of our parts; says how many. One that is empty then is cancelled.
    fn ask_for_fewer(&mut self, part: &FulfillmentOrder, line: &LineId, wish: Quantity) -> Quantity {
        if wish == 0 || part.quantity_of(line) == 0 {
            return 0;
        }
        // A queued one has been pulled back already.
        let mut fewer = self.take(part);
        let mut left = wish;
        for entry in fewer.lines.iter_mut().filter(|entry| &entry.line == line) {
            let taken = left.min(entry.quantity - entry.shipped);
            entry.quantity -= taken;
            left -= taken;
        }
        fewer.lines.retain(|entry| entry.quantity > 0);
        if fewer.lines.is_empty() && fewer.become_state(FulfillmentState::Cancelled, self.now).is_err() {
            return 0;
        }
        self.outcome.fulfillments.push(fewer);
        wish - left
    }

    pub(super) fn more(&mut self, line: &LineId, quantity: Quantity) -> Result<(), Refusal> {
        let found = self.line(line)?;
        let wanted = found.wanted();
        if quantity <= wanted {
            return Err(Refusal::NotMore { quantity, wanted });
        }
        let too_many = || Refusal::OutOfRange(format!("{quantity} units of one line cannot be counted"));
        found.ordered = found.ordered.checked_add(quantity - wanted).ok_or_else(too_many)?;
        countable(&self.outcome.order)?;
        self.outcome.changes.push(change(format!("lines.{line}.wanted"), wanted, quantity));
        self.pull_back();
        self.plan_again();
        Ok(())
    }

    pub(super) fn add_line(&mut self, line: &OrderLine) -> Result<(), Refusal> {
        let order = &mut self.outcome.order;
        if order.line(&line.id).is_some() || line.ordered == 0 {
            return Err(Refusal::NoChange);
        }
        if line.cancelled > 0 || line.backordered > 0 {
            return Err(Refusal::OutOfRange("a new line has nothing cancelled and nothing on backorder".to_owned()));
        }
        same_currency(order, line.unit_price)?;
        order.lines.push(line.clone());
        countable(order)?;
        self.outcome.changes.push(change(format!("lines.{}", line.id), serde_json::Value::Null, line));
        self.pull_back();
        self.plan_again();
        Ok(())
    }

    pub(super) fn cancel_all(&mut self) -> Result<(), Refusal> {
        let live = |part: &&FulfillmentOrder| !part.state.is_ours() && !part.state.is_final();
        let shipped = self.parts.iter().flat_map(|part| &part.lines).any(|line| line.shipped > 0);
        if !shipped && !self.parts.iter().any(|part| live(&part)) {
            self.end();
            return Ok(());
        }
        let goods: Vec<LineId> = self
            .outcome
            .order
            .lines
            .iter()
            .filter(|line| line.kind == LineKind::Goods)
            .map(|line| line.id.clone())
            .collect();
        let mut kept: BTreeMap<LineId, Quantity> = BTreeMap::new();
        for part in self.parts {
            for entry in &part.lines {
                let there = if live(&part) { entry.quantity } else { entry.shipped };
                *kept.entry(entry.line.clone()).or_default() += there;
            }
        }
        let mut freed = 0_u64;
        for line in goods {
            let stays = kept.get(&line).copied().unwrap_or(0);
            let found = self.line(&line)?;
            found.backordered = 0;
            let cancelled = found.ordered.saturating_sub(stays).max(found.cancelled);
            freed += u64::from(cancelled - found.cancelled);
            if cancelled != found.cancelled {
                let made = change(format!("lines.{line}.wanted"), found.wanted(), found.ordered - cancelled);
                found.cancelled = cancelled;
                self.outcome.changes.push(made);
            }
        }
        let ours: Vec<_> = self.parts.iter().filter(|part| part.state.is_ours()).collect();
        for part in ours {
            self.drop_part(part);
        }
        self.ask_all(&Ask::Cancel);
        let asked: Vec<FulfillmentId> = self.asks.iter().map(|(part, ..)| part.clone()).collect();
        let beyond = self.parts.iter().filter(|part| live(part) && !asked.contains(&part.id));
        let missed = beyond.flat_map(|part| &part.lines).map(|line| line.quantity - line.shipped);
        self.missed = missed.fold(0, Quantity::saturating_add);
        if freed == 0 && self.asks.is_empty() {
            return still_ours(self.parts).and(Err(Refusal::NoChange));
        }
        if freed > 0 {
            self.plan_again();
        }
        Ok(())
    }

    fn drop_part(&mut self, part: &FulfillmentOrder) {
        let mut cancelled = self.take(part);
        if part.state == FulfillmentState::Queued && !self.outcome.withdrawn.contains(&part.id) {
            self.outcome.withdrawn.push(part.id.clone());
        }
        if cancelled.state == FulfillmentState::Cancelled
            || cancelled.become_state(FulfillmentState::Cancelled, self.now).is_ok()
        {
            self.outcome.fulfillments.push(cancelled);
        }
    }

    /// Nothing is left to ship, and nothing left: the order is cancelled.
    fn end(&mut self) {
        let ours: Vec<_> = self.parts.iter().filter(|part| part.state.is_ours()).collect();
        for part in ours {
            self.drop_part(part);
        }
        self.outcome.replan = false;
        for line in &mut self.outcome.order.lines {
            line.cancelled = line.ordered;
            line.backordered = 0;
        }
        let order = &mut self.outcome.order;
        self.outcome.changes.push(change("state", order.state, OrderState::Cancelled));
        order.state = OrderState::Cancelled;
        order.problems.clear();
    }
}

/// Whether all units of an order together, and what they are worth, are numbers that can be counted with.
pub(super) fn countable(order: &Order) -> Result<(), Refusal> {
    let units = order.lines.iter().try_fold(0_u32, |sum, line| sum.checked_add(line.wanted()));
    if units.is_none() {
        return Err(Refusal::OutOfRange("the units of the order together cannot be counted".to_owned()));
    }
    let worth = order
        .lines
        .iter()
        .try_fold(0_i64, |sum, line| sum.checked_add(line.unit_price.minor.checked_mul(i64::from(line.wanted()))?));
    if worth.is_none() {
        return Err(Refusal::OutOfRange("what the goods of the order are worth cannot be counted".to_owned()));
    }
    Ok(())
}
