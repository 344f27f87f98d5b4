//! `Order`, its buyer and its destination.

use std::sync::Arc;

use async_graphql::{Enum, ID, Object, Result, SimpleObject};

use super::connection::Slice;
use super::fulfillment::{
    Fulfillment, FulfillmentOrder, FulfillmentOrderConnection, FulfillmentOrderStatus, fulfillment_order,
};
use super::line_item::{Attribute, LineItem, LineItemConnection};
use super::money::{MoneyBag, money};
use super::profile::Profile;
use super::scalar::{CountryCode, CurrencyCode, DateTime, UnsignedInt64, gid, present};
use super::state;

/// Shopify's summary of an order's payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum OrderDisplayFinancialStatus {
    Paid,
    Pending,
    Refunded,
    Voided,
}

/// Shopify's summary of an order's shipping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum OrderDisplayFulfillmentStatus {
    Fulfilled,
    FulfillmentNotRequired,
    PartiallyFulfilled,
    Unfulfilled,
}

/// Why an order was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum OrderCancelReason {
    Customer,
}

/// A postal address.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct MailingAddress {
    id: ID,
    first_name: Option<String>,
    last_name: Option<String>,
    name: Option<String>,
    company: Option<String>,
    address1: Option<String>,
    address2: Option<String>,
    city: Option<String>,
    province: Option<String>,
    province_code: Option<String>,
    zip: Option<String>,
    country: Option<String>,
    country_code_v2: Option<CountryCode>,
    phone: Option<String>,
}

fn split(name: &str) -> (Option<String>, Option<String>) {
    let (first, last) = name.split_once(' ').unwrap_or(("", name));
    (present(first), present(last))
}

fn mailing_address(order: &state::Order) -> MailingAddress {
    let to = &order.destination;
    let (first_name, last_name) = split(&to.name);
    MailingAddress {
        id: format!("gid://shopify/MailingAddress/{}?model_name=Address", order.id()).into(),
        first_name,
        last_name,
        name: present(&to.name),
        company: present(&to.company),
        address1: present(&to.line1),
        address2: present(&to.line2),
        city: present(&to.city),
        province: present(&to.province),
        province_code: present(&to.province),
        zip: present(&to.postcode),
        country: present(&to.country),
        country_code_v2: present(&to.country).map(CountryCode),
        phone: present(&to.phone),
    }
}

/// An e-mail address of a customer.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct CustomerEmailAddress {
    email_address: String,
}

/// A telephone number of a customer.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct CustomerPhoneNumber {
    phone_number: String,
}

/// A buyer.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct Customer {
    id: ID,
    legacy_resource_id: UnsignedInt64,
    display_name: String,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// As it was when the order was placed; Shopify's goes on counting.
    number_of_orders: UnsignedInt64,
    default_email_address: Option<CustomerEmailAddress>,
    default_phone_number: Option<CustomerPhoneNumber>,
}

/// The chosen shipping.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct ShippingLine {
    id: Option<ID>,
    title: String,
    code: Option<String>,
    source: Option<String>,
    carrier_identifier: Option<String>,
    original_price_set: MoneyBag,
    discounted_price_set: MoneyBag,
}

/// An order.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) profile: Arc<Profile>,
    pub(super) state: Arc<state::Order>,
}

impl Order {
    fn currency(&self) -> &str {
        &self.state.published.currency
    }

    fn subtotal(&self) -> i64 {
        let lines = self.state.published.lines.iter();
        lines.map(|line| line.unit_price.saturating_mul(i64::from(line.quantity))).sum()
    }

    fn total(&self) -> i64 {
        self.subtotal().saturating_add(self.state.published.shipping_price)
    }

    fn current_total(&self) -> i64 {
        if self.state.cancelled_at.is_some() { 0 } else { self.total() }
    }

    fn shipping(&self) -> ShippingLine {
        let published = &self.state.published;
        let price = money(published.shipping_price, self.currency());
        ShippingLine {
            id: Some(gid("ShippingLine", self.state.id())),
            title: published.shipping.to_string(),
            code: Some(published.shipping.to_string()),
            source: Some("shopify".into()),
            carrier_identifier: None,
            original_price_set: price.clone(),
            discounted_price_set: price,
        }
    }

    fn finished(&self) -> bool {
        self.state.cancelled_at.is_some() || self.state.remaining_total() == 0
    }
}

#[Object]
impl Order {
    async fn id(&self) -> ID {
        gid("Order", self.state.id())
    }

    async fn legacy_resource_id(&self) -> UnsignedInt64 {
        UnsignedInt64(self.state.id().to_string())
    }

