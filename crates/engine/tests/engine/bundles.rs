//! Bundles: planned and reserved as what a warehouse ships, counted as what the customer bought.

use std::collections::BTreeMap;

use switchyard_core::article::Article;
use switchyard_core::bundle::{Component, Keeping};
use switchyard_core::code::Code;
use switchyard_core::edit::Edit;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::id::WarehouseId;
use switchyard_core::order::OrderState;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::time::Timestamp;
use switchyard_engine::clock::Clock;
use switchyard_engine::invariant;
use switchyard_engine::policy::{PolicyError, Versioned};
use switchyard_store::contract::{Changes, Write};

use crate::rig::Rig;

fn component(sku: &str, units: Quantity) -> Component {
    Component { sku: Sku::new(sku), units }
}

/// A pot and four cups, whole in these warehouses.
fn tea_set(whole: &[&WarehouseId]) -> Article {
    Article {
        components: vec![component("POT", 1), component("CUP", 4)],
        keeping: whole.iter().map(|place| ((*place).clone(), Keeping::Whole)).collect(),
        ..Article::plain(Sku::new("SET"))
    }
}

async fn know(rig: &Rig, article: Article) -> Result<Versioned<Article>, PolicyError> {
    let base = rig.engine.handle().article(&article.sku).await.unwrap().version;
    let key = format!("{}/{base}", article.sku);
    rig.engine.handle().set_article(rig.change(base, &key), article).await
}

async fn reserved(rig: &Rig) -> BTreeMap<(usize, String), Quantity> {
    let levels = rig.store.stock_of(&["SET", "POT", "CUP"].map(Sku::new)).await.unwrap();
    let place = |id: &WarehouseId| rig.warehouses.iter().position(|known| known == id).unwrap();
    let held = levels.into_iter().filter(|level| level.buckets.reserved > 0);
    held.map(|level| ((place(&level.warehouse), level.sku.to_string()), level.buckets.reserved)).collect()
}

