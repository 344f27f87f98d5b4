//! What other routing rules would have done to the orders of a data folder.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, bail};
use switchyard_core::code::Code;
use switchyard_core::rule::routing::RuleSet;
use switchyard_core::rule::{Report, Side, Totals};
use switchyard_core::time::Timestamp;
use switchyard_engine::dry_run::{Scope, compare};
use switchyard_engine::policy;

use super::arguments::DryRunArguments;
use super::{Usage, print};
use crate::host::database;

/// Tries the rules and prints what would change.
pub(super) async fn run(arguments: DryRunArguments) -> anyhow::Result<ExitCode> {
    let text =
        std::fs::read_to_string(&arguments.rules).with_context(|| format!("reading {}", arguments.rules.display()))?;
    let wanted = rules(&text)?;
    let since = since(arguments.since.as_deref())?;
    let path = database(arguments.folder.root());
    if !path.exists() {
        bail!("there is no database at {}", path.display());
    }
    let store = switchyard_store::open(&path, switchyard_store::Options::default())
        .await
        .with_context(|| format!("opening {}", path.display()))?;
    let current = policy::routing_rules(&*store).await?.value;
    let begun = Instant::now();
    let report = compare(&*store, &current, &wanted, Scope { since, most_listed: arguments.list }).await?;
    let took = begun.elapsed();
    store.close().await?;
    if arguments.json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&report)?));
    }
    print(&in_words(&report, took.as_secs_f64()))
}

/// Reads rules; a revision that is left out does not matter here.
fn rules(text: &str) -> anyhow::Result<RuleSet> {
    let mut document: serde_json::Value =
        serde_json::from_str(text).map_err(|error| Usage(format!("the rules are no JSON: {error}")))?;
    if let Some(fields) = document.as_object_mut() {
        fields.entry("revision").or_insert_with(
            || serde_json::json!({ "version": 1, "author": "", "reason": "", "created_at": Timestamp::EPOCH }),
        );
    }
    RuleSet::parse(&document.to_string()).map_err(|fault| {
        let problem = fault.problem(Code::RulesUnreadable, "The rules");
        anyhow::Error::new(Usage(format!("{} ({}): {}", problem.title, problem.code.as_str(), problem.detail)))
    })
}

fn since(text: Option<&str>) -> anyhow::Result<Timestamp> {
    let Some(text) = text else { return Ok(Timestamp::EPOCH) };
    let instant = text.parse().or_else(|_| format!("{text}T00:00:00Z").parse());
    instant.map_err(|_| anyhow::Error::new(Usage(format!("`{text}` is neither a date nor an instant"))))
}

/// A row of the table: its name, and which total it shows.
type Row = (&'static str, fn(&Totals) -> u64);

fn in_words(report: &Report, seconds: f64) -> String {
    let mut text = format!("{} orders in {seconds:.2} s\n\n", report.orders);
    text.push_str("                 before        after   difference\n");
    let rows: [Row; 6] = [
        ("parcels", |totals| totals.parcels),
        ("cost", |totals| totals.cost),
        ("late orders", |totals| totals.late_orders),
        ("late hours", |totals| totals.late_hours),
        ("short orders", |totals| totals.short_orders),
        ("short units", |totals| totals.short_units),
    ];
    for (name, of) in rows {
        let (before, after) = (of(&report.before), of(&report.after));
        let difference = i128::from(after) - i128::from(before);
        text.push_str(&format!("{name:12} {before:>10}   {after:>10}   {difference:>+10}\n"));
    }
    text.push_str(&format!("\n{} orders would move\n", report.moved_count));
    for moved in &report.moved {
        text.push_str(&format!("{}  {} -> {}\n", moved.order, places(&moved.before), places(&moved.after)));
    }
    text
}

fn places(side: &Side) -> String {
    match &side.refused {
        Some(why) => why.clone(),
        None if side.warehouses.is_empty() => "nowhere".to_owned(),
        None => side.warehouses.join(" + "),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn rules_are_read_with_and_without_a_revision_and_a_fault_is_named_by_its_path() {
        assert_eq!(rules(r#"{ "rules": [] }"#).unwrap().rules, Vec::new());
        let fault = rules(r#"{ "rules": [{ "id": "x", "when": "always", "then": [], "surprise": 1 }] }"#);
        let fault = fault.unwrap_err().to_string();
        assert!(fault.contains("SY-1301") && fault.contains("rules[0]"), "{fault}");
    }

    #[test]
    fn since_is_a_date_or_an_instant() {
        assert_eq!(since(None).unwrap(), Timestamp::EPOCH);
        assert_eq!(since(Some("2026-11-22")).unwrap(), since(Some("2026-11-22T00:00:00Z")).unwrap());
        assert!(since(Some("yesterday")).is_err());
    }

    #[test]
    fn the_table_shows_what_would_change() {
        let totals = |parcels| Totals { parcels, ..Totals::default() };
        let report = Report { orders: 2, before: totals(3), after: totals(2), moved_count: 1, moved: Vec::new() };
        let text = in_words(&report, 0.5);
        assert!(text.starts_with("2 orders in 0.50 s"), "{text}");
        assert!(text.contains("parcels               3            2           -1"), "{text}");
    }
}
