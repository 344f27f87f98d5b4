//! `/flow`, `/services`, `/health`

use axum::http::Method;
use serde_json::json;
use switchyard_server::caller::Caller;

use crate::app::{Call, TestApp};

#[tokio::test]
async fn the_map_counts_what_stands_where() {
    let app = TestApp::seeded().await;
    // The four orders were recorded an hour ago, so the rates of the last minute are zero.
    insta::assert_json_snapshot!("flow", app.get("/flow").await.json());
}

#[tokio::test]
async fn every_edge_of_the_map_joins_places_that_are_on_it() {
    let app = TestApp::seeded().await;
    let flow = app.get("/flow").await.json();
    let texts = |list: &str, field: &str| {
        flow[list].as_array().unwrap().iter().map(|one| one[field].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let places = [texts("shops", "connection"), texts("stages", "stage"), texts("warehouses", "warehouse")].concat();
    for end in [texts("edges", "from"), texts("edges", "to")].concat() {
        assert!(places.contains(&end), "{end} is no place of the map");
    }
}

#[tokio::test]
async fn services_say_what_they_do_and_what_to_do_when_they_fail() {
    let app = TestApp::empty().await;
    let list = app.get("/services").await.json();
    let items = list["items"].as_array().unwrap();
    assert!(items.len() >= 10, "the whole board is shown");
    for item in items {
        for field in ["name", "purpose", "remedy"] {
            assert!(!item[field].as_str().unwrap().is_empty(), "{item}");
        }
    }
}

#[tokio::test]
async fn health_needs_no_sign_in_and_tells_the_servers_clock() {
    let app = TestApp::empty().await;
    let health = app.send(Caller::Anonymous, Call::new(Method::GET, "/health")).await.json();
    insta::assert_json_snapshot!("health", health, { ".version" => "[version]" });
    assert_eq!(health["store"], json!({ "problem": null }));
}
