//! Rules that hold orders by themselves: unpaid, address incomplete, a value above a limit, a new customer with a high
//! value, a list of SKUs, a country.
//!
//! Evaluation is idempotent. A rule keeps at most one active hold on an order, and a rule version never places a hold
//! again for a finding for which it has placed one before: what a person lifted stays lifted until the rule or the
//! order changes.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::facts::Facts;
use super::matching::{Test, View};
use super::revision::{Revision, RuleId};
use crate::hold::{Hold, HoldCause, HoldReason, Owner};
use crate::id::HoldId;
use crate::journal::Actor;
use crate::time::Timestamp;
use crate::unreadable::{self, Unreadable};

/// One version of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldRule))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, unique among hold rules.
    pub id: RuleId,
    /// Who wrote this version, and why.
    pub revision: Revision,
    /// False while it is out of use.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Which orders it holds.
    pub when: Condition,
    /// The hold it places.
    pub hold: Placement,
}

/// The hold a rule places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RuleHold))]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Why.
    pub reason: HoldReason,
    /// What the owner should do; empty means that what was found is said instead.
    #[serde(default)]
    pub note: String,
    /// Who may lift it; left out means the reason's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// Whether reserved stock stays reserved meanwhile.
    #[serde(default = "yes")]
    pub keeps_stock: bool,
    /// It lifts itself after so many seconds; left out means never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_after_seconds: Option<u32>,
    /// It lifts itself as soon as the order fits the condition no more, such as when the money arrives.
    #[serde(default)]
    pub lifts_itself: bool,
}

fn yes() -> bool {
    true
}

/// All hold rules, in the order in which their holds are placed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldRules))]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The newest version of each; ids are unique.
    pub rules: Vec<Rule>,
}

impl Rules {
    /// Reads hold rules strictly and checks them.
    ///
    /// # Errors
    /// [`Unreadable`] names the place of an unknown field, or of what says nothing or something impossible.
    pub fn parse(json: &str) -> Result<Self, Unreadable> {
        let rules: Self = unreadable::read(json)?;
        rules.check()?;
        Ok(rules)
    }

    /// Checks what the types alone do not.
    ///
    /// # Errors
    /// [`Unreadable`] names the first place that makes no sense.
    pub fn check(&self) -> Result<(), Unreadable> {
        let mut ids = BTreeSet::new();
        for (number, rule) in self.rules.iter().enumerate() {
            let path = format!("rules[{number}]");
            if !ids.insert(&rule.id) {
                return Err(Unreadable::new(format!("{path}.id"), format!("another rule is called `{}` too", rule.id)));
            }
            rule.when.check(&format!("{path}.when"))?;
            if rule.hold.expires_after_seconds == Some(0) {
                return Err(Unreadable::new(format!("{path}.hold.expires_after_seconds"), "0 holds nothing"));
            }
        }
        Ok(())
    }

    /// Makes the rules ready, disabled ones left out.
    #[must_use]
    pub fn compile(&self) -> Compiled {
        let enabled = self.rules.iter().filter(|rule| rule.enabled);
        let ready = |rule: &Rule| CompiledRule {
            id: rule.id.clone(),
            version: rule.revision.version,
            test: Test::new(&rule.when),
            hold: rule.hold.clone(),
        };
        Compiled { rules: enabled.map(ready).collect() }
    }
}

/// Hold rules made ready.
#[derive(Debug, Clone)]
pub struct Compiled {
    rules: Vec<CompiledRule>,
}

#[derive(Debug, Clone)]
struct CompiledRule {
    id: RuleId,
    version: u32,
    test: Test,
    hold: Placement,
}

/// What hold rules come to for one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldEvaluation))]
pub struct Evaluation {
    /// Holds to place.
    pub place: Vec<Due>,
    /// Holds to lift, because their rule says so and the order fits it no more.
    pub lift: Vec<HoldId>,
    /// Every rule in use, in its order: what became of it and why.
    pub trace: Vec<Trace>,
}

