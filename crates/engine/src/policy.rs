//! What people decide in advance: routing rules, hold rules, calendars and edit windows, each in versions.
//!
//! A version is never changed, only followed by the next, so that a decision of the past can be read with the rules of its
//! time. Reading takes the latest version from the store: several engines on one store always agree.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use switchyard_core::calendar::Calendar;
use switchyard_core::id::WarehouseId;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::money::Money;
use switchyard_core::rule::routing::{Rule as RoutingRule, RuleSet};
use switchyard_core::rule::{Revision, hold};
use switchyard_core::time::Timestamp;
use switchyard_core::unreadable::Unreadable;
use switchyard_core::window::WindowChoice;
use switchyard_store::Store;
use switchyard_store::contract::{Changes, Setting, Write};

use crate::Inner;
use crate::flow::delivery::{self, Delivery};

/// Where there is one of a kind, this is its name.
const ONLY: &str = "default";

const ROUTING: &str = "routing_rules";
const HOLDS: &str = "hold_rules";
const CALENDARS: &str = "calendar";
const WINDOWS: &str = "edit_windows";
const APPROVAL: &str = "approval";

/// One version of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versioned<T> {
    /// From 1; 0 when nobody has written one yet.
    pub version: i64,
    /// When it began to hold; `None` when nobody has written one yet.
    pub at: Option<Timestamp>,
    /// Who wrote it.
    pub author: String,
    /// Why, in their words.
    pub reason: String,
    /// What it says.
    pub value: T,
}

impl<T> Versioned<T> {
    /// What holds while nobody has written anything.
    pub(crate) const fn unwritten(value: T) -> Self {
        Self { version: 0, at: None, author: String::new(), reason: String::new(), value }
    }
}

/// Somebody writes the next version of a policy.
#[derive(Debug, Clone)]
pub struct PolicyChange {
    /// The version it was made from.
    pub base: i64,
    /// Who.
    pub actor: Actor,
    /// Why, in their words.
    pub reason: String,
    /// The caller's idempotency key.
    pub key: String,
}

/// Why a policy was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// It says nothing, or something impossible; the path names the place.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Somebody wrote another version first.
    #[error("version {current} holds, not {asked}")]
    Stale {
        /// The version it was made from.
        asked: i64,
        /// The version that holds.
        current: i64,
    },
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store says no.
    #[error(transparent)]
    Store(#[from] switchyard_store::Error),
}

/// A policy as it is stored: who and why stand beside what it says.
#[derive(Serialize, Deserialize)]
struct Document<T> {
    author: String,
    reason: String,
    value: T,
}

fn broken(setting: &Setting, error: &serde_json::Error) -> switchyard_store::Error {
    let Setting { kind, name, version, .. } = setting;
    switchyard_store::Error::Backend(format!("stored {kind} {name}, version {version}: {error}"))
}

pub(crate) fn read<T: DeserializeOwned>(setting: Setting) -> switchyard_store::error::Result<Versioned<T>> {
    let document: Document<T> =
        serde_json::from_value(setting.doc.clone()).map_err(|error| broken(&setting, &error))?;
    let Document { author, reason, value } = document;
    Ok(Versioned { version: setting.version, at: Some(setting.at), author, reason, value })
}

async fn latest<T: DeserializeOwned>(
    store: &dyn Store,
    kind: &str,
    none: T,
) -> switchyard_store::error::Result<Versioned<T>> {
    let found = store.settings(kind).await?.into_iter().find(|setting| setting.name == ONLY);
    match found {
        Some(setting) => read(setting),
        None => Ok(Versioned::unwritten(none)),
    }
}

/// The routing rules that hold in a store.
///
/// # Errors
/// When it cannot be read, or holds something that is no rule set.
pub async fn routing_rules(store: &dyn Store) -> switchyard_store::error::Result<Versioned<RuleSet>> {
    let revision = Revision { version: 0, author: String::new(), reason: String::new(), created_at: Timestamp::EPOCH };
    latest(store, ROUTING, RuleSet { revision, rules: Vec::new() }).await
}

/// The hold rules that hold.
pub(crate) async fn hold_rules(store: &dyn Store) -> switchyard_store::error::Result<Versioned<hold::Rules>> {
    latest(store, HOLDS, hold::Rules::default()).await
}

/// Which edit windows differ from their shop's own.
pub(crate) async fn edit_windows(store: &dyn Store) -> switchyard_store::error::Result<Versioned<Vec<WindowChoice>>> {
    latest(store, WINDOWS, Vec::new()).await
}

