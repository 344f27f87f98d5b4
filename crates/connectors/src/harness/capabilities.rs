//! What a connector says of itself and what it does agree.

use std::collections::BTreeSet;

use switchyard_core::address::Address;
use switchyard_core::connection::Side;
use switchyard_core::time::Timestamp;

use super::stage::Stage;
use super::{Rehearsal, assert_no_secret, context};
use crate::contract::{Command, Connector, FulfillmentRequest, RepeatClass, ReturnNotice, ShipmentReport, Stream};
use crate::error::Kind;

const STREAMS: [Stream; 4] = [Stream::Orders, Stream::Shipments, Stream::Stock, Stream::Returns];

pub(super) async fn verify(rehearsal: Rehearsal) {
    let stage = Stage::open((rehearsal.partner)()).await;
    let connector = rehearsal.connector(&stage.base());
    let name = rehearsal.name;
    let descriptor = connector.describe().clone();
    let capabilities = &descriptor.capabilities;

    let offered: Vec<_> = rehearsal.items.iter().map(|(stream, _)| *stream).collect();
    assert_eq!(offered, capabilities.streams, "{name}: the rehearsal plays every stream that is offered");
    for stream in STREAMS.into_iter().filter(|stream| !offered.contains(stream)) {
        let error = connector.pull(&context(), stream, None).await.expect_err("a stream that is not offered");
        assert_eq!(error.kind, Kind::Unsupported, "{name}: pull {}: {error}", stream.as_str());
        assert_eq!(parse(&*connector, stream, b"{}").map_err(|error| error.path), Err("$".to_owned()), "{name}");
    }

    let supported: BTreeSet<_> = (rehearsal.commands)().iter().map(kind).collect();
    let mut stated = BTreeSet::from([match descriptor.side {
        Side::Shop => "report_shipment",
        Side::Warehouse => "hand_over",
    }]);
    stated.extend(capabilities.cancel.then_some("cancel_fulfillment"));
    stated.extend(capabilities.change_address.then_some("change_address"));
    stated.extend(capabilities.returns.then_some("announce_return"));
    stated.extend(capabilities.returns.then_some("withdraw_return"));
    assert!(
        !capabilities.returns || offered.contains(&Stream::Returns),
        "{name}: a warehouse that is told of returns says what became of them"
    );
    assert_eq!(supported, stated, "{name}: the rehearsal has one command of each kind that is stated");
    for command in samples().iter().filter(|command| !supported.contains(kind(command))) {
        let error = connector.push(&context(), command, "key").await.expect_err("a command that is not offered");
        assert_eq!(error.kind, Kind::Unsupported, "{name}: push {}: {error}", kind(command));
        let error = connector.find(&context(), command).await.expect_err("a command that is not offered");
        assert_eq!(error.kind, Kind::Unsupported, "{name}: find {}: {error}", kind(command));
    }
    assert_eq!(stage.requests(), 0, "{name}: what is not supported is not asked of the partner");

    if matches!(capabilities.repeat, RepeatClass::A | RepeatClass::B) {
        for command in (rehearsal.commands)() {
            let found = connector.find(&context(), &command).await;
            let found = found.unwrap_or_else(|error| panic!("{name}: find {}: {error}", kind(&command)));
            assert_eq!(found, None, "{name}: {} was not pushed yet", kind(&command));
        }
    }
    let report = connector.check(&context()).await.unwrap_or_else(|error| panic!("{name}: check: {error}"));
    assert!(!report.account.is_empty(), "{name}: a person sees whose account it is");
    let has_warehouses = descriptor.side == Side::Warehouse;
    assert_eq!(!report.warehouses.is_empty(), has_warehouses, "{name}: {:?}", report.warehouses);
    assert_eq!(stage.effects(), 0, "{name}: looking changes nothing");
    assert_no_secret("the check's report", &format!("{report:?}"));
}

/// Parses an item of `stream`, forgetting what it says.
pub(super) fn parse(connector: &dyn Connector, stream: Stream, raw: &[u8]) -> Result<(), crate::contract::ParseError> {
    match stream {
        Stream::Orders => connector.parse_order(raw).map(drop),
        Stream::Shipments => connector.parse_shipment_update(raw).map(drop),
        Stream::Stock => connector.parse_stock(raw).map(drop),
        Stream::Returns => connector.parse_return(raw).map(drop),
    }
}

/// The kind of a command, as it is stored.
pub(super) fn kind(command: &Command) -> &'static str {
    match command {
        Command::HandOver(_) => "hand_over",
        Command::CancelFulfillment { .. } => "cancel_fulfillment",
        Command::ChangeAddress { .. } => "change_address",
        Command::AnnounceReturn(_) => "announce_return",
        Command::WithdrawReturn { .. } => "withdraw_return",
        Command::ReportShipment(_) => "report_shipment",
    }
}

/// One command of each kind.
fn samples() -> Vec<Command> {
    vec![
        Command::HandOver(FulfillmentRequest {
            reference: "F-1".to_owned(),
            warehouse_remote_id: "1".to_owned(),
            order_number: "#1".to_owned(),
            placed_at: Timestamp::EPOCH,
            ship_to: Address::default(),
            email: String::new(),
            shipping_option: String::new(),
            lines: Vec::new(),
        }),
        Command::CancelFulfillment { reference: "F-1".to_owned(), remote_id: "1".to_owned() },
        Command::ChangeAddress {
            reference: "F-1".to_owned(),
            remote_id: "1".to_owned(),
            ship_to: Address::default(),
            email: String::new(),
        },
        Command::AnnounceReturn(ReturnNotice {
            reference: "R-1".to_owned(),
            warehouse_remote_id: "1".to_owned(),
            shipment_remote_id: None,
            tracking_code: String::new(),
            lines: Vec::new(),
        }),
        Command::WithdrawReturn { reference: "R-1".to_owned(), remote_id: "1".to_owned() },
        Command::ReportShipment(ShipmentReport {
            shop_order_id: "1".to_owned(),
            lines: Vec::new(),
            parcels: Vec::new(),
            shipped_at: Timestamp::EPOCH,
        }),
    ]
}
