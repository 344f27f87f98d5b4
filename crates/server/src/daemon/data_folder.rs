//! Where the daemon keeps what it must not lose: the same folder as the desktop.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;
use data_encoding::BASE64URL_NOPAD;

/// The data folder an argument names.
#[derive(Debug, Clone, Args)]
pub struct DataFolder {
    /// Folder for the database, secrets and the access token. Default: your data folder, by the platform's convention.
    #[arg(long = "data", env = "SWITCHYARD_DATA_DIR", value_name = "FOLDER", default_value_os_t = platform_folder())]
    folder: PathBuf,
}

/// Linux `~/.local/share/switchyard`, macOS `~/Library/Application Support/switchyard`, Windows `%APPDATA%\switchyard`.
fn platform_folder() -> PathBuf {
    dirs::data_dir().unwrap_or_default().join("switchyard")
}

impl DataFolder {
    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        &self.folder
    }

    /// The folder to work in: the sandbox has its own below, so that simulated orders never meet real ones.
    pub(crate) fn chosen(&self, sandbox: bool) -> anyhow::Result<PathBuf> {
        let root = std::path::absolute(&self.folder).context("finding the data folder")?;
        Ok(if sandbox { root.join("sandbox") } else { root })
    }
}

/// Makes a folder that only its owner can enter, and closes an existing one to others.
pub(crate) fn private(folder: &Path) -> anyhow::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .with_context(|| format!("closing {} to other users", folder.display()))?;
    }
    Ok(())
}

/// Shortest token that is accepted from an existing file: 128 bits in base64.
const SHORTEST_TOKEN: usize = 22;

/// The bearer token in `folder/token`: the one that is there, or a fresh one of 256 random bits. Mode 0600.
pub(crate) fn token(folder: &Path) -> anyhow::Result<String> {
    let path = folder.join("token");
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let shown = || format!("the token file {}", path.display());
    let mut file = options.open(&path).with_context(shown)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)).with_context(shown)?;
    let mut text = String::new();
    file.read_to_string(&mut text).with_context(shown)?;
    let known = text.trim();
    if known.is_empty() {
        let fresh = BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>());
        file.write_all(fresh.as_bytes()).and_then(|()| file.sync_all()).with_context(shown)?;
        return Ok(fresh);
    }
    if known.len() < SHORTEST_TOKEN {
        return Err(anyhow!(
            "{} holds less than {SHORTEST_TOKEN} characters; remove it for a fresh one",
            path.display()
        ));
    }
    Ok(known.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn the_token_stays_the_same_and_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = token(folder.path()).unwrap();
        assert_eq!(token(folder.path()).unwrap(), first);
        assert_eq!(first.len(), 43, "256 bits in base64");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join("token")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_token_that_can_be_guessed_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("token"), "secret\n").unwrap();
        assert!(token(folder.path()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_is_closed_to_others_even_when_it_was_open_before() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("data");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        private(&folder).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
