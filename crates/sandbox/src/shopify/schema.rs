//! The served subset of Shopify's Admin schema: roots.

use std::sync::{Arc, Mutex};

use async_graphql::{Context, EmptySubscription, Enum, Error, ErrorExtensions, ID, Object, Result, SimpleObject};

use super::connection::{Slice, connection, page_size};
use super::fulfillment::{
    Fulfillment, FulfillmentCreatePayload, FulfillmentInput, FulfillmentOrder, FulfillmentOrderLineItemsInput,
    LINES_PER_CALL, UserError, fulfillment_order,
};
use super::order::Order;
use super::paging::Place;
use super::profile::Profile;
use super::scalar::{CurrencyCode, Url, gid, number_of};
use super::search::Search;
use super::state::{FULFILLMENT_ORDER_OFFSET, Portion, Shop, Sorting};
use crate::fault::Draw;
use crate::ledger::Ticket;

pub(super) type Schema = async_graphql::Schema<QueryRoot, Mutation, EmptySubscription>;

/// What one request carries through its resolvers.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) draw: Draw,
    /// Search terms that filtered nothing.
    pub(super) warnings: Mutex<Vec<(String, String)>>,
    /// The last effect of this call.
    pub(super) ticket: Mutex<Option<Ticket>>,
}

connection!(OrderConnection, "OrderConnection", OrderEdge, "OrderEdge", Order);

/// What orders can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum OrderSortKeys {
    CreatedAt,
    Id,
    ProcessedAt,
    UpdatedAt,
}

impl OrderSortKeys {
    const fn sorting(self) -> Sorting {
        match self {
            Self::CreatedAt | Self::Id => Sorting::Created,
            Self::ProcessedAt => Sorting::Purchased,
            Self::UpdatedAt => Sorting::Updated,
        }
    }
}

/// A permission of the app.
#[derive(Debug, SimpleObject)]
struct AccessScope {
    handle: String,
    description: String,
}

/// The calling app in this shop.
#[derive(Debug, SimpleObject)]
struct AppInstallation {
    id: ID,
    access_scopes: Vec<AccessScope>,
}

/// The shop itself.
#[derive(Debug, SimpleObject)]
#[graphql(name = "Shop")]
struct ShopObject {
    id: ID,
    name: String,
    myshopify_domain: String,
    currency_code: CurrencyCode,
    email: String,
    contact_email: String,
    iana_timezone: String,
    url: Url,
}

const SCOPES: [&str; 8] = [
    "read_orders",
    "write_orders",
    "read_all_orders",
    "read_merchant_managed_fulfillment_orders",
    "write_merchant_managed_fulfillment_orders",
    "read_products",
    "read_locations",
    "read_inventory",
];

fn shop<'a>(ctx: &Context<'a>) -> Result<&'a Arc<Shop>> {
    ctx.data::<Arc<Shop>>()
}

