//! Durable work in memory.

use async_trait::async_trait;
use switchyard_core::id::JobId;
use switchyard_core::time::Timestamp;

use super::{Model, State, conflict, key};
use crate::contract::{Backlog, Claim, Job, Jobs, NewJob};
use crate::error::Result;

/// A job: waiting, claimed (`lease_until`), or dead.
#[derive(Debug, Clone)]
pub(super) struct JobRow {
    id: JobId,
    kind: String,
    key: String,
    due: Timestamp,
    /// When it was asked for again during the claim.
    rerun_due: Option<Timestamp>,
    lease_until: Option<Timestamp>,
    token: i64,
    tries: u32,
    /// Why it failed last or was given up.
    error: String,
    dead: bool,
}

impl JobRow {
    fn place(&self) -> String {
        key(&[&self.kind, &self.key])
    }

    fn may_be_claimed(&self, now: Timestamp) -> bool {
        !self.dead && self.lease_until.map_or(self.due <= now, |until| until <= now)
    }

    /// Ends the claim; what was asked for meanwhile comes into force.
    fn wait(&mut self, due: Timestamp) {
        self.due = due;
        self.rerun_due = None;
        self.lease_until = None;
    }
}

impl State {
    pub(super) fn add_job(&mut self, job: NewJob) -> Result<()> {
        let place = key(&[&job.kind, &job.key]);
        let before = self.jobs.get(&place).cloned();
        let takes_id = before.as_ref().is_none_or(|row| row.dead);
        if takes_id && self.jobs.iter().any(|row| row.id == job.id && row.place() != place) {
            return Err(conflict("job", &job.id));
        }
        let row = match before {
            None => JobRow {
                id: job.id,
                kind: job.kind,
                key: job.key,
                due: job.due,
                rerun_due: None,
                lease_until: None,
                token: 0,
                tries: 0,
                error: String::new(),
                dead: false,
            },
            Some(mut row) if row.dead => {
                row.id = job.id;
                row.due = job.due;
                row.tries = 0;
                row.error = String::new();
                row.dead = false;
                row
            }
            Some(mut row) if row.lease_until.is_some() => {
                row.rerun_due = Some(row.rerun_due.map_or(job.due, |due| due.min(job.due)));
                row
            }
            Some(mut row) => {
                row.due = row.due.min(job.due);
                row
            }
        };
        self.jobs.put(&place, row);
        Ok(())
    }

    /// The claimed job of this token.
    fn claimed(&self, job: &JobId, token: i64) -> Result<JobRow> {
        let claimed = self.jobs.iter().find(|row| &row.id == job && row.token == token && row.lease_until.is_some());
        claimed.cloned().ok_or_else(|| conflict("job", job))
    }

    /// Lets a job that was asked for again during its claim wait for that; answers the others.
    fn rerun(&mut self, mut row: JobRow) -> Option<JobRow> {
        let Some(due) = row.rerun_due else { return Some(row) };
        row.wait(due);
        row.tries = 0;
        row.error = String::new();
        self.jobs.put(&row.place(), row);
        None
    }

    pub(super) fn job_done(&mut self, job: &JobId, token: i64) -> Result<()> {
        let row = self.claimed(job, token)?;
        if let Some(row) = self.rerun(row) {
            self.jobs.remove(&row.place());
        }
        Ok(())
    }

    pub(super) fn job_dead(&mut self, job: &JobId, token: i64, error: String) -> Result<()> {
        let row = self.claimed(job, token)?;
        if let Some(mut row) = self.rerun(row) {
            row.lease_until = None;
            row.dead = true;
            row.error = error;
            self.jobs.put(&row.place(), row);
        }
        Ok(())
    }

    pub(super) fn job_retry(
        &mut self,
        job: &JobId,
        token: i64,
        due: Timestamp,
        failed: bool,
        error: String,
    ) -> Result<()> {
        let mut row = self.claimed(job, token)?;
        row.wait(row.rerun_due.map_or(due, |rerun| rerun.min(due)));
        row.tries += u32::from(failed);
        row.error = error;
        self.jobs.put(&row.place(), row);
        Ok(())
    }

    fn claim(&mut self, claim: &Claim) -> Vec<Job> {
        let mut due: Vec<JobRow> =
            self.jobs.iter().filter(|row| row.kind == claim.kind && row.may_be_claimed(claim.now)).cloned().collect();
        // Stable: among equals the older row is first.
        due.sort_by_key(|row| row.due);
        due.truncate(usize::try_from(claim.limit).unwrap_or(usize::MAX));
        due.into_iter()
            .map(|mut row| {
                row.token += 1;
                row.lease_until = Some(claim.now + claim.lease);
                row.rerun_due = row.rerun_due.filter(|rerun| *rerun > claim.now);
                let job = Job {
                    id: row.id.clone(),
                    kind: row.kind.clone(),
                    key: row.key.clone(),
                    due: row.due,
                    tries: row.tries,
                    token: row.token,
                };
                self.jobs.put(&row.place(), row);
                job
            })
            .collect()
    }
}

#[async_trait]
impl Jobs for Model {
    async fn claim_jobs(&self, claim: &Claim) -> Result<Vec<Job>> {
        let mut state = self.state()?;
        let jobs = state.claim(claim);
        super::Undoable::keep(&mut state.jobs);
        Ok(jobs)
    }

    async fn next_due(&self, kind: &str) -> Result<Option<Timestamp>> {
        let state = self.state()?;
        let unfinished = state.jobs.iter().filter(|row| row.kind == kind && !row.dead);
        Ok(unfinished.map(|row| row.lease_until.unwrap_or(row.due)).min())
    }

    async fn backlog(&self, kind: &str, now: Timestamp) -> Result<Backlog> {
        let state = self.state()?;
        let mut backlog = Backlog::default();
        for row in state.jobs.iter().filter(|row| row.kind == kind) {
            if row.dead {
                backlog.dead += 1;
            } else if row.due <= now {
                backlog.due += 1;
                backlog.oldest_due = Some(backlog.oldest_due.map_or(row.due, |oldest| oldest.min(row.due)));
            } else {
                backlog.later += 1;
            }
        }
        Ok(backlog)
    }
}
