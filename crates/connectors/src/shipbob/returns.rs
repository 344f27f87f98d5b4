//! Returns: announced to ShipBob, and read back with what it did with the goods.

use std::collections::BTreeMap;

use reqwest::Method;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::return_order::{ReportedItem, StockDecision, Treated};

use super::client::Client;
use super::cursor::{self, ReturnPosition, ReturnWalk};
use super::reading::{broken, digest, query_of};
use super::wire::returns::{
    Articles, CreateReturn, Facility, Head, Inventory, Page as ReturnPage, Remote, RequestedItem, ReturnHead, Status,
};
use crate::contract::{Context, Done, Page, ParseError, RawItem, RemoteReturnState, ReturnNotice, ReturnUpdate};
use crate::error::{Error, Kind, Result};
use crate::raw::wrong;

/// Returns of a page.
const RETURNS_PER_PAGE: usize = 100;
/// Articles of a page when one is looked for by its code; the search also finds codes that only contain it.
const ARTICLES_PER_PAGE: usize = 100;
/// Pages of articles looked through for one code.
const ARTICLE_PAGES: usize = 20;
/// What ShipBob calls the states of a return that is not over.
const OPEN: &str = "AwaitingArrival,Arrived,Processing";

/// Announces goods that come back; a repeated reference is answered with the return that has it.
pub(super) async fn announce(client: &Client, context: &Context, notice: &ReturnNotice) -> Result<Done> {
    let mut inventory = Vec::with_capacity(notice.lines.len());
    for line in &notice.lines {
        let id = article(client, context, &line.sku).await?;
        inventory.push(RequestedItem { id, quantity: line.quantity, requested_action: "Default" });
    }
    let body = create_return(notice, inventory)?;
    match client.change::<_, ReturnHead>(context, Method::POST, "return", Some(&body)).await {
        Ok(created) => Ok(Done { remote_id: created.id.to_string(), already: false }),
        // Neither 400 nor 422 is documented to mean a repeated reference alone, so the return decides.
        Err(refusal) if matches!(refusal.status, Some(400 | 422)) => {
            match with_reference(client, context, &notice.reference).await {
                Ok(Some(known)) => Ok(known),
                Ok(None) => Err(refusal),
                Err(error) => {
                    let detail =
                        format!("refused ({refusal}), and whether an earlier try is there is unknown: {error}");
                    Err(Error { kind: Kind::Doubtful, detail, ..error })
                }
            }
        }
        Err(error) => Err(error),
    }
}

/// The body of `POST return`.
///
/// # Errors
/// [`Kind::Rejected`] when the warehouse id is none of ShipBob's.
pub(super) fn create_return(notice: &ReturnNotice, inventory: Vec<RequestedItem>) -> Result<CreateReturn<'_>> {
    let id = notice.warehouse_remote_id.parse().map_err(|_| {
        let detail = format!("warehouse `{}` is not the number of a fulfillment center", notice.warehouse_remote_id);
        Error::new(Kind::Rejected, detail)
    })?;
    Ok(CreateReturn {
        reference_id: &notice.reference,
        fulfillment_center: Facility { id },
        // A shipment of another system's numbering is no reason to leave the warehouse in the dark.
        original_shipment_id: notice.shipment_remote_id.as_deref().and_then(|id| id.parse().ok()),
        tracking_number: Some(notice.tracking_code.trim()).filter(|code| !code.is_empty()),
        inventory,
    })
}

/// ShipBob's number of an article, by its exact code.
async fn article(client: &Client, context: &Context, sku: &Sku) -> Result<i64> {
    let mut query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("SearchBy", sku.as_str())
        .append_pair("PageSize", &ARTICLES_PER_PAGE.to_string())
        .finish();
    for _ in 0..ARTICLE_PAGES {
        let page = client.get::<Articles>(context, &format!("inventory-level?{query}")).await?.body;
        let items = page.items.unwrap_or_default();
        if let Some(found) = items.iter().find(|item| item.sku.as_deref().is_some_and(|code| code == sku.as_str())) {
            return Ok(found.inventory_id);
        }
        match page.next.as_deref().and_then(query_of).filter(|next| *next != query) {
            Some(next) => query = next.to_owned(),
            None => break,
        }
    }
    Err(Error::new(Kind::Rejected, format!("ShipBob has no article `{sku}`")))
}

