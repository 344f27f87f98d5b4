//! Reading: every failure comes out as what can be done about it, and no item is lost between pages.

use std::collections::BTreeSet;
use std::time::Duration;

use super::capabilities::{kind, parse};
use super::stage::{Fault, Stage, broken_line, closed_door};
use super::{DEADLINE, Rehearsal, SILENCE, assert_no_secret, context, patient};
use crate::contract::{Connector, Cursor, Page, Stream};
use crate::error::{Error, Kind};

/// Faults of a read, and what the caller can do about them: never [`Kind::Doubtful`], because a read can be repeated.
const FAULTS: [(Fault, Kind); 15] = [
    (Fault::Status(302), Kind::Protocol),
    (Fault::Status(400), Kind::Rejected),
    (Fault::Status(401), Kind::Auth),
    (Fault::Status(403), Kind::Auth),
    (Fault::Status(404), Kind::NotFound),
    (Fault::Status(409), Kind::Rejected),
    (Fault::Status(422), Kind::Rejected),
    (Fault::Status(429), Kind::RateLimited),
    (Fault::StatusRetryAfter(429, 7), Kind::RateLimited),
    (Fault::Status(500), Kind::Unreachable),
    (Fault::Status(503), Kind::Unreachable),
    (Fault::StatusRetryAfter(503, 7), Kind::RateLimited),
    (Fault::TruncatedJson, Kind::Protocol),
    (Fault::Html, Kind::Protocol),
    (Fault::Silence, Kind::Unreachable),
];

pub(super) async fn verify(rehearsal: Rehearsal) {
    let stage = Stage::open((rehearsal.partner)()).await;
    let connector = rehearsal.connector(&stage.base());
    for (fault, expected) in FAULTS {
        stage.always(fault);
        let deadline = if fault == Fault::Silence { SILENCE } else { DEADLINE };
        for (verb, error) in failures(rehearsal, &*connector, deadline).await {
            expect(&format!("{}: {verb} met {fault:?}", rehearsal.name), &error, expected, fault);
        }
    }
    for base in [closed_door().await, broken_line().await] {
        let connector = rehearsal.connector(&base);
        for (verb, error) in failures(rehearsal, &*connector, DEADLINE).await {
            expect(&format!("{}: {verb} without a connection", rehearsal.name), &error, Kind::Unreachable, Fault::Html);
        }
    }
    stage.behave();
    for (stream, count) in rehearsal.items {
        pages(rehearsal, &*connector, *stream, *count).await;
    }
    assert_eq!(stage.effects(), 0, "{}: reading changes nothing", rehearsal.name);
}

/// What every reading verb fails with on the present stage.
async fn failures(rehearsal: Rehearsal, connector: &dyn Connector, deadline: Duration) -> Vec<(String, Error)> {
    let context = patient(deadline);
    let mut failures =
        vec![("check".to_owned(), connector.check(&context).await.expect_err("check must fail on this stage"))];
    for (stream, _) in rehearsal.items {
        let error = connector.pull(&context, *stream, None).await.expect_err("pull must fail on this stage");
        failures.push((format!("pull {}", stream.as_str()), error));
    }
    for command in (rehearsal.commands)() {
        let error = connector.find(&context, &command).await.expect_err("find must fail on this stage");
        failures.push((format!("find {}", kind(&command)), error));
    }
    failures
}

/// Fails unless `error` is of the expected kind, waits as long as was asked, and is silent about the secret.
pub(super) fn expect(what: &str, error: &Error, expected: Kind, fault: Fault) {
    assert_eq!(error.kind, expected, "{what}: {error}");
    let wait = match fault {
        Fault::StatusRetryAfter(_, seconds) => Some(Duration::from_secs(seconds)),
        Fault::Status(_) | Fault::TruncatedJson | Fault::Html | Fault::Silence => None,
    };
    assert_eq!(error.retry_after, wait, "{what}: the wait the partner asked for");
    assert!(!error.detail.is_empty(), "{what}: a person reads why");
    assert_no_secret(what, &format!("{error} {error:?}"));
}

async fn pages(rehearsal: Rehearsal, connector: &dyn Connector, stream: Stream, count: usize) {
    let what = format!("{}: {}", rehearsal.name, stream.as_str());
    let context = context();
    let pull = async |cursor: Option<&Cursor>| -> Page {
        let page = connector.pull(&context, stream, cursor).await;
        page.unwrap_or_else(|error| panic!("{what}: {cursor:?}: {error}"))
    };
    let mut cursor: Option<Cursor> = None;
    let mut walked = Vec::new();
    let mut seen = BTreeSet::new();
    loop {
        let page = pull(cursor.as_ref()).await;
        for item in &page.items {
            let parsed = parse(connector, stream, &item.raw);
            parsed.unwrap_or_else(|error| panic!("{what}: {} cannot be parsed: {error}", item.external_id));
            seen.insert(item.external_id.clone());
        }
        walked.push((cursor, page.clone()));
        assert!(walked.len() <= count + 1, "{what}: the walk does not end");
        cursor = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    assert_eq!(seen.len(), count, "{what}: every item comes, none is made up");
    assert!(walked.len() > 1, "{what}: the rehearsal has more than one page");
    for (cursor, page) in &walked {
        assert_eq!(&pull(cursor.as_ref()).await, page, "{what}: reading again from {cursor:?} is harmless");
    }
    let known: BTreeSet<_> = walked.iter().flat_map(|(_, page)| &page.items).map(version).collect();
    let again = pull(cursor.as_ref()).await;
    let news: Vec<_> = again.items.iter().map(version).filter(|pair| !known.contains(pair)).collect();
    assert_eq!(news, Vec::<(&str, &str)>::new(), "{what}: an unchanged partner has no new versions");
    let foreign = Cursor("not a cursor".to_owned());
    let error = connector.pull(&context, stream, Some(&foreign)).await.expect_err("a foreign cursor");
    assert_eq!(error.kind, Kind::Config, "{what}: {error}");
}

fn version(item: &crate::contract::RawItem) -> (&str, &str) {
    (&item.external_id, &item.version)
}
