//! Our documents, our variables and the answers we test with, against Shopify's own schema.

use apollo_compiler::ast::Type;
use apollo_compiler::executable::{Operation as Parsed, SelectionSet};
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::JsonMap;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use serde_json::{Map, Value, json};

use super::super::client::API_VERSION;
use super::super::operation::{self, ALL, Operation};
use super::super::rehearsal::Shop;
use super::super::{orders, report};
use crate::contracts;

/// What one operation may cost (shopify.dev, "GraphQL Admin API rate limits").
const MAX_COST: u64 = 1000;

#[rstest::rstest]
#[case("2026-10")]
#[case("2026-07")]
fn operations_variables_and_answers_fit_the_schema(#[case] version: &str) {
    let Some(sdl) = contracts::text(&format!("shopify/admin_{version}.graphql.gz")) else { return };
    let schema = Schema::parse_and_validate(&sdl, version).unwrap_or_else(|errors| panic!("{}", errors.errors));

    let wrong = ALL[0].text.replace("myshopifyDomain", "myshopifyDomane");
    let refused = ExecutableDocument::parse_and_validate(&schema, &wrong, "wrong.graphql");
    let complaint = refused.expect_err("the validation sees a wrong field").errors.to_string();
    assert!(complaint.contains("myshopifyDomane"), "{complaint}");

    let shop = Shop::open(12);
    shop.relocate(5001, 9003, 2);
    for operation in ALL {
        let document = ExecutableDocument::parse_and_validate(&schema, operation.text, operation.name);
        let document = document.unwrap_or_else(|errors| panic!("{}: {}", operation.name, errors.errors));
        let parsed = document.operations.get(Some(operation.name)).unwrap();
        assert_eq!(parsed.is_mutation(), operation.effect, "{}: effect or read", operation.name);
        for variables in variables(*operation) {
            coerce(&schema, parsed, &variables).unwrap_or_else(|error| panic!("{}: {error}", operation.name));
            let answer = shop.data(operation.name, &variables);
            conforms(&schema, &parsed.selection_set, &answer, operation.name);
            let cost = cost(&parsed.selection_set, &variables);
            assert!(cost <= MAX_COST, "{} costs {cost} with {variables}", operation.name);
        }
    }
    let create = ExecutableDocument::parse_and_validate(&schema, operation::FULFILLMENT_CREATE.text, "create").unwrap();
    let create = create.operations.get(None).unwrap();
    let misspelt = json!({ "fulfillment": { "lineItemsByFulfillmentOrder": [], "notifyCostumer": false } });
    assert!(coerce(&schema, create, &misspelt).is_err(), "the validation sees a wrong input field");

    if version != API_VERSION {
        // Fixtures hold values that other versions do not have, such as FULFILLMENT_NOT_REQUIRED.
        return;
    }
    for (operation, text) in [
        (operation::CHECK, include_str!("../fixtures/check_full.json")),
        (operation::ORDERS, include_str!("../fixtures/orders_page.json")),
        (operation::ORDERS, include_str!("../fixtures/orders_withheld.json")),
        (operation::FULFILLMENT_CREATE, include_str!("../fixtures/fulfillment_create_refused.json")),
    ] {
        let document = ExecutableDocument::parse_and_validate(&schema, operation.text, operation.name).unwrap();
        let answer: Value = serde_json::from_str(text).unwrap();
        conforms(&schema, &document.operations.get(None).unwrap().selection_set, &answer["data"], operation.name);
    }
}

