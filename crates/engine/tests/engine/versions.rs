//! A shop's versions of one order, also those of one second.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use switchyard_connectors::contract::{
    Capabilities, CheckReport, Connector, Context, Descriptor, ParseError, RepeatClass, ShopLine, ShopOrder, Stream,
};
use switchyard_connectors::error::Result;
use switchyard_core::address::Customer;
use switchyard_core::connection::{Connection, Side};
use switchyard_core::id::{InboxId, JobId, OrderId};
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::LineKind;
use switchyard_core::quantity::Sku;
use switchyard_core::time::Timestamp;
use switchyard_engine::clock::Clock as _;
use switchyard_store::contract::{Changes, InboxItem, NewJob, Write};

use crate::rig::{Rig, address};

static DESCRIPTOR: Descriptor = Descriptor {
    name: "notes",
    title: "A shop whose messages are the note of its one order",
    side: Side::Shop,
    api_version: "1",
    capabilities: Capabilities {
        streams: Vec::new(),
        cancel: false,
        change_address: false,
        returns: false,
        repeat: RepeatClass::A,
        settle: Duration::ZERO,
    },
};

/// Says the second of a change and no more, as shops do: every version is of the same one.
#[derive(Debug)]
struct Notes;

#[async_trait]
impl Connector for Notes {
    fn describe(&self) -> &Descriptor {
        &DESCRIPTOR
    }

    async fn check(&self, _context: &Context) -> Result<CheckReport> {
        Ok(CheckReport { account: "notes".to_owned(), warehouses: Vec::new(), warnings: Vec::new() })
    }

    fn parse_order(&self, raw: &[u8]) -> std::result::Result<ShopOrder, ParseError> {
        let currency: Currency = "GBP".parse().unwrap();
        Ok(ShopOrder {
            shop_order_id: "1".to_owned(),
            number: "#1".to_owned(),
            updated_at: Timestamp::EPOCH,
            placed_at: Timestamp::EPOCH,
            currency,
            total: Money::new(100, currency),
            customer: Customer { name: "Ada".to_owned(), email: "ada@example.com".to_owned(), phone: String::new() },
            ship_to: address("1 High Street"),
            shipping_option: "standard".to_owned(),
            note: String::from_utf8(raw.to_vec()).unwrap(),
            tags: Vec::new(),
            lines: vec![ShopLine {
                shop_line_id: "1".to_owned(),
                sku: Sku::new("A"),
                title: "A thing".to_owned(),
                kind: LineKind::Goods,
                quantity: 1,
                unit_price: Money::new(100, currency),
                unit_weight: 100,
            }],
            cancelled: false,
            paid: Some(true),
            earlier_orders: None,
            fulfilled: false,
        })
    }
}

/// A rig whose shop is [`Notes`].
async fn with_notes() -> Rig {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let shop = rig.store.connection(&rig.shop).await.unwrap().unwrap();
    let open = Write::Connection(Connection { paused: false, ..shop });
    rig.store.commit(Changes { writes: vec![open], ..Changes::default() }).await.unwrap();
    rig.engine.use_connector(&rig.shop, Arc::new(Notes));
    rig
}

/// Keeps a message, as a pull does; nobody parses it yet.
async fn receive(rig: &Rig, note: &str) -> InboxId {
    let now = rig.clock.now();
    let id = InboxId::new(now, rig.clock.random_id());
    let item = InboxItem {
        id: id.clone(),
        connection: rig.shop.clone(),
        stream: Stream::Orders.as_str().to_owned(),
        external_id: "1".to_owned(),
        version: note.to_owned(),
        raw: note.as_bytes().to_vec(),
        received_at: now,
    };
    let write = Write::Inbox { item: Box::new(item), then: Vec::new() };
    rig.store.commit(Changes { writes: vec![write], ..Changes::default() }).await.unwrap();
    id
}

/// Has a message parsed, and waits until that is done.
async fn parse(rig: &Rig, item: &InboxId) -> OrderId {
    let now = rig.clock.now();
    let id = JobId::new(now, rig.clock.random_id());
    let job = NewJob { id, kind: "parse".to_owned(), key: item.to_string(), due: now };
    rig.store.commit(Changes { writes: vec![Write::Job(job)], ..Changes::default() }).await.unwrap();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    while !rig.store.inbox_item(item).await.unwrap().unwrap().done {
        assert!(tokio::time::Instant::now() < deadline, "nobody parsed it");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    rig.store.order_by_shop_id(&rig.shop, "1").await.unwrap().unwrap()
}

async fn note(rig: &Rig, order: &OrderId) -> String {
    rig.store.order_file(order).await.unwrap().unwrap().order.note
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_versions_of_one_second_the_later_received_holds() {
    let rig = with_notes().await;
    let first = receive(&rig, "ring the bell").await;
    let order = parse(&rig, &first).await;
    assert_eq!(note(&rig, &order).await, "ring the bell");
    let second = receive(&rig, "leave it at the door").await;
    assert_eq!(parse(&rig, &second).await, order);
    assert_eq!(note(&rig, &order).await, "leave it at the door");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_version_of_the_same_second_that_is_parsed_late_takes_nothing_back() {
    let rig = with_notes().await;
    let first = receive(&rig, "ring the bell").await;
    let second = receive(&rig, "leave it at the door").await;
    let order = parse(&rig, &second).await;
    assert_eq!(parse(&rig, &first).await, order);
    assert_eq!(note(&rig, &order).await, "leave it at the door");
    rig.engine.stop().await;
}