async fn assert_sound(rig: &Rig) {
    // What is short looks again later, so `route` never gets quiet.
    rig.until_quiet(&["plan_together"]).await;
    assert_eq!(invariant::check(&rig.store).await.unwrap().breaches, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_planned_where_its_components_are_and_its_components_are_reserved() {
    let rig = Rig::start(3_600, &[(0, "POT", 9), (0, "CUP", 7), (1, "POT", 2), (1, "CUP", 8)]).await;
    know(&rig, tea_set(&[])).await.unwrap();
    let order = rig.order("1", &[("SET", 2)]).await;
    let file = rig.until(&order, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(file.fulfillments.len(), 1, "only the second warehouse has the cups for two");
    assert_eq!(file.fulfillments[0].lines[0].quantity, 2, "in units of what was bought");
    assert_eq!(reserved(&rig).await, [((1, "POT".into()), 2), ((1, "CUP".into()), 8)].into());
    let fewer = Edit::Quantity { line: file.order.lines[0].id.clone(), quantity: 1 };
    rig.engine.handle().edit(rig.wish(&order, fewer, "fewer").await).await.unwrap();
    rig.until(&order, |file| file.order.state == OrderState::Planned && file.order.lines[0].to_ship() == 1).await;
    assert_sound(&rig).await;
    assert_eq!(reserved(&rig).await.values().sum::<u32>(), 5, "a pot and four cups");
    rig.engine.handle().edit(rig.wish(&order, Edit::Cancel, "cancel").await).await.unwrap();
    rig.until(&order, |file| file.order.state == OrderState::Cancelled).await;
    assert_eq!(reserved(&rig).await, BTreeMap::new());
    assert_sound(&rig).await;
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warehouse_that_receives_the_bundle_whole_ships_it_whole() {
    let rig = Rig::start(3_600, &[(0, "SET", 1), (0, "POT", 9), (0, "CUP", 99), (1, "POT", 1), (1, "CUP", 4)]).await;
    know(&rig, tea_set(&[&rig.warehouses[0]])).await.unwrap();
    let order = rig.order("1", &[("SET", 2)]).await;
    let file = rig.until(&order, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(file.fulfillments.len(), 2, "one whole, one of components");
    let held = [((0, "SET".into()), 1), ((1, "POT".into()), 1), ((1, "CUP".into()), 4)];
    assert_eq!(reserved(&rig).await, held.into());
    let kits: Vec<_> = file.fulfillments.iter().map(|part| part.lines[0].kit.is_some()).collect();
    assert_eq!(kits.iter().filter(|kit| **kit).count(), 1);
    assert_sound(&rig).await;
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_that_changes_changes_nothing_that_is_planned() {
    let rig = Rig::start(3_600, &[(0, "POT", 9), (0, "CUP", 40)]).await;
    know(&rig, tea_set(&[])).await.unwrap();
    let first = rig.order("1", &[("SET", 1)]).await;
    rig.until(&first, |file| file.order.state == OrderState::Planned).await;
    let larger = Article { components: vec![component("POT", 1), component("CUP", 6)], ..tea_set(&[]) };
    assert_eq!(know(&rig, larger).await.unwrap().version, 2);
    let second = rig.order("2", &[("SET", 1)]).await;
    rig.until(&second, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(reserved(&rig).await, [((0, "POT".into()), 2), ((0, "CUP".into()), 10)].into());
    assert_sound(&rig).await;
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_and_orders_that_need_the_same_cups_get_what_there_is() {
    let rig = Rig::start(3_600, &[(0, "POT", 5), (0, "CUP", 9)]).await;
    know(&rig, tea_set(&[])).await.unwrap();
    let first = rig.order("1", &[("SET", 1), ("CUP", 2)]).await;
    rig.until(&first, |file| file.order.state == OrderState::Planned).await;
    let many = rig.order("2", &[("SET", 1)]).await;
    let cups = rig.order("3", &[("CUP", 3)]).await;
    rig.until(&many, |file| file.order.problems.iter().any(|problem| problem.code == Code::OutOfStock)).await;
    rig.until(&cups, |file| file.order.state == OrderState::Planned).await;
    assert_sound(&rig).await;
    assert_eq!(
        reserved(&rig).await,
        [((0, "POT".into()), 1), ((0, "CUP".into()), 9)].into(),
        "all nine cups are promised"
    );
    let cancelled = rig.wish(&first, Edit::Cancel, "cancel").await;
    rig.engine.handle().edit(cancelled).await.unwrap();
    let count = Write::StockReport {
        warehouse: rig.warehouses[0].clone(),
        sku: Sku::new("CUP"),
        on_hand: 8,
        sequence: 0,
        observed_at: rig.clock.now(),
    };
    rig.store.commit(Changes { writes: vec![count], ..Changes::default() }).await.unwrap();
    know(&rig, tea_set(&[])).await.unwrap();
    // Writing the article has what waits looked at: the five cups that the others leave make one set.
    rig.until(&many, |file| file.order.state == OrderState::Planned).await;
    assert_sound(&rig).await;
    assert_eq!(reserved(&rig).await, [((0, "POT".into()), 1), ((0, "CUP".into()), 7)].into());
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_known_when_its_components_are_and_named_by_those_that_are_not() {
    let rig = Rig::start(3_600, &[(0, "POT", 5)]).await;
    know(&rig, tea_set(&[])).await.unwrap();
    let order = rig.order("1", &[("SET", 1)]).await;
    let file = rig.until(&order, |file| file.order.state == OrderState::Blocked).await;
    let unknown = file.order.problems.iter().find(|problem| problem.code == Code::UnknownSku).unwrap();
    assert!(unknown.detail.contains("CUP") && !unknown.detail.contains("POT"), "{unknown:?}");
    let pots = Article { components: vec![component("POT", 2)], ..tea_set(&[]) };
    know(&rig, pots).await.unwrap();
    rig.until(&order, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(rig.reserved("POT").await, 2, "writing the article looked at what was blocked again");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_an_article_is_refused_with_its_place() {
    let rig = Rig::start(3_600, &[]).await;
    know(&rig, tea_set(&[])).await.unwrap();
    let place = |answer: Result<Versioned<Article>, PolicyError>| match answer {
        Err(PolicyError::Unreadable(fault)) => fault.path,
        other => panic!("not refused: {other:?}"),
    };
    let box_of_sets = Article { components: vec![component("SET", 2)], ..Article::plain(Sku::new("BOX")) };
    assert_eq!(place(know(&rig, box_of_sets).await), "components[0].sku");
    let cup = Article { components: vec![component("CLAY", 1)], ..Article::plain(Sku::new("CUP")) };
    assert_eq!(place(know(&rig, cup).await), "components", "it is in a set itself");
    let nowhere = WarehouseId::new(Timestamp::EPOCH, [9; 10]);
    assert_eq!(place(know(&rig, tea_set(&[&nowhere])).await), format!("keeping.{nowhere}"));
    let stale = rig.engine.handle().set_article(rig.change(0, "other"), tea_set(&[])).await;
    assert!(matches!(stale, Err(PolicyError::Stale { asked: 0, current: 1 })), "{stale:?}");
    know(&rig, Article::plain(Sku::new("SET"))).await.unwrap();
    let all = rig.engine.handle().articles().await.unwrap();
    assert_eq!(all.iter().map(|known| (known.version, known.value.bundle())).collect::<Vec<_>>(), [(2, None)]);
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_that_is_moved_takes_its_components_along() {
    let rig = Rig::start(3_600, &[(0, "POT", 2), (0, "CUP", 8), (1, "POT", 2), (1, "CUP", 8)]).await;
    know(&rig, tea_set(&[])).await.unwrap();
    let order = rig.order("1", &[("SET", 2)]).await;
    let file = rig.until(&order, |file| file.order.state == OrderState::Planned).await;
    let part = file.fulfillments.iter().find(|part| part.state == FulfillmentState::Open).unwrap();
    let to = rig.warehouses.iter().find(|place| **place != part.warehouse).unwrap().clone();
    let wish = Edit::Warehouse { fulfillment: part.id.clone(), to: to.clone() };
    rig.engine.handle().edit(rig.wish(&order, wish, "move").await).await.unwrap();
    rig.until(&order, |file| {
        file.order.state == OrderState::Planned
            && file.fulfillments.iter().any(|part| part.warehouse == to && part.state == FulfillmentState::Open)
    })
    .await;
    assert_eq!(reserved(&rig).await.values().sum::<u32>(), 10, "two pots and eight cups, once");
    assert_sound(&rig).await;
    rig.engine.stop().await;
}
