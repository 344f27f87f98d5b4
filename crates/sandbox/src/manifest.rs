//! `sandbox.json`: how to reach a sandbox, and what it was made from so that a restart goes on with the same.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use switchyard_core::connection::Side;

use crate::error::{Error, Result};

/// Everything a client needs to connect, secrets included; kept readable by its owner only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Base URL of the control endpoint.
    pub control_url: String,
    /// Bearer token of the control endpoint.
    pub control_token: String,
    /// Shops first, then warehouses.
    pub connections: Vec<ManifestConnection>,
    /// What the sandbox was made from.
    pub origin: Origin,
}

/// One shop or warehouse as a connection of Switchyard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestConnection {
    /// Shop or warehouse.
    pub side: Side,
    /// `shopify` or `shipbob`.
    pub connector: String,
    /// What people call it.
    pub name: String,
    /// The connector's settings.
    pub config: serde_json::Value,
    /// The token.
    pub secret: String,
    /// Proposed seconds between two readings.
    pub poll_seconds: u32,
    /// Proposed seconds during which an order stays editable; 0 for warehouses.
    pub edit_window_seconds: u32,
}

/// What must stay the same over restarts, because ids and draws depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The seed.
    pub seed: u64,
    /// How many shops.
    pub shops: usize,
    /// How many warehouses.
    pub warehouses: usize,
    /// Path of the order history; `None` for generated orders.
    pub history: Option<String>,
    /// The control endpoint's port, then the shops' and the warehouses'.
    pub ports: Vec<u16>,
}

impl Manifest {
    /// The file's name below the data directory.
    pub const FILE: &'static str = "sandbox.json";

    /// Reads the manifest of the sandbox in `data_dir`; `None` when there is none.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::Corrupt`].
    pub fn read(data_dir: &Path) -> Result<Option<Self>> {
        let path = data_dir.join(Self::FILE);
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| Error::Corrupt {
                path,
                line: u64::try_from(error.line()).unwrap_or(0),
                detail: error.to_string(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::path("read", &path)(error)),
        }
    }

    /// Writes the manifest into `data_dir`, all or nothing, readable by its owner only.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn write(&self, data_dir: &Path) -> Result<()> {
        let path = data_dir.join(Self::FILE);
        let fresh = data_dir.join("sandbox.json.new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let text = serde_json::to_vec_pretty(self)
            .map_err(|error| Error::Options(format!("the manifest cannot be written: {error}")))?;
        let mut file = options.open(&fresh).map_err(Error::path("create", &fresh))?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(Error::path("write", &fresh))?;
        std::fs::rename(&fresh, &path).map_err(Error::path("replace", &path))
    }

    /// Connections of one side, in the order they were made.
    pub fn side(&self, side: Side) -> impl Iterator<Item = &ManifestConnection> {
        self.connections.iter().filter(move |connection| connection.side == side)
    }
}
