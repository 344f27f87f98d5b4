//! Runs one race: real engine code for the release and for the wishers, taking turns at the store.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use switchyard_core::edit::Edit;
use switchyard_core::hold::HoldReason;
use switchyard_core::id::HoldId;
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::role::{Holder, Role};
use switchyard_core::stock::StockLevel;
use switchyard_engine::clock::Clock;
use switchyard_engine::handle::{EditError, EditRequest, Edited};
use switchyard_engine::status::Timing;
use switchyard_engine::vault::FileVault;
use switchyard_engine::{Engine, Options};
use switchyard_store::Model;
use switchyard_store::contract::{Changes, OrderFile, Store};

use crate::clock::{RECEIVED, RaceClock};
use crate::scene::{self, Scene, Wish, Wisher, World, address};
use crate::turnstile::{Blind, Event, Turnstile};
use crate::warehouse::{Held, RecordingWarehouse};

/// Everything that may happen to an order between its wish and its arrival; the pollers stay out of it.
pub(crate) const KINDS: [&str; 7] =
    ["validate", "route", "edit_window", "release", "hand_over", "confirm", "change_request"];
/// A race that has not come to rest by then never does.
const MOST_STEPS: u32 = 2_000;
/// Looks after which nobody is taken to come to the store any more.
const QUIET: u32 = 20_000;

/// What somebody wished and what they were told.
#[derive(Debug)]
pub(crate) struct Told {
    /// The wish.
    pub(crate) request: EditRequest,
    /// What they were told.
    pub(crate) answer: Result<Edited, EditError>,
    /// How much had happened when they asked.
    pub(crate) asked: usize,
    /// And when they were answered.
    pub(crate) answered: usize,
}

/// Everything about a race that is over.
#[derive(Debug)]
pub(crate) struct Finish {
    pub(crate) scene: Scene,
    pub(crate) events: Vec<Event>,
    pub(crate) told: Vec<Told>,
    pub(crate) file: OrderFile,
    pub(crate) levels: Vec<StockLevel>,
    pub(crate) wrong_levels: Vec<StockLevel>,
    /// What the warehouses have.
    pub(crate) held: std::collections::BTreeMap<String, Held>,
    /// Kinds of work that are left, although nothing should be.
    pub(crate) unfinished: Vec<String>,
    /// Change sets refused because somebody was first.
    pub(crate) refused: u64,
    /// Position of the first journal entry that is not what was recorded.
    pub(crate) broken_journal: Option<i64>,
}

/// One engine at rest behind a turnstile, for many races.
#[derive(Debug)]
pub(crate) struct Track {
    engine: Engine,
    gate: Arc<Turnstile>,
    clock: Arc<RaceClock>,
    _dir: tempfile::TempDir,
}

