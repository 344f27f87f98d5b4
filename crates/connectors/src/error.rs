//! Failures of a call to a partner, cut by what the caller can do about them.

use std::time::Duration;

/// What the caller can do about a failure. The engine decides on this alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The partner refuses our credentials: a person has to renew them.
    Auth,
    /// Too fast: wait, then the same again. Does not count as a try.
    RateLimited,
    /// Could not connect, so nothing was sent: try again.
    Unreachable,
    /// Something was sent and no clear answer came: ask before sending again.
    Doubtful,
    /// The object does not exist over there.
    NotFound,
    /// The partner understood and refuses; the same again will be refused again.
    Rejected,
    /// The partner sent what its own documentation does not allow.
    Protocol,
    /// The connector does not do this.
    Unsupported,
    /// Our settings are wrong.
    Config,
}

/// A failed call.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{detail}")]
pub struct Error {
    /// What can be done about it.
    pub kind: Kind,
    /// What happened, in the partner's words where it has some; never contains a secret.
    pub detail: String,
    /// How long the partner asked us to wait.
    pub retry_after: Option<Duration>,
    /// HTTP status, when one came.
    pub status: Option<u16>,
}

impl Error {
    /// A failure of `kind` with the partner's words.
    #[must_use]
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), retry_after: None, status: None }
    }

    /// The same with the HTTP status it came with.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The same for a request that changes nothing over there: what was in doubt may simply be asked again.
    #[must_use]
    pub fn for_read(mut self) -> Self {
        if self.kind == Kind::Doubtful {
            self.kind = Kind::Unreachable;
        }
        self
    }

    /// The same for a request that may have changed something: an unreadable answer says nothing about the effect.
    #[must_use]
    pub fn for_effect(mut self) -> Self {
        if self.kind == Kind::Protocol {
            self.kind = Kind::Doubtful;
        }
        self
    }

    /// The same with the wait the partner asked for.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}

/// The result of a call to a partner.
pub type Result<T> = std::result::Result<T, Error>;
