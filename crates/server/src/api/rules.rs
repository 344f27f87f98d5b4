//! Routing and hold rules: what holds, earlier versions, the next version, and what another set would have done.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::hold::HoldReason;
use switchyard_core::rule::routing::{Rule, RuleSet};
use switchyard_core::rule::{Condition, Finding, HeldReport, Known, Report, RuleId, hold, lint};
use switchyard_core::time::Timestamp;
use switchyard_engine::dry_run::Scope;
use switchyard_engine::policy::{HoldRuleDraft, PolicyChange, Versioned};
use utoipa::ToSchema;

use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey};
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// Earlier versions that are listed.
const VERSIONS: u32 = 50;

/// Changed orders that a dry run lists at most.
const MOST_LISTED: usize = 500;

/// Longest reason in characters.
const LONGEST_REASON: usize = 2_000;

/// Who wrote a version of a policy, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PolicyVersion {
    /// From 1.
    pub version: i64,
    /// When it began to hold; `None` for version 0, which nobody wrote.
    pub at: Option<Timestamp>,
    /// Sign-in name of who wrote it.
    pub author: String,
    /// Why, in their words.
    pub reason: String,
}

impl<T> From<&Versioned<T>> for PolicyVersion {
    fn from(known: &Versioned<T>) -> Self {
        Self { version: known.version, at: known.at, author: known.author.clone(), reason: known.reason.clone() }
    }
}

/// The routing rules that hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoutingRulesDetail {
    /// The version that holds; 0 without any rules yet.
    pub version: PolicyVersion,
    /// From top to bottom; the later one wins.
    pub rules: Vec<Rule>,
    /// What is wrong with them although they read well.
    pub findings: Vec<Finding>,
    /// Versions, newest first; at most 50.
    pub versions: Vec<PolicyVersion>,
}

/// The next routing rules.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingRulesChange {
    /// The version they were made from.
    pub base: i64,
    /// Why, in the person's words.
    pub reason: String,
    /// All rules from now on.
    pub rules: Vec<Rule>,
}

/// Routing rules to try on stored orders.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingDryRun {
    /// The rules to try.
    pub rules: Vec<Rule>,
    /// Orders received at or after this instant; left out means all.
    #[serde(default)]
    pub since: Option<Timestamp>,
}

/// What other routing rules would have done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoutingDryRunResult {
    /// Before and after, and the orders that would move.
    pub report: Report,
    /// What is wrong with the tried rules although they read well.
    pub findings: Vec<Finding>,
    /// How long it took, in milliseconds.
    pub millis: u64,
}

/// A hold rule as a person writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldRuleChange {
    /// Its name, unique among hold rules.
    pub id: RuleId,
    /// False while it is out of use.
    #[serde(default = "yes")]
    #[schema(required = false)]
    pub enabled: bool,
    /// Which orders it holds.
    pub when: Condition,
    /// The hold it places.
    pub hold: hold::Placement,
}

fn yes() -> bool {
    true
}

/// The hold rules that hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HoldRulesDetail {
    /// The version that holds; 0 without any rules yet.
    pub version: PolicyVersion,
    /// In the order in which their holds are placed, each with who wrote it last.
    pub rules: Vec<hold::Rule>,
    /// Versions of the whole, newest first; at most 50.
    pub versions: Vec<PolicyVersion>,
    /// The reasons a hold may have.
    pub reasons: Vec<HoldReason>,
}

/// The next hold rules.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldRulesChange {
    /// The version they were made from.
    pub base: i64,
    /// Why, in the person's words.
    pub reason: String,
    /// All rules from now on.
    pub rules: Vec<HoldRuleChange>,
}

/// Hold rules to try on stored orders.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldDryRun {
    /// The rules to try.
    pub rules: Vec<HoldRuleChange>,
    /// Orders received at or after this instant; left out means all.
    #[serde(default)]
    pub since: Option<Timestamp>,
}

/// What other hold rules would hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HoldDryRunResult {
    /// Before and after, and the orders that differ.
    pub report: HeldReport,
    /// How long it took, in milliseconds.
    pub millis: u64,
}

fn drafts(rules: Vec<HoldRuleChange>) -> Vec<HoldRuleDraft> {
    let draft = |HoldRuleChange { id, enabled, when, hold }| HoldRuleDraft { id, enabled, when, hold };
    rules.into_iter().map(draft).collect()
}

fn scope(since: Option<Timestamp>) -> Scope {
    Scope { since: since.unwrap_or(Timestamp::EPOCH), most_listed: MOST_LISTED }
}

/// A change by a person, with a reason that is not empty.
pub(super) fn change(
    base: i64,
    reason: String,
    person: &Person,
    key: &IdempotencyKey,
) -> Result<PolicyChange, ApiError> {
    let length = reason.trim().chars().count();
    if length == 0 || length > LONGEST_REASON {
        let detail = format!("between 1 and {LONGEST_REASON} characters");
        return Err(ApiError::bad_request(format!("reason: {detail}"), vec![FieldProblem::new("reason", detail)]));
    }
    Ok(PolicyChange { base, actor: person.actor(), reason, key: key.as_str().to_owned() })
}

