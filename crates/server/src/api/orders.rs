//! Reading orders.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::change_request::{ChangeRequest, LineUnits};
use switchyard_core::fulfillment::{FulfillmentOrder, HandOver};
use switchyard_core::id::{LineId, OrderId};
use switchyard_core::journal::Recorded;
use switchyard_core::order::Order;
use switchyard_core::return_order::{Return, returnable};
use switchyard_core::shipment::Shipment;
use switchyard_core::time::Timestamp;
use switchyard_core::units::{LineAccount, account};
use switchyard_core::write_back::WriteBack;
use switchyard_store::contract::{Attempt, StoredPlan};
use switchyard_store::query::{Count, OrderQuery, OrderSummary, SortKey, Stage};
use utoipa::{IntoParams, ToSchema};

use crate::app::AppState;
use crate::caller::Person;
use crate::editability::{self, Editability};
use crate::extract::{Path, Query};
use crate::order_query::{self, Names};
use crate::page;
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// Journal entries an order's timeline shows at most.
const TIMELINE_LIMIT: u32 = 1_000;

/// Which orders, in what order, from where.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListOrders {
    /// Query text, such as `state:editable cutoff:<30m`; see docs/api-design.md.
    #[serde(default)]
    pub q: String,
    /// `received`, `placed`, `updated`, `editable_until`, `total` or `number`; with `-` in front largest first.
    #[serde(default)]
    #[param(example = "-received")]
    pub sort: Option<String>,
    /// Goes on after an earlier page: its `next`.
    #[serde(default)]
    pub after: Option<String>,
    /// Skips this many rows instead; for jumping with a scroll bar.
    #[serde(default)]
    pub offset: Option<u32>,
    /// Rows of the page, 1 to 500; 100 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A page of orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderList {
    /// Rows in order.
    pub items: Vec<OrderSummary>,
    /// Where the next page starts; absent at the end.
    pub next: Option<String>,
    /// How many match, counted to 10,000.
    pub total: Count,
}

