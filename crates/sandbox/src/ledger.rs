//! The append-only file behind an instance: lines are synced to disk in batches, and whoever waits for a line waits
//! for the sync.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use crate::error::{Error, Result};
use crate::record::Entry;

/// A batch is synced when it has grown to this many bytes even if more lines are waiting.
const BATCH_BYTES: usize = 4 << 20;

/// A position in the ledger: everything up to it is durable once [`Ledger::wait`] returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

#[derive(Debug, Clone)]
enum Progress {
    Durable(u64),
    Lost(String),
}

#[derive(Debug)]
struct Intake {
    sender: Option<Sender<Vec<u8>>>,
    queued: u64,
}

/// One instance's ledger, open for appending.
#[derive(Debug)]
pub(crate) struct Ledger {
    intake: Mutex<Intake>,
    progress: watch::Receiver<Progress>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Ledger {
    /// Opens or creates the ledger at `path`, hands every entry in it to `replay` and drops a torn last line.
    ///
    /// # Errors
    /// [`Error::Io`], or [`Error::Corrupt`] for a complete line that is no entry.
    pub(crate) fn open<E: DeserializeOwned>(path: &Path, replay: impl FnMut(Entry<E>)) -> Result<Self> {
        let whole = read(path, replay)?;
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(Error::path("open", path))?;
        // A line without its end was never answered for: the sync that precedes the answer had not finished.
        file.set_len(whole).map_err(Error::path("truncate", path))?;
        file.sync_all().map_err(Error::path("sync", path))?;
        let (sender, receiver) = channel();
        let (told, progress) = watch::channel(Progress::Durable(0));
        let writer = std::thread::Builder::new()
            .name("sandbox-ledger".into())
            .spawn(move || write(file, &receiver, &told))
            .map_err(Error::io("cannot start a ledger writer"))?;
        let intake = Mutex::new(Intake { sender: Some(sender), queued: 0 });
        Ok(Self { intake, progress, writer: Mutex::new(Some(writer)) })
    }

    /// Queues a line. Callers hold the lock of the state it describes, so that lines come in the order of the effects.
    pub(crate) fn append<E: Serialize>(&self, entry: &Entry<E>) -> Ticket {
        let line = serde_json::to_vec(entry).map(|mut line| {
            line.push(b'\n');
            line
        });
        let mut intake = self.intake.lock().unwrap_or_else(PoisonError::into_inner);
        intake.queued += 1;
        let sent = match (line, &intake.sender) {
            (Ok(line), Some(sender)) => sender.send(line).is_ok(),
            _ => false,
        };
        if !sent {
            // The writer is gone: waiting for this position can only fail, which is what the caller must learn.
            intake.sender = None;
        }
        Ticket(intake.queued)
    }

    /// The position of the last queued line: a reader that waits for it shows nothing that a crash could take back.
    pub(crate) fn position(&self) -> Ticket {
        Ticket(self.intake.lock().unwrap_or_else(PoisonError::into_inner).queued)
    }

    /// Returns once everything up to `ticket` is on disk.
    ///
    /// # Errors
    /// [`Error::LedgerLost`] when it never will be.
    pub(crate) async fn wait(&self, ticket: Ticket) -> Result<()> {
        let mut progress = self.progress.clone();
        let reached = progress
            .wait_for(|progress| match progress {
                Progress::Durable(durable) => *durable >= ticket.0,
                Progress::Lost(_) => true,
            })
            .await
            .map_err(|_| Error::LedgerLost("its writer has stopped".into()))?;
        match &*reached {
            Progress::Durable(_) => Ok(()),
            Progress::Lost(reason) => Err(Error::LedgerLost(reason.clone())),
        }
    }

    /// Writes what is queued and closes the file; later appends are lost and say so.
    pub(crate) fn close(&self) {
        self.intake.lock().unwrap_or_else(PoisonError::into_inner).sender = None;
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if writer.is_some_and(|writer| writer.join().is_err()) {
            tracing::error!("a ledger writer panicked");
        }
    }
}

fn write(mut file: File, lines: &Receiver<Vec<u8>>, told: &watch::Sender<Progress>) {
    let mut durable = 0;
    while let Ok(mut batch) = lines.recv() {
        durable += 1;
        while batch.len() < BATCH_BYTES
            && let Ok(line) = lines.try_recv()
        {
            batch.extend_from_slice(&line);
            durable += 1;
        }
        if let Err(error) = file.write_all(&batch).and_then(|()| file.sync_data()) {
            tracing::error!(%error, "a ledger cannot be written");
            told.send_replace(Progress::Lost(error.to_string()));
            return;
        }
        told.send_replace(Progress::Durable(durable));
    }
}

/// Hands every entry of the ledger at `path` to `entry` and answers the length of its complete lines in bytes.
///
/// A missing file is an empty ledger; a last line without its end is passed over.
///
/// # Errors
/// [`Error::Io`], or [`Error::Corrupt`] for a complete line that is no entry.
pub(crate) fn read<E: DeserializeOwned>(path: &Path, mut entry: impl FnMut(Entry<E>)) -> Result<u64> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(Error::path("read", path)(error)),
    };
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut whole, mut number, mut line) = (0_u64, 0_u64, Vec::new());
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line).map_err(Error::path("read", path))?;
        if length == 0 || line.last() != Some(&b'\n') {
            return Ok(whole);
        }
        number += 1;
        let read = serde_json::from_slice(&line).map_err(|error| Error::Corrupt {
            path: path.to_owned(),
            line: number,
            detail: error.to_string(),
        })?;
        entry(read);
        whole += length as u64;
    }
}

