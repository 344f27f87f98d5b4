//! Relay cursors, bound to the sort they came from.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

/// A row's place in a sorted list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The row's id.
    pub(super) last_id: i64,
    /// The value the list is sorted by.
    pub(super) last_value: i64,
    /// The sort, so that the cursor of one list is refused by another.
    pub(super) sort: String,
}

/// A cursor that this list did not give out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InvalidCursor;

impl Place {
    pub(super) fn encode(&self) -> String {
        // Nothing in a place can fail to serialise; an empty cursor would be refused when it comes back.
        BASE64.encode(&serde_json::to_vec(self).unwrap_or_default())
    }

    pub(super) fn decode(cursor: &str, sort: &str) -> Result<Self, InvalidCursor> {
        let bytes = BASE64.decode(cursor.as_bytes()).map_err(|_| InvalidCursor)?;
        let place: Self = serde_json::from_slice(&bytes).map_err(|_| InvalidCursor)?;
        if place.sort == sort { Ok(place) } else { Err(InvalidCursor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_works_in_its_own_sort_only() {
        let place = Place { last_id: 7, last_value: 9, sort: "UPDATED_AT".into() };
        let cursor = place.encode();
        assert_eq!(Place::decode(&cursor, "UPDATED_AT"), Ok(place));
        assert_eq!(Place::decode(&cursor, "ID"), Err(InvalidCursor));
        assert_eq!(Place::decode("nonsense", "ID"), Err(InvalidCursor));
    }
}
