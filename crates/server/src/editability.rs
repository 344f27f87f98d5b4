//! What may still be done to an order, found by asking `core` with a wish of each kind. No rule is repeated here.

use serde::{Deserialize, Serialize};
use switchyard_core::address::Address;
use switchyard_core::code::Problem;
use switchyard_core::edit::{Decision, Denied, Edit, Refusal};
use switchyard_core::hold::HoldReason;
use switchyard_core::id::HoldId;
use switchyard_core::order::Order;
use switchyard_core::role::Holder;
use switchyard_core::time::Timestamp;
use switchyard_engine::Handle;
use switchyard_engine::handle::EditError;
use switchyard_store::contract::OrderFile;
use utoipa::ToSchema;

use crate::problem::{ApiError, denied_problem, refusal_problem};

/// Whether one verb is possible now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Permission {
    /// Whether the rules allow it now, at least for a part of the order.
    pub allowed: bool,
    /// Whether a warehouse has to be asked, because it has the goods on its list already.
    pub asks: bool,
    /// Why not, and what is possible instead.
    pub why: Option<Problem>,
}

/// What may be done to an order now. The rules decide again when it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Editability {
    /// Another destination.
    pub address: Permission,
    /// Fewer units of some line.
    pub quantity: Permission,
    /// A new hold.
    pub hold: Permission,
    /// Close the edit window now.
    pub release: Permission,
    /// Cancel everything.
    pub cancel: Permission,
}

/// Asks for each verb whether it would be granted now to somebody who is `holder`.
///
/// # Errors
/// When the store cannot be read.
pub async fn of(engine: &Handle, file: &OrderFile, holder: &Holder, now: Timestamp) -> Result<Editability, ApiError> {
    let ask = async |edit: &Edit| permission(engine.decide(file, edit, holder).await);
    let hold = Edit::Hold {
        id: HoldId::new(now, [0; 10]),
        reason: HoldReason::Client,
        note: "hold".to_owned(),
        expires_at: None,
        fulfillment: None,
        keeps_stock: true,
    };
    Ok(Editability {
        address: ask(&Edit::Address { ship_to: another_address(&file.order.ship_to) }).await?,
        quantity: match fewer_units(&file.order) {
            Some(edit) => ask(&edit).await?,
            None => Permission { allowed: false, asks: false, why: Some(refusal_problem(&Refusal::NoChange)) },
        },
        hold: ask(&hold).await?,
        release: ask(&Edit::ReleaseNow).await?,
        cancel: ask(&Edit::Cancel).await?,
    })
}

fn permission(answer: Result<Decision, EditError>) -> Result<Permission, ApiError> {
    match answer {
        Ok(decision) => Ok(Permission { allowed: true, asks: !decision.requests.is_empty(), why: None }),
        Err(EditError::Denied(denied)) => {
            let why = match *denied {
                Denied::Wish(refusal) => refusal_problem(&refusal),
                other => denied_problem(&other),
            };
            Ok(Permission { allowed: false, asks: false, why: Some(why) })
        }
        Err(other) => Err(other.into()),
    }
}

/// A complete address that differs from `address`, so that only the order's state can be a reason to refuse it.
fn another_address(address: &Address) -> Address {
    Address {
        name: "another".to_owned(),
        line1: "another".to_owned(),
        line2: format!("{} another", address.line2),
        city: "another".to_owned(),
        postcode: "another".to_owned(),
        country: "GB".to_owned(),
        ..address.clone()
    }
}

/// One unit less of the first line that has units to ship.
fn fewer_units(order: &Order) -> Option<Edit> {
    let line = order.lines.iter().find(|line| line.to_ship() > 0).or_else(|| order.lines.first())?;
    Some(Edit::Quantity { line: line.id.clone(), quantity: line.wanted().saturating_sub(1) })
}