/// Variables as the connector sends them, with the largest sizes.
fn variables(operation: Operation) -> Vec<Value> {
    let order = "gid://shopify/Order/5001";
    match operation.name {
        "Check" => vec![json!({})],
        "Orders" => [Value::Null, json!("10")]
            .map(|after| {
                json!({
                    "query": "updated_at:>='2026-11-21T00:00:00Z'",
                    "first": orders::ORDERS_PER_PAGE,
                    "after": after,
                    "lines": orders::LINES,
                })
            })
            .to_vec(),
        "OrderLines" => {
            vec![json!({ "id": "gid://shopify/Order/5004", "first": orders::MORE_LINES, "after": "20" })]
        }
        "FulfillmentOrders" => vec![
            json!({ "id": order, "first": report::ORDERS_PER_PAGE, "after": null, "lines": report::LINES }),
            json!({ "id": "gid://shopify/Order/0", "first": 1, "after": null, "lines": 1 }),
        ],
        "FulfillmentOrderLines" => {
            let id = "gid://shopify/FulfillmentOrder/5004";
            vec![json!({ "id": id, "first": report::MORE_LINES, "after": "30" })]
        }
        "Fulfillments" => report::FULFILLMENTS_AND_NUMBERS
            .map(|(first, numbers)| json!({ "id": order, "first": first, "numbers": numbers }))
            .to_vec(),
        "FulfillmentLines" => {
            vec![json!({ "id": "gid://shopify/Fulfillment/8001", "first": report::MORE_LINES, "after": null })]
        }
        "FulfillmentCreate" => super::report::sample_calls(),
        other => panic!("no variables for {other}"),
    }
}

fn coerce(schema: &Valid<Schema>, operation: &Parsed, variables: &Value) -> Result<(), String> {
    let variables: JsonMap = serde_json::from_value(variables.clone()).unwrap();
    coerce_variable_values(schema, operation, &variables).map(drop).map_err(|error| format!("{error:?}"))
}

/// Shopify's plain formula: an object 1, a connection 2 and its size times its content, scalars nothing.
fn cost(selections: &SelectionSet, variables: &Value) -> u64 {
    let of_field = |field: &apollo_compiler::executable::Field| {
        if field.selection_set.is_empty() {
            return 0;
        }
        let size = field.specified_argument_by_name("first").map(|size| match &**size {
            apollo_compiler::ast::Value::Variable(name) => variables[name.as_str()].as_u64().unwrap(),
            other => other.to_i32().unwrap().try_into().unwrap(),
        });
        let connection = field.definition.ty.inner_named_type().ends_with("Connection");
        match size {
            Some(size) if connection => {
                let per_node = field.selection_set.fields().filter(|inner| inner.name == "nodes");
                let per_node: u64 = per_node.map(|inner| 1 + cost(&inner.selection_set, variables)).sum();
                3 + size * per_node
            }
            Some(size) => size * (1 + cost(&field.selection_set, variables)),
            None => 1 + cost(&field.selection_set, variables),
        }
    };
    selections.fields().map(|field| of_field(field)).sum()
}

/// Fails unless the answer has exactly the selected fields, each of its type.
fn conforms(schema: &Valid<Schema>, selections: &SelectionSet, answer: &Value, path: &str) {
    let empty = Map::new();
    let object = answer.as_object().unwrap_or(&empty);
    let selected: Vec<_> = selections.fields().map(|field| field.response_key().as_str()).collect();
    for name in object.keys() {
        assert!(selected.contains(&name.as_str()), "{path}.{name} was not asked for");
    }
    for field in selections.fields() {
        let path = format!("{path}.{}", field.name);
        let value = object.get(field.response_key().as_str()).unwrap_or_else(|| panic!("{path} is missing"));
        fits(schema, field.ty(), &field.selection_set, value, &path);
    }
}

fn fits(schema: &Valid<Schema>, ty: &Type, selections: &SelectionSet, value: &Value, path: &str) {
    if value.is_null() {
        assert!(!ty.is_non_null(), "{path} must not be null");
        return;
    }
    if ty.is_list() {
        for (index, item) in value.as_array().unwrap_or_else(|| panic!("{path} is a list")).iter().enumerate() {
            fits(schema, ty.item_type(), selections, item, &format!("{path}[{index}]"));
        }
        return;
    }
    let name = ty.inner_named_type();
    match &schema.types[name] {
        ExtendedType::Enum(values) => {
            let text = value.as_str().unwrap_or_else(|| panic!("{path} is an enum"));
            assert!(values.values.contains_key(text), "{path}: {name} has no {text}");
        }
        ExtendedType::Scalar(_) => {
            let right = match name.as_str() {
                "Int" => value.is_i64(),
                "Float" => value.is_number(),
                "Boolean" => value.is_boolean(),
                _ => value.is_string(),
            };
            assert!(right, "{path}: {value} is no {name}");
        }
        _ => {
            assert!(value.is_object(), "{path} is an object");
            conforms(schema, selections, value, path);
        }
    }
}
