//! Query cost and the bucket it is paid from.
//!
//! Shopify documents: scalars 0, objects 1, mutations 10, connections by `first`/`last`
//! (<https://shopify.dev/docs/api/usage/limits>). How connections grow is not documented; a published answer
//! (`product { variants(first: 250) { nodes { inventoryItem { id } } } }` costs 25, community.shopify.dev 23101) fits
//! `2 + 2·ln(first)` times the node, which is used here.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet};
use async_graphql::{Positioned, Value, Variables};
use serde_json::json;

use crate::clock::{Clock, SECOND, SimulatedMicros};

/// No single query may cost more.
pub(super) const MAX_QUERY_COST: f64 = 1_000.0;

/// What `document` may cost at most with `variables`, in whole points.
pub(super) fn requested(document: &ExecutableDocument, variables: &Variables) -> f64 {
    Walk { document, variables }.operations(None)
}

/// What `document` did cost, given the `data` it brought.
pub(super) fn actual(document: &ExecutableDocument, variables: &Variables, data: &Value) -> f64 {
    Walk { document, variables }.operations(Some(data)).max(1.0)
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
}

/// A list of `length` nodes counts for this many.
fn weight(length: f64) -> f64 {
    if length <= 1.0 { length } else { (2.0 * length.ln()).clamp(1.0, length) }
}

impl Walk<'_> {
    fn operations(&self, data: Option<&Value>) -> f64 {
        let total: f64 = self
            .document
            .operations
            .iter()
            .map(|(_, operation)| {
                let root = if operation.node.ty == OperationType::Mutation { 10.0 } else { 0.0 };
                let set = &operation.node.selection_set;
                set.node.items.iter().map(|item| self.selection(item, data, root)).sum::<f64>()
            })
            .sum();
        total.floor()
    }

    fn set(&self, set: &Positioned<SelectionSet>, data: Option<&Value>) -> f64 {
        set.node.items.iter().map(|item| self.selection(item, data, 0.0)).sum()
    }

    fn selection(&self, selection: &Positioned<Selection>, data: Option<&Value>, extra: f64) -> f64 {
        match &selection.node {
            Selection::Field(field) => self.field(&field.node, data, extra),
            Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set, data),
            Selection::FragmentSpread(spread) => self
                .document
                .fragments
                .get(&spread.node.fragment_name.node)
                .map_or(0.0, |fragment| self.set(&fragment.node.selection_set, data)),
        }
    }

    fn field(&self, field: &Field, data: Option<&Value>, extra: f64) -> f64 {
        let name = field.name.node.as_str();
        if field.selection_set.node.items.is_empty() || name == "pageInfo" || name.starts_with("__") {
            return extra;
        }
        let key = field.alias.as_ref().unwrap_or(&field.name).node.as_str();
        let found = data.map(|data| match data {
            Value::Object(object) => object.get(key).unwrap_or(&Value::Null),
            _ => &Value::Null,
        });
        if matches!(name, "nodes" | "edges") {
            // The connection around it has counted; each element is an object (an edge's `node` is that object).
            let own = if name == "nodes" { 1.0 } else { 0.0 };
            return match found {
                None => own + self.set(&field.selection_set, None),
                Some(Value::List(list)) if !list.is_empty() => {
                    #[expect(clippy::cast_precision_loss, reason = "a page has at most 250 rows")]
                    let length = list.len() as f64;
                    let sum: f64 = list.iter().map(|item| own + self.set(&field.selection_set, Some(item))).sum();
                    sum / length * weight(length)
                }
                Some(_) => 0.0,
            };
        }
        if let Some(first) = self.size(field) {
            return match found {
                None => extra + 2.0 + weight(first) * self.sized(field),
                Some(Value::Object(_)) => extra + 2.0 + self.set(&field.selection_set, found),
                Some(other) => extra + 2.0 + self.list(field, other),
            };
        }
        match found {
            Some(Value::Null) => extra + 1.0,
            Some(list @ Value::List(_)) => extra + self.list(field, list),
            _ => extra + 1.0 + self.set(&field.selection_set, found),
        }
    }

    /// Cost of one element of a sized field: a connection's `nodes`, or the objects of a plain list.
    fn sized(&self, field: &Field) -> f64 {
        let connection = field.selection_set.node.items.iter().any(|item| match &item.node {
            Selection::Field(child) => matches!(child.node.name.node.as_str(), "nodes" | "edges"),
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => false,
        });
        self.set(&field.selection_set, None) + if connection { 0.0 } else { 1.0 }
    }

    fn list(&self, field: &Field, list: &Value) -> f64 {
        match list {
            Value::List(items) => items.iter().map(|item| 1.0 + self.set(&field.selection_set, Some(item))).sum(),
            _ => 0.0,
        }
    }

    fn size(&self, field: &Field) -> Option<f64> {
        let argument = field.get_argument("first").or_else(|| field.get_argument("last"))?;
        let value = argument.node.clone().into_const_with(|name| self.variables.get(&name).cloned().ok_or(())).ok()?;
        match value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        }
    }
}

