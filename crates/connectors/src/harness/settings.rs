//! Settings: what is stored can be read again, what is unknown is refused, what is secret stays so.

use serde_json::json;

use super::{Rehearsal, SECRET, assert_no_secret};
use crate::error::Kind;
use crate::registry;
use crate::secret::Secret;

pub(super) async fn verify(rehearsal: Rehearsal) {
    let name = rehearsal.name;
    let build = |config: &serde_json::Value| registry::build(name, config, Secret::new(SECRET));
    let config = (rehearsal.config)("http://127.0.0.1:9");
    let connector = build(&config).unwrap_or_else(|error| panic!("{name}: its own settings are refused: {error}"));
    assert_eq!(connector.describe().name, name, "the connector says who it is");
    assert_no_secret("Debug of the connector", &format!("{connector:?}"));

    let mut unknown = config.clone();
    unknown["no_such_setting"] = json!(true);
    let error = build(&unknown).expect_err("an unknown setting is refused");
    assert_eq!(error.kind, Kind::Config, "{name}: {error}");
    assert!(error.detail.contains("no_such_setting"), "{name}: the message names the setting: {error}");

    for field in config.as_object().expect("settings are an object").keys() {
        let mut retyped = config.clone();
        retyped[field] = json!({ "not": "this" });
        let error = build(&retyped).expect_err("a setting of another type is refused");
        assert_eq!(error.kind, Kind::Config, "{name}: {error}");
        assert!(error.detail.contains(field.as_str()), "{name}: the message names `{field}`: {error}");
    }

    let outside = (rehearsal.config)("http://192.0.2.1");
    let error = build(&outside).expect_err("plain http beyond this machine is refused");
    assert_eq!(error.kind, Kind::Config, "{name}: {error}");

    let error = registry::build("no_such_connector", &config, Secret::new(SECRET)).expect_err("unknown");
    assert_eq!(error.kind, Kind::Config);
}
