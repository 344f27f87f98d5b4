//! Stock: levels, what is kept back of them, and every movement.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::id::WarehouseId;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_store::contract::{StockFilter, StockMovement, StockPlace};
use utoipa::{IntoParams, ToSchema};

use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path, Query};
use crate::idempotency::Once;
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

/// A level with what may still be promised of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockRow {
    /// The level.
    pub level: StockLevel,
    /// Units that may still be promised.
    #[schema(value_type = u32)]
    pub available: Quantity,
}

impl From<StockLevel> for StockRow {
    fn from(level: StockLevel) -> Self {
        Self { available: level.available(), level }
    }
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
    Ok(Json(StockList { items: levels.into_iter().map(Into::into).collect(), next }))
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
    pub movements: Vec<StockMovement>,
}

async fn detail(state: &AppState, warehouse: WarehouseId, sku: String) -> Result<Json<StockDetail>, ApiError> {
    let store = state.engine.store();
    let place = StockPlace { sku: Sku::new(&sku), warehouse };
    let levels = store.stock_of(std::slice::from_ref(&place.sku)).await?;
    let level = levels.into_iter().find(|level| level.warehouse == place.warehouse);
    let level = level.ok_or_else(|| ApiError::not_found("stock of", &sku))?;
    let movements = store.stock_movements(&place, MOVEMENTS).await?;
    Ok(Json(StockDetail { level: level.into(), movements }))
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
    let wish = (&warehouse, &sku, &body);
    let once = Once::new(&state.engine, &key, "set_safety_stock", &wish)?;
    if let Some(earlier) = once.earlier().await? {
        return Ok(Json(earlier));
    }
    // Read first: a level that nobody has reported is answered as not found.
    let _known = detail(&state, warehouse.clone(), sku.clone()).await?;
    let place = StockPlace { sku: Sku::new(&sku), warehouse: warehouse.clone() };
    state.engine.keep_back(&place, body.safety, person.actor(), body.reason.clone()).await?;
    let after = detail(&state, warehouse, sku).await?;
    once.keep(&after.0).await?;
    Ok(after)
}
