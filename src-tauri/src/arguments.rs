//! What the desktop can be started with.

use std::path::PathBuf;

use clap::Parser;

/// Switchyard's console in a window of its own, with the engine inside.
#[derive(Debug, Clone, Parser)]
#[command(name = "switchyard", version)]
pub struct Arguments {
    /// Folder for the database, logs and window storage. Default: your data folder, by the platform's convention.
    #[arg(long, env = "SWITCHYARD_DATA_DIR", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// Work with simulated shops and warehouses, in a data folder of their own.
    #[arg(long)]
    pub sandbox: bool,
}
