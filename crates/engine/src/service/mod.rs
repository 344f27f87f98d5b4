//! The only list of services, and what a person sees of them.
//!
//! A service is one business function. It claims jobs of its own kind and runs one flow per job; the supervisor
//! restarts it alone when it panics or hangs.

mod board;
mod supervisor;

use std::sync::Arc;

use futures::future::BoxFuture;
use switchyard_store::contract::Job;

pub(crate) use board::Board;
pub(crate) use supervisor::{run_one, supervise};

use crate::Inner;
use crate::flow::{self, Failure, Step};
use crate::status::{ServiceState, ServiceStatus};

/// A flow: one job in, one step done.
pub(crate) type Flow = fn(Arc<Inner>, Job) -> BoxFuture<'static, Result<Step, Failure>>;

/// One business function of the engine.
pub(crate) struct Service {
    /// Registered name; also the kind of its jobs.
    pub(crate) name: &'static str,
    /// What it does, in one sentence.
    pub(crate) purpose: &'static str,
    /// What a person does when it fails.
    pub(crate) remedy: &'static str,
    /// What runs per job.
    pub(crate) flow: Flow,
    /// Failed tries after which a job is given up and shown; `None` for work that must go on for ever.
    pub(crate) tries: Option<u32>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("name", &self.name).finish_non_exhaustive()
    }
}

macro_rules! service {
    ($name:ident, $flow:path, $tries:expr, $purpose:literal, $remedy:literal) => {
        Service {
            name: stringify!($name),
            purpose: $purpose,
            remedy: $remedy,
            flow: |inner, job| Box::pin($flow(inner, job)),
            tries: $tries,
        }
    };
}

