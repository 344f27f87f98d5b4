//! Connections, warehouses, stream marks and the inbox in memory.

use async_trait::async_trait;
use switchyard_core::connection::{Connection, Warehouse};
use switchyard_core::id::{ConnectionId, InboxId};

use super::{Model, State, conflict, key};
use crate::contract::{Connections, InboxItem, StoredItem};
use crate::error::Result;

impl State {
    pub(super) fn move_mark(
        &mut self,
        connection: &ConnectionId,
        stream: &str,
        from: Option<String>,
        to: String,
    ) -> Result<()> {
        let place = key(&[connection.as_str(), stream]);
        if self.cursors.get(&place) != from.as_ref() {
            return Err(conflict("cursor", stream));
        }
        self.cursors.put(&place, to);
        Ok(())
    }

    /// Stores a message unless it is known; answers whether it was new.
    pub(super) fn put_item(&mut self, item: InboxItem) -> Result<bool> {
        let version = key(&[item.connection.as_str(), &item.stream, &item.external_id, &item.version]);
        if self.versions.has(&version) {
            return Ok(false);
        }
        if self.inbox.has(item.id.as_str()) {
            return Err(conflict("inbox item", &item.id));
        }
        self.versions.put(&version, item.id.to_string());
        self.inbox.put(item.id.clone().as_str(), StoredItem { item, done: false, dead: None });
        Ok(true)
    }

    pub(super) fn item_done(&mut self, item: &InboxId, dead: Option<String>) -> Result<()> {
        let mut stored = self.inbox.get(item.as_str()).cloned().ok_or_else(|| conflict("inbox item", item))?;
        stored.done = dead.is_none();
        stored.dead = dead;
        self.inbox.put(item.as_str(), stored);
        Ok(())
    }
}

#[async_trait]
impl Connections for Model {
    async fn connections(&self) -> Result<Vec<Connection>> {
        let mut all: Vec<Connection> = self.state()?.connections.iter().cloned().collect();
        all.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        Ok(all)
    }

    async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>> {
        Ok(self.state()?.connections.get(id.as_str()).cloned())
    }

    async fn warehouses(&self) -> Result<Vec<Warehouse>> {
        let mut all: Vec<Warehouse> = self.state()?.warehouses.iter().cloned().collect();
        all.sort_by(|a, b| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
        Ok(all)
    }

    async fn cursor(&self, connection: &ConnectionId, stream: &str) -> Result<Option<String>> {
        Ok(self.state()?.cursors.get(&key(&[connection.as_str(), stream])).cloned())
    }

    async fn inbox_item(&self, id: &InboxId) -> Result<Option<StoredItem>> {
        Ok(self.state()?.inbox.get(id.as_str()).cloned())
    }

    async fn latest_item(
        &self,
        connection: &ConnectionId,
        stream: &str,
        external_id: &str,
    ) -> Result<Option<StoredItem>> {
        let state = self.state()?;
        let mut newest_first = state.inbox.iter().rev();
        Ok(newest_first
            .find(|stored| {
                let item = &stored.item;
                &item.connection == connection && item.stream == stream && item.external_id == external_id
            })
            .cloned())
    }

    async fn dead_items(&self, limit: u32) -> Result<Vec<StoredItem>> {
        let state = self.state()?;
        let dead = state.inbox.iter().rev().filter(|stored| stored.dead.is_some());
        Ok(dead.take(usize::try_from(limit).unwrap_or(usize::MAX)).cloned().collect())
    }
}
