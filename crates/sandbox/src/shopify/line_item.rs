//! `LineItem` with its variant and weight.

use std::sync::Arc;

use async_graphql::{Enum, ID, Object, SimpleObject};
use switchyard_core::order::LineKind;

use super::connection::connection;
use super::money::{MoneyBag, money};
use super::scalar::{gid, present};
use super::state;
use crate::record::PublishedLine;

/// A key and a value.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct Attribute {
    key: String,
    value: Option<String>,
}

/// A unit of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum WeightUnit {
    Grams,
}

/// A weight.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct Weight {
    unit: WeightUnit,
    value: f64,
}

/// What an inventory item measures.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct InventoryItemMeasurement {
    id: ID,
    weight: Option<Weight>,
}

/// The stocked side of a variant.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct InventoryItem {
    id: ID,
    sku: Option<String>,
    requires_shipping: bool,
    tracked: bool,
    measurement: InventoryItemMeasurement,
}

/// What was sold. Ids are made from the article code, so one article has one variant in every order.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct ProductVariant {
    id: ID,
    sku: Option<String>,
    title: String,
    display_name: String,
    inventory_item: InventoryItem,
}

/// A line of an order.
#[derive(Debug, Clone)]
pub(super) struct LineItem {
    order: Arc<state::Order>,
    line: PublishedLine,
}

fn int(units: u32) -> i32 {
    i32::try_from(units).unwrap_or(i32::MAX)
}

fn article_number(sku: &str) -> i64 {
    40_000_000_000 + i64::from(sku.bytes().fold(7_u32, |sum, sign| sum.wrapping_mul(16_777_619) ^ u32::from(sign)))
}

impl LineItem {
    pub(super) fn new(order: Arc<state::Order>, line: PublishedLine) -> Self {
        Self { order, line }
    }

    fn price(&self, units: u32) -> MoneyBag {
        money(self.line.unit_price.saturating_mul(i64::from(units)), &self.order.published.currency)
    }

    fn grams(&self) -> Option<Weight> {
        (self.line.weight > 0).then(|| Weight { unit: WeightUnit::Grams, value: f64::from(self.line.weight) })
    }

    fn wanted(&self) -> u32 {
        // Shopify takes cancelled units out of the current quantity, unless they left before.
        if self.order.cancelled_at.is_some() { self.order.fulfilled(self.line.line_id) } else { self.line.quantity }
    }
}

#[Object]
impl LineItem {
    async fn id(&self) -> ID {
        gid("LineItem", self.line.line_id)
    }

    async fn sku(&self) -> Option<String> {
        present(&self.line.sku)
    }

    async fn name(&self) -> &str {
        &self.line.title
    }

    async fn title(&self) -> &str {
        &self.line.title
    }

    async fn variant_title(&self) -> Option<String> {
        None
    }

    async fn vendor(&self) -> Option<String> {
        None
    }

    async fn quantity(&self) -> i32 {
        int(self.line.quantity)
    }

    async fn current_quantity(&self) -> i32 {
        int(self.wanted())
    }

    async fn unfulfilled_quantity(&self) -> i32 {
        int(self.order.remaining(&self.line))
    }

    async fn non_fulfillable_quantity(&self) -> i32 {
        if self.line.kind == LineKind::Fee { int(self.line.quantity) } else { 0 }
    }

    async fn requires_shipping(&self) -> bool {
        self.line.kind == LineKind::Goods
    }

    async fn is_gift_card(&self) -> bool {
        self.line.sku.starts_with("gift_")
    }

    async fn original_unit_price_set(&self) -> MoneyBag {
        self.price(1)
    }

    async fn discounted_unit_price_set(&self) -> MoneyBag {
        self.price(1)
    }

    async fn original_total_set(&self) -> MoneyBag {
        self.price(self.line.quantity)
    }

    async fn discounted_total_set(&self) -> MoneyBag {
        self.price(self.line.quantity)
    }

    async fn custom_attributes(&self) -> Vec<Attribute> {
        Vec::new()
    }

    async fn weight(&self) -> Option<Weight> {
        self.grams()
    }

    /// Fees are custom lines: they have no variant.
    async fn variant(&self) -> Option<ProductVariant> {
        if self.line.kind == LineKind::Fee {
            return None;
        }
        let number = article_number(&self.line.sku);
        Some(ProductVariant {
            id: gid("ProductVariant", number),
            sku: present(&self.line.sku),
            title: "Default Title".into(),
            display_name: format!("{} - Default Title", self.line.title),
            inventory_item: InventoryItem {
                id: gid("InventoryItem", number),
                sku: present(&self.line.sku),
                requires_shipping: true,
                tracked: true,
                measurement: InventoryItemMeasurement {
                    id: gid("InventoryItemMeasurement", number),
                    weight: self.grams(),
                },
            },
        })
    }
}

connection!(LineItemConnection, "LineItemConnection", LineItemEdge, "LineItemEdge", LineItem);
