//! Where connection secrets live: never in the database, never in a log.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use switchyard_connectors::secret::Secret;
use switchyard_core::id::ConnectionId;

/// A vault that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the secrets file {path}: {source}")]
pub struct VaultError {
    /// Which file.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

/// Keeps one secret per connection.
pub trait Vault: Send + Sync + Debug {
    /// The secret of a connection, if one was kept.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn get(&self, connection: &ConnectionId) -> Result<Option<Secret>, VaultError>;
    /// Keeps or replaces the secret of a connection.
    ///
    /// # Errors
    /// When the place cannot be written; the old secret is still there.
    fn put(&self, connection: &ConnectionId, secret: &Secret) -> Result<(), VaultError>;
    /// Where secrets are kept, in words for a person.
    fn place(&self) -> String;
}

/// A JSON file readable by its owner only (mode 0600), replaced as a whole.
#[derive(Debug)]
pub struct FileVault {
    path: PathBuf,
    writing: Mutex<()>,
}

impl FileVault {
    /// A vault in `directory/secrets.json`; the file appears with the first secret.
    #[must_use]
    pub fn new(directory: &Path) -> Self {
        Self { path: directory.join("secrets.json"), writing: Mutex::new(()) }
    }

    fn failed(&self, source: std::io::Error) -> VaultError {
        VaultError { path: self.path.clone(), source }
    }

    fn read(&self) -> Result<BTreeMap<String, String>, VaultError> {
        match std::fs::read(&self.path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| self.failed(std::io::Error::other(error))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(self.failed(error)),
        }
    }
}

impl Vault for FileVault {
    fn get(&self, connection: &ConnectionId) -> Result<Option<Secret>, VaultError> {
        Ok(self.read()?.remove(connection.as_str()).map(Secret::new))
    }

    fn put(&self, connection: &ConnectionId, secret: &Secret) -> Result<(), VaultError> {
        let _guard = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = self.read()?;
        all.insert(connection.as_str().to_owned(), secret.expose().to_owned());
        let bytes = serde_json::to_vec_pretty(&all).map_err(|error| self.failed(std::io::Error::other(error)))?;
        let temporary = self.path.with_extension("json.new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let write = || -> std::io::Result<()> {
            let mut file = options.open(&temporary)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            std::fs::rename(&temporary, &self.path)
        };
        write().map_err(|error| self.failed(error))
    }

    fn place(&self) -> String {
        format!("file {} (owner only)", self.path.display())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use switchyard_core::time::Timestamp;

    #[test]
    fn a_kept_secret_comes_back_and_only_the_owner_can_read_the_file() {
        let directory = tempfile::tempdir().unwrap();
        let vault = FileVault::new(directory.path());
        let connection = ConnectionId::new(Timestamp::EPOCH, [1; 10]);
        assert_eq!(vault.get(&connection).unwrap(), None);
        vault.put(&connection, &Secret::new("shpat_1")).unwrap();
        vault.put(&connection, &Secret::new("shpat_2")).unwrap();
        assert_eq!(vault.get(&connection).unwrap(), Some(Secret::new("shpat_2")));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(directory.path().join("secrets.json")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "secrets are for the owner alone");
        }
    }
}
