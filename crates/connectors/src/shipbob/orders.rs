//! Effects on ShipBob's orders, and looking for them.

use reqwest::Method;
use switchyard_core::address::Address;

use super::client::Client;
use super::transform::{self, Stage};
use super::wire::{
    CancellationResult, CancelledOrder, CancelledShipment, Order, OrderHead, OrderStatus, Shipment, ShipmentAnswer,
};
use crate::contract::{Context, Done, FulfillmentRequest};
use crate::error::{Error, Kind, Result};

/// Hands over; a repeated reference is answered with the order that has it.
pub(super) async fn create(client: &Client, context: &Context, request: &FulfillmentRequest) -> Result<Done> {
    let body = transform::create_order(request)?;
    match client.change::<_, OrderHead>(context, Method::POST, "order", Some(&body)).await {
        Ok(order) => Ok(Done { remote_id: order.id.to_string(), already: false }),
        // 422 is documented as a repeated reference; it also carries other refusals, so the order decides.
        Err(refusal) if refusal.status == Some(422) => {
            match with_reference(client, context, &request.reference).await {
                Ok(Some(order)) => Ok(Done { remote_id: order.id.to_string(), already: true }),
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

/// The order of this channel that has our reference.
pub(super) async fn with_reference(client: &Client, context: &Context, reference: &str) -> Result<Option<Order>> {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("ReferenceIds", reference).finish();
    let orders = client.get::<Vec<Order>>(context, &format!("order?{query}")).await?.body;
    // The filter is a comma-separated list of texts; only the exact one is ours.
    Ok(orders.into_iter().find(|order| order.reference_id.as_deref() == Some(reference)))
}

/// Cancels an order with all its shipments.
pub(super) async fn cancel(client: &Client, context: &Context, remote_id: &str) -> Result<Done> {
    let id = number(remote_id)?;
    let path = format!("order/{id}:cancel");
    let outcome = client.change::<(), CancelledOrder>(context, Method::POST, &path, None).await;
    match outcome {
        Ok(answer) => match answer.status {
            CancellationResult::Success => Ok(Done { remote_id: remote_id.to_owned(), already: false }),
            CancellationResult::Failure => Err(refused(&answer, "not cancelled")),
            CancellationResult::PartialSuccess => Err(refused(&answer, "cancelled only in part")),
            CancellationResult::Other(ref status) => {
                Err(Error::new(Kind::Doubtful, format!("the cancellation came back as `{status}`")))
            }
        },
        Err(refusal) if refusal.kind == Kind::Rejected => match cancelled(client, context, remote_id).await {
            Ok(Some(done)) => Ok(done),
            Ok(None) | Err(_) => Err(refusal),
        },
        Err(error) => Err(error),
    }
}

fn refused(answer: &CancelledOrder, headline: &str) -> Error {
    let failures = answer.canceled_shipment_results.as_deref().unwrap_or_default();
    let failures = failures.iter().filter(|shipment| shipment.is_success == Some(false)).map(words);
    let detail = std::iter::once(headline.to_owned()).chain(failures).collect::<Vec<_>>().join("; ");
    Error::new(Kind::Rejected, detail)
}

fn words(shipment: &CancelledShipment) -> String {
    let id = shipment.shipment_id.map_or_else(|| "?".to_owned(), |id| id.to_string());
    format!("shipment {id}: {}", shipment.reason.as_deref().unwrap_or("no reason given"))
}

/// Whether the order is cancelled.
pub(super) async fn cancelled(client: &Client, context: &Context, remote_id: &str) -> Result<Option<Done>> {
    let order = order(client, context, remote_id).await?;
    let done = Done { remote_id: remote_id.to_owned(), already: true };
    Ok((order.status == Some(OrderStatus::Cancelled)).then_some(done))
}

/// Sends every shipment of an order elsewhere, or none: one that is gone already stops the change.
pub(super) async fn change_address(
    client: &Client,
    context: &Context,
    remote_id: &str,
    ship_to: &Address,
    email: &str,
) -> Result<Done> {
    let shipments = alive(order(client, context, remote_id).await?)?;
    if let Some(gone) = shipments.iter().find(|shipment| transform::stage(shipment.status.as_ref()) == Stage::Gone) {
        return Err(Error::new(Kind::Rejected, format!("shipment {} has left already", gone.id)));
    }
    let body = transform::update_address(ship_to, email);
    let mut changed = false;
    for shipment in &shipments {
        let path = format!("shipment/{}:updateAddress", shipment.id);
        let outcome = client.change::<_, ShipmentAnswer>(context, Method::PUT, &path, Some(&body)).await;
        match outcome.and_then(|answer| accepted(&answer, shipment.id)) {
            Ok(()) => changed |= !transform::goes_to(shipment, ship_to),
            // An earlier shipment has changed. The next try finds it so, and a lasting refusal comes out as one.
            Err(error) if changed => {
                let detail = format!("changed in part, then: {error}");
                return Err(Error { kind: Kind::Doubtful, detail, ..error });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Done { remote_id: remote_id.to_owned(), already: !changed })
}

fn accepted(answer: &ShipmentAnswer, id: i64) -> Result<()> {
    match answer.is_success {
        Some(true) => Ok(()),
        Some(false) => {
            let error = answer.error.as_ref();
            let words = error.and_then(|error| error.message.as_deref().or(error.code.as_deref()));
            let detail = format!("shipment {id}: {}", words.unwrap_or("refused without a reason"));
            Err(Error::new(Kind::Rejected, detail))
        }
        None => Err(Error::new(Kind::Doubtful, format!("shipment {id}: the answer does not say whether it worked"))),
    }
}

/// Whether every shipment that will leave goes to `ship_to`.
pub(super) async fn address_changed(
    client: &Client,
    context: &Context,
    remote_id: &str,
    ship_to: &Address,
) -> Result<Option<Done>> {
    let shipments = alive(order(client, context, remote_id).await?)?;
    let done = Done { remote_id: remote_id.to_owned(), already: true };
    Ok(shipments.iter().all(|shipment| transform::goes_to(shipment, ship_to)).then_some(done))
}

/// The shipments that have left or will.
fn alive(order: Order) -> Result<Vec<Shipment>> {
    let mut shipments = order.shipments.unwrap_or_default();
    shipments.retain(|shipment| transform::stage(shipment.status.as_ref()) != Stage::Dead);
    if shipments.is_empty() {
        return Err(Error::new(
            Kind::Rejected,
            format!("order {} has no shipment whose address could change", order.id),
        ));
    }
    Ok(shipments)
}

async fn order(client: &Client, context: &Context, remote_id: &str) -> Result<Order> {
    let id = number(remote_id)?;
    Ok(client.get(context, &format!("order/{id}")).await?.body)
}

/// ShipBob's ids are whole numbers; anything else must not become part of a path.
fn number(remote_id: &str) -> Result<i64> {
    remote_id.parse().map_err(|_| Error::new(Kind::Rejected, format!("`{remote_id}` is not a ShipBob order number")))
}
