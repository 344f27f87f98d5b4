//! What a person asked for under a key of theirs, however often it is delivered.
//!
//! The key and a digest of the request are kept in the transaction that carries the request out. A repeat, also one that
//! runs beside the first delivery, is answered with what was kept; a key that comes with another request is refused.

use serde_json::Value;
use sha2::{Digest, Sha256};
use switchyard_store::contract::{CommandId, Committed};
use switchyard_store::error::Error;

use crate::Inner;
use crate::handle::{EditError, StockChangeError};
use crate::policy::PolicyError;
use crate::returns::ReturnFailure;
use crate::transfers::TransferFailure;

/// One request under its key.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    key: String,
    digest: String,
}

/// Why a delivery cannot be told from another.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The key came with another request before.
    KeyReused,
    /// What was kept cannot be read.
    Store(Error),
}

impl Delivery {
    /// A request that says `wish`: everything that makes it this one, the kind of request included.
    pub(crate) fn of(key: &str, wish: &Value) -> Self {
        let digest = Sha256::digest(wish.to_string().as_bytes());
        Self { key: key.to_owned(), digest: data_encoding::HEXLOWER.encode(&digest) }
    }

    /// What is kept in the transaction that carries the request out; `result` is what a repeat is told.
    pub(crate) fn command(&self, result: Value) -> CommandId {
        CommandId { key: self.key.clone(), digest: self.digest.clone(), result }
    }

    /// What was kept when the request was carried out before; `None` when it was not.
    ///
    /// # Errors
    /// [`Fault`].
    async fn kept(&self, inner: &Inner) -> Result<Option<Value>, Fault> {
        match inner.store.command_result(&self.key).await.map_err(Fault::Store)? {
            None => Ok(None),
            Some((known, result)) if known == self.digest => Ok(Some(result)),
            Some(_) => Err(Fault::KeyReused),
        }
    }

    /// Carries the request out, or answers its repeat from what was kept.
    ///
    /// A failure may mean that another delivery of the same request was faster: then that one's answer is the answer.
    ///
    /// # Errors
    /// Those of `carry_out` and `repeat`, and [`Fault`].
    pub(crate) async fn once<T, E: From<Fault>>(
        &self,
        inner: &Inner,
        carry_out: impl Future<Output = Result<T, E>>,
        repeat: impl AsyncFnOnce(Value) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(result) = self.kept(inner).await? {
            return repeat(result).await;
        }
        match carry_out.await {
            Ok(done) => Ok(done),
            Err(error) => match self.kept(inner).await? {
                Some(result) => repeat(result).await,
                None => Err(error),
            },
        }
    }
}

/// A change set that was kept by another delivery a moment ago is a conflict here: nothing of this one was written, so its
/// answer is not what was decided.
///
/// # Errors
/// `Conflict` then.
pub(crate) fn first(committed: Committed) -> Result<Committed, Error> {
    if committed.repeated.is_some() {
        return Err(Error::Conflict("another delivery of the same request was faster".to_owned()));
    }
    Ok(committed)
}

impl From<Fault> for EditError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::KeyReused => Self::KeyReused,
            Fault::Store(error) => Self::Store(error),
        }
    }
}

impl From<Fault> for ReturnFailure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::KeyReused => Self::KeyReused,
            Fault::Store(error) => Self::Store(error),
        }
    }
}

impl From<Fault> for PolicyError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::KeyReused => Self::KeyReused,
            Fault::Store(error) => Self::Store(error),
        }
    }
}

impl From<Fault> for TransferFailure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::KeyReused => Self::KeyReused,
            Fault::Store(error) => Self::Store(error),
        }
    }
}

impl From<Fault> for StockChangeError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::KeyReused => Self::KeyReused,
            Fault::Store(error) => Self::Store(error),
        }
    }
}