/// The return of this channel that has our reference.
pub(super) async fn with_reference(client: &Client, context: &Context, reference: &str) -> Result<Option<Done>> {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("ReferenceIds", reference).finish();
    let page = client.get::<Head>(context, &format!("return?{query}")).await?.body;
    // The filter is a comma-separated list of texts; only the exact one is ours.
    let found = page.items.unwrap_or_default();
    let found = found.into_iter().find(|item| item.reference_id.as_deref() == Some(reference));
    Ok(found.map(|found| Done { remote_id: found.id.to_string(), already: true }))
}

/// Cancels a return that is expected.
pub(super) async fn withdraw(client: &Client, context: &Context, remote_id: &str) -> Result<Done> {
    let id = number(remote_id)?;
    let path = format!("return/{id}:cancel");
    match client.change::<(), serde_json::Value>(context, Method::POST, &path, None).await {
        Ok(_) => Ok(Done { remote_id: remote_id.to_owned(), already: false }),
        Err(refusal) if refusal.kind == Kind::Rejected => match withdrawn(client, context, remote_id).await {
            Ok(Some(done)) => Ok(done),
            Ok(None) | Err(_) => Err(refusal),
        },
        Err(error) => Err(error),
    }
}

/// Whether the return is cancelled.
pub(super) async fn withdrawn(client: &Client, context: &Context, remote_id: &str) -> Result<Option<Done>> {
    let id = number(remote_id)?;
    let known: ReturnHead = client.get(context, &format!("return/{id}")).await?.body;
    let done = Done { remote_id: remote_id.to_owned(), already: true };
    Ok((Status::read(known.status.as_deref()) == Status::Cancelled).then_some(done))
}

/// ShipBob's ids are whole numbers; anything else must not become part of a path.
fn number(remote_id: &str) -> Result<i64> {
    remote_id.parse().map_err(|_| Error::new(Kind::Rejected, format!("`{remote_id}` is not a ShipBob return number")))
}

/// The next page of returns: all that are open, then what was completed since the mark.
pub(super) async fn read(client: &Client, context: &Context, mut position: ReturnPosition) -> Result<Page> {
    let walk = position.walk.take();
    let query = walk.as_ref().map_or_else(open_query, |walk| walk.query.clone());
    let reply = client.get::<ReturnPage>(context, &format!("return?{query}")).await?;
    let at = reply.at.unwrap_or(context.now);
    let mut walk = walk.unwrap_or(ReturnWalk { completed: false, query, began_at: at, newest: None });
    let mut items = Vec::new();
    for item in reply.body.items.unwrap_or_default() {
        let head: ReturnHead = serde_json::from_str(item.get()).map_err(|error| broken("a return", &error))?;
        if walk.completed {
            walk.newest = walk.newest.max(head.completed_date);
        }
        let status = head.status.unwrap_or_default();
        let version = format!("{status}/{}", digest(&item)?);
        items.push(RawItem { external_id: head.id.to_string(), version, raw: item.get().into() });
    }
    let next = reply.body.next.as_deref().and_then(query_of).filter(|next| *next != walk.query).map(str::to_owned);
    match next {
        Some(query) => position.walk = Some(ReturnWalk { query, ..walk }),
        None if !walk.completed => {
            let query = completed_query(&position);
            position.walk = Some(ReturnWalk { completed: true, query, ..walk });
        }
        // Complete up to the walk's beginning, by ShipBob's clock; never ahead of what ShipBob itself has stamped.
        None => {
            let read_to = walk.newest.map(|newest| newest.min(walk.began_at));
            position.completed_to = position.completed_to.max(read_to.unwrap_or(position.completed_to));
        }
    }
    let more = position.walk.is_some();
    Ok(Page { items, cursor: cursor::write(&position)?, more })
}