/// When a second person has to agree to an edit, beside what the table of edits says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Orders worth more than this take two people; `None` means that no order does. An order in another currency takes
    /// two as well, because it cannot be compared.
    pub value_limit: Option<Money>,
}

/// When a second person has to agree.
pub(crate) async fn approval(store: &dyn Store) -> switchyard_store::error::Result<Versioned<Approval>> {
    latest(store, APPROVAL, Approval::default()).await
}

/// The calendar of every warehouse that has one.
pub(crate) async fn calendars(
    store: &dyn Store,
) -> switchyard_store::error::Result<BTreeMap<WarehouseId, Versioned<Calendar>>> {
    let mut calendars = BTreeMap::new();
    for setting in store.settings(CALENDARS).await? {
        if let Ok(warehouse) = setting.name.parse() {
            calendars.insert(warehouse, read(setting)?);
        }
    }
    Ok(calendars)
}

/// Versions of the routing rules, newest first.
pub(crate) async fn routing_versions(
    store: &dyn Store,
    limit: u32,
) -> switchyard_store::error::Result<Vec<Versioned<RuleSet>>> {
    store.setting_versions(ROUTING, ONLY, limit).await?.into_iter().map(read).collect()
}

/// Versions of the hold rules, newest first.
pub(crate) async fn hold_versions(
    store: &dyn Store,
    limit: u32,
) -> switchyard_store::error::Result<Vec<Versioned<hold::Rules>>> {
    store.setting_versions(HOLDS, ONLY, limit).await?.into_iter().map(read).collect()
}

/// Writes the next routing rules. They count for whatever is planned from then on.
pub(crate) async fn set_routing_rules(
    inner: &Inner,
    change: PolicyChange,
    rules: Vec<RoutingRule>,
) -> Result<Versioned<RuleSet>, PolicyError> {
    let before = routing_rules(&*inner.store).await?;
    let revision = Revision {
        version: u32::try_from(change.base + 1).unwrap_or(u32::MAX),
        author: author(&change.actor),
        reason: change.reason.clone(),
        created_at: inner.clock.now(),
    };
    let after = RuleSet { revision, rules };
    after.check()?;
    // What the caller decides is the rules; the revision is ours and differs from try to try.
    let says = json!(after.rules);
    write(inner, ROUTING, ONLY, change, before, after, &says, None).await
}

/// Writes the next hold rules and has every order that is still ours looked at again. A rule that did not change keeps its
/// revision, so that what a person lifted stays lifted.
pub(crate) async fn set_hold_rules(
    inner: &Inner,
    change: PolicyChange,
    rules: Vec<HoldRuleDraft>,
) -> Result<Versioned<hold::Rules>, PolicyError> {
    let before = hold_rules(&*inner.store).await?;
    let says = json!(rules);
    let known = |draft: &HoldRuleDraft| before.value.rules.iter().find(|rule| rule.id == draft.id).cloned();
    let now = inner.clock.now();
    let rules = rules.into_iter().map(|draft| match known(&draft) {
        Some(rule) if draft.says_the_same(&rule) => rule,
        earlier => {
            let version = earlier.map_or(1, |rule| rule.revision.version.saturating_add(1));
            let (author, reason) = (author(&change.actor), change.reason.clone());
            let HoldRuleDraft { id, enabled, when, hold } = draft;
            hold::Rule { id, revision: Revision { version, author, reason, created_at: now }, enabled, when, hold }
        }
    });
    let after = hold::Rules { rules: rules.collect() };
    after.check()?;
    let look = Write::Job(inner.job("rule_sweep", HOLDS, now));
    write(inner, HOLDS, ONLY, change, before, after, &says, Some(look)).await
}

/// A hold rule as a person writes it: without the revision that writing gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldRuleDraft {
    /// Its name, unique among hold rules.
    pub id: switchyard_core::rule::RuleId,
    /// False while it is out of use.
    pub enabled: bool,
    /// Which orders it holds.
    pub when: switchyard_core::rule::Condition,
    /// The hold it places.
    pub hold: hold::Placement,
}

/// Drafts as rules that nobody has stored: for a dry run, where revisions are of no account.
pub(crate) fn drafted(drafts: Vec<HoldRuleDraft>, now: Timestamp) -> hold::Rules {
    let revision = || Revision { version: 1, author: String::new(), reason: String::new(), created_at: now };
    let rules = drafts.into_iter().map(|HoldRuleDraft { id, enabled, when, hold }| hold::Rule {
        id,
        revision: revision(),
        enabled,
        when,
        hold,
    });
    hold::Rules { rules: rules.collect() }
}

