//! The journal's hash chain: each entry's hash covers the one before and the entry's own stored texts.
//!
//! The texts are hashed as they are stored, not as they parse, so a chain verifies under every version of the JSON
//! library. The form is `sha256(previous hash || seq || at || fields)`: hash 32 bytes, numbers 8 bytes big-endian, each
//! text preceded by its length in 8 bytes big-endian; a missing order is the empty text.

use sha2::{Digest, Sha256};
use switchyard_core::id::OrderId;
use switchyard_core::journal::{Entry, Recorded};
use switchyard_core::time::Timestamp;

use crate::error::{Error, Result};

/// The hash before the first entry.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// An entry in the form it is stored in.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) kind: String,
    pub(crate) order: Option<String>,
    pub(crate) subject: String,
    pub(crate) reason: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

impl Line {
    /// The stored form of an entry.
    pub(crate) fn of(entry: Entry) -> Result<Self> {
        Ok(Self {
            at: entry.at.as_micros(),
            actor: text(&entry.actor)?,
            kind: entry.kind,
            order: entry.order.map(String::from),
            subject: entry.subject,
            reason: entry.reason,
            before: text(&entry.before)?,
            after: text(&entry.after)?,
        })
    }

    /// The hash of this entry at `seq` after an entry with hash `previous`.
    pub(crate) fn hash(&self, previous: &[u8; 32], seq: i64) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(previous);
        hash.update(seq.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        let order = self.order.as_deref().unwrap_or_default();
        for field in [&self.actor, &self.kind, order, &self.subject, &self.reason, &self.before, &self.after] {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field.as_bytes());
        }
        hash.finalize().into()
    }

    /// The entry as it is read back.
    pub(crate) fn recorded(self, seq: i64, hash: String) -> Result<Recorded> {
        Ok(Recorded {
            seq,
            at: Timestamp::from_micros(self.at),
            actor: parse(&self.actor)?,
            kind: self.kind,
            order: self.order.map(OrderId::try_from).transpose().map_err(|error| Error::Backend(error.to_string()))?,
            subject: self.subject,
            reason: self.reason,
            before: parse(&self.before)?,
            after: parse(&self.after)?,
            hash,
        })
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// 32 bytes from 64 hexadecimal digits; `None` for anything else.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, d| byte << 4 | d)).collect();
    if text.len() == 64 { bytes.try_into().ok() } else { None }
}

/// JSON text of a value.
pub(crate) fn text<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Backend(format!("cannot be written as JSON: {error}")))
}

/// A value from JSON text.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Backend(format!("stored JSON cannot be read: {error}")))
}
