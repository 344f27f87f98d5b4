//! What a monitoring system reads.

use axum::http::Method;

use crate::app::{Call, TOKEN, TestApp};

/// The value of the sample that starts with `name`.
fn sample(text: &str, name: &str) -> f64 {
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name} in\n{text}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_monitor_reads_services_stages_and_connections_as_open_metrics() {
    let app = TestApp::seeded().await;
    let call = Call::at(Method::GET, "/metrics").header("authorization", &format!("Bearer {TOKEN}"));
    let answer = app.daemon(call.request()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        answer.headers.get("content-type").unwrap(),
        "application/openmetrics-text; version=1.0.0; charset=utf-8"
    );
    let text = &answer.text;
    assert!(text.ends_with("# EOF\n"), "the end is marked, so that a cut text is noticed");
    for service in ["intake", "hand_over", "watchdog"] {
        assert!(sample(text, &format!("switchyard_service_up{{service=\"{service}\"}}")) <= 1.0);
        assert!(sample(text, &format!("switchyard_service_lag_seconds{{service=\"{service}\"}}")) >= 0.0);
        assert!(sample(text, &format!("switchyard_service_done_total{{service=\"{service}\"}}")) >= 0.0);
    }
    let orders: f64 = text
        .lines()
        .filter(|line| line.starts_with("switchyard_orders{"))
        .fold(0.0, |sum, line| sum + line.rsplit(' ').next().unwrap().parse::<f64>().unwrap());
    assert!(orders > 0.0, "{text}");
    assert!(sample(text, "switchyard_connection_up{") <= 1.0);
    assert!(sample(text, "switchyard_started_seconds") > 0.0);
}

#[tokio::test]
async fn figures_are_not_for_everybody() {
    let app = TestApp::seeded().await;
    let answer = app.daemon(Call::at(Method::GET, "/metrics").request()).await;
    assert_eq!(answer.status, 401, "{}", answer.text);
}