/// A hold to place, without the identity and the time that the caller gives it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DueHold))]
pub struct Due {
    /// Why.
    pub reason: HoldReason,
    /// In words.
    pub note: String,
    /// Who may lift it.
    pub owner: Owner,
    /// Whether reserved stock stays reserved meanwhile.
    pub keeps_stock: bool,
    /// Seconds after which it lifts itself.
    pub expires_after_seconds: Option<u32>,
    /// The rule and what it found.
    pub cause: HoldCause,
}

impl Due {
    /// The hold on the whole order, placed by `actor` at `now`.
    #[must_use]
    pub fn into_hold(self, id: HoldId, actor: Actor, now: Timestamp) -> Hold {
        let after = |seconds: u32| now + Duration::from_secs(u64::from(seconds));
        Hold {
            id,
            reason: self.reason,
            note: self.note,
            placed_by: actor,
            placed_at: now,
            expires_at: self.expires_after_seconds.map(after),
            keeps_stock: self.keeps_stock,
            owner: Some(self.owner),
            fulfillment: None,
            cause: Some(self.cause),
        }
    }
}

/// One rule and one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldRuleTrace))]
pub struct Trace {
    /// The rule.
    pub rule: RuleId,
    /// Its version.
    pub version: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// The facts because of which the order fits or does not, in words.
    pub because: Vec<String>,
}

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldRuleOutcome))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The order fits; a hold is due.
    Place,
    /// The order fits, and a hold of this rule stops it already.
    AlreadyHeld,
    /// The order fits, and this version has held it for the same finding before.
    HeldBefore,
    /// The order fits no more; its hold lifts itself.
    Lift,
    /// The order fits no more; its hold waits for a person.
    Stays,
    /// The order does not fit.
    NoMatch,
}

impl Compiled {
    /// Which holds an order gets and loses at `now`, and why.
    ///
    /// `holds` are those on the order, lapsed ones included; `before` are the causes of holds that rules placed on it
    /// and that are gone since, lifted or lapsed.
    #[must_use]
    pub fn evaluate(&self, facts: &Facts, holds: &[Hold], before: &[HoldCause], now: Timestamp) -> Evaluation {
        let view = View::new(facts);
        let mut evaluation = Evaluation { place: Vec::new(), lift: Vec::new(), trace: Vec::new() };
        for rule in &self.rules {
            let because = rule.test.found(&view);
            let fits = rule.test.holds(&view);
            let of_rule = |hold: &&Hold| hold.cause.as_ref().is_some_and(|cause| cause.rule == rule.id);
            let mut active = holds.iter().filter(of_rule).filter(|hold| hold.is_active(now)).peekable();
            let cause = HoldCause { rule: rule.id.clone(), version: rule.version, finding: because.join("; ") };
            let placed_before =
                || before.contains(&cause) || holds.iter().any(|hold| hold.cause.as_ref() == Some(&cause));
            let outcome = match (fits, active.peek().is_some()) {
                (true, true) => Outcome::AlreadyHeld,
                (true, false) if placed_before() => Outcome::HeldBefore,
                (true, false) => {
                    evaluation.place.push(rule.due(cause));
                    Outcome::Place
                }
                (false, true) if rule.hold.lifts_itself => {
                    evaluation.lift.extend(active.map(|hold| hold.id.clone()));
                    Outcome::Lift
                }
                (false, true) => Outcome::Stays,
                (false, false) => Outcome::NoMatch,
            };
            evaluation.trace.push(Trace { rule: rule.id.clone(), version: rule.version, outcome, because });
        }
        evaluation
    }

    /// The holds an order gets on which there are none and never were.
    pub(super) fn fresh(&self, facts: &Facts) -> BTreeSet<(RuleId, HoldReason)> {
        let view = View::new(facts);
        let matching = self.rules.iter().filter(|rule| rule.test.holds(&view));
        matching.map(|rule| (rule.id.clone(), rule.hold.reason)).collect()
    }
}

impl CompiledRule {
    fn due(&self, cause: HoldCause) -> Due {
        let note = if self.hold.note.trim().is_empty() { cause.finding.clone() } else { self.hold.note.clone() };
        Due {
            reason: self.hold.reason,
            note,
            owner: self.hold.owner.unwrap_or_else(|| self.hold.reason.owner()),
            keeps_stock: self.hold.keeps_stock,
            expires_after_seconds: self.hold.expires_after_seconds,
            cause,
        }
    }
}
