//! Tables that can take back what was written since a moment.

use std::collections::{BTreeMap, HashMap};

/// Rows in order of insertion, found by a text key.
#[derive(Debug)]
pub(super) struct Table<T> {
    rows: BTreeMap<u64, T>,
    by_key: HashMap<String, u64>,
    next: u64,
    undo: Vec<Undo<T>>,
}

#[derive(Debug)]
enum Undo<T> {
    Inserted(String),
    Rewritten(u64, T),
    Removed(String, u64, T),
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), by_key: HashMap::new(), next: 0, undo: Vec::new() }
    }
}

impl<T> Table<T> {
    pub(super) fn get(&self, key: &str) -> Option<&T> {
        self.by_key.get(key).and_then(|row| self.rows.get(row))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// All rows, oldest first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.rows.values()
    }

    /// Inserts at the end, or rewrites in place.
    pub(super) fn put(&mut self, key: &str, value: T) {
        if let Some(row) = self.by_key.get(key).copied() {
            if let Some(before) = self.rows.insert(row, value) {
                self.undo.push(Undo::Rewritten(row, before));
            }
        } else {
            self.next += 1;
            self.rows.insert(self.next, value);
            self.by_key.insert(key.to_owned(), self.next);
            self.undo.push(Undo::Inserted(key.to_owned()));
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Some(row) = self.by_key.remove(key)
            && let Some(before) = self.rows.remove(&row)
        {
            self.undo.push(Undo::Removed(key.to_owned(), row, before));
        }
    }
}

/// What a change set does to a table is kept or taken back as a whole.
pub(super) trait Undoable {
    fn keep(&mut self);
    fn take_back(&mut self);
}

impl<T> Undoable for Table<T> {
    fn keep(&mut self) {
        self.undo.clear();
    }

    fn take_back(&mut self) {
        while let Some(step) = self.undo.pop() {
            match step {
                Undo::Inserted(key) => {
                    if let Some(row) = self.by_key.remove(&key) {
                        self.rows.remove(&row);
                    }
                }
                Undo::Rewritten(row, before) => {
                    self.rows.insert(row, before);
                }
                Undo::Removed(key, row, before) => {
                    self.by_key.insert(key, row);
                    self.rows.insert(row, before);
                }
            }
        }
    }
}

/// A list that only grows.
#[derive(Debug)]
pub(super) struct Log<T> {
    entries: Vec<T>,
    kept: usize,
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), kept: 0 }
    }
}

impl<T> Log<T> {
    pub(super) fn push(&mut self, entry: T) {
        self.entries.push(entry);
    }

    pub(super) fn entries(&self) -> &[T] {
        &self.entries
    }
}

impl<T> Undoable for Log<T> {
    fn keep(&mut self) {
        self.kept = self.entries.len();
    }

    fn take_back(&mut self) {
        self.entries.truncate(self.kept);
    }
}
