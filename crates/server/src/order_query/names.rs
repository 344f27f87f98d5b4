//! Names a person may use in a query, and the nearest one to a name that does not exist.

use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::id::{ConnectionId, WarehouseId};

/// The shops and warehouses there are.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub(super) shops: Vec<(ConnectionId, String)>,
    pub(super) warehouses: Vec<(WarehouseId, String)>,
}

impl Names {
    /// The names of these connections' shops and of these warehouses.
    #[must_use]
    pub fn new(connections: &[Connection], warehouses: &[Warehouse]) -> Self {
        let shops = connections.iter().filter(|connection| connection.side == Side::Shop);
        Self {
            shops: shops.map(|shop| (shop.id.clone(), shop.name.clone())).collect(),
            warehouses: warehouses.iter().map(|place| (place.id.clone(), place.name.clone())).collect(),
        }
    }

    /// The shops called `text`, or the one with this id.
    ///
    /// # Errors
    /// The nearest name.
    pub(super) fn shop(&self, text: &str) -> Result<Vec<ConnectionId>, Option<String>> {
        look_up(&self.shops, text)
    }

    /// All other shops.
    pub(super) fn shops_except(&self, these: &[ConnectionId]) -> Vec<ConnectionId> {
        self.shops.iter().map(|(id, _)| id).filter(|id| !these.contains(id)).cloned().collect()
    }

    /// The warehouses called `text`, or the one with this id.
    ///
    /// # Errors
    /// The nearest name.
    pub(super) fn warehouse(&self, text: &str) -> Result<Vec<WarehouseId>, Option<String>> {
        look_up(&self.warehouses, text)
    }
}

fn look_up<T: Clone + AsRef<str>>(known: &[(T, String)], text: &str) -> Result<Vec<T>, Option<String>> {
    let wanted = text.to_lowercase();
    let found: Vec<T> = known
        .iter()
        .filter(|(id, name)| id.as_ref() == text || name.to_lowercase() == wanted)
        .map(|(id, _)| id.clone())
        .collect();
    if found.is_empty() { Err(nearest(text, known.iter().map(|(_, name)| name.as_str()))) } else { Ok(found) }
}

/// The candidate that is meant most likely: one that starts with the text, else the one with the fewest different
/// letters, if they are few.
#[must_use]
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted: Vec<char> = text.to_lowercase().chars().collect();
    let near = 1 + wanted.len() / 3;
    candidates
        .into_iter()
        .map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            let distance =
                if wanted.len() >= 2 && letters.starts_with(&wanted) { 0 } else { distance(&wanted, &letters) };
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= near)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}

/// Levenshtein's distance: insertions, deletions and replacements from one text to the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, from) in one.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, to) in row.iter_mut().skip(1).zip(other) {
            let replaced = diagonal + usize::from(from != to);
            diagonal = *cell;
            left = replaced.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}
