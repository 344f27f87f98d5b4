//! What only a file can get wrong: who opens it, who reads it, whether it is sound.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};
use switchyard_store::contract::Changes;
use switchyard_store::query::Stage;
use switchyard_store::{Error, Options, open};

use crate::fixture::{entry, options, order, order_id, put, writes};

async fn by_hand(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.expect("opens")
}

async fn run(path: &Path, sql: &str) {
    let mut connection = by_hand(path).await;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("runs");
    connection.close().await.expect("closes");
}

#[tokio::test]
async fn a_second_opener_is_refused_with_the_number_of_the_first() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    let first = open(&path, options()).await.expect("opens");
    let Err(Error::Unusable(why)) = open(&path, options()).await else { panic!("two writers damage each other") };
    assert!(why.contains(&format!("process {}", std::process::id())), "{why}");
    first.close().await.expect("closed");
    let again = open(&path, options()).await.expect("free after close");
    drop((first, again));
}

#[tokio::test]
async fn everything_is_there_after_a_clean_stop() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("deep/er/store.db");
    let store = open(&path, Options::default()).await.expect("creates file and directory");
    store.commit(writes(vec![put(&order(1), Stage::Routing)])).await.expect("kept");
    let secret = store.store_secret();
    assert_ne!(secret, [0; 32]);
    store.close().await.expect("closed");
    assert!(!path.with_extension("db-wal").exists(), "a clean stop leaves one file");
    let store = open(&path, options()).await.expect("opens again");
    assert_eq!(store.store_secret(), secret, "fixed at creation; later entropy is not used");
    assert!(store.order_file(&order_id(1)).await.expect("readable").is_some());
}

#[tokio::test]
async fn the_secret_comes_from_the_entropy_given() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(&directory.path().join("store.db"), options()).await.expect("opens");
    assert_eq!(store.store_secret(), [9; 32]);
    assert!(!format!("{store:?}").contains('9'), "the secret is not printed: {store:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_file_and_directory() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("data/store.db");
    let store = open(&path, options()).await.expect("opens");
    store.commit(Changes::default()).await.expect("kept");
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().expect("a parent")), 0o700);
    for suffix in ["", "-wal", "-shm", ".lock"] {
        assert_eq!(mode(Path::new(&format!("{}{suffix}", path.display()))), 0o600, "{suffix}");
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused_in_words() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    open(&path, options()).await.expect("opens").close().await.expect("closed");
    run(&path, "update meta set value = '9' where name = 'schema_version'").await;
    let Err(Error::Unusable(why)) = open(&path, options()).await else { panic!("it must not be touched") };
    assert!(why.contains("version 9") && why.contains("newer"), "{why}");
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    std::fs::write(&path, "number,customer\n1,Smith\n".repeat(200)).expect("written");
    assert!(matches!(open(&path, options()).await, Err(Error::Unusable(_))));
}

#[tokio::test]
async fn damage_is_found_after_an_unclean_stop() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    let store = open(&path, options()).await.expect("opens");
    store.commit(writes((1..=300).map(|n| put(&order(n), Stage::Routing)).collect())).await.expect("kept");
    store.close().await.expect("closed");
    run(&path, "update meta set value = '0' where name = 'clean_stop'; pragma wal_checkpoint(truncate)").await;
    open(&path, options()).await.expect("an unclean stop alone is no damage").close().await.expect("closed");
    run(&path, "update meta set value = '0' where name = 'clean_stop'; pragma wal_checkpoint(truncate)").await;
    let mut bytes = std::fs::read(&path).expect("readable");
    // A page in the middle: content of some table or index.
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 64].fill(0xa5);
    std::fs::write(&path, bytes).expect("written");
    let refused = open(&path, options()).await;
    assert!(matches!(refused, Err(Error::Unusable(_))), "{refused:?}");
}

/// Opens a journal of nine entries, does `sql` to it by hand, and answers what `verify_journal` then says.
async fn tampered(sql: &str) -> Option<i64> {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    let store = open(&path, options()).await.expect("opens");
    let journal = (1..=9).map(|n| entry(&format!("order.step_{n}"), Some(n))).collect();
    store.commit(Changes { journal, ..Changes::default() }).await.expect("kept");
    assert_eq!(store.verify_journal().await, Ok(None), "untouched");
    store.close().await.expect("closed");
    let unlocked = "drop trigger journal_is_not_edited; drop trigger journal_is_not_deleted;";
    run(&path, &format!("{unlocked} {sql}")).await;
    let store = open(&path, options()).await.expect("opens");
    store.verify_journal().await.expect("readable")
}

#[rstest::rstest]
#[case::edited("update journal set reason = 'other' where seq = 4", Some(4))]
#[case::moved_time("update journal set at = at + 1 where seq = 9", Some(9))]
#[case::deleted("delete from journal where seq = 5", Some(5))]
#[case::first_deleted("delete from journal where seq = 1", Some(1))]
#[case::cut("delete from journal where seq > 7", Some(8))]
#[case::reordered(
    "update journal set seq = 100 where seq = 2; update journal set seq = 2 where seq = 3;
     update journal set seq = 3 where seq = 100",
    Some(2)
)]
#[case::closed_up("delete from journal where seq = 5; update journal set seq = seq - 1 where seq > 5", Some(5))]
#[case::rehashed("update journal set after = '{}', hash = lower(hex(randomblob(32))) where seq = 6", Some(6))]
#[case::emptied("delete from journal", Some(1))]
#[case::untouched("select 1", None)]
#[tokio::test]
async fn tampering_is_found_at_its_position(#[case] sql: &str, #[case] position: Option<i64>) {
    assert_eq!(tampered(sql).await, position);
}

#[tokio::test]
async fn journal_ledger_and_payloads_cannot_be_edited_by_a_plain_statement() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    let store = open(&path, options()).await.expect("opens");
    let mut changes = writes(vec![crate::fixture::report(1, "S", 5, 1)]);
    changes.journal = vec![entry("stock.reported", None)];
    store.commit(changes).await.expect("kept");
    store.close().await.expect("closed");
    let mut connection = by_hand(&path).await;
    for sql in [
        "update journal set reason = 'x'",
        "delete from journal",
        "update stock_ledger set movement = '{}'",
        "delete from stock_ledger",
        "update stock set reserved = 6",
        "update stock set reserved = -1",
    ] {
        let refused = sqlx::raw_sql(sql).execute(&mut connection).await;
        assert!(refused.is_err(), "the schema is the second wall against {sql}");
    }
}

#[tokio::test]
async fn every_sort_walks_an_index() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    open(&path, options()).await.expect("opens").close().await.expect("closed");
    let mut connection = by_hand(&path).await;
    for (key, direction) in [
        ("received_at", "desc"),
        ("placed_at", "asc"),
        ("updated_at", "desc"),
        ("total", "asc"),
        ("number", "desc"),
        ("editable_up", "asc"),
        ("editable_down", "desc"),
    ] {
        let beyond = if direction == "asc" { ">" } else { "<" };
        let sql = format!(
            "explain query plan select row, {key} from orders where ({key}, id) {beyond} (5, 'ord')
             order by {key} {direction}, id {direction} limit 50"
        );
        let steps: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut connection).await.expect("a plan");
        let plan: Vec<String> = steps.into_iter().map(|step| step.3).collect();
        assert_eq!(plan.len(), 1, "no sorting step: {plan:?}");
        assert!(plan[0].contains("SEARCH orders USING") && plan[0].contains("INDEX"), "{plan:?}");
    }
}
