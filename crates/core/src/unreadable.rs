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
    let document = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| Unreadable::new(error.path().to_string(), error.inner().to_string()))?;
    json.end().map_err(|error| Unreadable::new(".", error.to_string()))?;
    Ok(document)
}
