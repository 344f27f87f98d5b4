//! The requests that every transport must answer alike.

use serde_json::{Value, json};

/// How much of two answers has to agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// Everything but instants and references.
    Content,
    /// Names and types only: the values move by themselves.
    Shape,
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) headers: Value,
    pub(crate) body: Option<String>,
    pub(crate) agreement: Agreement,
}

fn get(path: &str) -> Exchange {
    Exchange { method: "GET", path: path.to_owned(), headers: json!({}), body: None, agreement: Agreement::Content }
}

fn moving(path: &str) -> Exchange {
    Exchange { agreement: Agreement::Shape, ..get(path) }
}

fn send(method: &'static str, path: &str, key: &str, body: String) -> Exchange {
    let headers = json!({"content-type": "application/json", "idempotency-key": key});
    Exchange { method, path: path.to_owned(), headers, body: Some(body), agreement: Agreement::Content }
}

/// An order that is not there; its answer still needs the whole body to have arrived.
const NOWHERE: &str = "/api/v1/orders/ord_01980000000070008000000000000000";

fn hold(note: &str) -> String {
    json!({"revision": 1, "reason": "customer_request", "note": note}).to_string()
}

/// All of them, on an installation without connections.
pub(crate) fn exchanges() -> Vec<Exchange> {
    let mut all = vec![
        moving("/api/v1/health"),
        get("/api/v1/session"),
        get("/api/v1/orders"),
        get("/api/v1/orders?q=state%3Aplanned%20country%3ADE&sort=-received&limit=5"),
        get("/api/v1/orders?q=M%C3%BCnchen%20%22a%26b%22"),
        get("/api/v1/orders?q=stat%3Aplanned"),
        get("/api/v1/orders?limit=0"),
        get("/api/v1/orders?limit=many"),
        get(NOWHERE),
        get("/api/v1/orders/not-an-id"),
        get(&format!("{NOWHERE}/timeline")),
        get(&format!("{NOWHERE}/raw")),
        moving("/api/v1/flow"),
        get("/api/v1/connections"),
        moving("/api/v1/services"),
        get("/api/v1/nothing-here"),
        get("/api/v1/orders/%2Fflow"),
        Exchange { method: "DELETE", ..get("/api/v1/orders") },
        Exchange { method: "PATCH", ..get(NOWHERE) },
        send("POST", &format!("{NOWHERE}/holds"), "parity-plain", hold("plain")),
        send("POST", &format!("{NOWHERE}/holds"), "parity-unicode", hold("Straße 5, 東京, \u{1F69A}, \u{0}\u{7f}")),
        send("POST", &format!("{NOWHERE}/holds"), "parity-broken", "{\"revision\":1,".to_owned()),
        send("POST", &format!("{NOWHERE}/holds"), "parity-unknown", "{\"revision\":1,\"surprise\":true}".to_owned()),
        send("POST", &format!("{NOWHERE}/holds"), "parity-empty", String::new()),
        send("PUT", &format!("{NOWHERE}/lines/lin_1/quantity"), "parity-put", "{\"revision\":1}".to_owned()),
    ];
    let mut without_key =
        send("POST", &format!("{NOWHERE}/release"), "", "{\"revision\":1,\"reason\":\"x\"}".to_owned());
    without_key.headers = json!({"content-type": "application/json"});
    all.push(without_key);
    let mut as_text = send("POST", &format!("{NOWHERE}/release"), "parity-text", "revision=1".to_owned());
    as_text.headers = json!({"content-type": "text/plain", "idempotency-key": "parity-text"});
    all.push(as_text);
    // wry reads bodies in steps of 1,024 bytes and takes a short read for the end; 1 MiB is the API's own limit.
    for size in [1_023, 1_024, 1_025, 4_096, 65_535, 65_536, 65_537, 1_000_000, 1_100_000] {
        let frame = hold("").len();
        let body = hold(&"x".repeat(size - frame));
        assert_eq!(body.len(), size);
        all.push(send("POST", &format!("{NOWHERE}/holds"), &format!("parity-{size}"), body));
    }
    all
}
