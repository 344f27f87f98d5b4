//! What an operator does, in the real window on the sandbox.

use std::time::Duration;

use serde_json::{Value, json};

use crate::driver::CONTROL;
use crate::window::Window;

/// The sandbox needs a moment to sell something and the engine to route it.
const FIRST_ORDER: Duration = Duration::from_secs(90);
const STREET: &str = "Stellwerkstraße 7";

/// An order whose edit window is open for longest.
async fn editable_order(window: &Window) -> Value {
    let deadline = tokio::time::Instant::now() + FIRST_ORDER;
    loop {
        let page = window.read("/api/v1/orders?q=state%3Aeditable&sort=-received&limit=1").await;
        if let Some(order) = page["items"].as_array().and_then(|items| items.first()) {
            return order.clone();
        }
        assert!(tokio::time::Instant::now() < deadline, "no order became editable within {FIRST_ORDER:?}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

fn with_text(element: &str, text: &str) -> String {
    format!("//{element}[contains(normalize-space(.), \"{text}\")]")
}

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn operator_sees_the_flow_and_changes_an_address_before_it_is_too_late() {
    let window = Window::open(&["--sandbox"]).await;
    let driver = &window.driver;

    let connections = window.read("/api/v1/connections").await;
    let names: Vec<&str> = connections["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["connection"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 5, "two shops and three warehouses: {names:?}");
    for name in names {
        driver.wait_for(&with_text("main//*", name)).await;
    }
    window.keep_picture("flow").await;

    let summary = editable_order(&window).await;
    let (id, number) = (summary["id"].as_str().unwrap(), summary["number"].as_str().unwrap());
    driver.wait_for("//nav//a[@href='/orders']").await.click().await;
    driver.wait_for(&with_text("*[@role='row']", number)).await.double_click().await;
    driver.wait_for(&with_text("h1", number)).await;
    window.keep_picture("order").await;

    driver.press(&["e"]).await;
    let street = driver.wait_for("//input[@name='ship_to.line1']").await;
    street.click().await;
    driver.press(&[CONTROL, "a"]).await;
    street.type_text(STREET).await;
    driver.wait_for(&with_text("button", "Review changes")).await.click().await;
    driver.wait_for("//*[@role='dialog']//textarea").await.type_text("The customer called").await;
    driver.wait_for("//*[@role='dialog']//button[contains(., 'Save changes')][not(@disabled)]").await.click().await;
    driver.wait_for(&with_text("address", STREET)).await;
    window.keep_picture("edited").await;

    let detail = window.read(&format!("/api/v1/orders/{id}")).await;
    assert_eq!(detail["order"]["ship_to"]["line1"], json!(STREET));
    let timeline = window.read(&format!("/api/v1/orders/{id}/timeline")).await;
    let edits = timeline["items"].as_array().unwrap().iter().filter(|entry| entry["reason"] == "The customer called");
    assert_eq!(edits.count(), 1, "the change and its reason are in the journal once: {timeline}");

    assert_eq!(window.console_errors(), Vec::<String>::new(), "the page's console has errors");
    window.close().await;
}

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn events_reach_the_page_through_the_channel() {
    let window = Window::open(&["--sandbox"]).await;
    let script = "
        const seen = [];
        const callback = window.__TAURI_INTERNALS__.transformCallback((message) => {
            if (message.message) seen.push(...message.message);
        });
        await window.__TAURI_INTERNALS__.invoke('subscribe_events', { afterSeq: 0, channel: `__CHANNEL__:${callback}` });
        for (let tries = 0; tries < 250 && seen.length < 10; tries += 1) await new Promise((next) => setTimeout(next, 100));
        return seen.slice(0, 10);";
    let seen = window.driver.run(script, Value::Null).await;
    let numbers: Vec<i64> = seen.as_array().unwrap().iter().map(|event| event["seq"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>(), "in journal order, without gaps");
    let refused = window
        .driver
        .run(
            "return window.__TAURI_INTERNALS__.invoke('subscribe_events', { afterSeq: -1, channel: '__CHANNEL__:1' })
                 .then(() => 'accepted', (error) => String(error));",
            Value::Null,
        )
        .await;
    assert!(refused.as_str().unwrap().contains("not negative"), "{refused}");
    window.close().await;
}