#[cfg(test)]
mod tests {
    use switchyard_core::time::Timestamp;

    use super::*;
    use crate::record::ShopEvent;

    fn cancelled(order_id: i64) -> Entry<ShopEvent> {
        let at = Timestamp::from_micros(order_id);
        Entry { at, simulated_us: order_id, event: ShopEvent::OrderCancelled { order_id } }
    }

    fn entries(path: &Path) -> Vec<Entry<ShopEvent>> {
        let mut entries = Vec::new();
        read(path, |entry| entries.push(entry)).expect("readable");
        entries
    }

    #[tokio::test]
    async fn a_line_is_on_disk_when_its_wait_is_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.jsonl");
        let ledger = Ledger::open::<ShopEvent>(&path, |_| ()).expect("opens");
        let tickets: Vec<_> = (0..100).map(|number| ledger.append(&cancelled(number))).collect();
        for ticket in tickets.iter().rev() {
            ledger.wait(*ticket).await.expect("durable");
            assert_eq!(entries(&path).len(), 100, "all of the batch is there at once");
        }
        ledger.close();
        let late = ledger.append(&cancelled(1));
        assert!(ledger.wait(late).await.is_err(), "a line after the end is not called durable");
    }

    #[tokio::test]
    async fn a_torn_last_line_is_dropped_and_a_broken_one_before_it_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.jsonl");
        let whole = serde_json::to_string(&cancelled(1)).expect("json") + "\n";
        std::fs::write(&path, format!("{whole}{{\"at\":\"2026-11")).expect("writes");
        let mut seen = Vec::new();
        let ledger = Ledger::open(&path, |entry: Entry<ShopEvent>| seen.push(entry)).expect("opens");
        assert_eq!(seen, [cancelled(1)]);
        let ticket = ledger.append(&cancelled(2));
        ledger.wait(ticket).await.expect("durable");
        ledger.close();
        assert_eq!(entries(&path), [cancelled(1), cancelled(2)]);
        std::fs::write(&path, format!("nonsense\n{whole}")).expect("writes");
        let refused = Ledger::open(&path, |_: Entry<ShopEvent>| ());
        assert!(matches!(refused, Err(Error::Corrupt { line: 1, .. })), "got {refused:?}");
    }
}
