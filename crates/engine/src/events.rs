//! Live events: journal entries as the console sees them, with tags that say which reads are stale.

use serde::{Deserialize, Serialize};
use switchyard_core::journal::Recorded;
use switchyard_core::time::Timestamp;

/// One live event. The same JSON over SSE and over the desktop's channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Envelope {
    /// Journal position; resume after it.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// What, as `noun.verb_past`.
    pub kind: String,
    /// Which reads are stale: `order:<id>`, `orders`, `flow`, `connections`, `policies`, `stock`, `returns`,
    /// `transfers`, `services`.
    pub tags: Vec<String>,
    /// The journal entry's order, subject and reason.
    pub data: serde_json::Value,
}

impl From<&Recorded> for Envelope {
    fn from(entry: &Recorded) -> Self {
        let mut tags = Vec::new();
        if let Some(order) = &entry.order {
            tags.push(format!("order:{order}"));
            tags.push("orders".to_owned());
            tags.push("flow".to_owned());
        }
        if entry.kind.starts_with("connection.") || entry.kind.starts_with("warehouse.") {
            tags.push("connections".to_owned());
            tags.push("flow".to_owned());
        }
        if entry.kind.starts_with("stock.") {
            tags.push("stock".to_owned());
        }
        // What was decided about them may have moved stock.
        if entry.kind.starts_with("return.") {
            tags.extend(["returns".to_owned(), "stock".to_owned()]);
        }
        if entry.kind.starts_with("transfer.") {
            tags.extend(["transfers".to_owned(), "stock".to_owned()]);
        }
        if entry.kind.starts_with("policy.") {
            tags.push("policies".to_owned());
        }
        if entry.kind.starts_with("service.") {
            tags.push("services".to_owned());
        }
        Self {
            seq: entry.seq,
            at: entry.at,
            kind: entry.kind.clone(),
            tags,
            data: serde_json::json!({
                "order": entry.order, "subject": entry.subject, "actor": entry.actor, "reason": entry.reason,
            }),
        }
    }
}
