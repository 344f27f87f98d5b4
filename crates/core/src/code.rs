//! Error codes a person acts on. Each has a page `docs/errors/<code>.md`; a test fails if either is missing.

use serde::{Deserialize, Serialize};

// `tt`, not `literal`: a literal fragment reaches derive macros in an invisible group, and the API document then shows
// the Rust names instead of the codes.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:tt;)*) => {
        /// A code with a page under `docs/errors/`. Nobody matches on message text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text, such as `SY-1001`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// A defect in Switchyard: a panic, or a state that should be impossible.
    Internal = "SY-0001";
    /// A request that cannot be read: malformed JSON, unknown field, value out of range.
    BadRequest = "SY-0002";
    /// No such object.
    NotFound = "SY-0003";
    /// The caller is not signed in.
    Unauthenticated = "SY-0004";
    /// The caller may not do this.
    Forbidden = "SY-0005";
    /// Somebody else changed the object first.
    Conflict = "SY-0006";
    /// The query text cannot be understood.
    BadQuery = "SY-0007";
    /// The database cannot be written: disk full or failing.
    StoreUnavailable = "SY-0008";
    /// A mutation without an idempotency key, or the key was used for another request.
    IdempotencyKey = "SY-0009";
    /// An order payload that the connector cannot read.
    OrderUnreadable = "SY-1001";
    /// A line names a SKU that no warehouse knows.
    UnknownSku = "SY-1002";
    /// The shipping address lacks what a carrier needs.
    AddressIncomplete = "SY-1003";
    /// Not enough stock anywhere for some units.
    OutOfStock = "SY-1004";
    /// The shop changed an order that is already on its way.
    ShopChangedLate = "SY-1005";
    /// An edit came after the order was handed over.
    TooLate = "SY-1101";
    /// An edit that makes no sense for this order: more units than ordered, unknown line, nothing changed.
    EditRefused = "SY-1102";
    /// An edit that somebody else's role allows.
    EditNotYours = "SY-1103";
    /// An edit that a second person has to approve.
    ApprovalNeeded = "SY-1104";
    /// An edit that somebody proposes to somebody who may make it.
    EditProposed = "SY-1105";
    /// A hold that only its owner lifts.
    HoldNotYours = "SY-1111";
    /// The warehouse refused a fulfillment order.
    HandOverRefused = "SY-1201";
    /// Nobody knows yet whether the warehouse has the order.
    HandOverInDoubt = "SY-1202";
    /// The shop refused tracking information.
    WriteBackRefused = "SY-1203";
    /// A shipment for something we never asked for, or for more than we asked.
    ShipmentUnexpected = "SY-1204";
    /// The warehouse refused a change request, or a part of it.
    ChangeRefused = "SY-1205";
    /// The warehouse did not answer a change request in time.
    ChangeUnanswered = "SY-1206";
    /// Goods left before a change request was answered.
    ChangeOvertaken = "SY-1207";
    /// Goods left although the shop or we had cancelled them.
    ShippedAfterCancel = "SY-1208";
    /// Every warehouse that could ship it has refused it.
    NoWarehouseLeft = "SY-1209";
    /// A rule set that cannot be read, or that contradicts itself.
    RulesUnreadable = "SY-1301";
    /// A warehouse calendar that cannot be read, or that never ships.
    CalendarUnusable = "SY-1302";
    /// A stock movement that cannot be true: it would make units negative, or more than can be counted.
    StockImpossible = "SY-1401";
    /// A transfer that cannot be closed: units are missing or left over, and nobody has said why.
    TransferUnbalanced = "SY-1402";
    /// A return that cannot be closed: a decision is missing.
    ReturnUndecided = "SY-1501";
    /// The warehouse does not take the notice of a return, or took it back.
    ReturnNotTaken = "SY-1502";
    /// What is stored about something cannot all be true.
    RecordsContradict = "SY-1601";
    /// Something stays where it is beyond its patience.
    Overdue = "SY-1602";
    /// The partner cannot be reached.
    ConnectionUnreachable = "SY-2001";
    /// The partner refuses our credentials.
    ConnectionUnauthorized = "SY-2002";
    /// The partner asks us to slow down.
    ConnectionThrottled = "SY-2003";
    /// The partner answers something its own documentation does not allow.
    ConnectionProtocol = "SY-2004";
    /// The connection's settings are wrong.
    ConnectionMisconfigured = "SY-2005";
}

impl Code {
    /// Whether a problem of this kind keeps an order from being accepted.
    #[must_use]
    pub const fn blocks(self) -> bool {
        matches!(self, Self::OrderUnreadable | Self::UnknownSku | Self::AddressIncomplete)
    }
}

/// Something that went wrong, told so that a person can act: what, why in the partner's words, what next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The code, with a page of its own.
    pub code: Code,
    /// What failed, naming the object.
    pub title: String,
    /// The cause, in the partner's words where it has some.
    pub detail: String,
    /// What to do next.
    pub next_step: String,
}

impl Problem {
    /// A problem from its four parts.
    #[must_use]
    pub fn new(code: Code, title: impl Into<String>, detail: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self { code, title: title.into(), detail: detail.into(), next_step: next_step.into() }
    }
}