type Runner = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Track {
    pub(crate) async fn new() -> Arc<Self> {
        let dir = tempfile::tempdir().expect("a directory");
        let clock = Arc::new(RaceClock::new());
        let gate = Turnstile::new(Model::new(), Arc::clone(&clock));
        let engine = Engine::at_rest(Options {
            store: Arc::clone(&gate) as Arc<dyn Store>,
            vault: Arc::new(FileVault::new(dir.path())),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            timing: Timing::default(),
        })
        .await
        .expect("an engine at rest");
        Arc::new(Self { engine, gate, clock, _dir: dir })
    }

    /// A race on the store in memory, its interleaving decided by the seed alone. The runtime's time must be paused.
    pub(crate) async fn run(self: &Arc<Self>, scene: &Scene, blind: Blind) -> Finish {
        let (race, runners) = self.prepare(scene, Model::new(), blind, false).await;
        interleave(&self.gate, scene, runners).await;
        self.finish(race).await
    }

    /// A race on the real store in `dir`, between the threads of the runtime.
    pub(crate) async fn run_on_threads(self: &Arc<Self>, scene: &Scene, dir: &Path) -> Finish {
        let file = dir.join(format!("{}.db", scene.seed));
        let store = switchyard_store::open(&file, switchyard_store::Options::default()).await.expect("the store opens");
        let (race, runners) = self.prepare(scene, Arc::clone(&store), Blind::default(), true).await;
        let running: Vec<_> = runners.into_iter().map(tokio::spawn).collect();
        for runner in running {
            runner.await.expect("no runner panics");
        }
        let finish = self.finish(race).await;
        store.close().await.expect("the store closes");
        finish
    }

    /// Brings an order to the last moment of its edit window, and everybody to their marks.
    async fn prepare(
        self: &Arc<Self>,
        scene: &Scene,
        store: Arc<dyn Store>,
        blind: Blind,
        threads: bool,
    ) -> (Arc<Race>, Vec<Runner>) {
        self.clock.begin(scene.seed);
        let (world, writes) = scene::build(scene, &self.clock);
        store.commit(Changes { writes, ..Changes::default() }).await.expect("a world");
        self.gate.begin(store, blind);
        let warehouse = RecordingWarehouse::new(Arc::clone(&self.gate), &scene.mishaps, scene.agrees);
        for system in &world.systems {
            self.engine.use_connector(system, Arc::clone(&warehouse) as _);
        }
        let race = Arc::new(Race {
            track: Arc::clone(self),
            scene: scene.clone(),
            world,
            warehouse,
            told: Mutex::default(),
            threads,
            wishing: AtomicUsize::new(0),
            steps: AtomicU32::new(0),
        });
        for kind in ["validate", "route"] {
            assert!(self.engine.run_one(kind).await.expect("the store works"), "the order waits for {kind}");
        }
        if scene.held {
            let hold = Wisher {
                wish: Wish::Hold { part: false, lifts_after: None, keeps_stock: true },
                after: 0,
                again: 0,
                twice: false,
            };
            race.wish(hold, "before", &Mutex::default()).await;
        }
        let file = race.file().await;
        assert_eq!(file.order.state, OrderState::Planned, "seed {}: the race begins with a plan", scene.seed);
        let closes = RECEIVED + scene.window;
        let early = Duration::from_millis(scene.early.unsigned_abs());
        self.clock.wait_until(RECEIVED + if scene.early < 0 { scene.window + early } else { scene.window - early });
        assert!(file.fulfillments.iter().all(|part| part.release_at == Some(closes)));
        race.mark_beginning();
        let mut runners: Vec<Runner> = Vec::new();
        let mut random = ChaCha8Rng::seed_from_u64(scene.seed ^ 0x00d0_0b1e);
        for (number, wisher) in scene.wishers.iter().copied().enumerate() {
            let request: Arc<Mutex<Option<EditRequest>>> = Arc::default();
            race.wishing.fetch_add(1 + usize::from(wisher.twice), Ordering::SeqCst);
            if wisher.twice {
                let (race, request) = (Arc::clone(&race), Arc::clone(&request));
                runners.push(Box::pin(async move { race.deliver_again(wisher.after, &request).await }));
            }
            let race = Arc::clone(&race);
            runners.push(Box::pin(async move { race.wisher(number, wisher, &request).await }));
        }
        for _ in 0..scene.workers {
            let (race, random) = (Arc::clone(&race), ChaCha8Rng::seed_from_u64(random.random()));
            runners.push(Box::pin(async move { race.work(random).await }));
        }
        (race, runners)
    }

    /// Does all that is left to do, however late it is due, and takes everything down.
    async fn finish(&self, race: Arc<Race>) -> Finish {
        let mut unfinished = Vec::new();
        let store = self.gate.store();
        for step in 0.. {
            let due = race.due().await;
            if let Some(kind) = due.first() {
                self.engine.run_one(kind).await.expect("the store works");
            } else {
                let mut next = None;
                for kind in KINDS {
                    let then = store.next_due(kind).await.expect("the store works");
                    next = [next, then].into_iter().flatten().min();
                }
                let Some(next) = next else { break };
                self.clock.wait_until(next);
            }
            if step > MOST_STEPS {
                unfinished.push(format!("work without end: {due:?}"));
                break;
            }
        }
        for kind in KINDS {
            let backlog = store.backlog(kind, self.clock.now()).await.expect("the store works");
            if backlog.dead + backlog.due + backlog.later > 0 {
                unfinished.push(format!("{kind}: {backlog:?}"));
            }
        }
        let told = std::mem::take(&mut *race.told.lock().expect("no runner panicked"));
        let skus: Vec<Sku> = ["A", "B", "C", "S"].into_iter().map(Sku::new).collect();
        Finish {
            scene: race.scene.clone(),
            events: self.gate.take_record(),
            told,
            file: race.file().await,
            levels: store.stock_of(&skus).await.expect("the store works"),
            wrong_levels: store.verify_stock().await.expect("the store works"),
            held: race.warehouse.held(),
            unfinished,
            refused: self.gate.refused(),
            broken_journal: store.verify_journal().await.expect("the store works"),
        }
    }
}