/// Lists orders.
#[utoipa::path(
    get, path = "/orders", tag = "orders", operation_id = "list_orders",
    params(ListOrders),
    responses(
        (status = 200, description = "A page", body = OrderList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_orders(
    State(state): State<AppState>,
    Query(parameters): Query<ListOrders>,
) -> Result<Json<OrderList>, ApiError> {
    let store = state.engine.store();
    let names = Names::new(&store.connections().await?, &store.warehouses().await?);
    let filter = order_query::parse(&parameters.q, &names, state.engine.now()).map_err(ApiError::bad_query)?;
    let (sort, descending) = sort_of(parameters.sort.as_deref())?;
    let limit = parameters.limit.unwrap_or(page::DEFAULT_LIMIT);
    if !(1..=page::MAX_LIMIT).contains(&limit) {
        return Err(wrong_parameter("limit", format!("`{limit}` is not between 1 and {}", page::MAX_LIMIT)));
    }
    let after = match &parameters.after {
        Some(text) => Some(
            page::decode(text, sort, descending)
                .ok_or_else(|| wrong_parameter("after", "not a place in a list sorted like this"))?,
        ),
        None => None,
    };
    let total = store.count_orders(&filter, page::COUNT_CAP).await?;
    let query = OrderQuery { filter, sort, descending, after, offset: parameters.offset.unwrap_or(0), limit };
    let found = store.search_orders(&query).await?;
    let next = found.next.as_ref().map(|position| page::encode(sort, descending, position));
    Ok(Json(OrderList { items: found.rows, next, total }))
}

fn wrong_parameter(name: &str, detail: impl Into<String>) -> ApiError {
    let detail = detail.into();
    ApiError::bad_request(format!("{name}: {detail}"), vec![FieldProblem::new(name, detail)])
}

/// The sort keys by the names the API gives them.
const SORT_KEYS: [(&str, SortKey); 6] = [
    ("received", SortKey::Received),
    ("placed", SortKey::Placed),
    ("updated", SortKey::Updated),
    ("editable_until", SortKey::EditableUntil),
    ("total", SortKey::Total),
    ("number", SortKey::Number),
];

fn sort_of(text: Option<&str>) -> Result<(SortKey, bool), ApiError> {
    let text = text.unwrap_or("-received");
    let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
    SORT_KEYS.iter().find(|(known, _)| *known == name).map(|(_, key)| (*key, descending)).ok_or_else(|| {
        let known = SORT_KEYS.map(|(known, _)| known).join(", ");
        wrong_parameter("sort", format!("`{name}` is none of {known}"))
    })
}

/// Everything about one order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrderDetail {
    /// The canonical record.
    pub order: Order,
    /// Where it stands.
    pub stage: Stage,
    /// What may be done to it now.
    pub editable: Editability,
    /// Where the units of each line are; empty when the facts contradict each other.
    pub accounts: Vec<LineAccount>,
    /// The contradiction, if there is one.
    pub imbalance: Option<String>,
    /// Its parts, oldest first.
    pub fulfillments: Vec<FulfillmentOrder>,
    /// Their hand-overs, oldest first.
    pub hand_overs: Vec<HandOver>,
    /// What left, oldest first.
    pub shipments: Vec<Shipment>,
    /// What the shop is told, oldest first.
    pub write_backs: Vec<WriteBack>,
    /// What warehouses were asked to change, oldest first.
    pub change_requests: Vec<ChangeRequest>,
    /// What comes back, oldest first.
    pub returns: Vec<Return>,
    /// Units of each line that left and are not coming back: those a return may be announced for.
    pub returnable: Vec<LineUnits>,
    /// Tries at partners, oldest first.
    pub attempts: Vec<Attempt>,
    /// The latest plan with its explanation.
    pub plan: Option<StoredPlan>,
}

/// Reads one order with everything that belongs to it.
#[utoipa::path(
    get, path = "/orders/{id}", tag = "orders", operation_id = "get_order",
    params(("id" = OrderId, Path, description = "The order")),
    responses(
        (status = 200, description = "The order", body = OrderDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_order(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<OrderId>,
) -> Result<Json<OrderDetail>, ApiError> {
    let file = state.engine.store().order_file(&id).await?.ok_or_else(|| ApiError::no_order(&id))?;
    let (accounts, imbalance) = match account(&file.order, &file.fulfillments) {
        Ok(accounts) => (accounts, None),
        Err(contradiction) => {
            tracing::error!(order = %id, "units do not add up: {contradiction}");
            (Vec::new(), Some(contradiction.to_string()))
        }
    };
    let editable = editability::of(&state.engine, &file, &person.holder(), state.engine.now()).await?;
    let returnable = returnable(&file.fulfillments, &file.returns).into_iter().map(units).collect();
    Ok(Json(OrderDetail {
        editable,
        accounts,
        imbalance,
        stage: file.stage,
        fulfillments: file.fulfillments,
        hand_overs: file.hand_overs,
        shipments: file.shipments,
        write_backs: file.write_backs,
        returnable,
        change_requests: file.change_requests,
        returns: file.returns,
        attempts: file.attempts,
        plan: state.engine.store().latest_plan(&id).await?,
        order: file.order,
    }))
}

/// More units than can be counted are as good as the most that can.
fn units((line, units): (LineId, u64)) -> LineUnits {
    LineUnits { line, units: u32::try_from(units).unwrap_or(u32::MAX) }
}

/// Exactly what the shop sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RawOrder {
    /// When it came.
    pub received_at: Timestamp,
    /// The shop's id of the order.
    pub external_id: String,
    /// Which version of it.
    pub version: String,
    /// The payload; bytes that are no UTF-8 show as a replacement character.
    pub text: String,
}

/// Reads the newest payload the shop sent for an order.
#[utoipa::path(
    get, path = "/orders/{id}/raw", tag = "orders", operation_id = "get_order_raw",
    params(("id" = OrderId, Path, description = "The order")),
    responses(
        (status = 200, description = "The payload", body = RawOrder),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_order_raw(State(state): State<AppState>, Path(id): Path<OrderId>) -> Result<Json<RawOrder>, ApiError> {
    let store = state.engine.store();
    let order = store.order_file(&id).await?.ok_or_else(|| ApiError::no_order(&id))?.order;
    let stored = store
        .latest_item(&order.shop, ORDERS_STREAM, &order.shop_order_id)
        .await?
        .ok_or_else(|| ApiError::not_found("payload of order", &id))?;
    Ok(Json(RawOrder {
        received_at: stored.item.received_at,
        external_id: stored.item.external_id,
        version: stored.item.version,
        text: String::from_utf8_lossy(&stored.item.raw).into_owned(),
    }))
}

/// Name of the stream orders come through.
const ORDERS_STREAM: &str = switchyard_connectors::contract::Stream::Orders.as_str();

/// What happened to an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Timeline {
    /// Journal entries, oldest first; at most 1,000.
    pub items: Vec<Recorded>,
}

/// Reads what happened to an order: who, what, why, before, after.
#[utoipa::path(
    get, path = "/orders/{id}/timeline", tag = "orders", operation_id = "get_order_timeline",
    params(("id" = OrderId, Path, description = "The order")),
    responses(
        (status = 200, description = "Its journal entries", body = Timeline),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_order_timeline(
    State(state): State<AppState>,
    Path(id): Path<OrderId>,
) -> Result<Json<Timeline>, ApiError> {
    let store = state.engine.store();
    let items = store.journal_of(&id, TIMELINE_LIMIT).await?;
    if items.is_empty() && store.order_file(&id).await?.is_none() {
        return Err(ApiError::no_order(&id));
    }
    Ok(Json(Timeline { items }))
}