fn open_query() -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("Status", OPEN)
        .append_pair("SortOrder", "Asc")
        .append_pair("Limit", &RETURNS_PER_PAGE.to_string())
        .finish()
}

fn completed_query(position: &ReturnPosition) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("CompletedStartDate", &position.completed_from().to_string())
        .append_pair("SortOrder", "Asc")
        .append_pair("Limit", &RETURNS_PER_PAGE.to_string())
        .finish()
}

/// A return into our words.
///
/// # Errors
/// When it has no number, or names an article without code.
pub(super) fn update(remote: Remote) -> std::result::Result<ReturnUpdate, ParseError> {
    let state = match Status::read(remote.status.as_deref()) {
        Status::Arrived => RemoteReturnState::Arrived,
        Status::Completed => RemoteReturnState::Finished,
        Status::Cancelled => RemoteReturnState::Cancelled,
        Status::AwaitingArrival | Status::Other => RemoteReturnState::Expected,
    };
    let mut items: BTreeMap<Sku, ReportedItem> = BTreeMap::new();
    for (place, item) in remote.inventory.unwrap_or_default().into_iter().enumerate() {
        let sku = Sku::new(item.sku.as_deref().unwrap_or_default().trim());
        if sku.as_str().is_empty() {
            return Err(wrong(format!("inventory[{place}].sku"), "an article without code cannot be matched"));
        }
        let here = matches!(state, RemoteReturnState::Arrived | RemoteReturnState::Finished);
        let (arrived, treated) = counted(&item, state == RemoteReturnState::Finished);
        let reported =
            items.entry(sku.clone()).or_insert_with(|| ReportedItem { sku, arrived: 0, treated: Vec::new() });
        // Of what is only expected the number is what was announced; the state says that nothing of it is there.
        reported.arrived = reported.arrived.saturating_add(if here { arrived } else { item.quantity });
        if here {
            reported.treated.extend(treated);
        }
    }
    let kind = remote.return_type.unwrap_or_default();
    Ok(ReturnUpdate {
        reference: remote.reference_id.unwrap_or_default(),
        remote_id: remote.id.to_string(),
        warehouse_remote_id: remote.fulfillment_center.map(|center| center.id.to_string()).unwrap_or_default(),
        shipment_remote_id: remote.original_shipment_id.map(|id| id.to_string()),
        state,
        undeliverable: kind == "RTS" || kind == "ReturnToSender",
        tracking_code: remote.tracking_number.unwrap_or_default(),
        items: items.into_values().collect(),
    })
}

/// How many are there, and what became of them. Until it is completed ShipBob says only how many are meant to be there;
/// after that, what it processed is what came.
fn counted(item: &Inventory, finished: bool) -> (Quantity, Vec<Treated>) {
    let actions = item.action_taken.as_deref().unwrap_or_default();
    let mut treated: Vec<Treated> = Vec::new();
    let mut processed: Quantity = 0;
    for action in actions {
        processed = processed.saturating_add(action.quantity_processed);
        let decision = match action.action.as_deref().unwrap_or_default() {
            "Restock" => StockDecision::Restock,
            "Quarantine" => StockDecision::Quarantine,
            "Dispose" => StockDecision::Dispose,
            // A word we do not know decides nothing: a person does.
            _ => continue,
        };
        let condition = action.action_reason.clone().unwrap_or_default();
        match treated.iter_mut().find(|known| known.decision == decision && known.condition == condition) {
            Some(known) => known.units = known.units.saturating_add(action.quantity_processed),
            None if action.quantity_processed > 0 => {
                treated.push(Treated { decision, units: action.quantity_processed, condition });
            }
            None => {}
        }
    }
    let arrived = if finished && !actions.is_empty() { processed } else { item.quantity.max(processed) };
    (arrived, treated)
}
