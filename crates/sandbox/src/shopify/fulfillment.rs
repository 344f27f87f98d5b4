//! `FulfillmentOrder`, `Fulfillment` and what `fulfillmentCreate` takes.

use std::sync::Arc;

use async_graphql::{Enum, ID, InputObject, Object, Result, SimpleObject};

use super::connection::{Slice, connection};
use super::line_item::LineItem;
use super::order::Order;
use super::profile::Profile;
use super::scalar::{CountryCode, DateTime, UnsignedInt64, Url, gid};
use super::state;
use crate::record::{PublishedLine, Tracking};

/// Where a fulfillment order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum FulfillmentOrderStatus {
    Cancelled,
    Closed,
    InProgress,
    Open,
}

/// Where the request to a fulfillment service stands; a merchant-managed location has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum FulfillmentOrderRequestStatus {
    Unsubmitted,
}

/// What may be done with a fulfillment order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum FulfillmentOrderAction {
    CreateFulfillment,
    Hold,
    Move,
    ReportProgress,
    Split,
}

/// A permitted action.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct FulfillmentOrderSupportedAction {
    action: FulfillmentOrderAction,
    external_url: Option<Url>,
}

/// A place goods leave from.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct Location {
    id: ID,
    name: String,
    is_active: bool,
}

/// A fulfillment order's location as it was when the order came.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct FulfillmentOrderAssignedLocation {
    name: String,
    address1: Option<String>,
    city: Option<String>,
    zip: Option<String>,
    country_code: CountryCode,
    location: Option<Location>,
}

pub(super) fn location(profile: &Profile) -> Location {
    let number = 90_000_000_000 + i64::try_from(profile.index).unwrap_or(0);
    Location { id: gid("Location", number), name: format!("{} store room", profile.city), is_active: true }
}

/// A line of a fulfillment order.
#[derive(Debug, Clone)]
pub(super) struct FulfillmentOrderLineItem {
    order: Arc<state::Order>,
    line: PublishedLine,
}

#[Object]
impl FulfillmentOrderLineItem {
    async fn id(&self) -> ID {
        gid("FulfillmentOrderLineItem", self.line.line_id)
    }

    async fn sku(&self) -> Option<String> {
        (!self.line.sku.is_empty()).then(|| self.line.sku.to_string())
    }

    async fn product_title(&self) -> &str {
        &self.line.title
    }

    async fn requires_shipping(&self) -> bool {
        true
    }

    async fn total_quantity(&self) -> i32 {
        i32::try_from(self.line.quantity).unwrap_or(i32::MAX)
    }

    async fn remaining_quantity(&self) -> i32 {
        i32::try_from(self.order.remaining(&self.line)).unwrap_or(i32::MAX)
    }

    async fn line_item(&self) -> LineItem {
        LineItem::new(self.order.clone(), self.line.clone())
    }
}

connection!(
    FulfillmentOrderLineItemConnection,
    "FulfillmentOrderLineItemConnection",
    FulfillmentOrderLineItemEdge,
    "FulfillmentOrderLineItemEdge",
    FulfillmentOrderLineItem
);

/// The goods of an order at its location. Fees are in none: nobody fulfils them.
#[derive(Debug, Clone)]
pub(super) struct FulfillmentOrder {
    profile: Arc<Profile>,
    order: Arc<state::Order>,
}

/// The only fulfillment order of `order`; `None` when it has no goods.
pub(super) fn fulfillment_order(profile: &Arc<Profile>, order: &Arc<state::Order>) -> Option<FulfillmentOrder> {
    order.goods().next().map(|_| FulfillmentOrder { profile: profile.clone(), order: order.clone() })
}

#[Object]
impl FulfillmentOrder {
    async fn id(&self) -> ID {
        gid("FulfillmentOrder", self.order.fulfillment_order_id())
    }

    async fn order_id(&self) -> ID {
        gid("Order", self.order.id())
    }

