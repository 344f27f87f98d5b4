//! Stock levels in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use switchyard_core::id::ConnectionId;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_core::stock::bucket::{Buckets, Movement};
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_core::time::Timestamp;

use super::{Model, State, key};
use crate::booking::{self, Booked};
use crate::contract::{Stock, StockFilter, StockMovement, StockPlace};
use crate::error::{Error, Result};

/// In which change set something happens.
#[derive(Debug, Clone, Default)]
pub(super) struct Occasion {
    subject: String,
    journal_seq: Option<i64>,
    by: Option<Actor>,
    at: Option<Timestamp>,
}

impl Occasion {
    /// What a change set with these journal entries is about, after so many earlier entries.
    pub(super) fn of(journal: &[Entry], earlier: usize) -> Self {
        let Some(first) = journal.first() else { return Self::default() };
        Self {
            subject: first.order.as_ref().map_or_else(|| first.subject.clone(), ToString::to_string),
            journal_seq: i64::try_from(earlier + 1).ok(),
            by: Some(first.actor.clone()),
            at: Some(first.at),
        }
    }
}

/// What is behind a movement that says so itself.
#[derive(Debug, Clone)]
pub(super) struct Behind {
    pub(super) cause: Cause,
    pub(super) document: Document,
    pub(super) by: Actor,
    pub(super) at: Timestamp,
}

/// A movement of one level.
#[derive(Debug, Clone)]
pub(super) struct LedgerRow {
    level: String,
    what: StockMovement,
}

fn key_of(place: &StockPlace) -> String {
    key(&[place.sku.as_str(), place.warehouse.as_str()])
}

impl State {
    fn level(&self, place: &StockPlace) -> Option<StockLevel> {
        self.stock.get(&key_of(place)).cloned()
    }

    /// Replaces a level and records how it moved.
    fn keep_level(
        &mut self,
        place: StockPlace,
        booked: Booked,
        document: Option<Document>,
        (by, at): (Option<Actor>, Option<Timestamp>),
    ) {
        let level = key_of(&place);
        for (cause, movement) in booked.moved {
            if movement.is_nothing() {
                continue;
            }
            let what = StockMovement {
                movement,
                cause,
                document: document.clone(),
                by: by.clone(),
                at,
                subject: self.occasion.subject.clone(),
                journal_seq: self.occasion.journal_seq,
            };
            self.ledger.push(LedgerRow { level: level.clone(), what });
        }
        let StockPlace { sku, warehouse } = place;
        self.stock.put(&level, StockLevel { warehouse, sku, buckets: booked.after });
    }

    pub(super) fn keep_back(&mut self, place: &StockPlace, units: Quantity) -> Result<()> {
        let missing = || Error::Conflict(format!("stock of {} in {}", place.sku, place.warehouse));
        let mut level = self.level(place).ok_or_else(missing)?;
        level.buckets.safety = units;
        self.stock.put(&key_of(place), level);
        Ok(())
    }

    pub(super) fn reserve(
        &mut self,
        place: StockPlace,
        delta: i64,
        channel: &ConnectionId,
        document: Document,
    ) -> Result<()> {
        let level = self.level(&place);
        if level.is_none() && delta <= 0 {
            return Ok(());
        }
        let before = level.map(|level| level.buckets).unwrap_or_default();
        let booked = booking::reserve(&before, delta, channel).map_err(|error| booking::refused(&place, &error))?;
        let who = (self.occasion.by.clone(), self.occasion.at);
        self.keep_level(place, booked, Some(document), who);
        Ok(())
    }

    pub(super) fn ship(
        &mut self,
        place: StockPlace,
        (units, reserved): (Quantity, Quantity),
        at: Timestamp,
        document: Document,
    ) -> Result<()> {
        let Some(level) = self.level(&place) else { return Ok(()) };
        let booked = booking::ship(&level.buckets, units, reserved, at);
        let booked = booked.map_err(|error| booking::refused(&place, &error))?;
        let by = self.occasion.by.clone();
        self.keep_level(place, booked, Some(document), (by, Some(at)));
        Ok(())
    }

