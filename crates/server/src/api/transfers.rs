//! Transfers: goods announced to a warehouse, from a supplier or from another warehouse.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::id::{TransferId, WarehouseId};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::time::Timestamp;
use switchyard_core::transfer::{DiscrepancyKind, Transfer, TransferState};
use switchyard_engine::returns::Wish;
use switchyard_engine::transfers::{AnnounceTransfer, TransferRequest, TransferVerb};
use switchyard_store::contract::TransferFilter;
use utoipa::{IntoParams, ToSchema};

use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path, Query};
use crate::page;
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// Longest note, reason or SKU in characters.
const LONGEST_TEXT: usize = 2_000;
/// Most lines of an announcement.
const MOST_LINES: usize = 500;

/// Which transfers.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListTransfers {
    /// States, with commas between them; all when left out.
    #[serde(default)]
    #[param(example = "announced,in_transit")]
    pub state: String,
    /// Only those that arrive in this warehouse.
    #[serde(default)]
    pub warehouse: Option<WarehouseId>,
    /// Goes on after an earlier page: its `next`.
    #[serde(default)]
    pub after: Option<TransferId>,
    /// Rows of the page, 1 to 500; 100 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A page of transfers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferList {
    /// Newest first.
    pub items: Vec<Transfer>,
    /// Where the next page starts; absent at the end.
    pub next: Option<TransferId>,
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

fn states(text: &str) -> Result<Vec<TransferState>, ApiError> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    let state = |word: &str| {
        TransferState::parse(word).ok_or_else(|| {
            let known = TransferState::ALL.map(TransferState::as_str).join(", ");
            wrong("state", format!("`{word}` is none of {known}"))
        })
    };
    words.map(state).collect()
}