    async fn order_name(&self) -> String {
        format!("#{}", self.order.published.number)
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.order.created_at)
    }

    async fn updated_at(&self) -> DateTime {
        DateTime(self.order.updated_at)
    }

    async fn status(&self) -> FulfillmentOrderStatus {
        FulfillmentOrderStatus::of(&self.order)
    }

    async fn request_status(&self) -> FulfillmentOrderRequestStatus {
        FulfillmentOrderRequestStatus::Unsubmitted
    }

    async fn assigned_location(&self) -> FulfillmentOrderAssignedLocation {
        let location = location(&self.profile);
        FulfillmentOrderAssignedLocation {
            name: location.name.clone(),
            address1: None,
            city: Some(self.profile.city.to_owned()),
            zip: None,
            country_code: CountryCode(self.profile.country.to_owned()),
            location: Some(location),
        }
    }

    async fn supported_actions(&self) -> Vec<FulfillmentOrderSupportedAction> {
        use FulfillmentOrderAction::{CreateFulfillment, Hold, Move, ReportProgress, Split};
        let actions: &[_] = match FulfillmentOrderStatus::of(&self.order) {
            FulfillmentOrderStatus::Open => &[CreateFulfillment, ReportProgress, Move, Hold, Split],
            FulfillmentOrderStatus::InProgress => &[CreateFulfillment, ReportProgress, Move],
            FulfillmentOrderStatus::Cancelled | FulfillmentOrderStatus::Closed => &[],
        };
        actions.iter().map(|action| FulfillmentOrderSupportedAction { action: *action, external_url: None }).collect()
    }

    async fn line_items(
        &self,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<FulfillmentOrderLineItemConnection> {
        let goods: Vec<&PublishedLine> = self.order.goods().collect();
        let slice = Slice::of(&goods, |line| line.line_id, "FULFILLMENT_ORDER_LINE_ITEM", first, after)?;
        Ok(slice.map(|line| FulfillmentOrderLineItem { order: self.order.clone(), line: (*line).clone() }).into())
    }
}

connection!(
    FulfillmentOrderConnection,
    "FulfillmentOrderConnection",
    FulfillmentOrderEdge,
    "FulfillmentOrderEdge",
    FulfillmentOrder
);

/// Where a fulfillment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum FulfillmentStatus {
    Success,
}

/// Tracking of a fulfillment's parcel.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct FulfillmentTrackingInfo {
    company: Option<String>,
    number: Option<String>,
    url: Option<Url>,
}

/// Units of a line in a fulfillment.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct FulfillmentLineItem {
    id: ID,
    quantity: Option<i32>,
    line_item: LineItem,
}

connection!(
    FulfillmentLineItemConnection,
    "FulfillmentLineItemConnection",
    FulfillmentLineItemEdge,
    "FulfillmentLineItemEdge",
    FulfillmentLineItem
);

/// What left in one go.
#[derive(Debug, Clone)]
pub(super) struct Fulfillment {
    pub(super) order: Order,
    pub(super) state: Arc<state::Fulfillment>,
}

#[Object]
impl Fulfillment {
    async fn id(&self) -> ID {
        gid("Fulfillment", self.state.id)
    }

    async fn legacy_resource_id(&self) -> UnsignedInt64 {
        UnsignedInt64(self.state.id.to_string())
    }

    async fn name(&self) -> String {
        let before = self.order.state.fulfillments.iter().take_while(|other| other.id != self.state.id).count();
        format!("#{}-F{}", self.order.state.published.number, before + 1)
    }

