//! The database file: who may see it, who may open it, how it is set up and whether it is sound.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rand::TryRngCore;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection};

use super::Options;
use super::failure::failed;
use crate::chain;
use crate::error::{Error, Result};

// job_claimed. The token stays: a write of the dead claim would be refused all the same.
const END_LEASES: &str = "update job set owner = null, lease_until = null where owner is not null";
/// The first SQLite without the WAL-reset race (<https://sqlite.org/wal.html#walresetbug>).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Pages of WAL after which a commit also checkpoints; 4 KiB each.
const CHECKPOINT_PAGES: i64 = 4_000;
/// What the WAL is cut back to after a checkpoint.
const WAL_LIMIT_BYTES: i64 = 64 * 1024 * 1024;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

// Primary key.
const GET_META: &str = "select value from meta where name = $1";
// Primary key.
const SET_META: &str =
    "insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
const HAS_META: &str = "select count(*) from sqlite_schema where type = 'table' and name = 'meta'";

/// What is fixed for the life of a file. Not `Debug`: a secret is not printed.
#[derive(Clone)]
pub(super) struct Identity {
    pub(super) secret: [u8; 32],
}

fn unavailable(what: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::Unavailable(format!("{what} {}: {error}", path.display()))
}

fn private_directory(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| unavailable("cannot create", path, &error))
}

/// Opens or creates a file that only its owner can read; SQLite gives its side files the same mode.
fn private_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|error| unavailable("cannot open", path, &error))?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|error| unavailable("cannot protect", path, &error))?;
    Ok(file)
}

/// The right to open the file: held as long as the writer lives, given back by the system if the process dies.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the right or says who has it.
    pub(super) fn take(path: &Path) -> Result<Self> {
        if let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty()) {
            private_directory(directory)?;
        }
        let lock_path = side_file(path, ".lock");
        let mut file = private_file(&lock_path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                let mut owner = String::new();
                // The number is a hint for a person; some systems do not let a locked file be read.
                let owner = match file.read_to_string(&mut owner) {
                    Ok(_) if !owner.trim().is_empty() => format!("process {}", owner.trim()),
                    _ => "another process".to_owned(),
                };
                return Err(Error::Unusable(format!(
                    "{} is open in {owner}; one Switchyard at a time",
                    path.display()
                )));
            }
            Err(fs::TryLockError::Error(error)) => return Err(unavailable("cannot lock", &lock_path, &error)),
        }
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| write!(file, "{}", std::process::id()))
            .map_err(|error| unavailable("cannot write", &lock_path, &error))?;
        Ok(Self { _file: file })
    }
}

fn side_file(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn common(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .synchronous(SqliteSynchronous::Full)
        .pragma("trusted_schema", "off")
        .pragma("cell_size_check", "on")
        .pragma("mmap_size", "0")
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-32000")
        .statement_cache_capacity(200)
        .disable_statement_logging()
}

/// Settings of a connection that only reads.
pub(super) fn reading(path: &Path) -> SqliteConnectOptions {
    common(path).read_only(true)
}

/// Opens the connection that writes and asserts that its settings took.
pub(super) async fn open_writing(path: &Path) -> Result<SqliteConnection> {
    let options = common(path)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("journal_size_limit", WAL_LIMIT_BYTES.to_string())
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES.to_string())
        // Without these macOS acknowledges a sync before the drive has it; elsewhere they mean nothing.
        .pragma("fullfsync", "on")
        .pragma("checkpoint_fullfsync", "on");
    let mut connection = options.connect().await.map_err(failed)?;
    assert_version(&mut connection).await?;
    assert_settings(&mut connection).await?;
    Ok(connection)
}

async fn assert_version(connection: &mut SqliteConnection) -> Result<()> {
    let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(connection).await.map_err(failed)?;
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    if (part(), part(), part()) < OLDEST_SQLITE {
        return Err(Error::Unusable(format!("SQLite {version} can damage a database in WAL mode; 3.51.3 is needed")));
    }
    Ok(())
}

