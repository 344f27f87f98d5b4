//! Raw items: telling two versions of one object apart, and reading one with a path to what is wrong.

use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::contract::ParseError;

/// A short digest of a JSON value that does not depend on the order of its fields.
#[must_use]
pub(crate) fn digest(value: &Value) -> String {
    // serde_json keeps objects sorted by key, so equal values print equally.
    let hash = Sha256::digest(value.to_string().as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a raw item.
///
/// # Errors
/// [`ParseError`] with the path of the field that is missing or of another type.
pub(crate) fn read<T: DeserializeOwned>(raw: &[u8]) -> Result<T, ParseError> {
    let mut json = serde_json::Deserializer::from_slice(raw);
    let item = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        ParseError { path: rooted(&path), detail: error.into_inner().to_string() }
    })?;
    json.end().map_err(|error| wrong("$", error))?;
    Ok(item)
}

/// A field that is there but makes no sense.
pub(crate) fn wrong(path: impl Into<String>, detail: impl ToString) -> ParseError {
    ParseError { path: path.into(), detail: detail.to_string() }
}

/// serde_path_to_error writes `.` or `?` where it has no field to name.
fn rooted(path: &str) -> String {
    match path.trim_end_matches(['.', '?']) {
        "" => "$".to_owned(),
        named => named.to_owned(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only the reading matters")]
    struct Order {
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only the reading matters")]
    struct Line {
        quantity: u32,
    }

    #[rstest::rstest]
    #[case(r#"{"lines":[{"quantity":1},{"quantity":"two"}]}"#, "lines[1].quantity")]
    #[case(r#"{"lines":[{}]}"#, "lines[0]")]
    #[case(r#"{"lines":null}"#, "lines")]
    #[case(r"{}", "$")]
    #[case(r#"{"lines":[]} trailing"#, "$")]
    #[case("", "$")]
    fn the_path_names_what_is_wrong(#[case] raw: &str, #[case] path: &str) {
        assert_eq!(read::<Order>(raw.as_bytes()).unwrap_err().path, path);
    }

    #[test]
    fn the_digest_ignores_the_order_of_fields_and_sees_every_value() {
        let one: Value = serde_json::from_str(r#"{"a":1,"b":[true]}"#).unwrap();
        let same: Value = serde_json::from_str(r#"{"b":[true],"a":1}"#).unwrap();
        assert_eq!(digest(&one), digest(&same));
        assert_ne!(digest(&one), digest(&json!({"a": 1, "b": [false]})));
        assert_eq!(digest(&one).len(), 16);
    }
}
