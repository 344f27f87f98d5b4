//! Lifecycles as tables: each noun has one list of arrows, with what triggers an arrow, who does it and its guard.
//!
//! What code asks ([`Lifecycle::arrow`], [`Lifecycle::check`]), what the tests try and what `docs/lifecycles.md`
//! shows is all read from that one list. A state is stored; whatever can be computed from facts (progress, lateness,
//! "held") is not a state, see [`crate::progress`]. Two axes are kept apart: what happened to the goods, and how far the
//! conversation with a partner is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who makes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Automatic: a service of the engine, under its own name.
    Engine,
    /// What a shop, warehouse or carrier says.
    Partner,
    /// Somebody with the power to.
    Person,
    /// A person, or the engine on their behalf.
    PersonOrEngine,
}

/// A condition on the facts of the moment.
pub struct Guard<F: 'static> {
    /// The condition in words.
    pub text: &'static str,
    /// Whether it holds.
    pub holds: fn(&F) -> bool,
}

impl<F> Clone for Guard<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Guard<F> {}

impl<F> fmt::Debug for Guard<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Guard").field(&self.text).finish()
    }
}

/// One arrow of a lifecycle.
#[derive(Debug)]
pub struct Arrow<S: 'static, F: 'static> {
    /// Where it starts; `None` for the arrows by which something comes into being.
    pub from: Option<S>,
    /// Where it ends.
    pub to: S,
    /// Who makes the step.
    pub by: By,
    /// What makes it happen.
    pub trigger: &'static str,
    /// Under which condition.
    pub guard: Option<Guard<F>>,
}

impl<S: Copy, F> Arrow<S, F> {
    /// The arrow by which something comes into being.
    #[must_use]
    pub const fn begin(to: S, by: By, trigger: &'static str) -> Self {
        Self { from: None, to, by, trigger, guard: None }
    }

    /// An arrow without a condition.
    #[must_use]
    pub const fn new(from: S, to: S, by: By, trigger: &'static str) -> Self {
        Self { from: Some(from), to, by, trigger, guard: None }
    }

    /// The same arrow under a condition.
    #[must_use]
    pub const fn when(self, text: &'static str, holds: fn(&F) -> bool) -> Self {
        Self { from: self.from, to: self.to, by: self.by, trigger: self.trigger, guard: Some(Guard { text, holds }) }
    }
}

/// A step that was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The lifecycle has no such arrow.
    #[error("{noun} cannot go from {from} to {to}")]
    NoArrow {
        /// The noun with its article, such as `an order`.
        noun: &'static str,
        /// Where it is.
        from: &'static str,
        /// Where someone wanted it.
        to: &'static str,
    },
    /// There is an arrow, and its condition does not hold.
    #[error("{noun} goes from {from} to {to} only when {guard}")]
    Guarded {
        /// The noun with its article.
        noun: &'static str,
        /// Where it is.
        from: &'static str,
        /// Where someone wanted it.
        to: &'static str,
        /// The condition.
        guard: &'static str,
    },
}

/// States with arrows between them.
pub trait Lifecycle: Copy + Eq + fmt::Debug + 'static {
    /// What guards look at.
    type Facts: 'static;

    /// The noun with its article, such as `an order`.
    const NOUN: &'static str;

    /// All states in lifecycle order; the first is where most begin.
    const STATES: &'static [Self];

    /// All arrows.
    const ARROWS: &'static [Arrow<Self, Self::Facts>];

    /// The stored text of a state.
    fn text(self) -> &'static str;

    /// The arrow from here to `to`, if there is one.
    fn arrow(self, to: Self) -> Option<&'static Arrow<Self, Self::Facts>> {
        Self::ARROWS.iter().find(|arrow| arrow.from == Some(self) && arrow.to == to)
    }

    /// Whether nothing leads out of here.
    fn ends_here(self) -> bool {
        !Self::ARROWS.iter().any(|arrow| arrow.from == Some(self))
    }

    /// Whether the step to `to` may be made with these facts.
    ///
    /// # Errors
    /// [`Refused`] says whether the arrow is missing or its condition.
    fn check(self, to: Self, facts: &Self::Facts) -> Result<(), Refused> {
        let (noun, from, to_text) = (Self::NOUN, self.text(), to.text());
        let arrow = self.arrow(to).ok_or(Refused::NoArrow { noun, from, to: to_text })?;
        match arrow.guard {
            Some(guard) if !(guard.holds)(facts) => {
                Err(Refused::Guarded { noun, from, to: to_text, guard: guard.text })
            }
            _ => Ok(()),
        }
    }
}

/// Gives a state enum its stored texts and the questions everybody asks, all read from its table.
///
/// `$noun` is the noun with its article. The enum itself stays hand-written, with a comment on every state.
macro_rules! lifecycle {
    ($state:ident, $facts:ty, $noun:literal, [$($name:ident = $text:literal),+ $(,)?], $arrows:expr) => {
        impl $state {
            /// All states in lifecycle order.
            pub const ALL: [Self; [$($text),+].len()] = [$(Self::$name),+];

            /// The stored text, lower snake case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// Reads the stored text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|state| state.as_str() == text)
            }

            /// Whether the lifecycle has an arrow from here to `to`, whatever its condition.
            #[must_use]
            pub fn may_become(self, to: Self) -> bool {
                $crate::lifecycle::Lifecycle::arrow(self, to).is_some()
            }

            /// True when nothing more will happen: no arrow leads out of here.
            #[must_use]
            pub fn is_final(self) -> bool {
                $crate::lifecycle::Lifecycle::ends_here(self)
            }
        }

        impl $crate::lifecycle::Lifecycle for $state {
            type Facts = $facts;
            const NOUN: &'static str = $noun;
            const STATES: &'static [Self] = &Self::ALL;
            const ARROWS: &'static [$crate::lifecycle::Arrow<Self, $facts>] = $arrows;

            fn text(self) -> &'static str {
                self.as_str()
            }
        }
    };
}
pub(crate) use lifecycle;
