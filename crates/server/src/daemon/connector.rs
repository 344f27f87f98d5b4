//! Connectors on the command line.

use std::fmt::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use switchyard_connectors::contract;
use switchyard_connectors::http::Http;
use switchyard_connectors::registry;
use switchyard_connectors::secret::Secret;
use switchyard_engine::clock::{Clock, SystemClock};

use super::arguments::ConnectorCheck;
use super::{Usage, print};

/// Longest call while trying a connector.
const DEADLINE: Duration = Duration::from_secs(20);
/// Where the secret is read from when no file is given.
const SECRET: &str = "SWITCHYARD_SECRET";

/// One line per connector: name, side, version, title.
pub(super) fn list() -> String {
    let mut text = String::new();
    for registration in registry::CONNECTORS {
        let about = (registration.describe)();
        let side = format!("{:?}", about.side).to_lowercase();
        // Writing to a String cannot fail.
        _ = writeln!(text, "{:<16} {side:<10} {:<12} {}", about.name, about.api_version, about.title);
    }
    text
}

/// Tries a connector with settings from files and prints what it found.
pub(super) async fn check(arguments: ConnectorCheck) -> anyhow::Result<ExitCode> {
    let settings = std::fs::read(&arguments.config)
        .with_context(|| format!("reading the settings in {}", arguments.config.display()))?;
    let settings = serde_json::from_slice(&settings)
        .with_context(|| format!("reading the settings in {}", arguments.config.display()))?;
    let secret = match &arguments.secret {
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?,
        None => std::env::var(SECRET).map_err(|_| Usage(format!("give --secret FILE or set {SECRET}")))?,
    };
    if registry::find(&arguments.connector).is_none() {
        let message = format!("there is no connector called `{}`; see `connector list`", arguments.connector);
        return Err(Usage(message).into());
    }
    let connector = registry::build(&arguments.connector, &settings, Secret::new(secret.trim()))?;
    let context = contract::Context { http: Http::new(DEADLINE)?, now: SystemClock::default().now() };
    let report = connector.check(&context).await?;
    print(&format!("{}\n", serde_json::to_string_pretty(&report)?))
}
