//! Cursors of lists: opaque to the caller, a place in the order for the store.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use switchyard_store::query::{Position, SortKey};

/// Rows of a page when the caller does not say.
pub const DEFAULT_LIMIT: u32 = 100;
/// Most rows of a page.
pub const MAX_LIMIT: u32 = 500;
/// How far totals are counted.
pub const COUNT_CAP: u32 = 10_000;

/// A cursor: a position, and the order it is a position in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    sort: SortKey,
    descending: bool,
    position: Position,
}

/// The text of a place in a list sorted like this.
#[must_use]
pub fn encode(sort: SortKey, descending: bool, position: &Position) -> String {
    let mark = Mark { sort, descending, position: position.clone() };
    // A struct of plain strings always serialises.
    BASE64URL_NOPAD.encode(&serde_json::to_vec(&mark).unwrap_or_default())
}

/// The place a text names; `None` when it is no cursor, or one of a list that was sorted differently.
#[must_use]
pub fn decode(text: &str, sort: SortKey, descending: bool) -> Option<Position> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let mark: Mark = serde_json::from_slice(&bytes).ok()?;
    (mark.sort == sort && mark.descending == descending).then_some(mark.position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use switchyard_core::id::OrderId;
    use switchyard_core::time::Timestamp;

    #[test]
    fn a_cursor_comes_back_and_belongs_to_its_own_order_only() {
        let position = Position { key: "17".to_owned(), id: OrderId::new(Timestamp::EPOCH, [3; 10]) };
        let text = encode(SortKey::Total, true, &position);
        assert_eq!(decode(&text, SortKey::Total, true), Some(position));
        assert_eq!(decode(&text, SortKey::Placed, true), None, "another sort key means another list");
        assert_eq!(decode(&text, SortKey::Total, false), None, "another direction means another list");
        assert_eq!(decode("%%%", SortKey::Total, true), None);
    }
}