    pub(super) fn report(
        &mut self,
        place: StockPlace,
        on_hand: Quantity,
        sequence: u64,
        observed_at: Timestamp,
    ) -> Result<()> {
        let before = self.level(&place).map(|level| level.buckets).unwrap_or_default();
        let booked = booking::report(&before, on_hand, sequence, observed_at);
        if let Some(booked) = booked.map_err(|error| booking::refused(&place, &error))? {
            let by = self.occasion.by.clone();
            self.keep_level(place, booked, Some(Document::Report { sequence }), (by, Some(observed_at)));
        }
        Ok(())
    }

    pub(super) fn book(
        &mut self,
        place: StockPlace,
        movement: &Movement,
        expects: Option<&Buckets>,
        behind: Behind,
    ) -> Result<()> {
        let before = self.level(&place).map(|level| level.buckets).unwrap_or_default();
        booking::expected(&place, &before, expects)?;
        let booked = booking::book(&before, movement, behind.cause, behind.at);
        let booked = booked.map_err(|error| booking::refused(&place, &error))?;
        self.keep_level(place, booked, Some(behind.document), (Some(behind.by), Some(behind.at)));
        Ok(())
    }
}

fn in_order(mut levels: Vec<StockLevel>) -> Vec<StockLevel> {
    levels.sort_by(|a, b| (&a.sku, &a.warehouse).cmp(&(&b.sku, &b.warehouse)));
    levels
}

#[async_trait]
impl Stock for Model {
    async fn stock_of(&self, skus: &[Sku]) -> Result<Vec<StockLevel>> {
        Ok(in_order(self.state()?.stock.iter().filter(|level| skus.contains(&level.sku)).cloned().collect()))
    }

    async fn unknown_skus(&self, skus: &[Sku]) -> Result<Vec<Sku>> {
        let state = self.state()?;
        let mut unknown: Vec<Sku> = Vec::new();
        for sku in skus {
            if !unknown.contains(sku) && !state.stock.iter().any(|level| &level.sku == sku) {
                unknown.push(sku.clone());
            }
        }
        Ok(unknown)
    }

    async fn search_stock(
        &self,
        filter: &StockFilter,
        after: Option<&StockPlace>,
        limit: u32,
    ) -> Result<Vec<StockLevel>> {
        let words = filter.sku_contains.to_lowercase();
        let wanted = |level: &&StockLevel| {
            after.is_none_or(|after| (&level.sku, &level.warehouse) > (&after.sku, &after.warehouse))
                && level.sku.as_str().to_lowercase().contains(&words)
                && filter.warehouse.as_ref().is_none_or(|place| place == &level.warehouse)
                && (!filter.exhausted || level.available() == 0)
        };
        let mut levels = in_order(self.state()?.stock.iter().filter(wanted).cloned().collect());
        levels.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(levels)
    }

    async fn stock_movements(&self, level: &StockPlace, limit: u32) -> Result<Vec<StockMovement>> {
        let state = self.state()?;
        let place = key_of(level);
        let moved = state.ledger.entries().iter().rev().filter(|movement| movement.level == place);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(moved.take(limit).map(|movement| movement.what.clone()).collect())
    }

    async fn verify_stock(&self) -> Result<Vec<StockLevel>> {
        let state = self.state()?;
        let mut sums: BTreeMap<&str, Buckets> = BTreeMap::new();
        for row in state.ledger.entries() {
            let sum = sums.entry(&row.level).or_default();
            // What cannot be added up is a level that differs.
            if let Ok(after) = sum.after(&row.what.movement) {
                *sum = after;
            }
        }
        let differs = |level: &&StockLevel| {
            let place = key(&[level.sku.as_str(), level.warehouse.as_str()]);
            !booking::adds_up(&level.buckets, sums.get(place.as_str()).unwrap_or(&Buckets::default()))
        };
        Ok(in_order(state.stock.iter().filter(differs).cloned().collect()))
    }
}
