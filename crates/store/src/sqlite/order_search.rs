//! The order search: the only place where SQL is composed.
//!
//! Every piece of text is a constant of this file and every value is bound; lists are bound as one JSON array. So no
//! input can become SQL, however it looks, and this is the only use of `AssertSqlSafe` in the crate.

use serde::Serialize;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, Row, SqlitePool};
use switchyard_core::id::{ConnectionId, OrderId};
use switchyard_core::order::OrderState;
use switchyard_core::time::Timestamp;

use super::failure::failed;
use super::orders::stage;
use crate::chain;
use crate::error::{Error, Result};
use crate::query::{Count, OrderFilter, OrderPage, OrderQuery, OrderSummary, SortKey};
use crate::summary;

/// Trigrams find words of three characters and more; shorter ones are looked for in the text.
const TRIGRAM: usize = 3;

/// What stands in for "no edit window", upwards and downwards, so that it comes last either way.
const NO_WINDOW_UP: i64 = i64::MAX;
const NO_WINDOW_DOWN: i64 = i64::MIN;

enum Value {
    Integer(i64),
    Text(String),
}

/// A statement under construction: constant text, bound values.
struct Statement {
    sql: String,
    values: Vec<Value>,
}

impl Statement {
    fn new(start: &'static str) -> Self {
        Self { sql: start.to_owned(), values: Vec::new() }
    }

    fn push(&mut self, fragment: &'static str) -> &mut Self {
        self.sql.push_str(fragment);
        self
    }

    fn integer(&mut self, fragment: &'static str, value: i64) -> &mut Self {
        self.values.push(Value::Integer(value));
        self.push(fragment)
    }

    fn text(&mut self, fragment: &'static str, value: String) -> &mut Self {
        self.values.push(Value::Text(value));
        self.push(fragment)
    }

    fn any_of<T: Serialize>(&mut self, fragment: &'static str, values: &[T]) -> Result<&mut Self> {
        if values.is_empty() { Ok(self) } else { Ok(self.text(fragment, chain::text(values)?)) }
    }

    fn flag(&mut self, wanted: Option<bool>, yes: &'static str, no: &'static str) -> &mut Self {
        match wanted {
            Some(true) => self.push(yes),
            Some(false) => self.push(no),
            None => self,
        }
    }

    fn between(&mut self, bounds: (Option<i64>, Option<i64>), from: &'static str, to: &'static str) -> &mut Self {
        if let Some(lowest) = bounds.0 {
            self.integer(from, lowest);
        }
        if let Some(highest) = bounds.1 {
            self.integer(to, highest);
        }
        self
    }

    fn query(&self) -> Query<'_, sqlx::Sqlite, SqliteArguments> {
        let mut query = sqlx::query(AssertSqlSafe(self.sql.as_str()));
        for value in &self.values {
            query = match value {
                Value::Integer(value) => query.bind(*value),
                Value::Text(value) => query.bind(value.as_str()),
            };
        }
        query
    }
}

fn micros(bounds: (Option<Timestamp>, Option<Timestamp>)) -> (Option<i64>, Option<i64>) {
    (bounds.0.map(Timestamp::as_micros), bounds.1.map(Timestamp::as_micros))
}

fn narrow(statement: &mut Statement, filter: &OrderFilter) -> Result<()> {
    statement.push(" where true");
    statement.any_of(" and state in (select value from json_each(?))", &filter.states)?;
    statement.any_of(" and state not in (select value from json_each(?))", &filter.not_states)?;
    statement.any_of(" and stage in (select value from json_each(?))", &filter.stages)?;
    statement.any_of(" and shop in (select value from json_each(?))", &filter.shops)?;
    statement.any_of(" and country in (select value from json_each(?))", &filter.countries)?;
    statement.any_of(
        " and id in (select order_id from fulfillments
            where state <> 'cancelled' and warehouse in (select value from json_each(?)))",
        &filter.warehouses,
    )?;
    statement.any_of(
        " and id in (select order_id from order_line where sku in (select value from json_each(?)))",
        &filter.skus,
    )?;
    statement.flag(filter.held, " and held = 1", " and held = 0");
    statement.flag(filter.problem, " and problem is not null", " and problem is null");
    statement.flag(filter.edited, " and edited = 1", " and edited = 0");
    statement.between(filter.total, " and total >= ?", " and total <= ?");
    statement.between(micros(filter.placed), " and placed_at >= ?", " and placed_at < ?");
    statement.between(micros(filter.received), " and received_at >= ?", " and received_at < ?");
    statement.between(micros(filter.editable_until), " and editable_until >= ?", " and editable_until < ?");
    words(statement, &filter.words);
    Ok(())
}

/// Long words as one full-text question, short ones each as a look into the text.
fn words(statement: &mut Statement, words: &[String]) {
    let wanted = words.iter().map(|word| summary::searchable(word)).filter(|word| !word.trim().is_empty());
    let (long, short): (Vec<String>, Vec<String>) = wanted.partition(|word| word.chars().count() >= TRIGRAM);
    if !long.is_empty() {
        // FTS5 strings: in double quotes, with quotes doubled, nothing is an operator.
        let phrases: Vec<String> = long.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
        let question = phrases.join(" AND ");
        statement.text(" and row in (select rowid from order_search where order_search match ?)", question);
    }
    for word in short {
        statement.push(" and exists (select 1 from order_search where rowid = orders.row");
        statement.text(" and (instr(words, ?) > 0", word.clone());
        statement.text(" or instr(tracking, ?) > 0))", word);
    }
}

