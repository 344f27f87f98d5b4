use std::time::Duration;

use rstest::rstest;
use switchyard_store::Error;
use switchyard_store::contract::{Backlog, Claim, Write};

use crate::fixture::{Backend, at, claim, job, job_id, open, writes};

#[rstest]
#[tokio::test]
async fn due_jobs_are_claimed_oldest_first_and_once(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let jobs = vec![
        Write::Job(job(1, "route", "a", 30)),
        Write::Job(job(2, "route", "b", 10)),
        Write::Job(job(3, "route", "c", 20)),
        Write::Job(job(4, "route", "late", 999)),
        Write::Job(job(5, "other", "a", 5)),
    ];
    store.commit(writes(jobs)).await.expect("jobs are kept");
    let claimed = store.claim_jobs(&claim("route", 100, 2)).await.expect("a claim");
    let keys: Vec<&str> = claimed.iter().map(|job| job.key.as_str()).collect();
    assert_eq!(keys, ["b", "c"], "the two that were due first");
    let claimed = store.claim_jobs(&claim("route", 100, 10)).await.expect("a claim");
    assert_eq!(claimed.len(), 1, "b and c are leased, late is not due");
    assert_eq!(claimed[0].key, "a");
    assert_eq!(store.next_due("nothing").await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn a_second_wish_moves_a_waiting_job_to_the_earlier_time(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    store.commit(writes(vec![Write::Job(job(1, "route", "a", 50))])).await.expect("kept");
    store.commit(writes(vec![Write::Job(job(2, "route", "a", 80))])).await.expect("kept");
    assert_eq!(store.next_due("route").await, Ok(Some(at(50))), "a later wish does not postpone");
    store.commit(writes(vec![Write::Job(job(3, "route", "a", 20))])).await.expect("kept");
    assert_eq!(store.next_due("route").await, Ok(Some(at(20))));
    let claimed = store.claim_jobs(&claim("route", 60, 9)).await.expect("a claim");
    assert_eq!(claimed.len(), 1, "it is one job");
    assert_eq!(claimed[0].id, job_id(1), "the first id stays");
}

#[rstest]
#[tokio::test]
async fn a_wish_during_the_work_makes_the_job_run_again(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![Write::Job(job(1, "route", "a", 10))])).await.expect("kept");
    let first = store.claim_jobs(&claim("route", 10, 1)).await.expect("a claim").remove(0);
    store.commit(writes(vec![Write::Job(job(2, "route", "a", 12))])).await.expect("kept");
    assert!(store.claim_jobs(&claim("route", 13, 1)).await.expect("a claim").is_empty(), "it is still leased");
    store.commit(writes(vec![Write::JobDone { job: first.id.clone(), token: first.token }])).await.expect("done");
    let again = store.claim_jobs(&claim("route", 13, 1)).await.expect("a claim");
    assert_eq!(again.len(), 1, "the wake-up was not lost");
    assert_eq!(again[0].due, at(12));
    assert!(again[0].token > first.token, "the old claim is fenced off");
    store.commit(writes(vec![Write::JobDone { job: again[0].id.clone(), token: again[0].token }])).await.expect("done");
    assert_eq!(store.backlog("route", at(99)).await, Ok(Backlog::default()), "and it ran once more only");
}

#[rstest]
#[tokio::test]
async fn a_wish_during_a_failing_try_beats_the_back_off(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![Write::Job(job(1, "route", "a", 10))])).await.expect("kept");
    let first = store.claim_jobs(&claim("route", 10, 1)).await.expect("a claim").remove(0);
    store.commit(writes(vec![Write::Job(job(2, "route", "a", 12))])).await.expect("kept");
    let retry =
        Write::JobRetry { job: first.id, token: first.token, due: at(500), failed: true, error: "no".to_owned() };
    store.commit(writes(vec![retry])).await.expect("put back");
    let again = store.claim_jobs(&claim("route", 13, 1)).await.expect("a claim").remove(0);
    assert_eq!((again.tries, again.due), (1, at(12)), "as if the wish had come right after the failure");
}

