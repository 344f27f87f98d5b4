//! `openapi/switchyard.json` is what the handlers say. `SWITCHYARD_REGENERATE=1` rewrites it.

use std::path::Path;

#[test]
fn the_committed_document_is_the_generated_one() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/switchyard.json"));
    let generated = switchyard_server::openapi_json().unwrap();
    if std::env::var_os("SWITCHYARD_REGENERATE").is_some() {
        std::fs::write(path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(path).expect("openapi/switchyard.json is there");
    assert!(
        committed == generated,
        "openapi/switchyard.json is stale: run `SWITCHYARD_REGENERATE=1 cargo test -p switchyard-server openapi_fresh`, \
         then generate ui/src/api/schema.ts from it"
    );
}
