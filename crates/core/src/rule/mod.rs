//! Rules as data: written by people, versioned, and tried on past orders before they count.

mod revision;

pub use revision::{InvalidRuleId, Revision, RuleId};