async fn assert_settings(connection: &mut SqliteConnection) -> Result<()> {
    let mode: String = sqlx::query_scalar("pragma journal_mode").fetch_one(&mut *connection).await.map_err(failed)?;
    if mode != "wal" {
        return Err(Error::Unusable(format!("SQLite setting journal_mode is {mode}, not wal")));
    }
    let busy_timeout_ms = i64::try_from(BUSY_TIMEOUT.as_millis()).unwrap_or(i64::MAX);
    let expected: [(&'static str, i64); 8] = [
        ("pragma synchronous", 2),
        ("pragma foreign_keys", 1),
        ("pragma trusted_schema", 0),
        ("pragma cell_size_check", 1),
        ("pragma mmap_size", 0),
        ("pragma busy_timeout", busy_timeout_ms),
        ("pragma journal_size_limit", WAL_LIMIT_BYTES),
        ("pragma wal_autocheckpoint", CHECKPOINT_PAGES),
    ];
    for (question, wanted) in expected {
        // A build without memory mapping answers nothing about it.
        let found: Option<i64> = sqlx::query_scalar(question).fetch_optional(&mut *connection).await.map_err(failed)?;
        if found.is_some_and(|found| found != wanted) {
            return Err(Error::Unusable(format!("SQLite setting {question} is {found:?}, not {wanted}")));
        }
    }
    Ok(())
}

async fn meta(connection: &mut SqliteConnection, name: &'static str) -> Result<Option<String>> {
    sqlx::query_scalar(GET_META).bind(name).fetch_optional(connection).await.map_err(failed)
}

async fn set_meta(connection: &mut SqliteConnection, name: &'static str, value: &str) -> Result<()> {
    sqlx::query(SET_META).bind(name).bind(value).execute(connection).await.map_err(failed)?;
    Ok(())
}

/// Brings a new or older file to this schema and reads what is fixed for it.
///
/// # Errors
/// `Unusable` when the file is newer than this program, damaged, or no Switchyard database.
pub(super) async fn prepare(path: &Path, options: &Options) -> Result<Identity> {
    // Created before SQLite does, so that nobody else can read it even for a moment.
    drop(private_file(path)?);
    let mut connection = open_writing(path).await?;
    let existing: i64 = sqlx::query_scalar(HAS_META).fetch_one(&mut connection).await.map_err(failed)?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
    if existing == 1 {
        refuse_newer(&mut connection, known).await?;
        if meta(&mut connection, "clean_stop").await?.as_deref() == Some("0") {
            tracing::info!(path = %path.display(), "the last stop was not clean; checking the database");
            quick_check(&mut connection).await?;
        }
    }
    MIGRATIONS.run(&mut connection).await.map_err(|error| Error::Unusable(error.to_string()))?;
    let identity = identify(&mut connection, options, known).await?;
    // The lock file says that no other process uses this database, so whoever held these leases is dead.
    sqlx::query(END_LEASES).execute(&mut connection).await.map_err(failed)?;
    sqlx::Connection::close(connection).await.map_err(failed)?;
    Ok(identity)
}

async fn refuse_newer(connection: &mut SqliteConnection, known: i64) -> Result<()> {
    let stored = meta(connection, "schema_version").await?.and_then(|version| version.parse::<i64>().ok());
    match stored {
        Some(version) if version > known => Err(Error::Unusable(format!(
            "its schema is version {version}, this program knows up to {known}; use the newer Switchyard that wrote it"
        ))),
        _ => Ok(()),
    }
}

async fn quick_check(connection: &mut SqliteConnection) -> Result<()> {
    let findings: Vec<String> =
        sqlx::query_scalar("pragma quick_check(10)").fetch_all(connection).await.map_err(failed)?;
    if findings == ["ok"] { Ok(()) } else { Err(Error::Unusable(format!("it is damaged: {}", findings.join("; ")))) }
}

async fn identify(connection: &mut SqliteConnection, options: &Options, known: i64) -> Result<Identity> {
    use sqlx::Connection as _;
    let mut tx = connection.begin_with("begin immediate").await.map_err(failed)?;
    if meta(&mut tx, "secret").await?.is_none() {
        let entropy = match options.entropy {
            Some(entropy) => entropy,
            None => os_entropy()?,
        };
        let (secret, store_id) = entropy.split_at(32);
        set_meta(&mut tx, "secret", &chain::hex(secret)).await?;
        set_meta(&mut tx, "store_id", &chain::hex(store_id)).await?;
        set_meta(&mut tx, "epoch", "1").await?;
    }
    set_meta(&mut tx, "schema_version", &known.to_string()).await?;
    set_meta(&mut tx, "clean_stop", "0").await?;
    let secret = meta(&mut tx, "secret").await?;
    tx.commit().await.map_err(failed)?;
    let secret = secret.as_deref().and_then(chain::unhex);
    Ok(Identity { secret: secret.ok_or_else(|| Error::Unusable("meta.secret holds no secret".to_owned()))? })
}

fn os_entropy() -> Result<[u8; 48]> {
    let mut entropy = [0; 48];
    rand::rngs::OsRng
        .try_fill_bytes(&mut entropy)
        .map_err(|error| Error::Unavailable(format!("the system gives no randomness: {error}")))?;
    Ok(entropy)
}

/// Notes that nothing is under way any more and folds the WAL into the file.
pub(super) async fn finish(mut connection: SqliteConnection) -> Result<()> {
    set_meta(&mut connection, "clean_stop", "1").await?;
    sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut connection).await.map_err(failed)?;
    sqlx::Connection::close(connection).await.map_err(failed)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used)]

    use sqlx::Connection as _;

    use super::*;

    #[tokio::test]
    async fn levels_and_movements_from_before_the_buckets_are_taken_over() {
        let mut file = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let mut steps = MIGRATIONS.iter();
        for step in steps.by_ref().take(2) {
            sqlx::raw_sql(step.sql.clone()).execute(&mut file).await.unwrap();
        }
        let old = "insert into stock (sku, warehouse, on_hand, reserved, safety, allowance, observed_at)
                values ('S', 'w', 3, 8, 1, 6, 7);
            insert into stock_ledger (sku, warehouse, on_hand_delta, reserved_delta, cause, subject, journal_seq)
                values ('S', 'w', 3, 0, 'report', 'con', null), ('S', 'w', 0, 8, 'reserve', 'ord', 5)";
        sqlx::raw_sql(old).execute(&mut file).await.unwrap();
        for step in steps {
            sqlx::raw_sql(step.sql.clone()).execute(&mut file).await.unwrap();
        }
        let level: (i64, i64, i64, String, i64) =
            sqlx::query_as("select on_hand, reserved, safety, earmarks, allowance from stock")
                .fetch_one(&mut file)
                .await
                .unwrap();
        assert_eq!(level, (3, 8, 1, "{}".to_owned(), 6));
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("select movement, cause, subject from stock_ledger order by row")
                .fetch_all(&mut file)
                .await
                .unwrap();
        let row =
            |movement: &str, cause: &str, subject: &str| (movement.to_owned(), cause.to_owned(), subject.to_owned());
        assert_eq!(
            rows,
            [
                row(r#"{"on_hand":3,"reserved":0}"#, "counted", "con"),
                row(r#"{"on_hand":0,"reserved":8}"#, "reserved", "ord"),
            ]
        );
        let edited = sqlx::raw_sql("delete from stock_ledger").execute(&mut file).await;
        assert!(edited.is_err(), "the ledger is still append-only");
    }
}
