//! Stock: levels, what is kept back of them, and every movement.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::connection::{Connection, Side};
use switchyard_core::id::{ConnectionId, OrderId, WarehouseId};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_core::stock::bucket::BlockReason;
use switchyard_core::stock::ledger::Document;
use switchyard_engine::handle::{StockChange, StockRequest};
use switchyard_store::contract::{StockFilter, StockMovement, StockPlace};
use utoipa::{IntoParams, ToSchema};

use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path, Query};
use crate::page;
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// Movements of a level that are shown.
const MOVEMENTS: u32 = 200;

/// Which levels.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListStock {
    /// A part of the SKU, in either case.
    #[serde(default)]
    pub sku: String,
    /// Only this warehouse.
    #[serde(default)]
    pub warehouse: Option<WarehouseId>,
    /// Only levels of which nothing may be promised any more.
    #[serde(default)]
    pub exhausted: bool,
    /// Goes on after an earlier page: its `next`.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows of the page, 1 to 500; 100 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A level with what may still be promised of it, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockRow {
    /// The level: where its units are.
    pub level: StockLevel,
    /// Units that may still be promised to somebody.
    #[schema(value_type = u32)]
    pub available: Quantity,
    /// Units that were promised or set aside and are not there.
    pub over_promised: u64,
    /// What each shop may sell of it, by the shop's creation.
    pub shops: Vec<ShopShare>,
}

/// What a shop may sell of a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShopShare {
    /// The shop's connection.
    pub shop: ConnectionId,
    /// Its name.
    pub name: String,
    /// Units kept for it.
    #[schema(value_type = u32)]
    pub kept: Quantity,
    /// Units it may sell: what is available less what is kept for the others.
    #[schema(value_type = u32)]
    pub sellable: Quantity,
}

impl StockRow {
    fn of(level: StockLevel, shops: &[Connection]) -> Self {
        let share = |shop: &Connection| ShopShare {
            shop: shop.id.clone(),
            name: shop.name.clone(),
            kept: level.buckets.earmarks.get(&shop.id).copied().unwrap_or(0),
            sellable: level.sellable(&shop.id),
        };
        let shops = shops.iter().map(share).collect();
        Self { available: level.available(), over_promised: level.buckets.over_promised(), shops, level }
    }
}

async fn shops(state: &AppState) -> Result<Vec<Connection>, ApiError> {
    let mut shops = state.engine.store().connections().await?;
    shops.retain(|connection| connection.side == Side::Shop);
    Ok(shops)
}

/// A page of levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockList {
    /// By SKU, then warehouse.
    pub items: Vec<StockRow>,
    /// Where the next page starts; absent at the end.
    pub next: Option<String>,
}

/// Lists stock levels.
#[utoipa::path(
    get, path = "/stock", tag = "stock", operation_id = "list_stock",
    params(ListStock),
    responses(
        (status = 200, description = "A page", body = StockList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_stock(
    State(state): State<AppState>,
    Query(parameters): Query<ListStock>,
) -> Result<Json<StockList>, ApiError> {
    let limit = parameters.limit.unwrap_or(page::DEFAULT_LIMIT);
    if !(1..=page::MAX_LIMIT).contains(&limit) {
        let detail = format!("`{limit}` is not between 1 and {}", page::MAX_LIMIT);
        return Err(ApiError::bad_request(format!("limit: {detail}"), vec![FieldProblem::new("limit", detail)]));
    }
    let after = parameters.after.as_deref().map(place).transpose()?;
    let filter =
        StockFilter { sku_contains: parameters.sku, warehouse: parameters.warehouse, exhausted: parameters.exhausted };
    let levels = state.engine.store().search_stock(&filter, after.as_ref(), limit).await?;
    let full = u32::try_from(levels.len()).is_ok_and(|count| count == limit);
    let next = levels.last().filter(|_| full).map(|level| format!("{}/{}", level.warehouse, level.sku));
    let shops = shops(&state).await?;
    Ok(Json(StockList { items: levels.into_iter().map(|level| StockRow::of(level, &shops)).collect(), next }))
}

/// A place in the list: the warehouse first, because a SKU may have any character in it.
fn place(text: &str) -> Result<StockPlace, ApiError> {
    let parts = text.split_once('/').and_then(|(warehouse, sku)| Some((warehouse.parse().ok()?, sku)));
    let (warehouse, sku) = parts.ok_or_else(|| {
        let field = FieldProblem::new("after", "not a place in this list");
        ApiError::bad_request("after: not a place in this list", vec![field])
    })?;
    Ok(StockPlace { sku: Sku::new(sku), warehouse })
}

/// A level and how it came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockDetail {
    /// The level now.
    pub level: StockRow,
    /// Its movements, newest first; at most 200.
    pub movements: Vec<LedgerRow>,
}

/// A movement with what a person calls the document behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LedgerRow {
    /// The movement.
    #[serde(flatten)]
    pub movement: StockMovement,
    /// The order behind it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// The fulfillment order's number or the warehouse's id of the shipment; empty where the document has none.
    pub reference: String,
}

