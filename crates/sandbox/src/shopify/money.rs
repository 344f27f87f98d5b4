//! Amounts as Shopify writes them.

use async_graphql::SimpleObject;

use super::scalar::{CurrencyCode, Decimal, decimal};

/// An amount in one currency.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct MoneyV2 {
    amount: Decimal,
    currency_code: CurrencyCode,
}

/// An amount in the shop's and the buyer's currency; here both are the same.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct MoneyBag {
    shop_money: MoneyV2,
    presentment_money: MoneyV2,
}

pub(super) fn money(minor: i64, currency: &str) -> MoneyBag {
    let money = MoneyV2 { amount: decimal(minor), currency_code: CurrencyCode(currency.to_owned()) };
    MoneyBag { shop_money: money.clone(), presentment_money: money }
}
