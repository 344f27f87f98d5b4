//! Typed identifiers: a short prefix names the kind, a UUIDv7 makes it unique and sortable by creation.
//!
//! The text form (`ord_0198c0de...`) is the only form: database, API, logs and console show the same string.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A text that is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a {kind} id: expected `{prefix}_` and 32 hexadecimal digits")]
pub struct InvalidId {
    /// What was given.
    pub text: String,
    /// The noun expected, such as `order`.
    pub kind: &'static str,
    /// The prefix expected, such as `ord`.
    pub prefix: &'static str,
}

fn well_formed(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal, $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        pub struct $name(String);

        impl $name {
            /// The prefix of this kind's text form, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Makes an id from the creation time and 10 random bytes (UUIDv7, RFC 9562).
            #[must_use]
            pub fn new(at: Timestamp, random: [u8; 10]) -> Self {
                let millis = u64::try_from(at.as_millis()).unwrap_or(0);
                let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
                Self(format!(concat!($prefix, "_{}"), uuid.simple()))
            }

            /// The text form, such as `ord_0198c0de5b1d7cc2b7f1c0ffee123456`.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if well_formed(text, $prefix) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(InvalidId { text: text.to_owned(), kind: $kind, prefix: $prefix })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// An order of one shop.
    OrderId, "ord", "order";
    /// A line of an order.
    LineId, "lin", "order line";
    /// A fulfillment order: the share of one order asked of one warehouse.
    FulfillmentId, "ful", "fulfillment order";
    /// A hand-over: the duty to give one fulfillment order to its warehouse.
    HandOverId, "hov", "hand-over";
    /// A shipment a warehouse reported.
    ShipmentId, "shp", "shipment";
    /// A duty to tell the shop something.
    WriteBackId, "wbk", "write-back";
    /// A wish to change what a warehouse has.
    ChangeRequestId, "chg", "change request";
    /// Goods coming back.
    ReturnId, "ret", "return";
    /// Goods announced to a warehouse.
    TransferId, "trf", "transfer";
    /// A named obstacle.
    HoldId, "hld", "hold";
    /// One configured shop or warehouse system.
    ConnectionId, "con", "connection";
    /// A place that holds stock and ships.
    WarehouseId, "whs", "warehouse";
    /// A received message that waits for processing or has been processed.
    InboxId, "inb", "inbox item";
    /// A unit of durable work.
    JobId, "job", "job";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips_and_sorts_by_creation() {
        let early = OrderId::new(Timestamp::from_micros(1_000_000_000_000_000), [7; 10]);
        let late = OrderId::new(Timestamp::from_micros(1_000_000_000_001_000), [0; 10]);
        assert!(early < late, "UUIDv7 starts with the time, so ids sort by creation");
        assert_eq!(early.as_str().parse::<OrderId>().as_ref(), Ok(&early));
    }

    #[test]
    fn another_kinds_id_is_refused() {
        let hold = HoldId::new(Timestamp::from_micros(0), [1; 10]);
        assert!(hold.as_str().parse::<OrderId>().is_err(), "a hold id must not pass as an order id");
        assert!("ord_../../etc".parse::<OrderId>().is_err(), "an id is hexadecimal, so it is safe in a path");
    }
}
