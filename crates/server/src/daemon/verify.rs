//! Whether what is stored can be true, of a data folder that nobody has open.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use switchyard_engine::invariant;

use super::print;
use crate::host::database;

/// Checks the data folder and prints what was found; fails when something cannot be true.
pub(super) async fn data_folder(folder: &Path) -> anyhow::Result<ExitCode> {
    let path = database(folder);
    if !path.exists() {
        bail!("there is no database at {}", path.display());
    }
    let store = switchyard_store::open(&path, switchyard_store::Options::default())
        .await
        .with_context(|| format!("opening {}", path.display()))?;
    let findings = invariant::check(&store).await?;
    store.close().await?;
    let (entries, orders, levels) = (findings.entries, findings.orders, findings.levels);
    let mut text = format!("journal entries {entries}, orders {orders}, stock levels {levels}\n");
    for breach in &findings.breaches {
        text.push_str(&format!("{:?}: {breach}\n", breach.invariant));
    }
    text.push_str(if findings.breaches.is_empty() { "everything fits\n" } else { "not everything fits\n" });
    print(&text)?;
    Ok(if findings.breaches.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
