//! Everything that the simulated shop serves exists, compatibly, in Shopify's own schema.

use apollo_compiler::Schema;
use apollo_compiler::ast::Type;
use apollo_compiler::schema::{ExtendedType, InputValueDefinition};

use crate::contracts::contract;

/// Served as scalars, though Shopify has enums: the values look the same in an answer.
const TEXT_ENUMS: [&str; 2] = ["CountryCode", "CurrencyCode"];
/// Made by the GraphQL library.
const OWN: [&str; 5] = ["Int", "Float", "String", "Boolean", "ID"];

/// An argument or input field served must exist, and must not ask for more than Shopify asks for.
fn assert_input(
    place: &str,
    served: &InputValueDefinition,
    real: Option<&apollo_compiler::Node<InputValueDefinition>>,
) {
    let real = real.unwrap_or_else(|| panic!("Shopify has no {place}"));
    let same =
        |served: &Type, real: &Type| served.to_string().trim_end_matches('!') == real.to_string().trim_end_matches('!');
    assert!(same(&served.ty, &real.ty), "{place}: served {} but Shopify takes {}", served.ty, real.ty);
    if served.is_required() {
        assert!(real.is_required(), "{place} is required here but not at Shopify");
    }
    let default = |input: &InputValueDefinition| input.default_value.as_ref().map(ToString::to_string);
    assert_eq!(default(served), default(real), "{place}: another default");
}

#[test]
fn every_served_type_field_argument_and_value_is_shopifys() {
    let Some(text) = contract("shopify/admin_2026-10.graphql.gz") else { return };
    let real = Schema::parse(text, "admin_2026-10.graphql").unwrap();
    let served = Schema::parse(switchyard_sandbox::shopify_sdl(), "served.graphql").unwrap();
    let mut checked = 0;
    for (name, ours) in &served.types {
        if ours.is_built_in() || OWN.contains(&name.as_str()) {
            continue;
        }
        let theirs = real.types.get(name).unwrap_or_else(|| panic!("Shopify has no type {name}"));
        match (ours, theirs) {
            (ExtendedType::Object(ours), ExtendedType::Object(theirs)) => {
                for (field, ours) in &ours.fields {
                    let theirs = theirs.fields.get(field).unwrap_or_else(|| panic!("Shopify has no {name}.{field}"));
                    assert_eq!(ours.ty, theirs.ty, "{name}.{field}");
                    for argument in &ours.arguments {
                        let place = format!("{name}.{field}({})", argument.name);
                        assert_input(&place, argument, theirs.arguments.iter().find(|real| real.name == argument.name));
                    }
                    let missing = theirs
                        .arguments
                        .iter()
                        .find(|real| real.is_required() && ours.argument_by_name(&real.name).is_none());
                    assert!(missing.is_none(), "{name}.{field} lacks Shopify's required argument");
                    checked += 1;
                }
            }
            (ExtendedType::InputObject(ours), ExtendedType::InputObject(theirs)) => {
                for (field, ours) in &ours.fields {
                    assert_input(&format!("{name}.{field}"), ours, theirs.fields.get(field).map(|field| &field.node));
                    checked += 1;
                }
            }
            (ExtendedType::Enum(ours), ExtendedType::Enum(theirs)) => {
                for value in ours.values.keys() {
                    assert!(theirs.values.contains_key(value), "Shopify has no {name}.{value}");
                    checked += 1;
                }
            }
            (ExtendedType::Scalar(_), ExtendedType::Scalar(_)) => {}
            (ExtendedType::Scalar(_), ExtendedType::Enum(_)) if TEXT_ENUMS.contains(&name.as_str()) => {}
            _ => panic!("{name} is of another kind at Shopify"),
        }
    }
    assert!(checked > 150, "the served subset has more than {checked} members");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_country_and_currency_that_is_served_is_a_value_of_shopifys_enums() {
    let Some(text) = contract("shopify/admin_2026-10.graphql.gz") else { return };
    let real = Schema::parse(text, "admin_2026-10.graphql").unwrap();
    let values = |name: &str| match real.types.get(name) {
        Some(ExtendedType::Enum(found)) => found.values.keys().map(ToString::to_string).collect::<Vec<_>>(),
        _ => panic!("{name} is no enum"),
    };
    let (countries, currencies) = (values("CountryCode"), values("CurrencyCode"));
    let folder = tempfile::tempdir().unwrap();
    let sandbox = switchyard_sandbox::Sandbox::start(crate::client::options(&folder)).await.unwrap();
    crate::client::publish(&sandbox, 200).await;
    for shop in crate::client::shops(&sandbox.manifest()) {
        for order in shop.orders(20).await {
            let country = order["shippingAddress"]["countryCodeV2"].as_str().unwrap();
            assert!(countries.iter().any(|known| known == country), "{country}");
            let currency = order["currencyCode"].as_str().unwrap();
            assert!(currencies.iter().any(|known| known == currency), "{currency}");
        }
    }
    sandbox.shutdown().await;
}
