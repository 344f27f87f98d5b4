//! Minimum-cost flow with lexicographic costs, by successive shortest paths.
//!
//! Costs are tuples compared from the left. Tuples under that order add and compare like numbers do, so the textbook
//! algorithm holds as it is, and every flow it finds is whole.

use std::collections::VecDeque;

/// Levels a flow's cost has.
pub(super) const PARTS: usize = 4;

/// What one unit costs, most important part first.
pub(super) type Cost = [i64; PARTS];

const UNREACHED: Cost = [i64::MAX; PARTS];

/// A network under construction, then with flow in it.
#[derive(Debug)]
pub(super) struct Network {
    /// First arc of each place, then linked by `next`.
    first: Vec<usize>,
    arcs: Vec<Arc>,
    distance: Vec<Cost>,
    arrival: Vec<usize>,
    waiting: Vec<bool>,
    /// Places with a distance.
    seen: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Arc {
    to: usize,
    room: u64,
    cost: Cost,
    next: usize,
}

const NONE: usize = usize::MAX;

impl Network {
    /// An empty network of so many places.
    pub(super) fn new(places: usize, arcs: usize) -> Self {
        Self {
            first: vec![NONE; places],
            arcs: Vec::with_capacity(arcs * 2),
            distance: vec![UNREACHED; places],
            arrival: vec![NONE; places],
            waiting: vec![false; places],
            seen: Vec::new(),
        }
    }

    /// Connects two places; the answer names the arc.
    pub(super) fn connect(&mut self, from: usize, to: usize, room: u64, cost: Cost) -> usize {
        let arc = self.arcs.len();
        let back = cost.map(|part| -part);
        self.arcs.push(Arc { to, room, cost, next: self.first[from] });
        self.first[from] = arc;
        self.arcs.push(Arc { to: from, room: 0, cost: back, next: self.first[to] });
        self.first[to] = arc + 1;
        arc
    }

    /// Units that flow through an arc.
    pub(super) fn through(&self, arc: usize) -> u64 {
        self.arcs[arc + 1].room
    }

    /// Sends units from a place to the sink at least cost, given everything sent before. The caller has made sure that
    /// there is always a way.
    pub(super) fn send(&mut self, source: usize, sink: usize, mut units: u64) {
        while units > 0 {
            self.shortest_paths(source, sink);
            let mut room = units;
            let mut place = sink;
            while place != source {
                let arc = self.arrival[place];
                if arc == NONE {
                    return;
                }
                room = room.min(self.arcs[arc].room);
                place = self.arcs[arc ^ 1].to;
            }
            place = sink;
            while place != source {
                let arc = self.arrival[place];
                self.arcs[arc].room -= room;
                self.arcs[arc ^ 1].room += room;
                place = self.arcs[arc ^ 1].to;
            }
            units -= room;
        }
    }

    /// Bellman-Ford with a queue: back arcs have negative costs. Nothing leads on from the sink: a way through it would
    /// be a circle, and no circle saves anything while the flow is optimal.
    fn shortest_paths(&mut self, source: usize, sink: usize) {
        for place in self.seen.drain(..) {
            self.distance[place] = UNREACHED;
            self.arrival[place] = NONE;
        }
        self.distance[source] = [0; PARTS];
        self.seen.push(source);
        let mut queue = VecDeque::from([source]);
        while let Some(place) = queue.pop_front() {
            self.waiting[place] = false;
            let here = self.distance[place];
            let mut arc = self.first[place];
            while arc != NONE {
                let Arc { to, room, cost, next } = self.arcs[arc];
                if room > 0 {
                    let mut there = here;
                    for (part, add) in there.iter_mut().zip(cost) {
                        *part += add;
                    }
                    if there < self.distance[to] {
                        if self.distance[to] == UNREACHED {
                            self.seen.push(to);
                        }
                        self.distance[to] = there;
                        self.arrival[to] = arc;
                        if to != sink && !self.waiting[to] {
                            self.waiting[to] = true;
                            queue.push_back(to);
                        }
                    }
                }
                arc = next;
            }
        }
    }
}
