//! How much happened in the last minute, counted from the journal: the same facts the timeline shows.
//!
//! Nothing runs in the background. Each reading catches up with the journal from where the last one stopped; when
//! nobody looked for long, only the newest entries are read.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use switchyard_core::journal::{Actor, Recorded};
use switchyard_core::time::Timestamp;
use switchyard_engine::Handle;
use switchyard_store::error::Result;
use tokio::sync::Mutex;

/// What is counted.
const WINDOW: Duration = Duration::from_secs(60);
/// Entries read at once.
const BATCH: u32 = 1_000;
/// Entries looked back at when the last reading is long ago.
const LOOK_BACK: i64 = 10_000;

/// Counts of the last minute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rates {
    by_kind: HashMap<String, u32>,
    by_partner: HashMap<(String, String), u32>,
}

impl Rates {
    /// Journal entries of these kinds.
    #[must_use]
    pub fn of(&self, kinds: &[&str]) -> u32 {
        kinds.iter().filter_map(|kind| self.by_kind.get(*kind)).fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Journal entries of this kind about one partner: see `partner_of` for how each kind names it.
    #[must_use]
    pub fn at(&self, kind: &str, partner: &str) -> u32 {
        self.by_partner.get(&(kind.to_owned(), partner.to_owned())).copied().unwrap_or(0)
    }
}

#[derive(Debug)]
struct Event {
    at: Timestamp,
    kind: String,
    partner: Option<String>,
}

/// Whom an entry is about: the shop's name of a received order, the warehouse's name of a part that was sent, the
/// warehouse's id of a shipment that was booked.
fn partner_of(entry: &Recorded) -> Option<String> {
    match (entry.kind.as_str(), &entry.actor) {
        ("order.received" | "shipment.booked", Actor::Partner { name }) => Some(name.clone()),
        ("fulfillment.sent", _) => entry.after.get("warehouse")?.as_str().map(str::to_owned),
        _ => None,
    }
}

#[derive(Debug, Default)]
struct Window {
    /// The last entry read; `None` before the first reading.
    seen: Option<i64>,
    /// Entries of the last minute, oldest first.
    events: VecDeque<Event>,
}

impl Window {
    fn take(&mut self, entry: &Recorded) {
        self.seen = Some(entry.seq);
        self.events.push_back(Event { at: entry.at, kind: entry.kind.clone(), partner: partner_of(entry) });
    }

    fn rates(&mut self, now: Timestamp) -> Rates {
        let oldest = now - WINDOW;
        self.events.retain(|event| event.at > oldest);
        let mut rates = Rates::default();
        for event in &self.events {
            *rates.by_kind.entry(event.kind.clone()).or_default() += 1;
            if let Some(partner) = &event.partner {
                *rates.by_partner.entry((event.kind.clone(), partner.clone())).or_default() += 1;
            }
        }
        rates
    }
}

/// The window over the journal, shared by all readers.
#[derive(Debug, Default)]
pub struct FlowRates(Mutex<Window>);

impl FlowRates {
    /// What happened in the last minute.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn per_minute(&self, engine: &Handle) -> Result<Rates> {
        let mut window = self.0.lock().await;
        let head = engine.store().journal_head().await?;
        let earliest = (head - LOOK_BACK).max(0);
        let mut seen = window.seen.map_or(earliest, |seen| seen.max(earliest));
        while seen < head {
            let batch = engine.store().journal_after(seen, BATCH).await?;
            let Some(last) = batch.last() else { break };
            seen = last.seq;
            for entry in &batch {
                window.take(entry);
            }
        }
        Ok(window.rates(engine.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: i64, second: i64, kind: &str, actor: Actor) -> Recorded {
        Recorded {
            seq,
            at: Timestamp::from_micros(second * 1_000_000),
            actor,
            kind: kind.to_owned(),
            order: None,
            subject: String::new(),
            reason: String::new(),
            before: serde_json::Value::Null,
            after: serde_json::Value::Null,
            hash: String::new(),
        }
    }

    #[test]
    fn a_minute_is_counted_by_kind_and_by_partner_and_then_forgotten() {
        let by_warehouse = Actor::Partner { name: "whs_1".to_owned() };
        let mut window = Window::default();
        window.take(&entry(1, 100, "order.planned", Actor::service("route")));
        window.take(&entry(2, 130, "order.planned", Actor::service("route")));
        window.take(&entry(3, 130, "shipment.booked", by_warehouse));
        let rates = window.rates(Timestamp::from_micros(150 * 1_000_000));
        assert_eq!((rates.of(&["order.planned"]), rates.at("shipment.booked", "whs_1")), (2, 1));
        let rates = window.rates(Timestamp::from_micros(170 * 1_000_000));
        assert_eq!(rates.of(&["order.planned"]), 1, "what is older than a minute does not count");
        assert_eq!(window.rates(Timestamp::from_micros(999 * 1_000_000)), Rates::default());
    }
}