/// Names the documents of movements; each is read once.
async fn named(state: &AppState, movements: Vec<StockMovement>) -> Result<Vec<LedgerRow>, ApiError> {
    let store = state.engine.store();
    let mut known: BTreeMap<Document, (Option<OrderId>, String)> = BTreeMap::new();
    let mut rows = Vec::with_capacity(movements.len());
    for movement in movements {
        let (order, reference) = match &movement.document {
            None => (None, String::new()),
            Some(document) => match known.get(document) {
                Some(found) => found.clone(),
                None => {
                    let found = match document {
                        Document::Fulfillment { id } => {
                            store.fulfillment(id).await?.map(|f| (Some(f.order), f.reference))
                        }
                        Document::Shipment { id } => store.shipment(id).await?.map(|s| (Some(s.order), s.remote_id)),
                        _ => None,
                    };
                    known.entry(document.clone()).or_insert(found.unwrap_or_default()).clone()
                }
            },
        };
        // What was moved before documents were kept is known by its transaction.
        let order = order.or_else(|| movement.subject.parse().ok());
        rows.push(LedgerRow { movement, order, reference });
    }
    Ok(rows)
}

async fn detail(state: &AppState, warehouse: WarehouseId, sku: String) -> Result<Json<StockDetail>, ApiError> {
    let store = state.engine.store();
    let place = StockPlace { sku: Sku::new(&sku), warehouse };
    let levels = store.stock_of(std::slice::from_ref(&place.sku)).await?;
    let level = levels.into_iter().find(|level| level.warehouse == place.warehouse);
    let level = level.ok_or_else(|| ApiError::not_found("stock of", &sku))?;
    let movements = store.stock_movements(&place, MOVEMENTS).await?;
    let movements = named(state, movements).await?;
    Ok(Json(StockDetail { level: StockRow::of(level, &shops(state).await?), movements }))
}

