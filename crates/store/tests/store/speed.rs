//! How fast it is, printed and not asserted:
//! `cargo test -p switchyard-store --test store -- --ignored --nocapture --test-threads 1 speed`.

use std::io::Write as _;
use std::time::{Duration, Instant};

use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::order::OrderState;
use switchyard_store::contract::{Store, Write};
use switchyard_store::query::{OrderFilter, OrderQuery, SortKey, Stage};

use crate::fixture::{
    Backend, at, claim, connection_id, entry, job, line, open, order, part, put, report, reserve, warehouse_id, writes,
};

const ORDERS: u32 = 25_000;
const CITIES: [&str; 5] = ["Köln", "Lyon", "Leeds", "Torino", "Gdańsk"];
const GOODS: [&str; 6] = ["MUG-RED", "MUG-BLUE", "TEE-S", "TEE-XL", "POSTER-A1", "CAP"];

fn say(line: &str) {
    writeln!(std::io::stdout().lock(), "{line}").expect("a terminal");
}

fn set_of(n: u32) -> Vec<Write> {
    let mut order = order(n);
    order.shop = connection_id(1 + n % 3);
    order.ship_to.city = CITIES[n as usize % 5].to_owned();
    order.ship_to.country = ["DE", "FR", "GB", "IT", "PL"][n as usize % 5].to_owned();
    order.total.minor = i64::from(n.wrapping_mul(2_654_435_761) % 50_000);
    order.editable_until = n.is_multiple_of(4).then(|| at(i64::from(n % 9_000)));
    order.state = OrderState::ALL[n as usize % 6];
    order.lines = (0..1 + n % 4).map(|i| line(n * 4 + i, GOODS[(n + i) as usize % 6], 1 + i)).collect();
    let mut one = part(n, n, 1 + n % 5);
    one.state = FulfillmentState::ALL[n as usize % 11];
    vec![put(&order, Stage::ALL[n as usize % 12]), Write::Fulfillment(one)]
}

async fn timed(store: &dyn Store, what: &str, query: OrderQuery) {
    let mut best = Duration::MAX;
    let mut rows = 0;
    for _ in 0..5 {
        let started = Instant::now();
        rows = store.search_orders(&query).await.expect("a page").rows.len();
        best = best.min(started.elapsed());
    }
    let started = Instant::now();
    let count = store.count_orders(&query.filter, 100_000).await.expect("a count").value;
    say(&format!("{what:<44} {best:>10.1?}  {rows:>3} rows; count {count:>6} in {:>8.1?}", started.elapsed()));
}

