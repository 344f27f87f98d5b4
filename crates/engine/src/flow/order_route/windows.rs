//! Until when the parts of an order are ours: the edit window between its shop and each warehouse.

use std::collections::BTreeMap;

use switchyard_core::calendar::Calendar;
use switchyard_core::code::Problem;
use switchyard_core::id::WarehouseId;
use switchyard_core::order::Order;
use switchyard_core::time::Timestamp;
use switchyard_core::window::{EditWindow, EditWindows};

use super::super::Failure;
use crate::{Inner, policy};

/// What the windows of one order are computed from.
pub(crate) struct Windows {
    order: Order,
    windows: EditWindows,
    calendars: BTreeMap<WarehouseId, Calendar>,
    names: BTreeMap<WarehouseId, String>,
}

impl Windows {
    /// Reads them.
    pub(crate) async fn read(inner: &Inner, order: &Order) -> Result<Self, Failure> {
        let connection = inner.store.connection(&order.shop).await?;
        let seconds = connection.map_or(0, |shop| shop.edit_window_seconds);
        let choices = policy::edit_windows(&*inner.store).await?.value;
        let calendars = policy::calendars(&*inner.store).await?;
        let names = inner.store.warehouses().await?;
        Ok(Self {
            order: order.clone(),
            windows: EditWindows { default: EditWindow::AfterReceipt { seconds }, choices },
            calendars: calendars.into_iter().map(|(warehouse, known)| (warehouse, known.value)).collect(),
            names: names.into_iter().map(|place| (place.id, place.name)).collect(),
        })
    }

    /// When the window of the order's part at a warehouse closes; `None` when a person closes it.
    ///
    /// # Errors
    /// The problem for a person when the window ends at a cut-off that the warehouse does not have.
    pub(super) fn closes_at(&self, warehouse: &WarehouseId) -> Result<Option<Timestamp>, Problem> {
        let window = self.windows.of(&self.order.shop, warehouse);
        let calendar = self.calendars.get(warehouse);
        window
            .closes_at(self.order.received_at, &self.order.shipping_option, calendar)
            .map_err(|missing| missing.problem(self.names.get(warehouse).map_or(warehouse.as_str(), String::as_str)))
    }

    /// The next cut-off of a warehouse after an instant, for the order's shipping; `None` when its calendar has none.
    pub(crate) fn next_cut_off(&self, warehouse: &WarehouseId, now: Timestamp) -> Option<Timestamp> {
        self.calendars.get(warehouse)?.next_cut_off(now, &self.order.shipping_option)
    }
}
