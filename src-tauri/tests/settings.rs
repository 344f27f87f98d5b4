//! What the window is allowed, as a golden list: widening it has to change this file too.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

fn read(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn capabilities_are_exactly_these() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities");
    let granted: BTreeMap<String, Value> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| {
            let capability = read(&format!("capabilities/{name}"));
            assert!(capability.get("remote").is_none(), "{name} grants rights to a remote page");
            assert!(capability.get("webviews").is_none(), "{name} names webviews beside windows");
            (name, json!([capability["windows"], capability["permissions"]]))
        })
        .collect();
    let golden =
        BTreeMap::from([("main.json".to_owned(), json!([["main"], ["allow-subscribe-events", "allow-ready"]]))]);
    assert_eq!(granted, golden);
}

#[test]
fn only_the_listed_capability_files_are_active() {
    assert_eq!(read("tauri.conf.json")["app"]["security"]["capabilities"], json!(["main"]));
}

#[test]
fn content_security_policy_is_exactly_this() {
    let golden = json!({
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self' ipc: http://ipc.localhost switchyard: http://switchyard.localhost",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    });
    assert_eq!(read("tauri.conf.json")["app"]["security"]["csp"], golden);
}

#[test]
fn page_gets_no_global_api_and_nothing_loosens_the_policy() {
    let config = read("tauri.conf.json");
    assert_eq!(config["app"]["withGlobalTauri"], json!(false));
    for loosened in ["devCsp", "dangerousDisableAssetCspModification", "assetProtocol", "headers"] {
        assert!(config["app"]["security"].get(loosened).is_none(), "{loosened} loosens the policy");
    }
    assert_eq!(config["app"]["windows"], json!([]), "windows are made in Rust, where they get the key");
    assert!(config["build"].get("devUrl").is_none(), "the window shows the embedded console only");
}
