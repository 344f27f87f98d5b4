//! Returns as the warehouse keeps them, and what it shows of them.

use serde_json::{Value, json};
use switchyard_core::time::Timestamp;

use super::book::to_i64;
use super::state::Warehouse;
use crate::record::{CreatedReturn, ProcessedLine};

/// Where a return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Expected.
    AwaitingArrival,
    /// There.
    Arrived,
    /// Every unit has been treated.
    Completed,
    /// Called off.
    Cancelled,
}

impl Standing {
    /// ShipBob's word, as its filter takes it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::AwaitingArrival => "AwaitingArrival",
            Self::Arrived => "Arrived",
            Self::Completed => "Completed",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// A return as it stands.
#[derive(Debug, Clone)]
pub(super) struct GoodsBack {
    pub(super) created: CreatedReturn,
    pub(super) standing: Standing,
    pub(super) inserted_at: Timestamp,
    arrived_at: Option<Timestamp>,
    pub(super) completed_at: Option<Timestamp>,
    cancelled_at: Option<Timestamp>,
    processed: Vec<ProcessedLine>,
}

impl GoodsBack {
    pub(super) fn arrive(&mut self, at: Timestamp) {
        self.standing = Standing::Arrived;
        self.arrived_at = Some(at);
    }

    pub(super) fn cancel(&mut self, at: Timestamp) {
        self.standing = Standing::Cancelled;
        self.cancelled_at = Some(at);
    }

    pub(super) fn process(&mut self, lines: &[ProcessedLine], at: Timestamp) {
        self.processed = lines.to_vec();
        self.standing = Standing::Completed;
        self.completed_at = Some(at);
    }

    /// `Returns.PublicReturnDto`.
    pub(super) fn view(&self, warehouse: &Warehouse) -> Value {
        let profile = &warehouse.profile;
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let inventory: Vec<Value> = self.created.lines.iter().map(|line| self.line(warehouse, line)).collect();
        let history: Vec<Value> = [
            ("AwaitingArrival", Some(self.inserted_at)),
            ("Arrived", self.arrived_at),
            ("Completed", self.completed_at),
            ("Cancelled", self.cancelled_at),
        ]
        .into_iter()
        .filter_map(|(status, at)| at.map(|at| json!({ "status": status, "timestamp": at })))
        .collect();
        json!({
            "id": self.created.return_id,
            "reference_id": text(&self.created.reference),
            "store_order_id": null,
            "status": self.standing.word(),
            "return_type": if self.created.undeliverable { "RTS" } else { "Regular" },
            "customer_name": null,
            "tracking_number": text(&self.created.tracking),
            "shipment_tracking_number": null,
            "original_shipment_id": self.created.shipment_id,
            "insert_date": self.inserted_at,
            "awaiting_arrival_date": self.inserted_at,
            "arrived_date": self.arrived_at,
            "processing_date": null,
            "completed_date": self.completed_at,
            "cancelled_date": self.cancelled_at,
            "channel": { "id": profile.channel_id, "name": null },
            "fulfillment_center": { "id": profile.center_id, "name": profile.name },
            "inventory": inventory,
            "invoice": { "amount": null, "currency_code": null },
            "status_history": history,
            "transactions": [],
        })
    }

    fn line(&self, warehouse: &Warehouse, line: &crate::record::ReturnedLine) -> Value {
        let taken = self.processed.iter().filter(|done| done.sku == line.sku);
        let actions: Vec<Value> = taken
            .map(|done| {
                json!({
                    "action": done.action,
                    "action_reason": done.reason,
                    "image_url": null,
                    "quantity_processed": done.quantity,
                })
            })
            .collect();
        json!({
            "id": warehouse.inventory_id(&line.sku),
            "name": line.sku,
            "sku": line.sku,
            "barcodes": [],
            "quantity": line.quantity,
            "lot_information": { "number": null, "expiration": null, "minimumShelfLife": null },
            "action_requested": { "action": "Default", "action_type": "Inventory Default", "instructions": null },
            "action_taken": actions,
        })
    }
}

/// All returns of a warehouse, by number.
#[derive(Debug, Default)]
pub(super) struct Returns(Vec<GoodsBack>);

impl Returns {
    pub(super) fn create(
        &mut self,
        base: i64,
        created: &CreatedReturn,
        at: Timestamp,
    ) -> std::result::Result<(), String> {
        if created.return_id != base + to_i64(self.0.len()) {
            return Err(format!("return {} is out of sequence", created.return_id));
        }
        self.0.push(GoodsBack {
            created: created.clone(),
            standing: Standing::AwaitingArrival,
            inserted_at: at,
            arrived_at: None,
            completed_at: None,
            cancelled_at: None,
            processed: Vec::new(),
        });
        Ok(())
    }

    pub(super) fn find(&mut self, base: i64, id: i64) -> std::result::Result<&mut GoodsBack, String> {
        let place = usize::try_from(id - base).ok();
        place.and_then(|place| self.0.get_mut(place)).ok_or_else(|| format!("return {id}"))
    }

    pub(super) fn all(&self) -> &[GoodsBack] {
        &self.0
    }
}

/// Which returns a list is asked for, and which page of them.
#[derive(Debug)]
pub(super) struct WantedReturns {
    pub(super) ids: Option<Vec<i64>>,
    pub(super) references: Option<Vec<String>>,
    pub(super) statuses: Option<Vec<String>>,
    pub(super) created_from: Option<Timestamp>,
    pub(super) completed_from: Option<Timestamp>,
    pub(super) newest_first: bool,
    pub(super) skip: usize,
    pub(super) take: usize,
}

impl WantedReturns {
    pub(super) fn holds(&self, goods: &GoodsBack) -> bool {
        let word = goods.standing.word();
        self.ids.as_ref().is_none_or(|ids| ids.contains(&goods.created.return_id))
            && self.references.as_ref().is_none_or(|all| all.iter().any(|one| **one == *goods.created.reference))
            && self.statuses.as_ref().is_none_or(|all| all.iter().any(|one| one.eq_ignore_ascii_case(word)))
            && self.created_from.is_none_or(|from| goods.inserted_at >= from)
            && self.completed_from.is_none_or(|from| goods.completed_at.is_some_and(|at| at >= from))
    }
}
