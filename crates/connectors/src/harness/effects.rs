//! Effects: what may have happened is doubtful and can be found; what was refused has not happened; twice is once.

use super::capabilities::kind;
use super::reading::expect;
use super::stage::{Fault, Stage, broken_line, closed_door};
use super::{DEADLINE, LATE_SILENCE, Rehearsal, context, patient};
use crate::contract::{Command, Connector, Context, Done};
use crate::error::Kind;

/// Faults instead of an effect, and what the caller must think of it.
const FAULTS: [(Fault, Kind); 14] = [
    (Fault::Status(302), Kind::Doubtful),
    (Fault::Status(400), Kind::Rejected),
    (Fault::Status(401), Kind::Auth),
    (Fault::Status(403), Kind::Auth),
    (Fault::Status(404), Kind::NotFound),
    (Fault::Status(409), Kind::Rejected),
    (Fault::Status(422), Kind::Rejected),
    (Fault::Status(429), Kind::RateLimited),
    (Fault::StatusRetryAfter(429, 7), Kind::RateLimited),
    (Fault::Status(500), Kind::Doubtful),
    (Fault::Status(504), Kind::Doubtful),
    (Fault::TruncatedJson, Kind::Doubtful),
    (Fault::Html, Kind::Doubtful),
    (Fault::Silence, Kind::Doubtful),
];

/// Faults after an effect: each hides that it happened.
const LATE_FAULTS: [Fault; 4] = [Fault::Status(500), Fault::TruncatedJson, Fault::Html, Fault::Silence];

pub(super) async fn verify(rehearsal: Rehearsal) {
    for command in (rehearsal.commands)() {
        twice_is_once(rehearsal, &command).await;
        for (fault, expected) in FAULTS {
            instead(rehearsal, &command, fault, expected).await;
        }
        for fault in LATE_FAULTS {
            afterwards(rehearsal, &command, fault).await;
        }
        unconnected(rehearsal, &command).await;
    }
}

/// The context of a call that meets a fault.
fn before(fault: Fault) -> Context {
    patient(if fault == Fault::Silence { LATE_SILENCE } else { DEADLINE })
}

async fn push(connector: &dyn Connector, command: &Command) -> Done {
    let done = connector.push(&context(), command, "key").await;
    done.unwrap_or_else(|error| panic!("{}: {error}", kind(command)))
}

async fn twice_is_once(rehearsal: Rehearsal, command: &Command) {
    let what = format!("{}: {}", rehearsal.name, kind(command));
    let stage = Stage::open((rehearsal.partner)()).await;
    let connector = rehearsal.connector(&stage.base());
    let first = push(&*connector, command).await;
    assert!(!first.already, "{what}: it was not there before");
    assert!(!first.remote_id.is_empty(), "{what}: the partner's id is kept");
    assert_eq!(stage.effects(), 1, "{what}: it has happened");
    let found = connector.find(&context(), command).await.unwrap_or_else(|error| panic!("{what}: find: {error}"));
    let expected = Done { already: true, ..first };
    assert_eq!(found.as_ref(), Some(&expected), "{what}: it is found");
    assert_eq!(push(&*connector, command).await, expected, "{what}: the second time it is there already");
    assert_eq!(stage.effects(), 1, "{what}: twice is once");
}

async fn instead(rehearsal: Rehearsal, command: &Command, fault: Fault, expected: Kind) {
    let what = format!("{}: {} met {fault:?}", rehearsal.name, kind(command));
    let stage = Stage::open((rehearsal.partner)()).await;
    let connector = rehearsal.connector(&stage.base());
    stage.instead_of_effects(fault);
    let error = connector.push(&before(fault), command, "key").await.expect_err("push must fail on this stage");
    expect(&what, &error, expected, fault);
    assert_eq!(stage.effects(), 0, "{what}: nothing has happened");
    stage.behave();
    let found = connector.find(&context(), command).await.unwrap_or_else(|error| panic!("{what}: find: {error}"));
    assert_eq!(found, None, "{what}: and nothing is found");
    assert!(!push(&*connector, command).await.already, "{what}: it can be sent again");
    assert_eq!(stage.effects(), 1, "{what}: and happens then");
}

async fn afterwards(rehearsal: Rehearsal, command: &Command, fault: Fault) {
    let what = format!("{}: {} happened and then met {fault:?}", rehearsal.name, kind(command));
    let stage = Stage::open((rehearsal.partner)()).await;
    let connector = rehearsal.connector(&stage.base());
    stage.after_effects(fault);
    let error = connector.push(&before(fault), command, "key").await.expect_err("push must fail on this stage");
    expect(&what, &error, Kind::Doubtful, fault);
    assert_eq!(stage.effects(), 1, "{what}: it has happened all the same");
    stage.behave();
    let found = connector.find(&context(), command).await.unwrap_or_else(|error| panic!("{what}: find: {error}"));
    assert!(found.is_some_and(|done| done.already), "{what}: and is found");
    assert!(push(&*connector, command).await.already, "{what}: sent again it is there already");
    assert_eq!(stage.effects(), 1, "{what}: and has happened once");
}

async fn unconnected(rehearsal: Rehearsal, command: &Command) {
    let what = format!("{}: {} without a connection", rehearsal.name, kind(command));
    let connector = rehearsal.connector(&closed_door().await);
    let error = connector.push(&context(), command, "key").await.expect_err("nobody listens");
    expect(&what, &error, Kind::Unreachable, Fault::Html);
    // A connector that reads before it writes has sent nothing yet when the line breaks.
    let connector = rehearsal.connector(&broken_line().await);
    let error = connector.push(&context(), command, "key").await.expect_err("the line breaks");
    assert!(matches!(error.kind, Kind::Doubtful | Kind::Unreachable), "{what}: {error:?}");
}