#[rstest]
#[tokio::test]
async fn a_wish_during_the_last_try_revives_the_job(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![Write::Job(job(1, "route", "a", 10))])).await.expect("kept");
    let first = store.claim_jobs(&claim("route", 10, 1)).await.expect("a claim").remove(0);
    store.commit(writes(vec![Write::Job(job(2, "route", "a", 12))])).await.expect("kept");
    let dead = Write::JobDead { job: first.id, token: first.token, error: "no".to_owned() };
    store.commit(writes(vec![dead])).await.expect("given up");
    assert_eq!(store.claim_jobs(&claim("route", 13, 1)).await.expect("a claim").len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_lapsed_lease_is_taken_over_and_its_owner_fenced_off(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    store.commit(writes(vec![Write::Job(job(1, "route", "a", 10))])).await.expect("kept");
    let lost = store.claim_jobs(&claim("route", 10, 1)).await.expect("a claim").remove(0);
    assert_eq!(store.next_due("route").await, Ok(Some(at(40))), "it can be claimed when the lease runs out");
    assert!(store.claim_jobs(&claim("route", 39, 1)).await.expect("a claim").is_empty());
    let taken = store.claim_jobs(&claim("route", 40, 1)).await.expect("a claim").remove(0);
    let late = Write::JobDone { job: lost.id.clone(), token: lost.token };
    assert!(matches!(store.commit(writes(vec![late])).await, Err(Error::Conflict(_))), "the old owner comes too late");
    store.commit(writes(vec![Write::JobDone { job: taken.id, token: taken.token }])).await.expect("done");
}

#[rstest]
#[tokio::test]
async fn a_take_over_covers_wishes_that_came_before_it(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![Write::Job(job(1, "route", "a", 10))])).await.expect("kept");
    store.claim_jobs(&claim("route", 10, 1)).await.expect("a claim");
    store.commit(writes(vec![Write::Job(job(2, "route", "a", 12))])).await.expect("kept");
    let taken = store.claim_jobs(&claim("route", 50, 1)).await.expect("a claim").remove(0);
    store.commit(writes(vec![Write::JobDone { job: taken.id, token: taken.token }])).await.expect("done");
    assert_eq!(store.next_due("route").await, Ok(None), "the second claim began after the wish");
}

#[rstest]
#[tokio::test]
async fn a_finished_claim_cannot_end_twice(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![Write::Job(job(1, "route", "a", 10))])).await.expect("kept");
    let claimed = store.claim_jobs(&claim("route", 10, 1)).await.expect("a claim").remove(0);
    let retry = Write::JobRetry {
        job: claimed.id.clone(),
        token: claimed.token,
        due: at(20),
        failed: false,
        error: String::new(),
    };
    store.commit(writes(vec![retry.clone()])).await.expect("put back");
    for again in [
        retry,
        Write::JobDone { job: claimed.id.clone(), token: claimed.token },
        Write::JobDead { job: claimed.id.clone(), token: claimed.token, error: String::new() },
    ] {
        assert!(matches!(store.commit(writes(vec![again])).await, Err(Error::Conflict(_))), "the claim has ended");
    }
    let next = store.claim_jobs(&claim("route", 20, 1)).await.expect("a claim").remove(0);
    assert_eq!(next.tries, 0, "put back without having failed");
}

#[rstest]
#[tokio::test]
async fn the_backlog_counts_due_later_and_dead(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let jobs = ["a", "b", "c", "d"].iter().zip([10, 20, 30, 40]).zip(1..);
    let jobs = jobs.map(|((key, due), n)| Write::Job(job(n, "route", key, due))).collect();
    store.commit(writes(jobs)).await.expect("kept");
    let first = store.claim_jobs(&claim("route", 10, 1)).await.expect("a claim").remove(0);
    let dead = Write::JobDead { job: first.id, token: first.token, error: "refused".to_owned() };
    store.commit(writes(vec![dead])).await.expect("given up");
    let backlog = store.backlog("route", at(30)).await;
    assert_eq!(backlog, Ok(Backlog { due: 2, later: 1, dead: 1, oldest_due: Some(at(20)) }));
    store.commit(writes(vec![Write::Job(job(9, "route", "a", 5))])).await.expect("kept");
    let claimed = store.claim_jobs(&claim("route", 10, 1)).await.expect("a claim").remove(0);
    assert_eq!((claimed.id, claimed.tries), (job_id(9), 0), "a dead job starts anew when it is wanted again");
}

#[rstest]
#[tokio::test]
async fn a_claim_of_none_takes_none(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![Write::Job(job(1, "route", "a", 10))])).await.expect("kept");
    let none = Claim { lease: Duration::ZERO, limit: 0, ..claim("route", 10, 0) };
    assert_eq!(store.claim_jobs(&none).await, Ok(Vec::new()));
}

#[rstest]
#[tokio::test]
async fn a_claim_stands_although_a_set_behind_it_is_refused(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    for round in 1..=100 {
        store.commit(writes(vec![Write::Job(job(round, "route", "a", 10))])).await.expect("kept");
        let refused = Write::JobDone { job: job_id(9_999), token: 1 };
        // Sent together, so that both usually meet in one batch of the writer.
        let (filler, wanted) = (writes(vec![Write::Job(job(5_000, "filler", "f", 10))]), claim("route", 20, 1));
        let (kept, claimed, answer) =
            tokio::join!(store.commit(filler), store.claim_jobs(&wanted), store.commit(writes(vec![refused])));
        kept.expect("the filler is kept");
        assert!(matches!(answer, Err(Error::Conflict(_))), "{answer:?}");
        let claimed = claimed.expect("a claim").remove(0);
        let done = Write::JobDone { job: claimed.id, token: claimed.token };
        assert!(store.commit(writes(vec![done])).await.is_ok(), "round {round}: the claim was taken back");
    }
}