    async fn name(&self) -> String {
        format!("#{}", self.state.published.number)
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.state.created_at)
    }

    async fn updated_at(&self) -> DateTime {
        DateTime(self.state.updated_at)
    }

    async fn processed_at(&self) -> DateTime {
        DateTime(self.state.published.placed_at)
    }

    async fn cancelled_at(&self) -> Option<DateTime> {
        self.state.cancelled_at.map(DateTime)
    }

    async fn cancel_reason(&self) -> Option<OrderCancelReason> {
        self.state.cancelled_at.map(|_| OrderCancelReason::Customer)
    }

    async fn closed(&self) -> bool {
        self.finished()
    }

    async fn closed_at(&self) -> Option<DateTime> {
        self.finished().then_some(DateTime(self.state.updated_at))
    }

    async fn test(&self) -> bool {
        true
    }

    async fn display_financial_status(&self) -> Option<OrderDisplayFinancialStatus> {
        let cancelled = self.state.cancelled_at.is_some();
        Some(match (cancelled, self.state.paid) {
            (false, true) => OrderDisplayFinancialStatus::Paid,
            (false, false) => OrderDisplayFinancialStatus::Pending,
            (true, true) => OrderDisplayFinancialStatus::Refunded,
            (true, false) => OrderDisplayFinancialStatus::Voided,
        })
    }

    async fn display_fulfillment_status(&self) -> OrderDisplayFulfillmentStatus {
        if self.state.goods().next().is_none() {
            OrderDisplayFulfillmentStatus::FulfillmentNotRequired
        } else if self.state.goods().all(|line| self.state.fulfilled(line.line_id) >= line.quantity) {
            OrderDisplayFulfillmentStatus::Fulfilled
        } else if self.state.fulfillments.is_empty() {
            OrderDisplayFulfillmentStatus::Unfulfilled
        } else {
            OrderDisplayFulfillmentStatus::PartiallyFulfilled
        }
    }

    async fn fully_paid(&self) -> bool {
        self.state.cancelled_at.is_none() && self.state.paid
    }

    async fn unpaid(&self) -> bool {
        self.state.cancelled_at.is_none() && !self.state.paid
    }

    async fn requires_shipping(&self) -> bool {
        self.state.goods().next().is_some()
    }

    async fn fulfillable(&self) -> bool {
        self.state.remaining_total() > 0
    }

    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.currency().to_owned())
    }

    async fn presentment_currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.currency().to_owned())
    }

    async fn total_price_set(&self) -> MoneyBag {
        money(self.total(), self.currency())
    }

    async fn current_total_price_set(&self) -> MoneyBag {
        money(self.current_total(), self.currency())
    }

    async fn subtotal_price_set(&self) -> Option<MoneyBag> {
        Some(money(self.subtotal(), self.currency()))
    }

    async fn total_shipping_price_set(&self) -> MoneyBag {
        money(self.state.published.shipping_price, self.currency())
    }

    async fn email(&self) -> Option<String> {
        present(&self.state.published.email)
    }

    async fn phone(&self) -> Option<String> {
        present(&self.state.destination.phone)
    }

    async fn customer(&self) -> Option<Customer> {
        let published = &self.state.published;
        let number = published.customer_id?;
        let (first_name, last_name) = split(&self.state.destination.name);
        let (email, phone) = (present(&published.email), present(&self.state.destination.phone));
        Some(Customer {
            id: gid("Customer", number),
            legacy_resource_id: UnsignedInt64(number.to_string()),
            number_of_orders: UnsignedInt64(self.state.buyer_orders.to_string()),
            display_name: self.state.destination.name.clone(),
            first_name,
            last_name,
            default_email_address: email.clone().map(|email_address| CustomerEmailAddress { email_address }),
            default_phone_number: phone.clone().map(|phone_number| CustomerPhoneNumber { phone_number }),
            email,
            phone,
        })
    }

    async fn shipping_address(&self) -> Option<MailingAddress> {
        Some(mailing_address(&self.state))
    }

    async fn billing_address(&self) -> Option<MailingAddress> {
        Some(mailing_address(&self.state))
    }

    async fn shipping_line(&self) -> Option<ShippingLine> {
        Some(self.shipping())
    }

    async fn note(&self) -> Option<String> {
        present(&self.state.published.note)
    }

    async fn tags(&self) -> Vec<String> {
        self.state.published.tags.iter().map(ToString::to_string).collect()
    }

    async fn custom_attributes(&self) -> Vec<Attribute> {
        Vec::new()
    }

    async fn line_items(&self, first: Option<i32>, after: Option<String>) -> Result<LineItemConnection> {
        let lines = &self.state.published.lines;
        let slice = Slice::of(lines, |line| line.line_id, "LINE_ITEM", first, after)?;
        Ok(slice.map(|line| LineItem::new(self.state.clone(), line.clone())).into())
    }

    async fn fulfillment_orders(
        &self,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<FulfillmentOrderConnection> {
        let all: Vec<FulfillmentOrder> = fulfillment_order(&self.profile, &self.state).into_iter().collect();
        let slice = Slice::of(&all, |_| self.state.fulfillment_order_id(), "FULFILLMENT_ORDER", first, after)?;
        Ok(slice.map(Clone::clone).into())
    }

    async fn fulfillments(&self, first: Option<i32>) -> Vec<Fulfillment> {
        let count = first.map_or(usize::MAX, |first| usize::try_from(first).unwrap_or(0));
        let some = self.state.fulfillments.iter().take(count);
        some.map(|fulfillment| Fulfillment { order: self.clone(), state: fulfillment.clone() }).collect()
    }
}

impl FulfillmentOrderStatus {
    /// Where an order's only fulfillment order stands.
    pub(super) fn of(order: &state::Order) -> Self {
        if order.remaining_total() == 0 {
            if order.cancelled_at.is_some() && order.fulfillments.is_empty() { Self::Cancelled } else { Self::Closed }
        } else if order.fulfillments.is_empty() {
            Self::Open
        } else {
            Self::InProgress
        }
    }
}
