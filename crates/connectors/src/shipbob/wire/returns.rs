//! ShipBob's `Returns` objects, as far as they are used.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use switchyard_core::time::Timestamp;

/// `Returns.CreateReturnRequest`.
#[derive(Debug, Serialize)]
pub(crate) struct CreateReturn<'a> {
    pub(crate) reference_id: &'a str,
    pub(crate) fulfillment_center: Facility,
    pub(crate) original_shipment_id: Option<i64>,
    pub(crate) tracking_number: Option<&'a str>,
    pub(crate) inventory: Vec<RequestedItem>,
}

/// `Returns.Facility`, and as much of `Returns.FulfillmentCenterDto`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Facility {
    pub(crate) id: i64,
}

/// `Returns.ReturnInventory`.
#[derive(Debug, Serialize)]
pub(crate) struct RequestedItem {
    pub(crate) id: i64,
    pub(crate) quantity: u32,
    /// `Returns.ReturnAction`. `Default` leaves it to what the article is set up with over there.
    pub(crate) requested_action: &'static str,
}

/// What `Returns.PublicReturnV1Dto` and `Returns.PublicReturnDto` have in common, as far as paging needs it.
#[derive(Debug, Deserialize)]
pub(crate) struct ReturnHead {
    pub(crate) id: i64,
    #[serde(default)]
    pub(crate) reference_id: Option<String>,
    #[serde(default)]
    pub(crate) status: Option<String>,
    #[serde(default)]
    pub(crate) completed_date: Option<Timestamp>,
}

/// `Returns.PublicReturnDtoPagedUrlResultDto`, its items as they came.
#[derive(Debug, Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    pub(crate) items: Option<Vec<Box<RawValue>>>,
    /// Address of the next page.
    #[serde(default)]
    pub(crate) next: Option<String>,
}

/// The same with the heads of its items.
#[derive(Debug, Deserialize)]
pub(crate) struct Head {
    #[serde(default)]
    pub(crate) items: Option<Vec<ReturnHead>>,
}

/// `Returns.PublicReturnDto`.
#[derive(Debug, Deserialize)]
pub(crate) struct Remote {
    pub(crate) id: i64,
    #[serde(default)]
    pub(crate) reference_id: Option<String>,
    #[serde(default)]
    pub(crate) status: Option<String>,
    #[serde(default)]
    pub(crate) return_type: Option<String>,
    #[serde(default)]
    pub(crate) original_shipment_id: Option<i64>,
    #[serde(default)]
    pub(crate) tracking_number: Option<String>,
    #[serde(default)]
    pub(crate) fulfillment_center: Option<Facility>,
    #[serde(default)]
    pub(crate) inventory: Option<Vec<Inventory>>,
}

/// `Returns.InventoryItemDto`.
#[derive(Debug, Deserialize)]
pub(crate) struct Inventory {
    #[serde(default)]
    pub(crate) sku: Option<String>,
    #[serde(default)]
    pub(crate) quantity: u32,
    #[serde(default)]
    pub(crate) action_taken: Option<Vec<ActionTaken>>,
}

/// `Returns.ActionTakenDto`.
#[derive(Debug, Deserialize)]
pub(crate) struct ActionTaken {
    #[serde(default)]
    pub(crate) action: Option<String>,
    #[serde(default)]
    pub(crate) action_reason: Option<String>,
    #[serde(default)]
    pub(crate) quantity_processed: u32,
}

/// The status of a return: a text without an enumeration in the schema, written with and without spaces there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Expected.
    AwaitingArrival,
    /// There, or being worked on.
    Arrived,
    /// Worked on to the end.
    Completed,
    /// Expected no longer.
    Cancelled,
    /// A word we do not know.
    Other,
}

impl Status {
    pub(crate) fn read(text: Option<&str>) -> Self {
        let word: String = text.unwrap_or_default().chars().filter(char::is_ascii_alphabetic).collect();
        match word.to_ascii_lowercase().as_str() {
            "awaitingarrival" => Self::AwaitingArrival,
            "arrived" | "processing" => Self::Arrived,
            "completed" => Self::Completed,
            "cancelled" | "canceled" => Self::Cancelled,
            _ => Self::Other,
        }
    }
}

/// `Inventory.InventoryQuantityResponsePagedResponse`, as far as an article is looked for in it.
#[derive(Debug, Deserialize)]
pub(crate) struct Articles {
    #[serde(default)]
    pub(crate) items: Option<Vec<Article>>,
    /// Address of the next page.
    #[serde(default)]
    pub(crate) next: Option<String>,
}

/// `Inventory.InventoryQuantityResponse`.
#[derive(Debug, Deserialize)]
pub(crate) struct Article {
    pub(crate) inventory_id: i64,
    #[serde(default)]
    pub(crate) sku: Option<String>,
}
