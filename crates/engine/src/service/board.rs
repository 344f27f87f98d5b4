//! What every service last said of itself, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use switchyard_core::time::Timestamp;

use crate::meter::Meter;
use crate::status::ServiceState;

/// One service's card.
#[derive(Debug, Clone)]
pub(crate) struct Card {
    pub(crate) state: ServiceState,
    pub(crate) heartbeat_at: Option<Timestamp>,
    pub(crate) done: u64,
    pub(crate) failed: u64,
    pub(crate) restarts: u32,
    pub(crate) last_error: Option<String>,
    pub(crate) recent: Meter,
}

impl Default for Card {
    fn default() -> Self {
        Self {
            state: ServiceState::Starting,
            heartbeat_at: None,
            done: 0,
            failed: 0,
            restarts: 0,
            last_error: None,
            recent: Meter::default(),
        }
    }
}

/// All cards, by service name.
#[derive(Debug)]
pub(crate) struct Board {
    cards: Mutex<HashMap<&'static str, Card>>,
}

impl Board {
    pub(crate) fn new() -> Self {
        let cards = super::SERVICES.iter().map(|service| (service.name, Card::default())).collect();
        Self { cards: Mutex::new(cards) }
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Card)) {
        let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(card) = cards.get_mut(name) {
            change(card);
        }
    }

    /// A copy of one card.
    pub(crate) fn read(&self, name: &str) -> Card {
        let cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        cards.get(name).cloned().unwrap_or_default()
    }

    pub(crate) fn beat(&self, name: &str, now: Timestamp) {
        self.change(name, |card| {
            card.heartbeat_at = Some(now);
            card.state = ServiceState::Running;
        });
    }

    pub(crate) fn state(&self, name: &str, state: ServiceState) {
        self.change(name, |card| card.state = state);
    }

    pub(crate) fn done(&self, name: &str, now: Timestamp) {
        self.change(name, |card| {
            card.done += 1;
            card.recent.add(now, 1);
        });
    }

    pub(crate) fn failed(&self, name: &str, error: &str) {
        self.change(name, |card| {
            card.failed += 1;
            card.last_error = Some(error.to_owned());
        });
    }

    pub(crate) fn restarted(&self, name: &str, error: &str) {
        self.change(name, |card| {
            card.restarts += 1;
            card.state = ServiceState::Restarting;
            card.last_error = Some(error.to_owned());
        });
    }
}
