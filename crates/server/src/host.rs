//! Opens a data folder: store, secrets, engine and, on demand, the sandbox. The daemon and the desktop both run this.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use switchyard_connectors::secret::Secret;
use switchyard_engine::clock::{Clock, SystemClock};
use switchyard_engine::handle::ConnectError;
use switchyard_engine::status::{NewConnection, Timing};
use switchyard_engine::vault::FileVault;
use switchyard_engine::{Engine, Options};
use switchyard_sandbox::{Manifest, Sandbox, SandboxOptions};

use crate::app::AppState;

/// Name of the database below the data folder.
pub const DATABASE: &str = "switchyard.db";

/// What to open.
#[derive(Debug, Clone)]
pub struct HostOptions {
    /// Holds `switchyard.db` and `secrets.json`; created when missing, readable by its owner only.
    pub data_dir: PathBuf,
    /// Simulated shops and warehouses to start and connect to; `None` for real ones only.
    pub sandbox: Option<SandboxOptions>,
    /// Intervals and limits of the engine.
    pub timing: Timing,
}

/// Why a data folder could not be opened. Nothing runs then.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The database cannot be used: open elsewhere, written by a newer Switchyard, damaged, no room, no right.
    #[error("the data folder {} cannot be used: {source}", .folder.display())]
    Store {
        /// The data folder.
        folder: PathBuf,
        /// What is wrong with it.
        source: switchyard_store::Error,
    },
    /// The engine did not start.
    #[error("the engine did not start: {0}")]
    Engine(Box<dyn std::error::Error + Send + Sync>),
    /// The sandbox did not start.
    #[error("the sandbox did not start: {0}")]
    Sandbox(#[from] switchyard_sandbox::Error),
    /// The sandbox's connections could not be set up.
    #[error("the sandbox cannot be connected: {0}")]
    Connect(#[from] ConnectError),
}

impl HostError {
    /// What a person does next.
    #[must_use]
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::Store { source: switchyard_store::Error::Unavailable(_), .. } => {
                "Free disk space or make the folder writable for you, then start again."
            }
            Self::Store { source: switchyard_store::Error::Unusable(_), .. } => {
                "End the other Switchyard, or use a version that knows this database, or choose another folder."
            }
            Self::Store { .. } | Self::Engine(_) => "Start again; report this if it stays.",
            Self::Sandbox(_) => "Choose another sandbox folder, or other options.",
            Self::Connect(_) => "Remove the sandbox's data folder and start again.",
        }
    }
}

/// An open data folder with its engine running.
#[derive(Debug)]
pub struct Host {
    engine: Engine,
    sandbox: Option<Sandbox>,
    clock: Arc<dyn Clock>,
    state: AppState,
}

impl Host {
    /// Opens the folder and starts everything. Must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// [`HostError`]; what had been started is stopped again.
    pub async fn open(options: HostOptions) -> Result<Self, HostError> {
        let folder = options.data_dir;
        let store = switchyard_store::open(&database(&folder), switchyard_store::Options::default())
            .await
            .map_err(|source| HostError::Store { folder: folder.clone(), source })?;
        let sandbox = match options.sandbox {
            Some(sandbox) => Some(Sandbox::start(sandbox).await?),
            None => None,
        };
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::default());
        let engine = Engine::start(Options {
            store,
            vault: Arc::new(FileVault::new(&folder)),
            clock: Arc::clone(&clock),
            timing: options.timing,
        })
        .await;
        let engine = match engine {
            Ok(engine) => engine,
            Err(error) => {
                if let Some(sandbox) = sandbox {
                    sandbox.shutdown().await;
                }
                return Err(HostError::Engine(Box::new(error)));
            }
        };
        let state = AppState::new(engine.handle(), sandbox.is_some(), &operator());
        let host = Self { engine, sandbox, clock, state };
        if let Some(sandbox) = &host.sandbox
            && let Err(error) = host.state.engine.ensure_connections(connections(&sandbox.manifest())).await
        {
            host.shutdown().await;
            return Err(error.into());
        }
        Ok(host)
    }

    /// What the router needs.
    #[must_use]
    pub fn state(&self) -> AppState {
        self.state.clone()
    }

    /// The engine's clock.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// Lets calls in progress end, then stops the engine and the sandbox and lets the database go.
    pub async fn shutdown(self) {
        let store = Arc::clone(self.state.engine.store());
        self.engine.stop().await;
        if let Some(sandbox) = self.sandbox {
            sandbox.shutdown().await;
        }
        if let Err(error) = store.close().await {
            tracing::error!("the database was not closed cleanly: {error}");
        }
    }
}

/// The database below a data folder.
#[must_use]
pub fn database(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

/// Sign-in name of the person at this machine, as the system tells it.
#[must_use]
pub fn operator() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "operator".to_owned())
}

/// A sandbox's shops and warehouses as connections.
fn connections(manifest: &Manifest) -> Vec<NewConnection> {
    let new = |offered: &switchyard_sandbox::ManifestConnection| NewConnection {
        connector: offered.connector.clone(),
        name: offered.name.clone(),
        config: offered.config.clone(),
        secret: Secret::new(offered.secret.clone()),
        poll_seconds: offered.poll_seconds,
        edit_window_seconds: offered.edit_window_seconds,
    };
    manifest.connections.iter().map(new).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn options(folder: &Path) -> HostOptions {
        HostOptions { data_dir: folder.to_owned(), sandbox: None, timing: Timing::default() }
    }

    #[tokio::test]
    async fn a_folder_that_is_open_elsewhere_is_refused_with_the_reason_and_free_again_after_the_end() {
        let base = tempfile::tempdir().unwrap();
        let first = Host::open(options(base.path())).await.unwrap();
        let error = Host::open(options(base.path())).await.unwrap_err();
        assert!(error.to_string().contains("one Switchyard at a time"), "{error}");
        assert!(error.next_step().contains("End the other Switchyard"));
        first.shutdown().await;
        Host::open(options(base.path())).await.unwrap().shutdown().await;
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_says_what_to_do() {
        let base = tempfile::tempdir().unwrap();
        std::fs::write(base.path().join("taken"), "a file, not a folder").unwrap();
        let error = Host::open(options(&base.path().join("taken"))).await.unwrap_err();
        assert!(error.next_step().contains("disk space"), "{error}");
    }

    #[tokio::test]
    async fn a_sandbox_is_connected_by_itself_and_its_orders_come_in() {
        let base = tempfile::tempdir().unwrap();
        let sandbox = SandboxOptions {
            limit: Some(3),
            orders_per_minute: None,
            ..SandboxOptions::demo(base.path().join("partners"))
        };
        let host = Host::open(HostOptions { sandbox: Some(sandbox), ..options(base.path()) }).await.unwrap();
        let state = host.state();
        assert!(state.demo);
        let store = state.engine.store();
        assert_eq!(store.connections().await.unwrap().len(), 5, "two shops and three warehouses");
        let mut head = state.engine.subscribe();
        let planned = async {
            loop {
                let events = state.engine.events_after(0, 1_000).await.unwrap();
                if events.iter().filter(|event| event.kind == "order.planned").count() >= 3 {
                    return;
                }
                head.changed().await.unwrap();
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), planned).await.unwrap();
        host.shutdown().await;
    }
}
