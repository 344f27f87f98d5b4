//! Holds: named obstacles. Release needs zero of them.

use serde::{Deserialize, Serialize};

use crate::id::HoldId;
use crate::journal::Actor;
use crate::time::Timestamp;

/// Why something is held; the field's common set (Shopify's and ShipHero's hold reasons, merged).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// Money has not arrived.
    AwaitingPayment,
    /// Someone has to look at the risk of fraud.
    Fraud,
    /// The address is wrong or incomplete.
    Address,
    /// Goods are missing.
    Stock,
    /// The customer asked to wait.
    Customer,
    /// A person of the back office wants to look first.
    Operator,
    /// Anything else; the note says what.
    Other,
}

/// One obstacle on an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Hold {
    /// Its identity.
    pub id: HoldId,
    /// Why.
    pub reason: HoldReason,
    /// In the placer's words.
    pub note: String,
    /// Who placed it.
    pub placed_by: Actor,
    /// When.
    pub placed_at: Timestamp,
    /// When it lifts itself; `None` means a person must.
    pub expires_at: Option<Timestamp>,
    /// Whether reserved stock stays reserved meanwhile.
    pub keeps_stock: bool,
}
