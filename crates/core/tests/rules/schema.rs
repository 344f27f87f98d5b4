//! The API document can hold the rules.

use switchyard_core::rule::hold::Rules;
use switchyard_core::rule::routing::RuleSet;
use switchyard_core::rule::{Applied, HeldReport, Report};
use utoipa::{OpenApi, ToSchema};

#[test]
fn every_type_of_a_rule_set_has_one_schema_and_recursion_ends() {
    #[derive(OpenApi)]
    #[openapi(components(schemas(RuleSet, Rules, Applied, Report, HeldReport)))]
    struct Document;
    let document = serde_json::to_value(Document::openapi()).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for name in ["RoutingRules", "HoldRules", "RuleCondition", "RoutingEffect", "RuleHold", "DryRunReport"] {
        assert!(schemas.contains_key(name), "{name} is missing among {:?}", schemas.keys().collect::<Vec<_>>());
    }
    let text = document.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name: &str = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name} is referred to and not there");
    }
    assert_eq!(RuleSet::name(), "RoutingRules");
}
