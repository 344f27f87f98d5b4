//! Rules, calendars and policies: documents with versions.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use switchyard_core::time::Timestamp;

use super::Sqlite;
use super::failure::failed;
use crate::chain;
use crate::contract::{Setting, Settings};
use crate::error::{Error, Result};

// Unique (kind, name, version), twice.
const ADD: &str = "insert into setting (kind, name, version, at, doc)
    select $1, $2, $3, $4, $5 where $3 = (
        select coalesce(max(version), 0) + 1 from setting where kind = $1 and name = $2)
    on conflict do nothing";
// Unique (kind, name, version): once through the kind.
const LATEST: &str = "select kind, name, max(version) as version, at, doc from setting
    where kind = $1 group by name order by name";
// Unique (kind, name, version), once per name.
const NAMED: &str = "select kind, name, max(version) as version, at, doc from setting
    where kind = $1 and name in (select value from json_each($2)) group by name order by name";
// Unique (kind, name, version), backwards.
const HISTORY: &str = "select kind, name, version, at, doc from setting
    where kind = $1 and name = $2 order by version desc limit $3";

/// Adds a version, which must be the next one.
pub(super) async fn add(tx: &mut SqliteConnection, setting: &Setting) -> Result<()> {
    let added = sqlx::query(ADD)
        .bind(setting.kind.as_str())
        .bind(setting.name.as_str())
        .bind(setting.version)
        .bind(setting.at.as_micros())
        .bind(chain::text(&setting.doc)?)
        .execute(tx)
        .await
        .map_err(failed)?
        .rows_affected();
    if added == 0 { Err(Error::Conflict(format!("{} {}", setting.kind, setting.name))) } else { Ok(()) }
}

fn setting(row: &SqliteRow) -> Result<Setting> {
    let text = |column: &str| -> Result<String> { row.try_get(column).map_err(failed) };
    Ok(Setting {
        kind: text("kind")?,
        name: text("name")?,
        version: row.try_get("version").map_err(failed)?,
        at: Timestamp::from_micros(row.try_get("at").map_err(failed)?),
        doc: chain::parse(&text("doc")?)?,
    })
}

#[async_trait]
impl Settings for Sqlite {
    async fn settings(&self, kind: &str) -> Result<Vec<Setting>> {
        let rows = sqlx::query(LATEST).bind(kind).fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(setting).collect()
    }

    async fn settings_named(&self, kind: &str, names: &[&str]) -> Result<Vec<Setting>> {
        let named = sqlx::query(NAMED).bind(kind).bind(chain::text(names)?);
        let rows = named.fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(setting).collect()
    }

    async fn setting_versions(&self, kind: &str, name: &str, limit: u32) -> Result<Vec<Setting>> {
        let versions = sqlx::query(HISTORY).bind(kind).bind(name).bind(limit);
        let rows = versions.fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(setting).collect()
    }
}
