//! Where the desktop keeps what it must not lose, readable by its user alone.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use crate::Arguments;

/// The data folder and what lies in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFolder {
    root: PathBuf,
}

impl DataFolder {
    /// The folder these arguments ask for: the given one, or the platform's convention (Linux `~/.local/share`,
    /// macOS `~/Library/Application Support`, Windows `%APPDATA%`). The sandbox has its own below it, so that simulated
    /// orders never meet real ones.
    ///
    /// # Errors
    /// When no folder was given and the platform names none.
    pub fn locate(arguments: &Arguments) -> anyhow::Result<Self> {
        let root = match &arguments.data {
            Some(folder) => std::path::absolute(folder).context("finding the data folder")?,
            None => dirs::data_dir()
                .ok_or_else(|| anyhow!("the platform names no data folder; give one with --data"))?
                .join("switchyard"),
        };
        Ok(Self { root: if arguments.sandbox { root.join("sandbox") } else { root } })
    }

    /// Makes the folder and its log folder, and closes both to everybody else (0700).
    ///
    /// # Errors
    /// When the folder cannot be made or is not ours to close.
    pub fn prepare(&self) -> anyhow::Result<()> {
        for folder in [self.root.clone(), self.logs()] {
            std::fs::create_dir_all(&folder).with_context(|| format!("making the folder {}", folder.display()))?;
            close_to_others(&folder).with_context(|| format!("closing {} to other users", folder.display()))?;
        }
        Ok(())
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Daily log files and `panic.log`.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// What the sandbox's simulated shops and warehouses keep; the daemon uses the same.
    #[must_use]
    pub fn partners(&self) -> PathBuf {
        self.root.join("partners")
    }

    /// The webview's own storage.
    #[must_use]
    pub fn webview(&self) -> PathBuf {
        self.root.join("webview")
    }

    /// Exists once a window stayed blank with accelerated drawing.
    #[must_use]
    pub fn blank_marker(&self) -> PathBuf {
        self.root.join("draw-in-software")
    }
}

/// Files made from now on are for this user alone (0600, folders 0700), also those of libraries.
pub fn close_new_files_to_others() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

#[cfg(unix)]
fn close_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

/// Folders below a Windows profile are closed to others already.
#[cfg(not(unix))]
fn close_to_others(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn at(data: &Path, sandbox: bool) -> DataFolder {
        DataFolder::locate(&Arguments { data: Some(data.to_owned()), sandbox }).unwrap()
    }

    #[test]
    fn sandbox_has_a_folder_of_its_own() {
        let base = Path::new("/base");
        assert_eq!(at(base, false).root(), base);
        assert_eq!(at(base, true).root(), base.join("sandbox"));
    }

    #[cfg(unix)]
    #[test]
    fn folders_are_closed_to_others_even_when_they_were_open_before() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().unwrap();
        let root = base.path().join("data");
        std::fs::create_dir(&root).unwrap();
        std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o755)).unwrap();
        let folder = at(&root, false);
        folder.prepare().unwrap();
        for path in [folder.root().to_owned(), folder.logs()] {
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700, "{}", path.display());
        }
    }
}
