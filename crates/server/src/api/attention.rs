//! What waits for a person, across all orders.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::attention::AttentionItem;
use switchyard_core::code::Code;
use switchyard_core::id::{ConnectionId, OrderId};
use switchyard_core::time::Timestamp;
use switchyard_store::query::{Count, OrderFilter, OrderQuery, SortKey, Stage};
use utoipa::{IntoParams, ToSchema};

use crate::app::AppState;
use crate::extract::Query;
use crate::page;
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// Orders on a page; each is read whole.
const PAGE: u32 = 50;

/// Which page.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAttention {
    /// Goes on after an earlier page: its `next`.
    #[serde(default)]
    pub after: Option<String>,
}

/// One matter, with the order it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttentionEntry {
    /// The order.
    pub order: OrderId,
    /// Its number.
    pub number: String,
    /// Its shop.
    pub shop: ConnectionId,
    /// Its revision: what a decision is made on.
    pub revision: i64,
    /// Its place among the order's matters, for settling it; `None` for a problem that settles itself once its cause is
    /// gone.
    pub matter: Option<usize>,
    /// The matter.
    pub item: AttentionItem,
    /// What to do next, where it is a problem that says so.
    pub next_step: String,
}

/// What waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttentionList {
    /// The order that has waited longest first; all matters of an order together.
    pub items: Vec<AttentionEntry>,
    /// Where the next page starts; absent at the end.
    pub next: Option<String>,
    /// How many orders need a person, counted to 10,000.
    pub orders: Count,
}

/// Lists what waits for a person.
#[utoipa::path(
    get, path = "/attention", tag = "orders", operation_id = "list_attention",
    params(ListAttention),
    responses(
        (status = 200, description = "A page", body = AttentionList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_attention(
    State(state): State<AppState>,
    Query(parameters): Query<ListAttention>,
) -> Result<Json<AttentionList>, ApiError> {
    let store = state.engine.store();
    let (sort, descending) = (SortKey::Updated, false);
    let wrong = || {
        let field = FieldProblem::new("after", "not a place in this list");
        ApiError::bad_request("after: not a place in this list", vec![field])
    };
    let after = parameters.after.as_deref().map(|text| page::decode(text, sort, descending).ok_or_else(wrong));
    // Blocked orders wait for a person as well: nobody else can complete an address.
    let filter = OrderFilter { stages: vec![Stage::Attention, Stage::Blocked], ..OrderFilter::default() };
    let orders = store.count_orders(&filter, page::COUNT_CAP).await?;
    let query = OrderQuery { filter, sort, descending, after: after.transpose()?, offset: 0, limit: PAGE };
    let found = store.search_orders(&query).await?;
    let mut items = Vec::new();
    for row in &found.rows {
        // It may have moved on since the page was read.
        let Some(file) = store.order_file(&row.id).await? else { continue };
        items.extend(entries(&file.order));
    }
    let next = found.next.as_ref().map(|position| page::encode(sort, descending, position));
    Ok(Json(AttentionList { items, next, orders }))
}

fn entries(order: &switchyard_core::order::Order) -> Vec<AttentionEntry> {
    let entry = |matter, item, next_step| AttentionEntry {
        order: order.id.clone(),
        number: order.number.clone(),
        shop: order.shop.clone(),
        revision: order.revision,
        matter,
        item,
        next_step,
    };
    let matters = order.attention.iter().enumerate();
    let matters = matters.map(|(place, item)| entry(Some(place), item.clone(), String::new()));
    // Waiting for stock is nobody's matter: it goes on by itself.
    let problems = order.problems.iter().filter(|problem| problem.code != Code::OutOfStock);
    let problems = problems.filter_map(|problem| {
        let item = AttentionItem::of_problem(problem, &order.id, since(order))?;
        Some(entry(None, item, problem.next_step.clone()))
    });
    matters.chain(problems).collect()
}

/// Since when a shown problem waits, as far as the order says.
fn since(order: &switchyard_core::order::Order) -> Timestamp {
    order.updated_at
}
