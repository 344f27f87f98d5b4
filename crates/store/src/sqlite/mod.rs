//! The store on one SQLite file.
//!
//! [`open`] locks, checks and migrates the file, then starts the one writer (`writer`) and a pool of readers that cannot
//! write. Statements are constants beside the noun they serve; only `order_search` composes one, from constants.

mod change_requests;
mod connections;
mod failure;
mod file;
mod fulfillments;
mod jobs;
mod journal;
mod order_search;
mod orders;
mod prepared;
mod returns;
mod settings;
mod stock;
mod transfers;
mod writer;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use sqlx::SqlitePool;
use sqlx::query::QueryScalar;
use sqlx::sqlite::{SqliteArguments, SqlitePoolOptions};
use tokio::sync::{mpsc, oneshot};

use self::failure::failed;
use self::file::{Identity, Lock};
use self::prepared::Prepared;
use self::writer::{Command, Trouble, Writer};
use crate::chain;
use crate::contract::{Changes, Committed, Store};
use crate::error::{Error, Result};

/// Change sets that may wait for the writer before callers have to.
const QUEUE: usize = 1_024;

/// How to open a store.
#[derive(Clone)]
pub struct Options {
    /// 32 bytes for the store secret and 16 for the store id, used only when the file is created. `None` asks the
    /// operating system.
    pub entropy: Option<[u8; 48]>,
    /// Connections for reading, at least 1.
    pub readers: u32,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the entropy: the store secret is made of it.
        f.debug_struct("Options").field("readers", &self.readers).finish_non_exhaustive()
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { entropy: None, readers: 4 }
    }
}

/// Opens the store in the SQLite file at `path`; creates file and directory, readable by their owner only.
///
/// Must be called inside a Tokio runtime: the writer is a task of it. Everything answered by `commit` survives a crash.
///
/// # Errors
/// `Unusable` when another process has the file open, when a newer Switchyard wrote it, or when it is damaged;
/// `Unavailable` when it cannot be created or read.
pub async fn open(path: &Path, options: Options) -> Result<Arc<dyn Store>> {
    let lock = Lock::take(path)?;
    let identity = file::prepare(path, &options).await?;
    let (commands, queue) = mpsc::channel(QUEUE);
    let trouble = Trouble::default();
    let writer = Writer::open(path.to_owned(), queue, lock, trouble.clone()).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(options.readers.max(1))
        .min_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
        .test_before_acquire(false)
        .connect_with(file::reading(path))
        .await
        .map_err(failed)?;
    tokio::spawn(writer.run());
    Ok(Arc::new(Sqlite { readers, commands, trouble, identity }))
}

/// The store on one SQLite file.
pub(crate) struct Sqlite {
    readers: SqlitePool,
    commands: mpsc::Sender<Command>,
    trouble: Trouble,
    identity: Identity,
}

impl std::fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the identity: it holds the secret.
        f.debug_struct("Sqlite").field("readers", &self.readers.size()).finish_non_exhaustive()
    }
}

type DocQuery<'q> = QueryScalar<'q, sqlx::Sqlite, String, SqliteArguments>;

impl Sqlite {
    /// Sends the writer a command and waits for its answer.
    async fn ask<T: Send>(&self, command: impl FnOnce(oneshot::Sender<Result<T>>) -> Command + Send) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let closed = || Error::Unavailable("the store was closed".to_owned());
        self.commands.send(command(answer)).await.map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }

    /// The document a query finds.
    async fn doc<T: DeserializeOwned>(&self, query: DocQuery<'_>) -> Result<Option<T>> {
        let doc = query.fetch_optional(&self.readers).await.map_err(failed)?;
        doc.map(|doc| chain::parse(&doc)).transpose()
    }

    /// The documents a query finds, in its order.
    async fn docs<T: DeserializeOwned>(&self, query: DocQuery<'_>) -> Result<Vec<T>> {
        let docs = query.fetch_all(&self.readers).await.map_err(failed)?;
        docs.iter().map(|doc| chain::parse(doc)).collect()
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn commit(&self, changes: Changes) -> Result<Committed> {
        let changes = Box::new(Prepared::of(changes)?);
        self.ask(|answer| Command::Commit { changes, answer }).await
    }

    async fn close(&self) -> Result<()> {
        self.readers.close().await;
        self.ask(|answer| Command::Close { answer }).await
    }

    fn write_problem(&self) -> Option<String> {
        self.trouble.known()
    }

    fn store_secret(&self) -> [u8; 32] {
        self.identity.secret
    }
}