/// Reads one level with its movements.
#[utoipa::path(
    get, path = "/stock/{warehouse}/{sku}", tag = "stock", operation_id = "get_stock",
    params(
        ("warehouse" = WarehouseId, Path, description = "The warehouse"),
        ("sku" = String, Path, description = "The SKU")
    ),
    responses(
        (status = 200, description = "The level", body = StockDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_stock(
    State(state): State<AppState>,
    Path((warehouse, sku)): Path<(WarehouseId, String)>,
) -> Result<Json<StockDetail>, ApiError> {
    detail(&state, warehouse, sku).await
}

/// What is kept back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SafetyChange {
    /// Units that are never promised from now on.
    #[schema(value_type = u32)]
    pub safety: Quantity,
    /// Why, in the person's words; may be empty.
    pub reason: String,
}

/// Sets how many units of a level are never promised. What is reserved already stays reserved.
#[utoipa::path(
    put, path = "/stock/{warehouse}/{sku}/safety", tag = "stock", operation_id = "set_safety_stock",
    params(
        ("warehouse" = WarehouseId, Path, description = "The warehouse"),
        ("sku" = String, Path, description = "The SKU"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = SafetyChange,
    responses(
        (status = 200, description = "The level now", body = StockDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn set_safety_stock(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((warehouse, sku)): Path<(WarehouseId, String)>,
    Body(body): Body<SafetyChange>,
) -> Result<Json<StockDetail>, ApiError> {
    let change = StockChange::KeepBack { units: body.safety };
    changed(&state, &person, &key, (warehouse, sku), (change, body.reason)).await
}

/// Units set aside, or for sale again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockChange {
    /// Units more, or fewer; at least 1.
    #[schema(value_type = u32)]
    pub units: Quantity,
    /// Why they are set aside.
    pub why: BlockReason,
    /// What happened, in the person's words; may be empty.
    pub reason: String,
}

/// Units kept for a shop.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EarmarkChange {
    /// For which shop's connection.
    pub shop: ConnectionId,
    /// Units kept for it from now on, in all; 0 keeps nothing.
    #[schema(value_type = u32)]
    pub units: Quantity,
    /// Why, in the person's words; may be empty.
    pub reason: String,
}

/// A count of the shelf.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountChange {
    /// Units there.
    #[schema(value_type = u32)]
    pub on_hand: Quantity,
    /// Who counted and what was found; not empty.
    pub reason: String,
}

async fn changed(
    state: &AppState,
    person: &Person,
    key: &IdempotencyKey,
    (warehouse, sku): (WarehouseId, String),
    (change, reason): (StockChange, String),
) -> Result<Json<StockDetail>, ApiError> {
    let request = StockRequest {
        place: StockPlace { sku: Sku::new(&sku), warehouse: warehouse.clone() },
        change,
        actor: person.actor(),
        reason,
        key: key.as_str().to_owned(),
    };
    state.engine.change_stock(request).await?;
    detail(state, warehouse, sku).await
}

fn some_units(units: Quantity) -> Result<(), ApiError> {
    if units > 0 {
        return Ok(());
    }
    let field = FieldProblem::new("units", "at least 1");
    Err(ApiError::bad_request("units: at least 1", vec![field]))
}

/// Sets units aside: they are on the shelf and may not be promised.
#[utoipa::path(
    post, path = "/stock/{warehouse}/{sku}/block", tag = "stock", operation_id = "block_stock",
    params(
        ("warehouse" = WarehouseId, Path, description = "The warehouse"),
        ("sku" = String, Path, description = "The SKU"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = BlockChange,
    responses(
        (status = 200, description = "The level now", body = StockDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn block_stock(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((warehouse, sku)): Path<(WarehouseId, String)>,
    Body(body): Body<BlockChange>,
) -> Result<Json<StockDetail>, ApiError> {
    some_units(body.units)?;
    let change = StockChange::Block { units: body.units, reason: body.why };
    changed(&state, &person, &key, (warehouse, sku), (change, body.reason)).await
}

/// Puts units that were set aside up for sale again.
#[utoipa::path(
    post, path = "/stock/{warehouse}/{sku}/unblock", tag = "stock", operation_id = "unblock_stock",
    params(
        ("warehouse" = WarehouseId, Path, description = "The warehouse"),
        ("sku" = String, Path, description = "The SKU"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = BlockChange,
    responses(
        (status = 200, description = "The level now", body = StockDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn unblock_stock(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((warehouse, sku)): Path<(WarehouseId, String)>,
    Body(body): Body<BlockChange>,
) -> Result<Json<StockDetail>, ApiError> {
    some_units(body.units)?;
    let change = StockChange::Unblock { units: body.units, reason: body.why };
    changed(&state, &person, &key, (warehouse, sku), (change, body.reason)).await
}

/// Keeps units for one shop: the others may not sell them.
#[utoipa::path(
    post, path = "/stock/{warehouse}/{sku}/earmark", tag = "stock", operation_id = "earmark_stock",
    params(
        ("warehouse" = WarehouseId, Path, description = "The warehouse"),
        ("sku" = String, Path, description = "The SKU"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = EarmarkChange,
    responses(
        (status = 200, description = "The level now", body = StockDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn earmark_stock(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((warehouse, sku)): Path<(WarehouseId, String)>,
    Body(body): Body<EarmarkChange>,
) -> Result<Json<StockDetail>, ApiError> {
    let change = StockChange::Earmark { shop: body.shop, units: body.units };
    changed(&state, &person, &key, (warehouse, sku), (change, body.reason)).await
}

/// Corrects the count of a level.
#[utoipa::path(
    post, path = "/stock/{warehouse}/{sku}/count", tag = "stock", operation_id = "correct_stock",
    params(
        ("warehouse" = WarehouseId, Path, description = "The warehouse"),
        ("sku" = String, Path, description = "The SKU"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = CountChange,
    responses(
        (status = 200, description = "The level now", body = StockDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn correct_stock(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((warehouse, sku)): Path<(WarehouseId, String)>,
    Body(body): Body<CountChange>,
) -> Result<Json<StockDetail>, ApiError> {
    if body.reason.trim().is_empty() {
        let field = FieldProblem::new("reason", "say who counted and what was found");
        return Err(ApiError::bad_request("reason: a correction needs a note", vec![field]));
    }
    let change = StockChange::Count { on_hand: body.on_hand };
    changed(&state, &person, &key, (warehouse, sku), (change, body.reason)).await
}
