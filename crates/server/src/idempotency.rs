//! Repeats of mutations that the engine does not key itself: connection settings.
//!
//! Orders are changed under the caller's key by the engine, in one transaction. A connection's change is harmless to
//! repeat (its name is unique, pausing twice pauses), so here the answer is kept after it was carried out, and the same
//! key with the same request gets that answer again.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use switchyard_engine::Handle;
use switchyard_store::contract::{Changes, CommandId};

use crate::extract::IdempotencyKey;
use crate::problem::ApiError;

/// One keyed request.
#[derive(Debug, Clone)]
pub struct Once<'a> {
    engine: &'a Handle,
    key: &'a IdempotencyKey,
    digest: String,
}

impl<'a> Once<'a> {
    /// A request to do `verb` with `request`, which must not hold a secret: its digest is stored.
    ///
    /// # Errors
    /// When the request cannot be written as JSON.
    pub fn new(
        engine: &'a Handle,
        key: &'a IdempotencyKey,
        verb: &str,
        request: &impl Serialize,
    ) -> Result<Self, ApiError> {
        let bytes = serde_json::to_vec(&(verb, request)).map_err(ApiError::internal)?;
        Ok(Self { engine, key, digest: data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)) })
    }

    /// The answer that was given to this request before, if any.
    ///
    /// # Errors
    /// 422 when the key was used for another request; the store's own failures.
    pub async fn earlier<T: DeserializeOwned>(&self) -> Result<Option<T>, ApiError> {
        match self.engine.store().command_result(self.key.as_str()).await? {
            None => Ok(None),
            Some((digest, _)) if digest != self.digest => Err(ApiError::idempotency_key_reused()),
            Some((_, result)) => serde_json::from_value(result).map(Some).map_err(ApiError::internal),
        }
    }

    /// Keeps the answer to this request.
    ///
    /// # Errors
    /// The store's own failures; the request was carried out nevertheless.
    pub async fn keep(&self, answer: &impl Serialize) -> Result<(), ApiError> {
        let result = serde_json::to_value(answer).map_err(ApiError::internal)?;
        let command = CommandId { key: self.key.as_str().to_owned(), digest: self.digest.clone(), result };
        self.engine.store().commit(Changes { command: Some(command), ..Changes::default() }).await?;
        Ok(())
    }
}