/// A race that runs.
struct Race {
    track: Arc<Track>,
    scene: Scene,
    world: World,
    warehouse: Arc<RecordingWarehouse>,
    told: Mutex<Vec<Told>>,
    /// Whether threads race, and not the seed.
    threads: bool,
    /// Wishers that have not been answered.
    wishing: AtomicUsize,
    /// Steps of all workers together.
    steps: AtomicU32,
}

impl Race {
    fn mark_beginning(&self) {
        self.track.gate.note(Event::Begins);
    }

    /// The order as it is, without taking a turn.
    async fn file(&self) -> OrderFile {
        let file = self.track.gate.store().order_file(&self.world.order).await;
        file.expect("the store works").expect("the order is there")
    }

    /// Kinds of work that are due, without taking a turn.
    async fn due(&self) -> Vec<&'static str> {
        let (store, now) = (self.track.gate.store(), self.track.clock.now());
        let mut due = Vec::new();
        for kind in KINDS {
            if store.next_due(kind).await.expect("the store works").is_some_and(|then| then <= now) {
                due.push(kind);
            }
        }
        due
    }

    /// A worker: does whatever is due, until all wishers have been answered and nothing is.
    async fn work(&self, mut random: ChaCha8Rng) {
        loop {
            let step = self.steps.fetch_add(1, Ordering::SeqCst);
            if Some(step) == self.scene.sleeps_at {
                self.track.clock.pass(Duration::from_secs(60));
            }
            let due = self.due().await;
            if step > MOST_STEPS {
                return;
            }
            if due.is_empty() {
                if self.wishing.load(Ordering::SeqCst) == 0 {
                    return;
                }
                self.track.gate.turn().await;
            } else {
                let kind = due[random.random_range(0..due.len())];
                self.track.engine.run_one(kind).await.expect("the store works");
            }
        }
    }

    /// Somebody who looks at the order, wishes, and wishes again when the order has changed meanwhile.
    async fn wisher(&self, number: usize, wisher: Wisher, slot: &Mutex<Option<EditRequest>>) {
        self.wait(wisher.after).await;
        for turn in 0..=wisher.again {
            let stale = self.wish(wisher, &format!("wish-{number}-{turn}"), slot).await;
            if !stale {
                break;
            }
        }
        self.wishing.fetch_sub(1, Ordering::SeqCst);
    }

    /// Waits for turns of its own; between threads, where a turn takes no time, until others have been at the store as
    /// often, or nobody comes any more.
    async fn wait(&self, after: u32) {
        if !self.threads {
            for _ in 0..after {
                self.track.gate.turn().await;
            }
            return;
        }
        let (mut seen, mut quiet) = (0, 0);
        while seen < after && quiet < QUIET {
            tokio::task::yield_now().await;
            let now = self.track.gate.operations();
            quiet = if now == seen { quiet + 1 } else { 0 };
            seen = now;
        }
    }

    /// Looks and wishes once; says whether the order had changed in between.
    async fn wish(&self, wisher: Wisher, key: &str, slot: &Mutex<Option<EditRequest>>) -> bool {
        let handle = self.track.engine.handle();
        let file = handle.store().order_file(&self.world.order).await.expect("the store works").expect("the order");
        let Some(edit) = self.edit(wisher.wish, &file, key) else { return false };
        let request = EditRequest {
            order: self.world.order.clone(),
            revision: file.order.revision,
            edits: vec![edit],
            actor: Actor::person("mara"),
            holder: Holder::of(&[Role::BackOfficeAgent, Role::BackOfficeLead]),
            reason: key.to_owned(),
            key: Some(key.to_owned()),
        };
        *slot.lock().expect("nobody panicked") = Some(request.clone());
        self.ask(request).await
    }

    async fn ask(&self, request: EditRequest) -> bool {
        let asked = self.track.gate.events();
        let answer = self.track.engine.handle().edit(request.clone()).await;
        let answered = self.track.gate.events();
        let stale = matches!(answer, Err(EditError::Stale { .. }));
        self.told.lock().expect("nobody panicked").push(Told { request, answer, asked, answered });
        stale
    }

    /// The same request again, as an impatient client sends it: any time after the first.
    async fn deliver_again(&self, after: u32, slot: &Mutex<Option<EditRequest>>) {
        if self.threads {
            self.wait(after).await;
        }
        for _ in 0..MOST_STEPS {
            self.track.gate.turn().await;
            let first = slot.lock().expect("nobody panicked").clone();
            if let Some(mut request) = first {
                for edit in &mut request.edits {
                    let Edit::Hold { id, .. } = edit else { continue };
                    *id = self.hold_id();
                }
                self.ask(request).await;
                break;
            }
            // Whoever had nothing to wish for never fills the slot.
            if self.wishing.load(Ordering::SeqCst) <= 1 {
                break;
            }
        }
        self.wishing.fetch_sub(1, Ordering::SeqCst);
    }

    fn hold_id(&self) -> HoldId {
        HoldId::new(self.track.clock.now(), self.track.clock.random_id())
    }

    /// The wish in terms of the order as they saw it; `None` when it makes no sense there.
    fn edit(&self, wish: Wish, file: &OrderFile, key: &str) -> Option<Edit> {
        Some(match wish {
            Wish::Address => Edit::Address { ship_to: address(&format!("2 Street of {key}")) },
            Wish::Quantity { line, percent } => {
                let line = &file.order.lines[line];
                let quantity: Quantity = line.wanted() * percent / 100;
                Edit::Quantity { line: line.id.clone(), quantity }
            }
            Wish::Hold { part, lifts_after, keeps_stock } => Edit::Hold {
                id: self.hold_id(),
                reason: HoldReason::Customer,
                note: key.to_owned(),
                expires_at: lifts_after.map(|while_| self.track.clock.now() + Duration::from_millis(while_)),
                fulfillment: file.fulfillments.first().filter(|_| part).map(|part| part.id.clone()),
                keeps_stock,
            },
            Wish::Cancel => Edit::Cancel,
            Wish::Lift => Edit::LiftHold { hold: file.order.holds.first()?.id.clone() },
            Wish::ReleaseNow => Edit::ReleaseNow,
        })
    }
}

/// Gives every turn to one of the runners, as the seed says, until all are through. Alone in its runtime, whose time is
/// paused: who sleeps, wakes when nobody else has the turn.
async fn interleave(gate: &Turnstile, scene: &Scene, mut runners: Vec<Runner>) {
    let mut random = ChaCha8Rng::seed_from_u64(scene.seed ^ 0x0007_10e5);
    let mut turn = 0;
    while !runners.is_empty() {
        if turn >= runners.len() || random.random_range(0..10) >= scene.stubborn {
            turn = random.random_range(0..runners.len());
        }
        let runner = &mut runners[turn];
        let through = std::future::poll_fn(|context| Poll::Ready(runner.as_mut().poll(context).is_ready())).await;
        if through {
            drop(runners.swap_remove(turn));
        } else if !gate.somebody_waits() {
            tokio::time::advance(Duration::from_millis(1)).await;
        }
    }
}
