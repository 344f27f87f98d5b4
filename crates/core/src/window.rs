//! The edit window: until when an order can be changed without asking a warehouse.
//!
//! [`EditWindow`] is one policy, [`EditWindows`] says which holds between a shop and a warehouse.

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::code::{Code, Problem};
use crate::id::{ConnectionId, WarehouseId};
use crate::time::Timestamp;

/// How long an order stays editable before it goes to a warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum EditWindow {
    /// For a while after its receipt.
    AfterReceipt {
        /// Seconds.
        seconds: u32,
    },
    /// Until so long before the warehouse's next cut-off. An order received later than that waits for the cut-off
    /// after it.
    UntilCutOff {
        /// Seconds before the cut-off: what handing over and the warehouse's own intake take.
        lead_seconds: u32,
    },
    /// Until a person releases it.
    // Braces, because serde lets unknown fields pass beside a unit variant.
    Manual {},
}

/// A window that cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCutOff {
    /// It ends at a cut-off, and the warehouse has no calendar.
    #[error("the edit window ends at the warehouse's cut-off, and the warehouse has no calendar")]
    NoCalendar,
    /// The calendar has no cut-off any more.
    #[error("the edit window ends at the warehouse's cut-off, and its calendar has none in the next 800 days")]
    NeverShips,
}

impl NoCutOff {
    /// For a person, naming the warehouse.
    #[must_use]
    pub fn problem(&self, warehouse: &str) -> Problem {
        Problem::new(
            Code::CalendarUnusable,
            format!("{warehouse} has no usable calendar"),
            self.to_string(),
            "Set up its calendar, or choose an edit window that does not end at a cut-off.",
        )
    }
}

impl EditWindow {
    /// The instant the window closes for an order received at `received_at`; release is not earlier. `None` when a
    /// person closes it.
    ///
    /// # Errors
    /// [`NoCutOff`] when it ends at a cut-off that the warehouse's calendar does not have.
    pub fn closes_at(
        &self,
        received_at: Timestamp,
        shipping_option: &str,
        calendar: Option<&Calendar>,
    ) -> Result<Option<Timestamp>, NoCutOff> {
        let seconds = |count: u32| std::time::Duration::from_secs(u64::from(count));
        match self {
            Self::AfterReceipt { seconds: length } => Ok(Some(received_at + seconds(*length))),
            Self::UntilCutOff { lead_seconds } => {
                let lead = seconds(*lead_seconds);
                let calendar = calendar.ok_or(NoCutOff::NoCalendar)?;
                let cut_off = calendar.next_cut_off(received_at + lead, shipping_option);
                Ok(Some(cut_off.ok_or(NoCutOff::NeverShips)? - lead))
            }
            Self::Manual {} => Ok(None),
        }
    }
}

/// The window of some shop, some warehouse, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WindowChoice {
    /// Orders of this shop; `None` means of all.
    #[serde(default)]
    pub shop: Option<ConnectionId>,
    /// Parts for this warehouse; `None` means for all.
    #[serde(default)]
    pub warehouse: Option<WarehouseId>,
    /// Their window.
    pub window: EditWindow,
}

/// Which window holds between a shop and a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditWindows {
    /// Where no choice applies.
    pub default: EditWindow,
    /// The most special one applies: shop and warehouse, then shop alone, then warehouse alone; the first of equals.
    #[serde(default)]
    pub choices: Vec<WindowChoice>,
}

impl EditWindows {
    /// The window of a shop's orders at a warehouse.
    #[must_use]
    pub fn of(&self, shop: &ConnectionId, warehouse: &WarehouseId) -> EditWindow {
        let fits = |choice: &&WindowChoice| {
            choice.shop.as_ref().is_none_or(|named| named == shop)
                && choice.warehouse.as_ref().is_none_or(|named| named == warehouse)
        };
        let generality = |choice: &&WindowChoice| (choice.shop.is_none(), choice.warehouse.is_none());
        self.choices.iter().filter(fits).min_by_key(generality).map_or(self.default, |choice| choice.window)
    }
}
