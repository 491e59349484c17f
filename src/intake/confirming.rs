//! 确认: the good lines of a file, written as one. Three work side by side: one plans the lines once more, one writes what is planned,
//! one writes the pieces by which new units are found, which are more rows than all the rest.

use super::act::Planned;
use super::planning::Planner;
use super::preview::Verdict;
use super::store::{self, State};
use super::work::{Job, overtaken, title};
use super::writing::Writer;
use crate::history::{WriteError, Writing};
use crate::platform::database;
use crate::units::Pieces;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle};

impl Job {
    /// Claims the file for writing; `false` when it is written already, or by somebody else just now.
    pub async fn claim(&self) -> Result<bool, sqlx::Error> {
        let mut writer = self.db.writer(&self.scope).await?;
        let claimed = store::claim(writer.connection(), self.place(), self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(claimed)
    }

    /// Writes the good lines. What became different since the preview goes back to it, and nothing is written.
    pub async fn confirm(self) {
        let _turn = self.db.turn().await;
        let job = Arc::new(self);
        let back = match job.put_down().await {
            Ok(true) => return,
            Ok(false) => "预览之后数据有变化，已重新比对，没有写入任何数据。请核对后再次确认。".to_owned(),
            Err(WriteError::Refused { text, .. }) => text,
            Err(error) => {
                tracing::error!(%error, "a file could not be written");
                "写入时发生故障，没有写入任何数据。请稍后再次确认。".to_owned()
            }
        };
        let ended = async {
            job.judge_anew(State::Writing).await?;
            job.turn(State::Writing, State::Ready, Some(&back)).await
        };
        if let Err(error) = ended.await {
            tracing::error!(%error, "the end of a job could not be noted");
        }
    }

    /// Everything in one transaction but the pieces, whose own ends first: a piece without its unit leads nowhere, and a unit is
    /// never without its pieces.
    async fn put_down(self: &Arc<Self>) -> Result<bool, WriteError> {
        let mut writing = Writing::begin(&self.db, &self.key, self.clocks, self.actor.clone(), &self.scope).await?;
        let (counts, _) = store::counts(writing.connection(), self.place()).await?;
        let rows = counts.iter().filter(|(outcome, _)| outcome.writes()).map(|(_, n)| n).sum();
        let title = title(self.upload.kind, &self.upload.file_name, &self.actor);
        let ((to_write, mut next), (hand, pieces)) = (mpsc::channel(1), mpsc::channel(1));
        let planning = spawn(self, async move |job| job.plan_again(to_write).await);
        let finding = spawn(self, async move |job| job.put_pieces_down(pieces).await);
        let mut writer = Writer::new(self.campaign.id, title, rows).leaving_pieces_to(hand);
        let mut done = 0;
        while let Some(planned) = next.recv().await {
            done += planned.len();
            let written = writer.write(&mut writing, planned).await.map_err(overtaken);
            let stopped = written.is_ok() && !self.beat(State::Writing, done).await?;
            if stopped || written.is_err() {
                drop((next, writer));
                // Why the pieces could not be written says more than that nobody takes them.
                ended(finding.await)?;
                return written.map(|()| true);
            }
        }
        let batches = writer.batches();
        drop(writer);
        let pieces = ended(finding.await)?;
        if !ended(planning.await)? {
            return Ok(false);
        }
        let at = writing.business_at().to_utc();
        if store::written(writing.connection(), self.place(), at, &batches).await? {
            pieces.commit().await?;
            writing.commit().await?;
        }
        Ok(true)
    }

    /// Writes the pieces of new units as they come. Its transaction is still open.
    async fn put_pieces_down(&self, mut pieces: mpsc::Receiver<Vec<Pieces>>) -> Result<database::Writer, WriteError> {
        let mut writer = self.db.writer(&self.scope).await?;
        while let Some(pieces) = pieces.recv().await {
            for pieces in pieces {
                pieces.write(writer.connection()).await?;
            }
        }
        Ok(writer)
    }

    /// Plans all lines as the preview showed them and hands the plans over; `false` as soon as one would become something else.
    async fn plan_again(&self, to: mpsc::Sender<Vec<Planned>>) -> Result<bool, WriteError> {
        let (terms, mut planner, mut after) = (self.terms(), Planner::default(), -1);
        let mut reader = self.db.reader(&self.scope).await?;
        loop {
            let told = store::next_lines(reader.connection(), self.place(), after).await?;
            let Some(last) = told.last() else { return Ok(true) };
            after = last.no;
            let (lines, verdicts): (Vec<_>, Vec<Verdict>) = told.into_iter().map(|t| ((t.line, t.choices), t.verdict)).unzip();
            let planned = self.plan(reader.connection(), &mut planner, &lines, &terms).await?;
            if !planned.iter().map(|p| &p.verdict).eq(&verdicts) {
                return Ok(false);
            }
            // Nobody takes them any more: the file was stopped.
            if to.send(planned).await.is_err() {
                return Ok(true);
            }
        }
    }
}

/// Part of the work on a thread of its own.
fn spawn<T, F>(job: &Arc<Job>, work: impl FnOnce(Arc<Job>) -> F) -> JoinHandle<Result<T, WriteError>>
where
    T: Send + 'static,
    F: Future<Output = Result<T, WriteError>> + Send + 'static,
{
    tokio::spawn(work(Arc::clone(job)))
}

fn ended<T>(part: Result<Result<T, WriteError>, JoinError>) -> Result<T, WriteError> {
    part.map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))?
}
