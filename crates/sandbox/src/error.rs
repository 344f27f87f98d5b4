//! Why the sandbox cannot do what it was asked.

use std::path::{Path, PathBuf};

/// A failure of the sandbox itself; failures it simulates are answers, not errors.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or socket failed.
    #[error("{what}: {source}")]
    Io {
        /// What was tried, with the path or address.
        what: String,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The options contradict each other or the data directory.
    #[error("{0}")]
    Options(String),
    /// A ledger holds a line that cannot be read; only a torn last line is forgiven.
    #[error("{path}:{line}: {detail}")]
    Corrupt {
        /// The ledger.
        path: PathBuf,
        /// Line number, from 1.
        line: u64,
        /// What is wrong with it.
        detail: String,
    },
    /// The order history cannot be read.
    #[error("order history: {0}")]
    History(String),
    /// No instance, order or article of that name.
    #[error("there is no {0}")]
    Unknown(String),
    /// A ledger could not be written, so nothing more is answered.
    #[error("the ledger is not writable any more: {0}")]
    LedgerLost(String),
}

impl Error {
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    pub(crate) fn path(verb: &str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        Self::io(format!("cannot {verb} {}", path.display()))
    }
}

/// The result of a sandbox operation.
pub type Result<T> = std::result::Result<T, Error>;
