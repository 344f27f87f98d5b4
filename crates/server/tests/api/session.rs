//! `/session`, `/sign-in`: who comes in, and who does not.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::json;
use switchyard_engine::clock::Clock;
use switchyard_server::caller::{Caller, Role};

use crate::app::{Answer, Call, ORIGIN, TOKEN, TestApp};
use crate::seed;

async fn signed_in(app: &TestApp) -> String {
    let ticket = app.access.issue_ticket(app.clock.now());
    let answer = sign_in(app, &ticket).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    cookie(&answer)
}

async fn sign_in(app: &TestApp, ticket: &str) -> Answer {
    let call = Call::new(Method::POST, "/session").json(&json!({ "ticket": ticket })).header("origin", ORIGIN);
    app.daemon(call.request()).await
}

fn cookie(answer: &Answer) -> String {
    let value = answer.headers[header::SET_COOKIE].to_str().unwrap();
    value.split(';').next().unwrap().to_owned()
}

async fn with(app: &TestApp, cookie: &str) -> Answer {
    app.daemon(Call::new(Method::GET, "/session").header("cookie", cookie).request()).await
}

#[tokio::test]
async fn a_ticket_gives_a_session_once() {
    let app = TestApp::empty().await;
    let ticket = app.access.issue_ticket(app.clock.now());
    let first = sign_in(&app, &ticket).await;
    assert_eq!(first.json(), json!({ "caller": { "kind": "session", "name": "mara", "role": "admin" } }));
    let set = first.headers[header::SET_COOKIE].to_str().unwrap();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.contains(attribute), "{set}");
    }
    assert_eq!(with(&app, &cookie(&first)).await.status, 200);
    let second = sign_in(&app, &ticket).await;
    assert_eq!(second.status, 401, "a ticket works once");
    assert!(!second.headers.contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn the_link_sets_the_cookie_and_goes_to_the_console() {
    let app = TestApp::empty().await;
    let ticket = app.access.issue_ticket(app.clock.now());
    let uri = format!("/sign-in?ticket={ticket}");
    let preview = app.daemon(Request::head(&uri).body(Body::empty()).unwrap()).await;
    assert!(!preview.headers.contains_key(header::SET_COOKIE), "a preview does not use the link up");
    let answer = app.daemon(Request::get(&uri).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.headers[header::LOCATION], "/");
    assert_eq!(with(&app, &cookie(&answer)).await.status, 200);
    assert_eq!(app.daemon(Request::get(&uri).body(Body::empty()).unwrap()).await.status, 401);
}

#[tokio::test]
async fn a_ticket_is_worth_nothing_after_five_minutes() {
    let app = TestApp::empty().await;
    let ticket = app.access.issue_ticket(app.clock.now());
    app.clock.advance(Duration::from_secs(5 * 60));
    assert_eq!(sign_in(&app, &ticket).await.status, 401);
}

#[tokio::test]
async fn a_session_ends_after_thirty_idle_minutes_and_after_twelve_hours() {
    let app = TestApp::empty().await;
    let idle = signed_in(&app).await;
    app.clock.advance(Duration::from_secs(30 * 60));
    assert_eq!(with(&app, &idle).await.status, 401, "idle for too long");
    let busy = signed_in(&app).await;
    for _ in 0..35 {
        app.clock.advance(Duration::from_secs(20 * 60));
        assert_eq!(with(&app, &busy).await.status, 200, "in use");
    }
    app.clock.advance(Duration::from_secs(20 * 60));
    assert_eq!(with(&app, &busy).await.status, 401, "twelve hours are over, in use or not");
}

#[tokio::test]
async fn a_session_that_was_signed_out_is_gone() {
    let app = TestApp::empty().await;
    let cookie = signed_in(&app).await;
    let call = Call::new(Method::DELETE, "/session").header("cookie", &cookie);
    let call = call.header("origin", ORIGIN).header("idempotency-key", "k1");
    assert_eq!(app.daemon(call.request()).await.status, 204);
    assert_eq!(with(&app, &cookie).await.status, 401);
}

#[tokio::test]
async fn a_session_id_the_browser_chose_is_no_session() {
    let app = TestApp::empty().await;
    assert_eq!(with(&app, "switchyard_session=chosen-by-an-attacker").await.status, 401);
    let fixed = with(&app, "switchyard_session=fixed").await;
    assert_eq!(fixed.status, 401);
    let fresh = signed_in(&app).await;
    assert_ne!(fresh, "switchyard_session=fixed", "signing in always makes a new id");
}

#[tokio::test]
async fn five_wrong_tickets_close_the_door_for_a_minute() {
    let app = TestApp::empty().await;
    for _ in 0..5 {
        assert_eq!(sign_in(&app, "guess").await.status, 401);
    }
    let ticket = app.access.issue_ticket(app.clock.now());
    assert_eq!(sign_in(&app, &ticket).await.status, 429, "even a right ticket has to wait");
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(sign_in(&app, &ticket).await.status, 200);
}

#[tokio::test]
async fn only_the_whole_bearer_token_opens() {
    let app = TestApp::empty().await;
    let status = async |value: &str| {
        app.daemon(Call::new(Method::GET, "/session").header("authorization", value).request()).await.status.as_u16()
    };
    assert_eq!(status(&format!("Bearer {TOKEN}")).await, 200);
    assert_eq!(status(&format!("Bearer {}", &TOKEN[1..])).await, 401);
    assert_eq!(status(&format!("Basic {TOKEN}")).await, 401);
    assert_eq!(status("Bearer ").await, 401);
}

#[tokio::test]
async fn a_wrong_token_is_not_saved_by_a_cookie() {
    let app = TestApp::empty().await;
    let cookie = signed_in(&app).await;
    let call = Call::new(Method::GET, "/session").header("cookie", &cookie).header("authorization", "Bearer wrong");
    assert_eq!(app.daemon(call.request()).await.status, 401);
}

#[rstest::rstest]
#[case::own_page(Some(ORIGIN), Some("k1"), 200)]
#[case::another_site(Some("https://evil.example"), Some("k1"), 403)]
#[case::no_origin(None, Some("k1"), 403)]
#[case::sandboxed_frame(Some("null"), Some("k1"), 403)]
#[case::form_without_header(Some(ORIGIN), None, 400)]
#[tokio::test]
async fn a_write_with_a_cookie_has_to_come_from_the_console(
    #[case] origin: Option<&str>,
    #[case] key: Option<&str>,
    #[case] status: u16,
) {
    let app = TestApp::seeded().await;
    let cookie = signed_in(&app).await;
    let mut call = Call::new(Method::POST, &format!("/orders/{}/cancel", seed::editable())).header("cookie", &cookie);
    if let Some(origin) = origin {
        call = call.header("origin", origin);
    }
    if let Some(key) = key {
        call = call.header("idempotency-key", key);
    }
    let answer = app.daemon(call.json(&json!({ "revision": 1, "reason": "" })).request()).await;
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
}

#[tokio::test]
async fn another_sites_page_cannot_sign_a_browser_in() {
    let app = TestApp::empty().await;
    let ticket = app.access.issue_ticket(app.clock.now());
    let call = Call::new(Method::POST, "/session").json(&json!({ "ticket": ticket }));
    let answer = app.daemon(call.header("origin", "https://evil.example").request()).await;
    assert_eq!(answer.status, 403);
    assert_eq!(sign_in(&app, &ticket).await.status, 200, "the ticket was not used up");
}

#[tokio::test]
async fn the_daemon_never_believes_a_caller_that_came_with_the_request() {
    let app = TestApp::empty().await;
    let mut request = Call::new(Method::GET, "/session").request();
    request.extensions_mut().insert(Caller::Token { name: "forged".to_owned(), role: Role::Admin });
    assert_eq!(app.daemon(request).await.status, 401);
}