impl HoldRuleDraft {
    fn says_the_same(&self, rule: &hold::Rule) -> bool {
        (self.enabled, &self.when, &self.hold) == (rule.enabled, &rule.when, &rule.hold)
    }
}

/// Writes which edit windows differ from their shop's own.
pub(crate) async fn set_edit_windows(
    inner: &Inner,
    change: PolicyChange,
    choices: Vec<WindowChoice>,
) -> Result<Versioned<Vec<WindowChoice>>, PolicyError> {
    let before = edit_windows(&*inner.store).await?;
    let says = json!(choices);
    write(inner, WINDOWS, ONLY, change, before, choices, &says, None).await
}

/// Writes when a second person has to agree.
pub(crate) async fn set_approval(
    inner: &Inner,
    change: PolicyChange,
    after: Approval,
) -> Result<Versioned<Approval>, PolicyError> {
    if let Some(limit) = after.value_limit
        && limit.minor < 0
    {
        return Err(Unreadable::new("value_limit.minor", "a limit is not negative").into());
    }
    let before = approval(&*inner.store).await?;
    write(inner, APPROVAL, ONLY, change, before, after, &json!(after), None).await
}

/// Writes a warehouse's calendar.
pub(crate) async fn set_calendar(
    inner: &Inner,
    change: PolicyChange,
    warehouse: &WarehouseId,
    calendar: Calendar,
) -> Result<Versioned<Calendar>, PolicyError> {
    calendar.check()?;
    let before = calendars(&*inner.store).await?.remove(warehouse);
    let says = json!(calendar);
    let version = before.as_ref().map_or(0, |known| known.version);
    let before = Versioned {
        version,
        at: None,
        author: String::new(),
        reason: String::new(),
        value: before.map_or_else(|| calendar.clone(), |known| known.value),
    };
    write(inner, CALENDARS, warehouse.as_str(), change, before, calendar, &says, None).await
}

fn author(actor: &Actor) -> String {
    match actor {
        Actor::Person { name } | Actor::Service { name } | Actor::Partner { name } => name.clone(),
    }
}

fn version_of(stored: &serde_json::Value) -> Result<i64, PolicyError> {
    let broken = || switchyard_store::Error::Backend(format!("stored command result: {stored} is no version"));
    stored.as_i64().ok_or_else(|| broken().into())
}

/// Appends a version, once per key, and with it what follows.
#[expect(clippy::too_many_arguments, reason = "one function behind all that write a policy")]
pub(crate) async fn write<T: Serialize>(
    inner: &Inner,
    kind: &str,
    name: &str,
    change: PolicyChange,
    before: Versioned<T>,
    after: T,
    says: &serde_json::Value,
    then: impl IntoIterator<Item = Write>,
) -> Result<Versioned<T>, PolicyError> {
    let PolicyChange { base, actor, reason, key } = change;
    let delivery = Delivery::of(&key, &json!([kind, name, base, actor, reason, says]));
    let now = inner.clock.now();
    let author = author(&actor);
    let document = Document { author: author.clone(), reason: reason.clone(), value: &after };
    let setting =
        Setting { kind: kind.to_owned(), name: name.to_owned(), version: base + 1, at: now, doc: json!(document) };
    let entry = Entry {
        at: now,
        actor,
        kind: "policy.changed".to_owned(),
        order: None,
        subject: format!("{kind}/{name}"),
        reason: reason.clone(),
        before: json!({ "version": before.version, "value": before.value }),
        after: json!({ "version": base + 1, "value": after }),
    };
    let writes = std::iter::once(Write::Setting(setting)).chain(then).collect();
    let command = Some(delivery.command(json!(base + 1)));
    let stored = before.version;
    let carry_out = async {
        if stored != base {
            return Err(PolicyError::Stale { asked: base, current: stored });
        }
        let changes = Changes { writes, journal: vec![entry], command };
        match inner.commit(changes).await.and_then(delivery::first) {
            Ok(_) => Ok(base + 1),
            Err(switchyard_store::Error::Conflict(_)) => Err(PolicyError::Stale { asked: base, current: base + 1 }),
            Err(error) => Err(error.into()),
        }
    };
    let version = delivery.once(inner, carry_out, async |version| version_of(&version)).await?;
    if before.version >= version {
        return Ok(before);
    }
    Ok(Versioned { version, at: Some(now), author, reason, value: after })
}
