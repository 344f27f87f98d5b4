//! Brings the source's orders into the shops, at a rate or at once.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rand::Rng;
use tokio::sync::{mpsc, watch};

use crate::clock::{Clock, SECOND, SimulatedMicros};
use crate::dice::dice;
use crate::error::{Error, Result};
use crate::options::SandboxOptions;
use crate::orders::{self, Draft};
use crate::shopify::Shop;

/// Drafts that are read ahead of their publication.
const READ_AHEAD: usize = 256;
/// Orders published before their ledger lines are waited for.
const BATCH: usize = 500;

/// What the publisher is asked to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wish {
    /// Orders a simulated minute; `None` as fast as possible.
    pub(crate) per_minute: Option<f64>,
    /// Orders asked for beyond the rate, counted from the start.
    pub(crate) extra: u64,
}

/// How far the publisher is.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    published: AtomicU64,
    failure: Mutex<Option<String>>,
    finished: std::sync::atomic::AtomicBool,
}

impl Progress {
    /// Orders published since this start.
    pub(crate) fn published(&self) -> u64 {
        self.published.load(Ordering::Acquire)
    }

    /// Whether the source has no more orders.
    pub(crate) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Acquire)
    }

    /// Why it stopped before the end, if it did.
    pub(crate) fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Publishes until the source ends.
#[derive(Debug)]
pub(crate) struct Publisher {
    pub(crate) shops: Vec<Arc<Shop>>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) wish: watch::Receiver<Wish>,
    pub(crate) progress: Arc<Progress>,
    pub(crate) seed: u64,
}

impl Publisher {
    /// Reads the source of `options` on a thread of its own and publishes what it brings.
    pub(crate) async fn run(self, options: SandboxOptions) {
        let (sender, drafts) = mpsc::channel(READ_AHEAD);
        // Orders before the furthest-behind shop's next one are published already.
        let from = self.shops.iter().map(|shop| shop.next_source_index()).min().unwrap_or(0);
        let reader = tokio::task::spawn_blocking(move || read(&options, from, &sender));
        let progress = self.progress.clone();
        let outcome = self.publish(drafts).await;
        let read = reader.await.unwrap_or_else(|error| Err(Error::History(error.to_string())));
        if let Err(error) = outcome.and(read) {
            tracing::error!(%error, "no more orders are published");
            *progress.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
        }
        progress.finished.store(true, Ordering::Release);
    }

    async fn publish(mut self, mut drafts: mpsc::Receiver<Draft>) -> Result<()> {
        let mut due = self.clock.simulated();
        let mut extra_done = 0;
        let mut unsynced = 0;
        while let Some(draft) = drafts.recv().await {
            let Some(shop) = self.shops.get(draft.shop).cloned() else {
                return Err(Error::Unknown(format!("shop {}", draft.shop + 1)));
            };
            // After a crash one shop may be ahead of another.
            if draft.index < shop.next_source_index() {
                continue;
            }
            due = self.wait(draft.index, due, &mut extra_done).await;
            let ticket = shop.publish(draft)?;
            unsynced += 1;
            if unsynced >= BATCH || drafts.is_empty() {
                unsynced = 0;
                shop.ledger.wait(ticket).await?;
            }
            self.progress.published.fetch_add(1, Ordering::AcqRel);
        }
        for shop in &self.shops {
            shop.ledger.wait(shop.ledger.position()).await?;
        }
        Ok(())
    }

    /// Returns when the next order may be published, with the time at which it was due.
    async fn wait(&mut self, index: u64, last: SimulatedMicros, extra_done: &mut u64) -> SimulatedMicros {
        loop {
            let wish = *self.wish.borrow_and_update();
            if wish.extra > *extra_done {
                *extra_done += 1;
                return last;
            }
            let due = match wish.per_minute {
                None => return self.clock.simulated(),
                Some(rate) if rate > 0.0 => last.saturating_add(gap(self.seed, index, rate)),
                Some(_) => SimulatedMicros::MAX,
            };
            if due <= self.clock.simulated() {
                // A pause or a slow disk is not made up for by a flood: at most a minute of orders is caught up.
                return due.max(self.clock.simulated() - 60 * SECOND);
            }
            tokio::select! {
                () = self.clock.sleep_until(due) => {}
                changed = self.wish.changed() => if changed.is_err() { self.clock.sleep_until(due).await },
            }
        }
    }
}

/// Simulated time between two orders: exponential, as customers arrive, with a mean of 60 s / `rate`.
fn gap(seed: u64, index: u64, rate: f64) -> SimulatedMicros {
    let draw: f64 = dice(seed, "arrival", index).random();
    let seconds = -(1.0 - draw).ln() * 60.0 / rate;
    #[expect(clippy::cast_possible_truncation, reason = "saturates, and no gap lasts 292,000 years")]
    let micros = (seconds * 1_000_000.0) as SimulatedMicros;
    micros
}

fn read(options: &SandboxOptions, from: u64, sender: &mpsc::Sender<Draft>) -> Result<()> {
    for draft in orders::open(options, from)? {
        // Nobody listens any more once the sandbox shuts down.
        if sender.blocking_send(draft?).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrivals_have_the_asked_mean() {
        let sum: i64 = (0..5_000).map(|index| gap(3, index, 12.0)).sum();
        let mean = sum / 5_000;
        assert!((4_700_000..5_300_000).contains(&mean), "12 a minute are one in 5 s, got {mean} us");
    }
}
