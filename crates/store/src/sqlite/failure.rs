//! SQLite's result codes as failures the caller can act on.

use sqlx::sqlite::SqliteRow;

use crate::error::{Error, Result};

/// Result codes, <https://sqlite.org/rescode.html>.
mod code {
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const NOMEM: i32 = 7;
    pub(super) const READONLY: i32 = 8;
    pub(super) const IOERR: i32 = 10;
    pub(super) const CORRUPT: i32 = 11;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANTOPEN: i32 = 14;
    pub(super) const NOTADB: i32 = 26;
    pub(super) const CONSTRAINT_FOREIGNKEY: i32 = 787;
    pub(super) const CONSTRAINT_PRIMARYKEY: i32 = 1555;
    pub(super) const CONSTRAINT_UNIQUE: i32 = 2067;
}

/// What a failed statement means.
pub(super) fn failed(error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::Database(error) => {
            let result_code = error.code().and_then(|code| code.parse::<i32>().ok()).unwrap_or(0);
            of_code(result_code, error.message())
        }
        sqlx::Error::Io(error) => Error::Unavailable(error.to_string()),
        sqlx::Error::PoolTimedOut => Error::Unavailable("no read connection became free".to_owned()),
        sqlx::Error::PoolClosed => Error::Unavailable("the store was closed".to_owned()),
        sqlx::Error::WorkerCrashed => Error::Unavailable("the database thread stopped".to_owned()),
        other => Error::Backend(other.to_string()),
    }
}

fn of_code(result_code: i32, message: &str) -> Error {
    match result_code {
        code::CONSTRAINT_UNIQUE | code::CONSTRAINT_PRIMARYKEY => Error::Conflict(message.to_owned()),
        code::CONSTRAINT_FOREIGNKEY => Error::Conflict("a row that does not exist".to_owned()),
        extended => match extended & 0xff {
            code::FULL | code::IOERR | code::READONLY | code::CANTOPEN | code::BUSY | code::LOCKED | code::NOMEM => {
                Error::Unavailable(message.to_owned())
            }
            code::CORRUPT | code::NOTADB => Error::Unusable(message.to_owned()),
            _ => Error::Backend(format!("{message} (SQLite result code {extended})")),
        },
    }
}

/// Whether a conditional write found what it expected, told by its answering a row.
///
/// # Errors
/// `Conflict` naming the record when it did not.
pub(super) fn expect_row(answer: sqlx::Result<Vec<SqliteRow>>, what: &str, id: &str) -> Result<()> {
    match answer.map_err(failed) {
        Ok(rows) if rows.is_empty() => Err(Error::Conflict(format!("{what} {id}"))),
        Ok(_) => Ok(()),
        Err(Error::Conflict(why)) => Err(Error::Conflict(format!("{what} {id}: {why}"))),
        Err(other) => Err(other),
    }
}

/// True when the set alone was refused and the transaction around it is sound.
pub(super) const fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Conflict(_) | Error::Stock { .. } | Error::Backend(_))
}
