//! `/articles`

use serde_json::json;
use switchyard_server::caller::Role;

use crate::app::{Call, TestApp, person};
use crate::seed;

#[tokio::test]
async fn a_bundle_shows_the_sets_that_every_warehouse_can_ship() {
    let app = TestApp::seeded().await;
    let nothing = app.get("/articles/GIFT-SET").await.json();
    assert_eq!((&nothing["version"]["version"], &nothing["article"]["components"]), (&json!(0), &json!([])));
    let available = |sku: &str| format!("/stock/{}/{sku}", seed::warehouse());
    let pots = app.get(&available("TEAPOT")).await.json()["level"]["available"].as_u64().unwrap();
    let mugs = app.get(&available("MUG-BLUE")).await.json()["level"]["available"].as_u64().unwrap();
    let components = json!([{ "sku": "TEAPOT", "units": 1 }, { "sku": "MUG-BLUE", "units": 4 }]);
    let body = json!({ "base": 0, "reason": "Christmas", "components": components });
    let written = app.send(person(Role::Operator), Call::put("/articles/GIFT-SET", "k1", &body)).await;
    assert_eq!(written.status, 200, "{}", written.text);
    let written = written.json();
    assert_eq!(written["places"][0]["available"].as_u64().unwrap(), pots.min(mugs / 4));
    assert_eq!((&written["version"]["version"], &written["places"][0]["keeping"]), (&json!(1), &json!("exploded")));
    let whole = json!({ "base": 1, "reason": "packed", "components": components, "whole_at": [seed::warehouse()] });
    let whole = app.send(person(Role::Operator), Call::put("/articles/GIFT-SET", "k2", &whole)).await.json();
    assert_eq!((&whole["places"][0]["keeping"], &whole["places"][0]["available"]), (&json!("whole"), &json!(0)));
    assert_eq!(app.get("/articles").await.json()["items"], json!([whole]));
}

#[tokio::test]
async fn what_cannot_be_a_bundle_is_refused_with_the_field() {
    let app = TestApp::seeded().await;
    let write = async |sku: &str, key: &str, base: i64, components: serde_json::Value| {
        let body = json!({ "base": base, "reason": "a set", "components": components });
        app.send(person(Role::Operator), Call::put(&format!("/articles/{sku}"), key, &body)).await
    };
    let twice = json!([{ "sku": "TEAPOT", "units": 1 }, { "sku": "TEAPOT", "units": 2 }]);
    let refused = write("GIFT-SET", "k1", 0, twice).await;
    assert_eq!((refused.status.as_u16(), &refused.problem()["fields"][0]["path"]), (422, &json!("components[1].sku")));
    assert_eq!(write("GIFT-SET", "k2", 0, json!([{ "sku": "TEAPOT", "units": 1 }])).await.status, 200);
    let nested = write("BOX", "k3", 0, json!([{ "sku": "GIFT-SET", "units": 1 }])).await;
    assert_eq!((nested.status.as_u16(), &nested.problem()["fields"][0]["path"]), (422, &json!("components[0].sku")));
    let stale = write("GIFT-SET", "k4", 0, json!([])).await;
    assert_eq!(stale.status, 409, "{}", stale.text);
    let body = json!({ "base": 0, "reason": "a set", "components": [] });
    let viewer = app.send(person(Role::Viewer), Call::put("/articles/BOX", "k5", &body)).await;
    assert_eq!(viewer.status, 403);
}