#[ignore = "a measurement, not a test"]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn searching_25_000_orders() {
    let store = open(Backend::Sqlite).await;
    let started = Instant::now();
    let numbers: Vec<u32> = (1..=ORDERS).collect();
    for chunk in numbers.chunks(250) {
        store.commit(writes(chunk.iter().flat_map(|&n| set_of(n)).collect())).await.expect("kept");
    }
    let taken = started.elapsed();
    say(&format!("{ORDERS} orders with a part in {taken:.1?}: {:.0}/s", f64::from(ORDERS) / taken.as_secs_f64()));

    let store = store.store.as_ref();
    let all = OrderQuery { limit: 50, ..OrderQuery::default() };
    let with = |filter: OrderFilter| OrderQuery { filter, ..all.clone() };
    let words = |words: &[&str]| {
        with(OrderFilter { words: words.iter().map(|&word| word.to_owned()).collect(), ..OrderFilter::default() })
    };
    timed(store, "first page by receipt", all.clone()).await;
    timed(store, "first page by receipt, newest first", OrderQuery { descending: true, ..all.clone() }).await;
    for sort in [SortKey::Updated, SortKey::EditableUntil, SortKey::Total, SortKey::Number] {
        timed(store, &format!("by {sort:?}, descending"), OrderQuery { sort, descending: true, ..all.clone() }).await;
    }
    timed(store, "jump to row 20,000", OrderQuery { offset: 20_000, ..all.clone() }).await;
    let page = store.search_orders(&OrderQuery { offset: 20_000, ..all.clone() }).await.expect("a page");
    timed(store, "page after row 20,050", OrderQuery { after: page.next, ..all.clone() }).await;
    let stages = vec![Stage::Held, Stage::Editable];
    timed(store, "two stages", with(OrderFilter { stages: stages.clone(), ..OrderFilter::default() })).await;
    let by_total = OrderQuery {
        sort: SortKey::Total,
        ..with(OrderFilter { stages, shops: vec![connection_id(2)], ..OrderFilter::default() })
    };
    timed(store, "two stages of a shop by total", by_total).await;
    let warehouses = vec![warehouse_id(3)];
    timed(store, "a warehouse", with(OrderFilter { warehouses, ..OrderFilter::default() })).await;
    let skus = vec!["TEE-XL".to_owned()];
    timed(store, "a SKU", with(OrderFilter { skus, ..OrderFilter::default() })).await;
    timed(store, "one number: 024999", words(&["024999"])).await;
    timed(store, "e-mail: c12345@", words(&["c12345@"])).await;
    timed(store, "a word in a fifth: gdańsk", words(&["gdańsk"])).await;
    timed(store, "a word in all: customer", words(&["customer"])).await;
    timed(store, "two words: lyon poster", words(&["lyon", "poster"])).await;
    timed(store, "a short word: xl", words(&["xl"])).await;
    timed(store, "nothing: zzzzzz", words(&["zzzzzz"])).await;
    let started = Instant::now();
    let counts = store.stage_counts().await.expect("counts").len();
    say(&format!("stage counts: {counts} in {:.1?}", started.elapsed()));
    let started = Instant::now();
    let counts = store.fulfillment_counts().await.expect("counts").len();
    say(&format!("fulfillment counts: {counts} in {:.1?}", started.elapsed()));
    let started = Instant::now();
    for n in 1..=1_000 {
        store.order_file(&crate::fixture::order_id(n * 20)).await.expect("readable").expect("there");
    }
    say(&format!("order files: {:.1?} each", started.elapsed() / 1_000));
}

#[ignore = "a measurement, not a test"]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn committing_from_many_tasks() {
    for tasks in [1_u32, 8, 64, 256] {
        let opened = open(Backend::Sqlite).await;
        opened.commit(writes(vec![report(1, "S", 1_000_000, 1)])).await.expect("kept");
        let each = if tasks == 1 { 200 } else { 4_000 / tasks };
        let started = Instant::now();
        let running = (0..tasks).map(|task| {
            let store = opened.store.clone();
            tokio::spawn(async move {
                for i in 0..each {
                    let n = task * each + i + 1;
                    let mut changes = writes(set_of(n));
                    changes.writes.push(reserve(1, "S", 1));
                    changes.writes.push(Write::Job(job(n, "route", &n.to_string(), 1)));
                    changes.journal = vec![entry("order.planned", Some(n))];
                    store.commit(changes).await.expect("kept");
                }
            })
        });
        for one in running.collect::<Vec<_>>() {
            one.await.expect("no panic");
        }
        let rate = f64::from(tasks * each) / started.elapsed().as_secs_f64();
        say(&format!("{tasks:>3} tasks: {rate:>6.0} change sets/s (order, part, reservation, job, journal entry)"));
        if tasks == 256 {
            let started = Instant::now();
            let mut done = 0_u32;
            loop {
                let jobs = opened.claim_jobs(&claim("route", 9, 100)).await.expect("a claim");
                if jobs.is_empty() {
                    break;
                }
                done += jobs.len() as u32;
                let ends = jobs.into_iter().map(|job| Write::JobDone { job: job.id, token: job.token });
                opened.commit(writes(ends.collect())).await.expect("done");
            }
            let rate = f64::from(done) / started.elapsed().as_secs_f64();
            say(&format!("jobs claimed and done in hundreds: {rate:.0}/s"));
        }
    }
}
