//! Relay connections over what one order holds.

use async_graphql::{Error, Result, SimpleObject};

use super::paging::Place;

/// Where a page stands in its list.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct PageInfo {
    pub(super) has_next_page: bool,
    pub(super) has_previous_page: bool,
    pub(super) start_cursor: Option<String>,
    pub(super) end_cursor: Option<String>,
}

/// Rows with their cursors, and what lies around them.
#[derive(Debug, Clone)]
pub(super) struct Slice<T> {
    pub(super) rows: Vec<(String, T)>,
    pub(super) has_next_page: bool,
    pub(super) has_previous_page: bool,
}

/// Most rows that one page may ask for.
pub(super) const MAX_FIRST: i32 = 250;

/// How many rows `first` asks for.
pub(super) fn page_size(first: Option<i32>) -> Result<usize> {
    match first {
        None => Err(Error::new("you must provide one of first or last")),
        Some(first) if first > MAX_FIRST => Err(Error::new(format!("first cannot exceed {MAX_FIRST}"))),
        Some(first) => usize::try_from(first).map_err(|_| Error::new("first cannot be negative")),
    }
}

impl<'a, T> Slice<&'a T> {
    /// `first` of `all` behind the cursor `after`; `sort` names the list in its cursors.
    pub(super) fn of(
        all: &'a [T],
        id: impl Fn(&T) -> i64,
        sort: &str,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Self> {
        let size = page_size(first)?;
        let start = match after {
            None => 0,
            Some(cursor) => {
                let place = Place::decode(&cursor, sort)
                    .map_err(|_| Error::new("Invalid cursor for current pagination sort."))?;
                all.iter().position(|row| id(row) == place.last_id).map_or(all.len(), |place| place + 1)
            }
        };
        let rest = all.get(start..).unwrap_or_default();
        let rows = rest.iter().take(size).map(|row| {
            let cursor = Place { last_id: id(row), last_value: id(row), sort: sort.to_owned() }.encode();
            (cursor, row)
        });
        Ok(Self { rows: rows.collect(), has_next_page: rest.len() > size, has_previous_page: start > 0 })
    }

    pub(super) fn map<U>(self, each: impl Fn(&T) -> U) -> Slice<U> {
        let rows = self.rows.into_iter().map(|(cursor, row)| (cursor, each(row))).collect();
        Slice { rows, has_next_page: self.has_next_page, has_previous_page: self.has_previous_page }
    }
}

impl<T> Slice<T> {
    pub(super) fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next_page,
            has_previous_page: self.has_previous_page,
            start_cursor: self.rows.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: self.rows.last().map(|(cursor, _)| cursor.clone()),
        }
    }
}

/// Declares a connection and its edge over `$node`.
macro_rules! connection {
    ($connection:ident, $connection_name:literal, $edge:ident, $edge_name:literal, $node:ty) => {
        /// An element of a connection.
        #[derive(Debug, Clone, async_graphql::SimpleObject)]
        #[graphql(name = $edge_name)]
        pub(super) struct $edge {
            cursor: String,
            node: $node,
        }

        /// A page of a list.
        #[derive(Debug, Clone)]
        pub(super) struct $connection($crate::shopify::connection::Slice<$node>);

        impl From<$crate::shopify::connection::Slice<$node>> for $connection {
            fn from(slice: $crate::shopify::connection::Slice<$node>) -> Self {
                Self(slice)
            }
        }

        #[async_graphql::Object(name = $connection_name)]
        impl $connection {
            async fn nodes(&self) -> Vec<$node> {
                self.0.rows.iter().map(|(_, node)| node.clone()).collect()
            }

            async fn edges(&self) -> Vec<$edge> {
                self.0.rows.iter().map(|(cursor, node)| $edge { cursor: cursor.clone(), node: node.clone() }).collect()
            }

            async fn page_info(&self) -> $crate::shopify::connection::PageInfo {
                self.0.page_info()
            }
        }
    };
}

pub(super) use connection;