/// Every service, in the order of an order's way.
pub(crate) const SERVICES: &[Service] = &[
    service!(
        connection_check,
        flow::connection_check::run,
        None,
        "Tries every connection's real read path and keeps its warehouses up to date.",
        "Open the connection: its problem names the setting, the credentials or the host to put right."
    ),
    service!(
        intake,
        flow::orders_pull::run,
        None,
        "Reads new and changed orders from every shop and stores them raw before anything else.",
        "Open the shop's connection; reading goes on from the stored mark once the problem is gone."
    ),
    service!(
        parse,
        flow::order_parse::run,
        Some(8),
        "Translates raw shop orders into the canonical record.",
        "Look at the raw payload; it is kept and can be read again after the connector is corrected."
    ),
    service!(
        validate,
        flow::order_validate::run,
        Some(8),
        "Checks addresses, SKUs and lines before an order may be planned.",
        "Open the blocked orders; each names what is missing."
    ),
    service!(
        rule_sweep,
        flow::rule_sweep::run,
        None,
        "Has orders that are still ours looked at again when the hold rules change.",
        "Nothing to do: it starts over by itself until every order was looked at."
    ),
    service!(
        route,
        flow::order_route::run,
        Some(20),
        "Assigns every unit to a warehouse and reserves its stock.",
        "Look at the orders that wait for stock or have no eligible warehouse."
    ),
    service!(
        plan_together,
        flow::orders_plan_together::run,
        Some(20),
        "Plans orders that compete for scarce stock together, while they are still ours.",
        "Look at the orders that wait for stock; each is planned by itself as well."
    ),
    service!(
        edit_window,
        flow::fulfillment_close_window::run,
        None,
        "Watches the moment until which an order can be changed freely.",
        "Nothing to do: it continues by itself when restarted."
    ),
    service!(
        release,
        flow::fulfillment_release::run,
        Some(20),
        "Queues fulfillment orders whose window has closed and that nothing holds.",
        "Lift the holds that should no longer be there."
    ),
    service!(
        hand_over,
        flow::fulfillment_hand_over::run,
        None,
        "Gives queued fulfillment orders to their warehouses, each exactly once.",
        "Open the warehouse's connection; queued orders stay ours and editable until it works again."
    ),
    service!(
        confirm,
        flow::fulfillment_confirm::run,
        None,
        "Asks warehouses about hand-overs whose answer was lost, before anything is sent again.",
        "Call the warehouse with the reference number if it stays unanswered."
    ),
    service!(
        change_request,
        flow::change_request_send::run,
        None,
        "Asks warehouses to change or cancel what they have, and writes down what they answer.",
        "Call the warehouse when a request stays unanswered; nothing counts as changed before it says so."
    ),
    service!(
        shipment_intake,
        flow::shipments_pull::run,
        None,
        "Reads progress, shipments and tracking from every warehouse.",
        "Open the warehouse's connection; reading goes on from the stored mark once the problem is gone."
    ),
    service!(
        shipment_booking,
        flow::shipment_book::run,
        Some(8),
        "Books what warehouses report on orders and stock.",
        "Look at reports that match no order or say more than was asked."
    ),
    service!(
        write_back,
        flow::shipment_report::run,
        None,
        "Tells shops what has shipped, with tracking, each exactly once.",
        "Open the shop's connection, or the order whose report the shop refused."
    ),
    service!(
        return_notice,
        flow::return_notice::run,
        None,
        "Tells warehouses which goods will come back, each exactly once.",
        "Open the return: its problem says what the warehouse does not take. What arrives is booked all the same."
    ),
    service!(
        return_intake,
        flow::returns_pull::run,
        None,
        "Reads from every warehouse what came back and what became of it.",
        "Open the warehouse's connection; reading goes on from the stored mark once the problem is gone."
    ),
    service!(
        return_booking,
        flow::return_book::run,
        Some(8),
        "Books what warehouses say about returns; what came unannounced makes a return of its own.",
        "Look at the raw report; it is kept and can be read again after the connector is corrected."
    ),
    service!(
        return_watch,
        flow::return_watch::run,
        None,
        "Gives up returns that never came, and calls a person to those that wait too long for a decision.",
        "Nothing to do: it continues by itself when restarted."
    ),
    service!(
        stock_intake,
        flow::stock_pull::run,
        None,
        "Reads stock levels from every warehouse.",
        "Open the warehouse's connection; planning uses the last known levels meanwhile."
    ),
    service!(
        watchdog,
        flow::watchdog::run,
        None,
        "Calls a person to whatever stays where it is for too long: a clock for every state.",
        "Nothing to do: it continues by itself when restarted."
    ),
    service!(
        invariants,
        flow::invariants_check::run,
        None,
        "Looks whether what is stored can be true: units, outbox, reports, reservations, the stock ledger.",
        "Open the orders it names; stop Switchyard and run `switchyardd verify` to see everything that is touched."
    ),
];

/// Every service as the console shows it.
pub(crate) async fn statuses(inner: &Inner) -> switchyard_store::error::Result<Vec<ServiceStatus>> {
    let now = inner.clock.now();
    let mut all = Vec::with_capacity(SERVICES.len());
    for service in SERVICES {
        let backlog = inner.store.backlog(service.name, now).await?;
        let card = inner.board.read(service.name);
        let stalled = card.state == ServiceState::Running
            && card.heartbeat_at.is_some_and(|beat| now.since(beat) > inner.timing.stall);
        all.push(ServiceStatus {
            name: service.name.to_owned(),
            purpose: service.purpose.to_owned(),
            remedy: service.remedy.to_owned(),
            state: if stalled { ServiceState::Stalled } else { card.state },
            heartbeat_at: card.heartbeat_at,
            due: backlog.due,
            later: backlog.later,
            dead: backlog.dead,
            oldest_due: backlog.oldest_due,
            done: card.done,
            failed: card.failed,
            per_minute: card.recent.per_minute(now),
            recent: card.recent.buckets(now),
            restarts: card.restarts,
            last_error: card.last_error,
        });
    }
    Ok(all)
}
