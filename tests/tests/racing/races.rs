//! The races.

use std::ops::Range;
use std::time::Instant;

use crate::judge::{Tally, judge};
use crate::scene::Scene;
use crate::track::{Finish, Track};
use crate::turnstile::{Blind, Event};

/// Races in memory, unless `SWITCHYARD_RACES` says how many.
const RACES: u64 = 4_000;
/// Of so many races in memory, one more is run on SQLite.
const ONE_ON_DISK_IN: u64 = 250;
/// Races on SQLite in the short form.
const RACES_ON_DISK: u64 = 12;
/// Races within which a planted defect must show.
const PLANTED: u64 = 400;

fn races() -> Option<u64> {
    std::env::var("SWITCHYARD_RACES").ok().map(|races| races.parse().expect("SWITCHYARD_RACES is a number"))
}

/// A runtime whose time stands still unless a race moves it, and which does not interrupt who has the turn.
fn alone<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(tokio::task::unconstrained(work))
}

/// Runs races one after the other; the first that ends as it must not, and why.
async fn run(seeds: Range<u64>, blind: Blind) -> Result<Tally, (u64, String)> {
    let track = Track::new().await;
    let mut tally = Tally::default();
    for seed in seeds {
        let finish = track.run(&Scene::of(seed), blind).await;
        tally.add(&judge(&finish).map_err(|why| (seed, why))?);
    }
    Ok(tally)
}

fn tell(finish: &Finish) {
    println!("{:#?}", finish.scene);
    for (at, event) in finish.events.iter().enumerate() {
        match event {
            Event::Kept(changes) => {
                let kinds: Vec<&str> = changes.journal.iter().map(|entry| entry.kind.as_str()).collect();
                let key = changes.command.as_ref().map_or("", |command| command.key.as_str());
                println!("{at}: kept {kinds:?} {key} {:#?}", changes.writes);
            }
            other => println!("{at}: {other:?}"),
        }
    }
    println!("{:#?}", finish.told);
}

#[test]
fn exactly_one_of_wish_and_release_wins_and_what_arrives_is_the_winning_revision() {
    if let Ok(seed) = std::env::var("SWITCHYARD_RACE") {
        let seed = seed.parse().expect("SWITCHYARD_RACE is a number");
        alone(async {
            let finish = Track::new().await.run(&Scene::of(seed), Blind::default()).await;
            tell(&finish);
            println!("race {seed}: {:#?}", judge(&finish));
        });
        return;
    }
    let all = races().unwrap_or(RACES);
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64).min(all);
    let begun = Instant::now();
    let results: Vec<_> = std::thread::scope(|scope| {
        let share = |thread| all * thread / threads..all * (thread + 1) / threads;
        let running: Vec<_> =
            (0..threads).map(|thread| scope.spawn(move || alone(run(share(thread), Blind::default())))).collect();
        running.into_iter().map(|thread| thread.join().expect("no race panics")).collect()
    });
    let mut tally = Tally::default();
    for result in results {
        match result {
            Ok(share) => tally.add(&share),
            Err((seed, why)) => panic!("race {seed} ended as it must not: {why}"),
        }
    }
    println!("{all} races on {threads} threads in {:.1} s: {tally:#?}", begun.elapsed().as_secs_f64());
    assert_eq!(tally.races, all);
    // A race that nobody ever wins, or loses, proves nothing.
    let often = all / 100;
    for (what, times) in [
        ("granted", tally.granted),
        ("pulled back", tally.pulled_back),
        ("turned into a request", tally.requested),
        ("told of a newer revision", tally.stale),
        ("told that it is too late", tally.too_late),
        ("delivered twice and carried out once", tally.repeated),
        ("refused by the store", tally.refused_commits),
        ("held at the end", tally.ended_held),
        ("cancelled at the end", tally.ended_cancelled),
        ("arrived", tally.arrived),
    ] {
        assert!(times >= often, "{what}: {times} times in {all} races");
    }
}

/// What the judge finds in races on a store that overlooks expectations.
fn found_out(blind: Blind) -> Vec<String> {
    alone(async {
        let track = Track::new().await;
        let mut found = Vec::new();
        for seed in 0..PLANTED {
            if let Err(why) = judge(&track.run(&Scene::of(seed), blind).await) {
                found.push(format!("race {seed}: {why}"));
            }
        }
        println!("{} of {PLANTED} races: {}", found.len(), found.first().map_or("", String::as_str));
        found
    })
}

/// The judge must be able to find something, and not only in the books: without the order's revision a wish that was
/// granted is lost, and the warehouse gets what nobody wants any more.
#[test]
fn a_store_that_overlooks_the_revision_of_the_order_is_found_out() {
    let found = found_out(Blind { order: true, parts: false });
    for symptom in ["leaves although it is held", "leaves to ", "the order goes to ", "the order is held by "] {
        assert!(found.iter().any(|why| why.contains(symptom)), "nobody saw: {symptom}");
    }
}

/// And without any revision, what has left is granted away.
#[test]
fn a_store_that_overlooks_every_revision_is_found_out() {
    let found = found_out(Blind { order: true, parts: true });
    for symptom in ["leaves although it was cancelled", "was granted at once for ", "leaves to "] {
        assert!(found.iter().any(|why| why.contains(symptom)), "nobody saw: {symptom}");
    }
}

/// Whoever changes a part rewrites its order as well, so the order's revision alone decides every race.
#[test]
fn the_revision_of_the_order_alone_is_enough() {
    let blind = Blind { order: false, parts: true };
    if let Err((seed, why)) = alone(run(0..PLANTED, blind)) {
        panic!("race {seed} was decided by the revision of a part: {why}");
    }
}

/// The same race twice is the same race, or a seed would be worth nothing.
#[test]
fn a_seed_decides_its_race() {
    alone(async {
        let track = Track::new().await;
        for seed in 0..50 {
            let first = track.run(&Scene::of(seed), Blind::default()).await;
            let again = track.run(&Scene::of(seed), Blind::default()).await;
            assert_eq!(format!("{:?}", first.events), format!("{:?}", again.events), "race {seed}");
        }
    });
}

/// The same on the real store, with real threads: here the machine decides who is first.
#[test]
fn on_sqlite_between_threads_exactly_one_wins_too() {
    let all = races().map_or(RACES_ON_DISK, |races| (races / ONE_ON_DISK_IN).max(1));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let begun = Instant::now();
    let tally = runtime.block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let track = Track::new().await;
        let mut tally = Tally::default();
        for seed in 0..all {
            let finish = track.run_on_threads(&Scene::of(seed), dir.path()).await;
            match judge(&finish) {
                Ok(one) => tally.add(&one),
                Err(why) => {
                    tell(&finish);
                    panic!("race {seed} on SQLite ended as it must not: {why}");
                }
            }
        }
        tally
    });
    println!("{all} races on SQLite in {:.1} s: {tally:#?}", begun.elapsed().as_secs_f64());
    assert_eq!(tally.races, all);
    let (early, late) = (tally.granted, tally.too_late + tally.requested);
    assert!(all < 100 || (early > 0 && late > 0), "one side always won: {early} early, {late} late");
}