fn invalid_id(id: &ID) -> Error {
    Error::new(format!("Invalid global id '{}'", id.as_str()))
        .extend_with(|_, error| error.set("code", "argumentLiteralsIncompatible"))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Reading.
#[derive(Debug)]
pub(super) struct QueryRoot;

#[Object(name = "QueryRoot")]
impl QueryRoot {
    async fn orders(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(default = false)] reverse: bool,
        #[graphql(default_with = "OrderSortKeys::ProcessedAt")] sort_key: OrderSortKeys,
        query: Option<String>,
    ) -> Result<OrderConnection> {
        let (shop, call) = (shop(ctx)?, ctx.data::<Arc<Call>>()?);
        let size = page_size(first)?;
        let query = query.unwrap_or_default();
        let search = Search::parse(&query);
        for term in &search.unknown {
            lock(&call.warnings).push((query.clone(), term.clone()));
        }
        let sort = format!("{sort_key:?}{}", if reverse { " reverse" } else { "" });
        let after = after
            .map(|cursor| Place::decode(&cursor, &sort))
            .transpose()
            .map_err(|_| Error::new("Invalid cursor for current pagination sort."))?
            .map(|place| (place.last_value, place.last_id));
        let sorting = sort_key.sorting();
        let at_least = (sorting == Sorting::Updated).then_some(search.updated.from);
        let mut found = shop.page(sorting, reverse, after, at_least, size + 1, |order| search.holds(order));
        let has_next_page = found.len() > size;
        found.truncate(size);
        if call.draw.duplicate_items {
            // A busy shop shows a row twice when it changes while it is being read.
            let again: Vec<_> = found.iter().step_by(3).cloned().collect();
            found.splice(0..0, again);
        }
        let profile = shop.profile.clone();
        let rows = found.into_iter().map(|(value, state)| {
            let cursor = Place { last_id: state.id(), last_value: value, sort: sort.clone() }.encode();
            (cursor, Order { profile: profile.clone(), state })
        });
        Ok(Slice { rows: rows.collect(), has_next_page, has_previous_page: after.is_some() }.into())
    }

    async fn order(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Order>> {
        let shop = shop(ctx)?;
        let number = number_of("Order", &id).ok_or_else(|| invalid_id(&id))?;
        Ok(shop.order(number).map(|state| Order { profile: shop.profile.clone(), state }))
    }

    async fn fulfillment_order(&self, ctx: &Context<'_>, id: ID) -> Result<Option<FulfillmentOrder>> {
        let shop = shop(ctx)?;
        let number = number_of("FulfillmentOrder", &id).ok_or_else(|| invalid_id(&id))?;
        let order = shop.order(number - FULFILLMENT_ORDER_OFFSET);
        Ok(order.and_then(|order| fulfillment_order(&shop.profile, &order)))
    }

    async fn fulfillment(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Fulfillment>> {
        let shop = shop(ctx)?;
        let number = number_of("Fulfillment", &id).ok_or_else(|| invalid_id(&id))?;
        Ok(shop.fulfillment(number).map(|(order, state)| {
            let order = Order { profile: shop.profile.clone(), state: order };
            Fulfillment { order, state }
        }))
    }

    async fn shop(&self, ctx: &Context<'_>) -> Result<ShopObject> {
        let Profile { index, name, domain, currency, .. } = &*shop(ctx)?.profile;
        Ok(ShopObject {
            id: gid("Shop", 60_000_000_000 + i64::try_from(*index)?),
            name: name.clone(),
            myshopify_domain: domain.clone(),
            currency_code: CurrencyCode((*currency).to_owned()),
            email: "owner@example.com".into(),
            contact_email: "hello@example.com".into(),
            iana_timezone: "Etc/UTC".into(),
            url: Url(format!("https://{domain}")),
        })
    }

    async fn current_app_installation(&self) -> AppInstallation {
        let scope = |handle: &str| AccessScope { handle: handle.to_owned(), description: handle.replace('_', " ") };
        AppInstallation { id: gid("AppInstallation", 1), access_scopes: SCOPES.into_iter().map(scope).collect() }
    }
}

/// Changing.
#[derive(Debug)]
pub(super) struct Mutation;

#[Object]
impl Mutation {
    async fn fulfillment_create(
        &self,
        ctx: &Context<'_>,
        fulfillment: FulfillmentInput,
        message: Option<String>,
    ) -> Result<Option<FulfillmentCreatePayload>> {
        let shop = shop(ctx)?;
        tracing::debug!(notify = fulfillment.notify_customer, ?message, "fulfillmentCreate");
        let size = |portion: &FulfillmentOrderLineItemsInput| {
            portion.fulfillment_order_line_items.as_ref().map_or(0, Vec::len)
        };
        if let Some(large) =
            fulfillment.line_items_by_fulfillment_order.iter().map(size).find(|size| *size > LINES_PER_CALL)
        {
            return Err(async_graphql::Error::new(format!(
                "The input array size of {large} is greater than the maximum allowed of {LINES_PER_CALL}."
            )));
        }
        let portions = fulfillment
            .line_items_by_fulfillment_order
            .into_iter()
            .map(|portion| {
                let id = portion.fulfillment_order_id;
                let fulfillment_order_id = number_of("FulfillmentOrder", &id).ok_or_else(|| invalid_id(&id))?;
                let lines = portion.fulfillment_order_line_items.unwrap_or_default().into_iter().map(|line| {
                    let number = number_of("FulfillmentOrderLineItem", &line.id).ok_or_else(|| invalid_id(&line.id))?;
                    Ok((number, line.quantity))
                });
                Ok(Portion { fulfillment_order_id, lines: lines.collect::<Result<_>>()? })
            })
            .collect::<Result<Vec<_>>>()?;
        let tracking = fulfillment.tracking_info.map(|tracking| tracking.parcels()).unwrap_or_default();
        Ok(Some(match shop.fulfill(&portions, tracking) {
            Ok((state, done, ticket)) => {
                *lock(&ctx.data::<Arc<Call>>()?.ticket) = Some(ticket);
                let order = Order { profile: shop.profile.clone(), state };
                let fulfillment = Fulfillment { order, state: done };
                FulfillmentCreatePayload { fulfillment: Some(fulfillment), user_errors: Vec::new() }
            }
            Err(refusal) => FulfillmentCreatePayload {
                fulfillment: None,
                user_errors: vec![UserError { field: Some(refusal.field), message: refusal.message }],
            },
        }))
    }
}

/// The schema over `shop`.
pub(super) fn schema(shop: Arc<Shop>) -> Schema {
    async_graphql::Schema::build(QueryRoot, Mutation, EmptySubscription).data(shop).finish()
}

/// The schema without a shop, for its text.
pub(super) fn sdl() -> String {
    async_graphql::Schema::build(QueryRoot, Mutation, EmptySubscription).finish().sdl()
}
