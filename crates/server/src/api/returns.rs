//! Goods that come back: expected, counted, decided about.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::id::{LineId, OrderId, ReturnId, WarehouseId};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::return_order::{CustomerDecision, Return, ReturnCause, ReturnState, StockDecision};
use switchyard_core::time::Timestamp;
use switchyard_engine::returns::{AnnounceReturn, ReturnRequest, ReturnVerb, Wish};
use switchyard_store::contract::ReturnFilter;
use utoipa::{IntoParams, ToSchema};

use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path, Query};
use crate::page;
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// Longest reason, condition or code in characters.
const LONGEST_TEXT: usize = 2_000;
/// Most lines of an announcement.
const MOST_LINES: usize = 500;

/// Which returns.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListReturns {
    /// States, with commas between them; all when left out.
    #[serde(default)]
    #[param(example = "received,inspected")]
    pub state: String,
    /// Only those that arrive in this warehouse.
    #[serde(default)]
    pub warehouse: Option<WarehouseId>,
    /// Goes on after an earlier page: its `next`.
    #[serde(default)]
    pub after: Option<ReturnId>,
    /// Rows of the page, 1 to 500; 100 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A return with what a list shows of its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReturnRow {
    /// The return.
    #[serde(rename = "return")]
    pub goods: Return,
    /// Number of the order they left for; absent when nobody knows it.
    pub order_number: Option<String>,
}

impl ReturnRow {
    fn of(goods: Return, numbers: &BTreeMap<OrderId, String>) -> Self {
        let order_number = goods.order.as_ref().and_then(|order| numbers.get(order)).cloned();
        Self { order_number, goods }
    }
}

/// How many returns are in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReturnCount {
    /// The state.
    pub state: ReturnState,
    /// Returns there.
    pub count: u64,
}

/// A page of returns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReturnList {
    /// Newest first.
    pub items: Vec<ReturnRow>,
    /// Where the next page starts; absent at the end.
    pub next: Option<ReturnId>,
    /// All returns by state, whatever was asked for; states with none are left out.
    pub counts: Vec<ReturnCount>,
}