    async fn status(&self) -> FulfillmentStatus {
        FulfillmentStatus::Success
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.state.at)
    }

    async fn updated_at(&self) -> DateTime {
        DateTime(self.state.at)
    }

    async fn total_quantity(&self) -> i32 {
        let units = self.state.lines.iter().map(|line| line.quantity).sum::<u32>();
        i32::try_from(units).unwrap_or(i32::MAX)
    }

    async fn tracking_info(&self, first: Option<i32>) -> Vec<FulfillmentTrackingInfo> {
        let count = first.map_or(usize::MAX, |first| usize::try_from(first).unwrap_or(0));
        let present = |text: &String| (!text.is_empty()).then(|| text.clone());
        let some = self.state.tracking.iter().take(count);
        some.map(|tracking| FulfillmentTrackingInfo {
            company: present(&tracking.carrier),
            number: present(&tracking.number),
            url: present(&tracking.url).map(Url),
        })
        .collect()
    }

    async fn fulfillment_line_items(
        &self,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<FulfillmentLineItemConnection> {
        let order = &self.order.state;
        let lines: Vec<FulfillmentLineItem> = self
            .state
            .lines
            .iter()
            .zip(1..)
            .filter_map(|(fulfilled, place)| {
                let line = order.goods().find(|line| line.line_id == fulfilled.line_id)?;
                Some(FulfillmentLineItem {
                    id: gid("FulfillmentLineItem", self.state.id * 1_000 + place),
                    quantity: i32::try_from(fulfilled.quantity).ok(),
                    line_item: LineItem::new(order.clone(), line.clone()),
                })
            })
            .collect();
        let number =
            |line: &FulfillmentLineItem| super::scalar::number_of("FulfillmentLineItem", &line.id).unwrap_or(0);
        let slice = Slice::of(&lines, number, "FULFILLMENT_LINE_ITEM", first, after)?;
        Ok(slice.map(Clone::clone).into())
    }

    async fn order(&self) -> &Order {
        &self.order
    }
}

/// Units of a fulfillment order's line.
#[derive(Debug, InputObject)]
pub(super) struct FulfillmentOrderLineItemInput {
    pub(super) id: ID,
    pub(super) quantity: i32,
}

/// Lines of one fulfillment order that a call may name (the schema's words: "Accepts a maximum of 512 line items").
pub(crate) const LINES_PER_CALL: usize = 512;

/// A fulfillment order, and which units of it; without lines all that remains.
#[derive(Debug, InputObject)]
pub(super) struct FulfillmentOrderLineItemsInput {
    pub(super) fulfillment_order_id: ID,
    pub(super) fulfillment_order_line_items: Option<Vec<FulfillmentOrderLineItemInput>>,
}

/// Tracking of one or several parcels.
#[derive(Debug, InputObject)]
pub(super) struct FulfillmentTrackingInput {
    company: Option<String>,
    number: Option<String>,
    numbers: Option<Vec<String>>,
    url: Option<Url>,
    urls: Option<Vec<Url>>,
}

impl FulfillmentTrackingInput {
    /// One entry a parcel; the n-th number has the n-th URL.
    pub(super) fn parcels(self) -> Vec<Tracking> {
        let numbers = self.numbers.or_else(|| self.number.map(|number| vec![number])).unwrap_or_default();
        let urls = self.urls.or_else(|| self.url.map(|url| vec![url])).unwrap_or_default();
        let carrier = self.company.unwrap_or_default();
        let urls = urls.into_iter().map(|url| url.0).chain(std::iter::repeat(String::new()));
        numbers.into_iter().zip(urls).map(|(number, url)| Tracking { carrier: carrier.clone(), number, url }).collect()
    }
}

/// What is to be recorded as shipped.
#[derive(Debug, InputObject)]
pub(super) struct FulfillmentInput {
    pub(super) line_items_by_fulfillment_order: Vec<FulfillmentOrderLineItemsInput>,
    #[graphql(default = false)]
    pub(super) notify_customer: bool,
    pub(super) tracking_info: Option<FulfillmentTrackingInput>,
}

/// A reason for a refusal that the caller can act on.
#[derive(Debug, SimpleObject)]
pub(super) struct UserError {
    pub(super) field: Option<Vec<String>>,
    pub(super) message: String,
}

/// The answer to `fulfillmentCreate`.
#[derive(Debug, SimpleObject)]
pub(super) struct FulfillmentCreatePayload {
    pub(super) fulfillment: Option<Fulfillment>,
    pub(super) user_errors: Vec<UserError>,
}