/// The sort key as a column that one of the sort indexes serves.
const fn key(sort: SortKey, descending: bool) -> &'static str {
    match sort {
        SortKey::Received => "received_at",
        SortKey::Placed => "placed_at",
        SortKey::Updated => "updated_at",
        SortKey::EditableUntil if descending => "editable_down",
        SortKey::EditableUntil => "editable_up",
        SortKey::Total => "total",
        SortKey::Number => "number",
    }
}

/// A page of a list.
pub(super) async fn page(readers: &SqlitePool, query: &OrderQuery) -> Result<OrderPage> {
    let limit = query.limit.clamp(1, 500);
    let key = key(query.sort, query.descending);
    // The inner select walks narrow indexes only; the wide rows are read for this page alone.
    let mut statement = Statement::new("select orders.*, page.sort_key from (select row as page_row, id as page_id, ");
    statement.push(key).push(" as sort_key from orders");
    narrow(&mut statement, &query.filter)?;
    if let Some(after) = &query.after {
        let comparison = if query.descending { ", id) < (?" } else { ", id) > (?" };
        statement.push(" and (").push(key);
        match (query.sort, after.key.as_str()) {
            (SortKey::Number, number) => statement.text(comparison, number.to_owned()),
            (SortKey::EditableUntil, "") if query.descending => statement.integer(comparison, NO_WINDOW_DOWN),
            (SortKey::EditableUntil, "") => statement.integer(comparison, NO_WINDOW_UP),
            (_, number) => {
                let number = number.parse().map_err(|_| Error::Conflict(format!("list position {number}")))?;
                statement.integer(comparison, number)
            }
        };
        statement.text(", ?)", after.id.as_str().to_owned());
    }
    statement.push(" order by ").push(key);
    statement.push(if query.descending { " desc, id desc" } else { ", id" });
    statement.integer(" limit ?", i64::from(limit) + 1);
    if query.after.is_none() {
        statement.integer(" offset ?", i64::from(query.offset));
    }
    statement.push(") as page join orders on orders.row = page_row order by sort_key");
    statement.push(if query.descending { " desc, page_id desc" } else { ", page_id" });

    let found = statement.query().fetch_all(readers).await.map_err(failed)?;
    let mut rows = found.iter().map(summary_of).collect::<Result<Vec<_>>>()?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|last| query.sort.position(last));
    Ok(OrderPage { rows, next })
}

/// How many match, counting no further than `cap`.
pub(super) async fn count(readers: &SqlitePool, filter: &OrderFilter, cap: u32) -> Result<Count> {
    let mut statement = Statement::new("select count(*) from (select 1 from orders");
    narrow(&mut statement, filter)?;
    statement.integer(" limit ?)", i64::from(cap) + 1);
    let counted = statement.query().fetch_one(readers).await.map_err(failed)?;
    let counted: i64 = counted.try_get(0).map_err(failed)?;
    let counted = u64::try_from(counted).unwrap_or(0);
    Ok(Count { value: counted.min(u64::from(cap)), capped: counted > u64::from(cap) })
}

fn summary_of(row: &SqliteRow) -> Result<OrderSummary> {
    let text = |column: &str| -> Result<String> { row.try_get(column).map_err(failed) };
    let integer = |column: &str| -> Result<i64> { row.try_get(column).map_err(failed) };
    let time = |column: &str| -> Result<Timestamp> { integer(column).map(Timestamp::from_micros) };
    let count = |column: &str| -> Result<u32> {
        let stored = integer(column)?;
        u32::try_from(stored).map_err(|_| Error::Backend(format!("orders.{column} is {stored}")))
    };
    let state = text("state")?;
    let editable_until: Option<i64> = row.try_get("editable_until").map_err(failed)?;
    Ok(OrderSummary {
        id: OrderId::try_from(text("id")?).map_err(|error| Error::Backend(error.to_string()))?,
        number: text("number")?,
        shop: ConnectionId::try_from(text("shop")?).map_err(|error| Error::Backend(error.to_string()))?,
        state: OrderState::parse(&state).ok_or_else(|| Error::Backend(format!("orders.state is {state}")))?,
        stage: stage(&text("stage")?)?,
        placed_at: time("placed_at")?,
        received_at: time("received_at")?,
        updated_at: time("updated_at")?,
        editable_until: editable_until.map(Timestamp::from_micros),
        customer: text("customer")?,
        city: text("city")?,
        country: text("country")?,
        lines: count("lines")?,
        units: count("units")?,
        total: integer("total")?,
        currency: text("currency")?,
        warehouses: chain::parse(&text("warehouses")?)?,
        carriers: chain::parse(&text("carriers")?)?,
        held: integer("held")? == 1,
        problem: row.try_get("problem").map_err(failed)?,
        edited: integer("edited")? == 1,
        tags: chain::parse(&text("tags")?)?,
    })
}
