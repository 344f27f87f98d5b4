//! `/stock`

use serde_json::json;
use switchyard_server::caller::Role;

use crate::app::{Call, TestApp, person};
use crate::seed;

#[tokio::test]
async fn levels_are_listed_page_by_page() {
    let app = TestApp::seeded().await;
    let first = app.get("/stock?limit=1").await.json();
    assert_eq!(first["items"][0]["level"]["sku"], "MUG-BLUE");
    let next = first["next"].as_str().unwrap().replace('/', "%2F");
    let second = app.get(&format!("/stock?limit=1&after={next}")).await.json();
    assert_eq!(second["items"][0]["level"]["sku"], "TEAPOT");
    let found = app.get("/stock?sku=tea").await.json();
    assert_eq!((found["items"].as_array().unwrap().len(), &found["next"]), (1, &json!(null)));
    assert_eq!(app.get("/stock?after=nonsense").await.problem()["fields"][0]["path"], "after");
}

#[tokio::test]
async fn what_is_kept_back_is_not_available_and_the_movements_say_what_happened() {
    let app = TestApp::seeded().await;
    let path = format!("/stock/{}/TEAPOT", seed::warehouse());
    let before = app.get(&path).await.json();
    let available = before["level"]["available"].as_u64().unwrap();
    let body = json!({ "safety": 10, "reason": "the fair" });
    let answer = app.send(person(Role::Operator), Call::put(&format!("{path}/safety"), "k1", &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["level"]["available"].as_u64().unwrap(), available - 10);
    assert_eq!(before["movements"].as_array().unwrap().last().unwrap()["cause"], "counted");
    let unknown = format!("/stock/{}/NO-SUCH/safety", seed::warehouse());
    let answer = app.send(person(Role::Operator), Call::put(&unknown, "k2", &body)).await;
    assert_eq!(answer.status, 404, "{}", answer.text);
    let viewer = app.send(person(Role::Viewer), Call::put(&format!("{path}/safety"), "k3", &body)).await;
    assert_eq!(viewer.status, 403);
}

#[tokio::test]
async fn a_level_shows_its_buckets_and_what_each_shop_may_sell() {
    let app = TestApp::seeded().await;
    let path = format!("/stock/{}/TEAPOT", seed::warehouse());
    let keep = json!({ "shop": seed::shop(), "units": 30, "reason": "the fair" });
    let answer = app.send(person(Role::Operator), Call::post(&format!("{path}/earmark"), "k1", &keep)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let block = json!({ "units": 5, "why": "damaged", "reason": "a wet pallet" });
    let answer = app.send(person(Role::Operator), Call::post(&format!("{path}/block"), "k2", &block)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let repeated = app.send(person(Role::Operator), Call::post(&format!("{path}/block"), "k2", &block)).await;
    assert_eq!(repeated.json()["level"]["level"]["blocked"]["damaged"], 5, "a repetition blocks nothing more");
    let listed = app.get("/stock?sku=teapot").await.json();
    insta::assert_json_snapshot!("stock_row", listed["items"][0]);
    let mut movements = app.get(&path).await.json()["movements"].clone();
    for movement in movements.as_array_mut().unwrap() {
        movement["at"] = json!("[at]");
        movement["journal_seq"] = json!("[seq]");
    }
    insta::assert_json_snapshot!("stock_movements", movements);
}

#[tokio::test]
async fn a_refused_change_says_what_is_there_and_what_to_do() {
    let app = TestApp::seeded().await;
    let path = format!("/stock/{}/TEAPOT", seed::warehouse());
    let refused = async |way: &str, body: serde_json::Value| {
        app.send(person(Role::Operator), Call::post(&format!("{path}/{way}"), way, &body)).await
    };
    let unblock = refused("unblock", json!({ "units": 1, "why": "expired", "reason": "" })).await;
    assert_eq!((unblock.status, &unblock.problem()["code"]), (422.try_into().unwrap(), &json!("SY-1401")));
    let earmark = refused("earmark", json!({ "shop": seed::shop(), "units": 1_000, "reason": "" })).await;
    insta::assert_json_snapshot!("stock_earmark_refused", earmark.problem(), { ".instance" => "[instance]" });
    let nothing = refused("block", json!({ "units": 0, "why": "other", "reason": "" })).await;
    assert_eq!(nothing.problem()["fields"][0]["path"], "units");
    let silent = refused("count", json!({ "on_hand": 3, "reason": " " })).await;
    assert_eq!(silent.problem()["fields"][0]["path"], "reason");
    let nowhere = json!({ "shop": seed::warehouse_connection(), "units": 1, "reason": "" });
    assert_eq!(refused("earmark", nowhere).await.status, 404, "a warehouse sells nothing");
    let counted = refused("count", json!({ "on_hand": 3, "reason": "counted by hand" })).await;
    assert_eq!(counted.json()["level"]["level"]["on_hand"], 3);
    assert!(counted.json()["level"]["over_promised"].as_u64().is_some());
}
