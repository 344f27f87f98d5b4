//! Whether what is stored can be true: the journal's chain, every order's units.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use switchyard_core::units::account;
use switchyard_store::Store;
use switchyard_store::query::{OrderQuery, SortKey};

use super::print;
use crate::host::database;

/// Orders read at once.
const PAGE: u32 = 500;

/// What a check found.
#[derive(Debug, Default, PartialEq, Eq)]
struct Findings {
    orders: u64,
    entries: i64,
    faults: Vec<String>,
}

/// Checks the data folder and prints what was found.
pub(super) async fn data_folder(folder: &Path) -> anyhow::Result<ExitCode> {
    let path = database(folder);
    if !path.exists() {
        bail!("there is no database at {}", path.display());
    }
    let store = switchyard_store::open(&path, switchyard_store::Options::default())
        .await
        .with_context(|| format!("opening {}", path.display()))?;
    let findings = check(&store).await?;
    let mut text = format!("journal entries {}, orders {}\n", findings.entries, findings.orders);
    for fault in &findings.faults {
        text.push_str(&format!("fault: {fault}\n"));
    }
    text.push_str(if findings.faults.is_empty() { "everything fits\n" } else { "not everything fits\n" });
    print(&text)?;
    Ok(if findings.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn check(store: &Arc<dyn Store>) -> anyhow::Result<Findings> {
    let mut findings = Findings { entries: store.journal_head().await?, ..Findings::default() };
    if let Some(seq) = store.verify_journal().await? {
        findings.faults.push(format!("journal entry {seq} does not fit the chain of hashes"));
    }
    let mut after = None;
    loop {
        let query = OrderQuery { sort: SortKey::Received, after, limit: PAGE, ..OrderQuery::default() };
        let page = store.search_orders(&query).await?;
        for row in &page.rows {
            findings.orders += 1;
            let Some(file) = store.order_file(&row.id).await? else {
                findings.faults.push(format!("order {} is in the list and nowhere else", row.id));
                continue;
            };
            if let Err(imbalance) = account(&file.order, &file.fulfillments) {
                findings.faults.push(format!("order {}: {imbalance}", row.id));
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(findings);
        }
    }
}
