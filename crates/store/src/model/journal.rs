//! The journal and the commands in memory.

use async_trait::async_trait;
use switchyard_core::id::OrderId;
use switchyard_core::journal::Recorded;

use super::{Model, State, conflict};
use crate::chain::{self, GENESIS, Line};
use crate::contract::{CommandId, Journal};
use crate::error::{Error, Result};

impl State {
    /// The stored answer of a command that was carried out.
    pub(super) fn repeated(&self, command: &CommandId) -> Result<Option<serde_json::Value>> {
        match self.commands.get(&command.key) {
            Some(known) if known.digest != command.digest => Err(conflict("command", &command.key)),
            known => Ok(known.map(|known| known.result.clone())),
        }
    }

    /// Appends one entry and answers its position.
    pub(super) fn append(&mut self, line: Line) -> Result<i64> {
        let previous = self.journal.entries().last().map_or(GENESIS, |(_, hash)| *hash);
        let seq = self.head()? + 1;
        let hash = line.hash(&previous, seq);
        self.journal.push((line, hash));
        Ok(seq)
    }

    fn head(&self) -> Result<i64> {
        i64::try_from(self.journal.entries().len()).map_err(|error| Error::Backend(error.to_string()))
    }

    fn recorded(&self, wanted: impl Fn(i64, &Line) -> bool, limit: u32) -> Result<Vec<Recorded>> {
        let entries = (1..).zip(self.journal.entries()).filter(|(seq, (line, _))| wanted(*seq, line));
        let entries = entries.take(usize::try_from(limit).unwrap_or(usize::MAX));
        entries.map(|(seq, (line, hash))| line.clone().recorded(seq, chain::hex(hash))).collect()
    }
}

#[async_trait]
impl Journal for Model {
    async fn journal_after(&self, seq: i64, limit: u32) -> Result<Vec<Recorded>> {
        self.state()?.recorded(|position, _| position > seq, limit)
    }

    async fn journal_of(&self, order: &OrderId, limit: u32) -> Result<Vec<Recorded>> {
        self.state()?.recorded(|_, line| line.order.as_deref() == Some(order.as_str()), limit)
    }

    async fn journal_head(&self) -> Result<i64> {
        self.state()?.head()
    }

    async fn verify_journal(&self) -> Result<Option<i64>> {
        let state = self.state()?;
        let mut previous = GENESIS;
        for (seq, (line, hash)) in (1..).zip(state.journal.entries()) {
            if line.hash(&previous, seq) != *hash {
                return Ok(Some(seq));
            }
            previous = *hash;
        }
        Ok(None)
    }

    async fn command_result(&self, key: &str) -> Result<Option<(String, serde_json::Value)>> {
        let state = self.state()?;
        Ok(state.commands.get(key).map(|known| (known.digest.clone(), known.result.clone())))
    }
}