/// Lists transfers.
#[utoipa::path(
    get, path = "/transfers", tag = "transfers", operation_id = "list_transfers",
    params(ListTransfers),
    responses(
        (status = 200, description = "A page", body = TransferList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_transfers(
    State(state): State<AppState>,
    Query(parameters): Query<ListTransfers>,
) -> Result<Json<TransferList>, ApiError> {
    let limit = parameters.limit.unwrap_or(page::DEFAULT_LIMIT);
    if !(1..=page::MAX_LIMIT).contains(&limit) {
        return Err(wrong("limit", format!("`{limit}` is not between 1 and {}", page::MAX_LIMIT)));
    }
    let filter = TransferFilter { states: states(&parameters.state)?, warehouse: parameters.warehouse };
    let items = state.engine.store().search_transfers(&filter, parameters.after.as_ref(), limit).await?;
    let full = u32::try_from(items.len()).is_ok_and(|count| count == limit);
    let next = items.last().filter(|_| full).map(|transfer| transfer.id.clone());
    Ok(Json(TransferList { items, next }))
}

/// Reads one transfer.
#[utoipa::path(
    get, path = "/transfers/{id}", tag = "transfers", operation_id = "get_transfer",
    params(("id" = TransferId, Path, description = "The transfer")),
    responses(
        (status = 200, description = "The transfer", body = Transfer),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_transfer(
    State(state): State<AppState>,
    Path(id): Path<TransferId>,
) -> Result<Json<Transfer>, ApiError> {
    let transfer = state.engine.store().transfer(&id).await?;
    transfer.map(Json).ok_or_else(|| ApiError::not_found("transfer", &id))
}

/// Units of one article that are sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncedLine {
    /// What.
    pub sku: String,
    /// How many, at least 1.
    #[schema(value_type = u32)]
    pub units: Quantity,
}

/// Goods that somebody sends to a warehouse.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferAnnouncement {
    /// The warehouse they leave; left out when a supplier sends them.
    #[serde(default)]
    pub from: Option<WarehouseId>,
    /// The warehouse they go to.
    pub to: WarehouseId,
    /// What; a SKU once.
    pub lines: Vec<AnnouncedLine>,
    /// When they are expected.
    #[serde(default)]
    pub expected_at: Option<Timestamp>,
    /// The supplier, the carrier; may be empty.
    #[serde(default)]
    pub note: String,
    /// Why, in the person's words; may be empty.
    pub reason: String,
}

fn wish(person: &Person, key: &IdempotencyKey, reason: String) -> Result<Wish, ApiError> {
    short_enough("reason", &reason)?;
    Ok(Wish { actor: person.actor(), holder: person.holder(), reason, key: key.as_str().to_owned() })
}

/// Announces goods to a warehouse: they are expected there from now on. The warehouse itself is told by people.
#[utoipa::path(
    post, path = "/transfers", tag = "transfers", operation_id = "announce_transfer",
    params(("Idempotency-Key" = String, Header, description = "A new one for each new wish")),
    request_body = TransferAnnouncement,
    responses(
        (status = 200, description = "Announced", body = Transfer),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn announce_transfer(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Body(body): Body<TransferAnnouncement>,
) -> Result<Json<Transfer>, ApiError> {
    short_enough("note", &body.note)?;
    if body.lines.len() > MOST_LINES {
        return Err(wrong("lines", format!("more than {MOST_LINES} lines")));
    }
    for (place, line) in body.lines.iter().enumerate() {
        short_enough(&format!("lines[{place}].sku"), &line.sku)?;
        if line.sku.trim().is_empty() {
            return Err(wrong(&format!("lines[{place}].sku"), "which article is sent"));
        }
    }
    let request = AnnounceTransfer {
        from: body.from,
        to: body.to,
        lines: body.lines.iter().map(|line| (Sku::new(line.sku.trim()), line.units)).collect(),
        expected_at: body.expected_at,
        note: body.note,
        wish: wish(&person, &key, body.reason)?,
    };
    Ok(Json(state.engine.announce_transfer(request).await?))
}

/// Who does what to which transfer.
struct Doing {
    person: Person,
    key: IdempotencyKey,
    id: TransferId,
    revision: i64,
    reason: String,
}

async fn carry_out(state: &AppState, doing: Doing, verb: TransferVerb) -> Result<Json<Transfer>, ApiError> {
    let wish = wish(&doing.person, &doing.key, doing.reason)?;
    let request = TransferRequest { id: doing.id, revision: doing.revision, verb, wish };
    Ok(Json(state.engine.change_transfer(request).await?))
}

/// A step of a transfer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferStep {
    /// The transfer's revision the decision was made on.
    pub revision: i64,
    /// In the person's words; may be empty.
    pub reason: String,
    /// Where it is from now on: `accepted`, `rejected`, `in_transit`, `received` when nothing more comes, `closed`.
    pub to: TransferState,
}

/// Records that a transfer went a step further.
#[utoipa::path(
    post, path = "/transfers/{id}/advance", tag = "transfers", operation_id = "advance_transfer",
    params(
        ("id" = TransferId, Path, description = "The transfer"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = TransferStep,
    responses(
        (status = 200, description = "The transfer now", body = Transfer),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn advance_transfer(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(id): Path<TransferId>,
    Body(body): Body<TransferStep>,
) -> Result<Json<Transfer>, ApiError> {
    let verb = TransferVerb::Advance { to: body.to };
    carry_out(&state, Doing { person, key, id, revision: body.revision, reason: body.reason }, verb).await
}

/// Units of a line that were counted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferReceipt {
    /// The transfer's revision the decision was made on.
    pub revision: i64,
    /// In the person's words; may be empty.
    pub reason: String,
    /// How many more, at least 1.
    #[schema(value_type = u32)]
    pub units: Quantity,
}

/// Counts units of a line in. They are not for sale before they are put away.
#[utoipa::path(
    post, path = "/transfers/{id}/lines/{line}/receive", tag = "transfers", operation_id = "receive_transfer",
    params(
        ("id" = TransferId, Path, description = "The transfer"),
        ("line" = usize, Path, description = "Its place among the transfer's lines, from 0"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = TransferReceipt,
    responses(
        (status = 200, description = "The transfer now", body = Transfer),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn receive_transfer(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((id, line)): Path<(TransferId, usize)>,
    Body(body): Body<TransferReceipt>,
) -> Result<Json<Transfer>, ApiError> {
    if body.units == 0 {
        return Err(wrong("units", "at least 1"));
    }
    let verb = TransferVerb::Receive { line, units: body.units };
    carry_out(&state, Doing { person, key, id, revision: body.revision, reason: body.reason }, verb).await
}

/// Units of a line that are where they stay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferPutAway {
    /// The transfer's revision the decision was made on.
    pub revision: i64,
    /// In the person's words; may be empty.
    pub reason: String,
    /// Units more on the shelf, for sale.
    #[schema(value_type = u32)]
    pub stocked: Quantity,
    /// Units more set aside to be looked at.
    #[schema(value_type = u32)]
    pub quarantined: Quantity,
}

/// Puts counted units on the shelf, or sets them aside.
#[utoipa::path(
    post, path = "/transfers/{id}/lines/{line}/put-away", tag = "transfers", operation_id = "put_away_transfer",
    params(
        ("id" = TransferId, Path, description = "The transfer"),
        ("line" = usize, Path, description = "Its place among the transfer's lines, from 0"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = TransferPutAway,
    responses(
        (status = 200, description = "The transfer now", body = Transfer),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn put_away_transfer(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((id, line)): Path<(TransferId, usize)>,
    Body(body): Body<TransferPutAway>,
) -> Result<Json<Transfer>, ApiError> {
    if body.stocked == 0 && body.quarantined == 0 {
        return Err(wrong("stocked", "at least one unit, here or set aside"));
    }
    let verb = TransferVerb::PutAway { line, stocked: body.stocked, quarantined: body.quarantined };
    carry_out(&state, Doing { person, key, id, revision: body.revision, reason: body.reason }, verb).await
}

/// Why a count differs from what was announced.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferExplanation {
    /// The transfer's revision the decision was made on.
    pub revision: i64,
    /// What happened; not empty.
    pub reason: String,
    /// Lost, damaged, or more than announced.
    pub difference: DiscrepancyKind,
    /// Units, at least 1.
    #[schema(value_type = u32)]
    pub units: Quantity,
}

/// Explains a difference by name, so that the transfer can be closed.
#[utoipa::path(
    post, path = "/transfers/{id}/lines/{line}/explain", tag = "transfers", operation_id = "explain_transfer",
    params(
        ("id" = TransferId, Path, description = "The transfer"),
        ("line" = usize, Path, description = "Its place among the transfer's lines, from 0"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = TransferExplanation,
    responses(
        (status = 200, description = "The transfer now", body = Transfer),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn explain_transfer(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((id, line)): Path<(TransferId, usize)>,
    Body(body): Body<TransferExplanation>,
) -> Result<Json<Transfer>, ApiError> {
    let verb = TransferVerb::Explain { line, difference: body.difference, units: body.units };
    carry_out(&state, Doing { person, key, id, revision: body.revision, reason: body.reason }, verb).await
}