/// Lists returns.
#[utoipa::path(
    get, path = "/returns", tag = "returns", operation_id = "list_returns",
    params(ListReturns),
    responses(
        (status = 200, description = "A page", body = ReturnList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_returns(
    State(state): State<AppState>,
    Query(parameters): Query<ListReturns>,
) -> Result<Json<ReturnList>, ApiError> {
    let limit = parameters.limit.unwrap_or(page::DEFAULT_LIMIT);
    if !(1..=page::MAX_LIMIT).contains(&limit) {
        return Err(wrong("limit", format!("`{limit}` is not between 1 and {}", page::MAX_LIMIT)));
    }
    let filter = ReturnFilter { states: states(&parameters.state)?, warehouse: parameters.warehouse };
    let store = state.engine.store();
    let found = store.search_returns(&filter, parameters.after.as_ref(), limit).await?;
    let full = u32::try_from(found.len()).is_ok_and(|count| count == limit);
    let next = found.last().filter(|_| full).map(|goods| goods.id.clone());
    let orders: Vec<OrderId> = found.iter().filter_map(|goods| goods.order.clone()).collect();
    let numbers = store.order_numbers(&orders).await?;
    let items = found.into_iter().map(|goods| ReturnRow::of(goods, &numbers)).collect();
    let counts = store.return_counts().await?.into_iter().map(|(state, count)| ReturnCount { state, count });
    Ok(Json(ReturnList { items, next, counts: counts.collect() }))
}

async fn row(state: &AppState, goods: Return) -> Result<ReturnRow, ApiError> {
    let numbers = state.engine.store().order_numbers(goods.order.as_slice()).await?;
    Ok(ReturnRow::of(goods, &numbers))
}

fn states(text: &str) -> Result<Vec<ReturnState>, ApiError> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    let state = |word: &str| {
        ReturnState::parse(word).ok_or_else(|| {
            let known = ReturnState::ALL.map(ReturnState::as_str).join(", ");
            wrong("state", format!("`{word}` is none of {known}"))
        })
    };
    words.map(state).collect()
}

fn wrong(field: &str, detail: impl Into<String>) -> ApiError {
    let detail = detail.into();
    ApiError::bad_request(format!("{field}: {detail}"), vec![FieldProblem::new(field, detail)])
}

fn short_enough(field: &str, text: &str) -> Result<(), ApiError> {
    if text.chars().count() <= LONGEST_TEXT {
        return Ok(());
    }
    Err(wrong(field, format!("longer than {LONGEST_TEXT} characters")))
}

/// Reads one return.
#[utoipa::path(
    get, path = "/returns/{id}", tag = "returns", operation_id = "get_return",
    params(("id" = ReturnId, Path, description = "The return")),
    responses(
        (status = 200, description = "The return", body = ReturnRow),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_return(State(state): State<AppState>, Path(id): Path<ReturnId>) -> Result<Json<ReturnRow>, ApiError> {
    let goods = state.engine.store().goods_back(&id).await?.ok_or_else(|| ApiError::not_found("return", &id))?;
    Ok(Json(row(&state, goods).await?))
}

/// Units of an order line that will come back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnedLine {
    /// The order line.
    pub line: LineId,
    /// Units, at least 1 and no more than left.
    #[schema(value_type = u32)]
    pub units: Quantity,
}

/// Goods of an order that will come back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnAnnouncement {
    /// The order they left for.
    pub order: OrderId,
    /// The order's revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// What comes.
    pub lines: Vec<ReturnedLine>,
    /// Why they come.
    pub cause: ReturnCause,
    /// Where they arrive; where they left from when left out.
    #[serde(default)]
    pub warehouse: Option<WarehouseId>,
    /// The carrier's code for the way back.
    #[serde(default)]
    #[schema(required = false)]
    pub tracking_code: String,
    /// When they are expected no longer; after 45 days when left out.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// Announces that goods of an order will come back; their warehouse is told where its system takes notice.
#[utoipa::path(
    post, path = "/returns", tag = "returns", operation_id = "announce_return",
    params(("Idempotency-Key" = String, Header, description = "A new one for each new wish")),
    request_body = ReturnAnnouncement,
    responses(
        (status = 200, description = "Announced", body = ReturnRow),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn announce_return(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Body(body): Body<ReturnAnnouncement>,
) -> Result<Json<ReturnRow>, ApiError> {
    short_enough("tracking_code", &body.tracking_code)?;
    if body.lines.len() > MOST_LINES {
        return Err(wrong("lines", format!("more than {MOST_LINES} lines")));
    }
    if let Some(place) = body.lines.iter().position(|line| line.units == 0) {
        return Err(wrong(&format!("lines[{place}].units"), "at least 1"));
    }
    if body.expires_at.is_some_and(|expires| expires <= state.engine.now()) {
        return Err(wrong("expires_at", "already past"));
    }
    let request = AnnounceReturn {
        order: body.order,
        revision: body.revision,
        lines: body.lines.into_iter().map(|line| (line.line, line.units)).collect(),
        warehouse: body.warehouse,
        cause: body.cause,
        tracking_code: body.tracking_code,
        expires_at: body.expires_at,
        wish: wish(&person, &key, body.reason)?,
    };
    let goods = state.engine.announce_return(request).await?;
    Ok(Json(row(&state, goods).await?))
}

fn wish(person: &Person, key: &IdempotencyKey, reason: String) -> Result<Wish, ApiError> {
    short_enough("reason", &reason)?;
    Ok(Wish { actor: person.actor(), holder: person.holder(), reason, key: key.as_str().to_owned() })
}

/// Who does what to which return.
struct Doing {
    person: Person,
    key: IdempotencyKey,
    id: ReturnId,
    revision: i64,
    reason: String,
}

async fn carry_out(state: &AppState, doing: Doing, verb: ReturnVerb) -> Result<Json<ReturnRow>, ApiError> {
    let wish = wish(&doing.person, &doing.key, doing.reason)?;
    let request = ReturnRequest { id: doing.id, revision: doing.revision, verb, wish };
    let goods = state.engine.change_return(request).await?;
    Ok(Json(row(state, goods).await?))
}

/// Units that were counted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The return's revision the decision was made on.
    pub revision: i64,
    /// In the person's words; may be empty.
    pub reason: String,
    /// What was counted.
    pub sku: String,
    /// How many more.
    #[schema(value_type = u32)]
    pub units: Quantity,
}

/// Counts units of a return in, announced or not.
#[utoipa::path(
    post, path = "/returns/{id}/receive", tag = "returns", operation_id = "receive_return",
    params(
        ("id" = ReturnId, Path, description = "The return"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = Receipt,
    responses(
        (status = 200, description = "Counted", body = ReturnRow),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn receive_return(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(id): Path<ReturnId>,
    Body(body): Body<Receipt>,
) -> Result<Json<ReturnRow>, ApiError> {
    if body.sku.trim().is_empty() {
        return Err(wrong("sku", "which article came"));
    }
    if body.units == 0 {
        return Err(wrong("units", "at least 1"));
    }
    let verb = ReturnVerb::Receive { sku: Sku::new(body.sku.trim()), units: body.units };
    carry_out(&state, Doing { person, key, id, revision: body.revision, reason: body.reason }, verb).await
}

/// What becomes of an item's goods.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StockVerdict {
    /// The return's revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// The decision.
    pub decision: StockDecision,
    /// How the goods look, in words; may be empty.
    pub condition: String,
}

/// Decides what becomes of an item's goods; what goes back on the shelf is booked.
#[utoipa::path(
    put, path = "/returns/{id}/items/{item}/stock", tag = "returns", operation_id = "decide_return_stock",
    params(
        ("id" = ReturnId, Path, description = "The return"),
        ("item" = usize, Path, description = "Its place among the return's items, from 0"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = StockVerdict,
    responses(
        (status = 200, description = "Decided", body = ReturnRow),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn decide_return_stock(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((id, item)): Path<(ReturnId, usize)>,
    Body(body): Body<StockVerdict>,
) -> Result<Json<ReturnRow>, ApiError> {
    short_enough("condition", &body.condition)?;
    let verb = ReturnVerb::DecideStock { item, decision: body.decision, condition: body.condition };
    carry_out(&state, Doing { person, key, id, revision: body.revision, reason: body.reason }, verb).await
}

/// What the customer gets for an item.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerVerdict {
    /// The return's revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// The decision.
    pub decision: CustomerDecision,
}

/// Decides what the customer gets for an item. Money and goods move outside.
#[utoipa::path(
    put, path = "/returns/{id}/items/{item}/customer", tag = "returns", operation_id = "decide_return_customer",
    params(
        ("id" = ReturnId, Path, description = "The return"),
        ("item" = usize, Path, description = "Its place among the return's items, from 0"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = CustomerVerdict,
    responses(
        (status = 200, description = "Decided", body = ReturnRow),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn decide_return_customer(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((id, item)): Path<(ReturnId, usize)>,
    Body(body): Body<CustomerVerdict>,
) -> Result<Json<ReturnRow>, ApiError> {
    let verb = ReturnVerb::DecideCustomer { item, decision: body.decision };
    carry_out(&state, Doing { person, key, id, revision: body.revision, reason: body.reason }, verb).await
}

/// Units that have another fate.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemSplit {
    /// The return's revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// How many become an item of their own; fewer than were received.
    #[schema(value_type = u32)]
    pub units: Quantity,
}

/// Makes some units of an item an item of their own, behind it.
#[utoipa::path(
    post, path = "/returns/{id}/items/{item}/split", tag = "returns", operation_id = "split_return_item",
    params(
        ("id" = ReturnId, Path, description = "The return"),
        ("item" = usize, Path, description = "Its place among the return's items, from 0"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = ItemSplit,
    responses(
        (status = 200, description = "Split", body = ReturnRow),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn split_return_item(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((id, item)): Path<(ReturnId, usize)>,
    Body(body): Body<ItemSplit>,
) -> Result<Json<ReturnRow>, ApiError> {
    let verb = ReturnVerb::Split { item, units: body.units };
    carry_out(&state, Doing { person, key, id, revision: body.revision, reason: body.reason }, verb).await
}

/// Calls a return off that has not arrived: it will not come.
#[utoipa::path(
    post, path = "/returns/{id}/cancel", tag = "returns", operation_id = "cancel_return",
    params(
        ("id" = ReturnId, Path, description = "The return"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = super::edits::Decision,
    responses(
        (status = 200, description = "Called off", body = ReturnRow),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn cancel_return(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(id): Path<ReturnId>,
    Body(body): Body<super::edits::Decision>,
) -> Result<Json<ReturnRow>, ApiError> {
    let doing = Doing { person, key, id, revision: body.revision, reason: body.reason };
    carry_out(&state, doing, ReturnVerb::Cancel).await
}
