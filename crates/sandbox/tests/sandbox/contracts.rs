//! The vendors' published schemas, which are not part of this repository.

use std::io::Read;
use std::path::PathBuf;

use serde_json::{Value, json};

fn folder(variable: &str, default: &str) -> PathBuf {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    std::env::var_os(variable).map_or_else(|| root.join(default), PathBuf::from)
}

/// The bytes of `file`; `None` (and a line saying so) when it is not there, a failure in CI.
fn bytes(variable: &str, default: &str, file: &str) -> Option<PathBuf> {
    let path = folder(variable, default).join(file);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{variable}/{file} is missing");
    eprintln!("skipped: {variable}/{file} is missing");
    None
}

/// The text of a gzipped contract.
pub(crate) fn contract(file: &str) -> Option<String> {
    let path = bytes("SWITCHYARD_CONTRACTS", "../shared/contracts", file)?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    Some(text)
}

/// A data file.
pub(crate) fn data(file: &str) -> Option<PathBuf> {
    bytes("SWITCHYARD_DATA", "../shared/data", file)
}

/// ShipBob's OpenAPI document.
pub(crate) struct ShipBob(Value);

impl ShipBob {
    pub(crate) fn load() -> Option<Self> {
        let text = contract("shipbob/shipbob-openapi-2026-01.json.gz")?;
        Some(Self(serde_json::from_str(&text).unwrap()))
    }

    /// Fails unless `body` is what `method path` may answer with `status`.
    pub(crate) fn assert_answer(&self, method: &str, path: &str, status: u16, body: &Value) {
        let answer = &self.0["paths"][path][method]["responses"][status.to_string()];
        assert!(answer.is_object(), "{method} {path} does not answer {status}");
        let schema = &answer["content"]["application/json"]["schema"];
        self.assert_valid(schema, body, &format!("{method} {path} {status}"));
    }

    /// Fails unless `body` is what `method path` takes.
    pub(crate) fn assert_request(&self, method: &str, path: &str, body: &Value) {
        let schema = &self.0["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
        self.assert_valid(schema, body, &format!("request of {method} {path}"));
    }

    fn assert_valid(&self, schema: &Value, body: &Value, what: &str) {
        let mut whole = schema.clone();
        whole.as_object_mut().expect("a schema").insert("components".into(), self.0["components"].clone());
        let validator = jsonschema::validator_for(&whole).unwrap();
        let errors: Vec<_> =
            validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{what}: {errors:#?}\n{}", json!(body));
    }
}
