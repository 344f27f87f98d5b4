//! Strict reading of what people write: JSON in which every field is known, refused with the path of the fault.

use serde::de::DeserializeOwned;

use crate::code::{Code, Problem};

/// Where a document is wrong, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {detail}")]
pub struct Unreadable {
    /// The place, such as `rules[2].when.all[0].country`; `.` for the document as a whole.
    pub path: String,
    /// What is wrong there.
    pub detail: String,
}

impl Unreadable {
    /// A fault at a place.
    #[must_use]
    pub fn new(path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { path: path.into(), detail: detail.into() }
    }

    /// The fault for a person, under the code of the kind of document it is.
    #[must_use]
    pub fn problem(&self, code: Code, what: &str) -> Problem {
        Problem::new(code, format!("{what} cannot be used"), self.to_string(), format!("Correct `{}`.", self.path))
    }
}

/// Reads a document.
///
/// # Errors
/// [`Unreadable`] names the first place that does not fit.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    let mut json = serde_json::Deserializer::from_str(text);
    let document = serde_path_to_error::deserialize(&mut json).map_err(|error| in_words::<T>(text, &error))?;
    json.end().map_err(|error| Unreadable::new(".", error.to_string()))?;
    Ok(document)
}

/// The fault in better words where there are some: read from text, two names where one is allowed are only "expected
/// value"; read from a tree, they are "expected map with a single key". A tree has forgotten names that appear twice,
/// so the text decides whether there is a fault.
fn in_words<T: DeserializeOwned>(text: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> Unreadable {
    let (line, column) = (error.inner().line(), error.inner().column());
    let tree = serde_json::from_str::<serde_json::Value>(text).ok();
    match tree.map(serde_path_to_error::deserialize::<_, T>) {
        Some(Err(fault)) => {
            let detail = format!("{} (line {line}, column {column})", fault.inner());
            Unreadable::new(fault.path().to_string(), detail)
        }
        None | Some(Ok(_)) => Unreadable::new(error.path().to_string(), error.inner().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Condition;

    fn fault(text: &str) -> String {
        read::<Vec<Condition>>(text).expect_err("a fault").to_string()
    }

    #[test]
    fn a_fault_has_a_place_and_words() {
        assert_eq!(
            fault(r#"["always", { "tag": ["a"], "country": ["CH"] }]"#),
            "[1]: invalid value: map, expected map with a single key (line 1, column 25)"
        );
        assert!(fault("[").starts_with(".: EOF"), "{}", fault("["));
        assert!(fault("[] []").starts_with(".: trailing characters"));
    }

    #[test]
    fn a_name_that_appears_twice_is_refused() {
        let twice = r#"[{ "weight": { "below": 1, "below": 2 } }]"#;
        assert!(fault(twice).contains("duplicate field `below`"), "{}", fault(twice));
    }
}