async fn findings(state: &AppState, rules: &RuleSet) -> Result<Vec<Finding>, ApiError> {
    let store = state.engine.store();
    let shops = store.connections().await?.into_iter().map(|connection| connection.id).collect();
    let warehouses = store.warehouses().await?.into_iter().map(|place| place.id).collect();
    // SKUs are not checked: stock is known by SKU, not as a catalogue.
    Ok(lint(rules, &Known { channels: shops, warehouses, skus: None }))
}

async fn routing_detail(state: &AppState, known: Versioned<RuleSet>) -> Result<Json<RoutingRulesDetail>, ApiError> {
    let versions = state.engine.routing_versions(VERSIONS).await?;
    Ok(Json(RoutingRulesDetail {
        version: (&known).into(),
        findings: findings(state, &known.value).await?,
        rules: known.value.rules,
        versions: versions.iter().map(Into::into).collect(),
    }))
}

/// Reads the routing rules.
#[utoipa::path(
    get, path = "/rules/routing", tag = "rules", operation_id = "get_routing_rules",
    responses(
        (status = 200, description = "The rules that hold", body = RoutingRulesDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_routing_rules(State(state): State<AppState>) -> Result<Json<RoutingRulesDetail>, ApiError> {
    let known = state.engine.routing_rules().await?;
    routing_detail(&state, known).await
}

/// Writes the next version of the routing rules.
#[utoipa::path(
    put, path = "/rules/routing", tag = "rules", operation_id = "change_routing_rules",
    params(("Idempotency-Key" = String, Header, description = "A new one for each new wish")),
    request_body = RoutingRulesChange,
    responses(
        (status = 200, description = "The rules that hold now", body = RoutingRulesDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn change_routing_rules(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Body(body): Body<RoutingRulesChange>,
) -> Result<Json<RoutingRulesDetail>, ApiError> {
    let change = change(body.base, body.reason, &person, &key)?;
    let known = state.engine.set_routing_rules(change, body.rules).await?;
    routing_detail(&state, known).await
}

/// Plans stored orders under other routing rules, changing nothing.
#[utoipa::path(
    post, path = "/rules/routing/dry-run", tag = "rules", operation_id = "try_routing_rules",
    request_body = RoutingDryRun,
    responses(
        (status = 200, description = "Before and after", body = RoutingDryRunResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn try_routing_rules(
    State(state): State<AppState>,
    Body(body): Body<RoutingDryRun>,
) -> Result<Json<RoutingDryRunResult>, ApiError> {
    let begun = std::time::Instant::now();
    let revision = state.engine.routing_rules().await?.value.revision;
    let findings = findings(&state, &RuleSet { revision, rules: body.rules.clone() }).await?;
    let report = state.engine.dry_run_routing(body.rules, scope(body.since)).await?;
    Ok(Json(RoutingDryRunResult { report, findings, millis: millis(begun) }))
}

async fn hold_detail(state: &AppState, known: Versioned<hold::Rules>) -> Result<Json<HoldRulesDetail>, ApiError> {
    let versions = state.engine.hold_versions(VERSIONS).await?;
    Ok(Json(HoldRulesDetail {
        version: (&known).into(),
        rules: known.value.rules,
        versions: versions.iter().map(Into::into).collect(),
        reasons: HoldReason::ALL.to_vec(),
    }))
}

/// Reads the hold rules.
#[utoipa::path(
    get, path = "/rules/holds", tag = "rules", operation_id = "get_hold_rules",
    responses(
        (status = 200, description = "The rules that hold", body = HoldRulesDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_hold_rules(State(state): State<AppState>) -> Result<Json<HoldRulesDetail>, ApiError> {
    let known = state.engine.hold_rules().await?;
    hold_detail(&state, known).await
}

/// Writes the next version of the hold rules; orders that are still ours are looked at again.
#[utoipa::path(
    put, path = "/rules/holds", tag = "rules", operation_id = "change_hold_rules",
    params(("Idempotency-Key" = String, Header, description = "A new one for each new wish")),
    request_body = HoldRulesChange,
    responses(
        (status = 200, description = "The rules that hold now", body = HoldRulesDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn change_hold_rules(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Body(body): Body<HoldRulesChange>,
) -> Result<Json<HoldRulesDetail>, ApiError> {
    let change = change(body.base, body.reason, &person, &key)?;
    let known = state.engine.set_hold_rules(change, drafts(body.rules)).await?;
    hold_detail(&state, known).await
}

/// Asks which stored orders other hold rules would hold, changing nothing.
#[utoipa::path(
    post, path = "/rules/holds/dry-run", tag = "rules", operation_id = "try_hold_rules",
    request_body = HoldDryRun,
    responses(
        (status = 200, description = "Before and after", body = HoldDryRunResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn try_hold_rules(
    State(state): State<AppState>,
    Body(body): Body<HoldDryRun>,
) -> Result<Json<HoldDryRunResult>, ApiError> {
    let begun = std::time::Instant::now();
    let report = state.engine.dry_run_holds(drafts(body.rules), scope(body.since)).await?;
    Ok(Json(HoldDryRunResult { report, millis: millis(begun) }))
}

fn millis(begun: std::time::Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}
