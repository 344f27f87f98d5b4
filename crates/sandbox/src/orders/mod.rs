//! Where the shops' orders come from: made from a seed, or read from a history.

use std::collections::BTreeMap;

use switchyard_core::address::Address;
use switchyard_core::order::LineKind;
use switchyard_core::time::Timestamp;

use crate::error::Result;
use crate::options::{OrderSource, SandboxOptions};
use crate::text::Text;

pub(crate) mod catalogue;
mod country;
pub(crate) mod generated;
pub(crate) mod history;
mod person;
pub(crate) mod stock;

/// An order before a shop has given it ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Position in the source, from 0.
    pub index: u64,
    /// Which shop sells it, from 0.
    pub shop: usize,
    /// Its number in the history; `None` lets the shop count.
    pub number: Option<Text>,
    /// When the customer bought; `None` means when it is published.
    pub placed_at: Option<Timestamp>,
    /// ISO 4217; `None` means the shop's own.
    pub currency: Option<Text>,
    /// The buyer's number; `None` for a guest.
    pub customer_id: Option<i64>,
    /// The buyer's e-mail.
    pub email: Text,
    /// Destination.
    pub destination: Address,
    /// Name of the chosen shipping.
    pub shipping: Text,
    /// Price of the shipping in minor units.
    pub shipping_price: i64,
    /// Remark; empty when none.
    pub note: Text,
    /// Labels.
    pub tags: Vec<Text>,
    /// What was bought.
    pub lines: Vec<DraftLine>,
}

/// A line before a shop has given it an id.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftLine {
    /// Article code; may be empty.
    pub sku: Text,
    /// Wording; may be empty.
    pub title: Text,
    /// Goods, or a fee that no warehouse may see.
    pub kind: LineKind,
    /// Units.
    pub quantity: u32,
    /// Minor units a piece; may be zero.
    pub unit_price: i64,
    /// Grams a piece; 0 for a fee.
    pub weight: u32,
}

/// An article that warehouses stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Article {
    pub(crate) sku: Text,
    pub(crate) title: Text,
    /// Units that the source will order over all its orders; for an endless source an estimate.
    pub(crate) demand: i64,
}

/// Orders in the source's order.
pub(crate) type Drafts = Box<dyn Iterator<Item = Result<Draft>> + Send>;

/// The orders of `options` from position `from` on.
pub(crate) fn open(options: &SandboxOptions, from: u64) -> Result<Drafts> {
    let (seed, shops) = (options.seed, options.shops);
    let end = options.limit.unwrap_or(u64::MAX);
    match &options.orders {
        OrderSource::Generated => Ok(Box::new((from..end).map(move |index| Ok(generated::draft(seed, shops, index))))),
        OrderSource::History(path) => {
            let drafts = history::read_history(path, seed, shops)?;
            let skip = usize::try_from(from).unwrap_or(usize::MAX);
            let take = usize::try_from(end.saturating_sub(from)).unwrap_or(usize::MAX);
            Ok(Box::new(drafts.skip(skip).take(take)))
        }
    }
}

/// Every article the orders of `options` can ask for, by code.
pub(crate) fn articles(options: &SandboxOptions) -> Result<Vec<Article>> {
    if options.orders == OrderSource::Generated {
        return Ok(catalogue::goods(options.seed)
            .map(|article| Article { sku: article.sku, title: article.title, demand: 50_000 })
            .collect());
    }
    let mut found: BTreeMap<Text, Article> = BTreeMap::new();
    for draft in open(options, 0)? {
        for line in draft?.lines.into_iter().filter(|line| line.kind == LineKind::Goods) {
            let article = found.entry(line.sku.clone()).or_insert_with(|| Article {
                sku: line.sku.clone(),
                title: line.title.clone(),
                demand: 0,
            });
            article.demand += i64::from(line.quantity);
            if article.title.is_empty() {
                article.title = line.title;
            }
        }
    }
    Ok(found.into_values().collect())
}