/// A leaky bucket of points that fills up over simulated time.
#[derive(Debug)]
pub(super) struct Bucket {
    size: f64,
    rate: f64,
    clock: Arc<Clock>,
    level: Mutex<(f64, SimulatedMicros)>,
}

impl Bucket {
    pub(super) fn new(size: f64, rate: f64, clock: Arc<Clock>) -> Self {
        let level = Mutex::new((size, clock.simulated()));
        Self { size, rate, clock, level }
    }

    fn with<T>(&self, change: impl FnOnce(&mut f64) -> T) -> T {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.simulated();
        #[expect(clippy::cast_precision_loss, reason = "points need not be exact")]
        let passed = now.saturating_sub(level.1).max(0) as f64 / SECOND as f64;
        *level = ((level.0 + passed * self.rate).min(self.size), now);
        change(&mut level.0)
    }

    /// Takes `cost` points if they are there.
    pub(super) fn take(&self, cost: f64) -> bool {
        self.with(|level| {
            let enough = *level >= cost;
            if enough {
                *level -= cost;
            }
            enough
        })
    }

    /// Gives points back that a query did not need.
    pub(super) fn give_back(&self, points: f64) {
        self.with(|level| *level = (*level + points.max(0.0)).min(self.size));
    }

    /// `throttleStatus` as Shopify writes it; the rate is the one a client sees on its own clock.
    pub(super) fn status(&self) -> serde_json::Value {
        json!({
            "maximumAvailable": self.size,
            "currentlyAvailable": self.with(|level| level.floor()),
            "restoreRate": self.rate * self.clock.speed(),
        })
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn cost(query: &str, variables: serde_json::Value) -> f64 {
        requested(&parse_query(query).expect("parses"), &Variables::from_json(variables))
    }

    #[test]
    fn the_published_example_costs_what_shopify_said() {
        let query =
            "query($id: ID!) { product(id: $id) { variants(first: 250) { nodes { inventoryItem { id tracked } } } } }";
        let variables = json!({"id": "gid://shopify/Product/1"});
        assert_eq!(cost(query, variables.clone()), 25.0);
        let document = parse_query(query).expect("parses");
        let nothing = Value::from_json(json!({"product": null})).expect("a value");
        assert_eq!(actual(&document, &Variables::from_json(variables), &nothing), 1.0);
    }

    #[test]
    fn pages_cost_by_their_size_and_mutations_ten() {
        let orders = "query($n: Int!) { orders(first: $n) { nodes { id } pageInfo { hasNextPage } } }";
        assert!(cost(orders, json!({"n": 250})) > cost(orders, json!({"n": 10})));
        assert_eq!(cost("{ shop { name } }", json!({})), 1.0);
        assert_eq!(cost("mutation { fulfillmentCreate(fulfillment: {}) { userErrors { message } } }", json!({})), 12.0);
        let edges = "{ orders(first: 10) { edges { node { id } } } }";
        assert_eq!(cost(edges, json!({})), cost("{ orders(first: 10) { nodes { id } } }", json!({})));
    }

    #[test]
    fn an_empty_bucket_refuses_until_simulated_time_has_filled_it() {
        let clock = Arc::new(Clock::new(0, 0.0));
        let bucket = Bucket::new(100.0, 50.0, clock.clone());
        assert!(bucket.take(80.0));
        assert!(!bucket.take(30.0), "20 are left");
        bucket.give_back(15.0);
        assert!(bucket.take(30.0));
        assert_eq!(bucket.status()["currentlyAvailable"], json!(5.0));
    }
}
