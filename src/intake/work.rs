//! The way of a file: read and compared chunk by chunk, laid down with its verdicts, and written as one transaction when a person
//! confirms. A chunk is all that memory holds of it.

use super::act::Planned;
use super::kind::Kind;
use super::line::{About, Line};
use super::lines::Incoming;
use super::planning::{LookedUp, Planner};
use super::preview::{Preview, Verdict};
use super::store::{self, Choices, State, Upload};
use super::writing::Writer;
use crate::base::role::Actor;
use crate::base::{Clocks, CountyId, Scope};
use crate::campaigns::Campaign;
use crate::counties::Directory;
use crate::history::{Key, WriteError, Writing};
use crate::platform::database::Database;
use crate::platform::sheet::Unreadable;
use chrono::NaiveDate;
use sqlx::PgConnection;
use tokio::sync::{Mutex, mpsc, oneshot};

/// Lines at a time.
const CHUNK: usize = 1_000;

/// What a file is read under.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The areas.
    pub directory: &'a Directory,
    /// The county whose list it is; lines of others are refused. Without it each line says its own.
    pub county: Option<CountyId>,
    /// Who brings it.
    pub actor: &'a Actor,
    /// The campaign that problems and cases belong to.
    pub campaign: &'a Campaign,
    /// Business date that dates are read on.
    pub today: NaiveDate,
}

/// Why a file did not come in.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// It cannot be read: one sentence for the clerk.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// It was not written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<sqlx::Error> for WorkError {
    fn from(error: sqlx::Error) -> Self {
        Self::Write(error.into())
    }
}

/// What the file holds besides its lines, with what it no longer has.
async fn whole(planner: &Planner<'_>, connection: &mut PgConnection, scope: &Scope, about: &About) -> Result<About, sqlx::Error> {
    Ok(About { missing: planner.missing(connection, scope).await?, ..about.clone() })
}

fn undecided(lines: Vec<Line>) -> Vec<(Line, Choices)> {
    lines.into_iter().map(|line| (line, Choices::new())).collect()
}

/// Says what would become of a file's lines, and writes nothing.
pub async fn look(
    connection: &mut PgConnection,
    scope: &Scope,
    kind: Kind,
    mut incoming: Incoming,
    terms: &Terms<'_>,
) -> Result<Preview, WorkError> {
    let (mut planner, mut preview) = (Planner::default(), Preview::of(kind));
    loop {
        let lines = undecided(incoming.next(CHUNK).await?);
        if lines.is_empty() {
            break;
        }
        let looked = LookedUp::of(connection, scope, kind, incoming.about(), &lines, terms).await?;
        let planned = planner.plan(connection, scope, looked, terms).await?;
        for ((line, _), planned) in lines.iter().zip(planned) {
            preview.take(incoming.about(), line, planned.verdict);
        }
    }
    preview.end(&whole(&planner, connection, scope, incoming.about()).await?);
    Ok(preview)
}

/// Writes the good lines of a file at once, as the command line does.
pub async fn write(
    writing: &mut Writing,
    scope: &Scope,
    kind: Kind,
    mut incoming: Incoming,
    terms: &Terms<'_>,
    file_name: &str,
) -> Result<Preview, WorkError> {
    let (mut planner, mut preview) = (Planner::default(), Preview::of(kind));
    let mut writer = Writer::new(terms.campaign.id, title(kind, file_name, terms.actor), 0);
    loop {
        let lines = undecided(incoming.next(CHUNK).await?);
        if lines.is_empty() {
            break;
        }
        let looked = LookedUp::of(writing.connection(), scope, kind, incoming.about(), &lines, terms).await?;
        let mut planned = planner.plan(writing.connection(), scope, looked, terms).await?;
        for ((line, _), planned) in lines.iter().zip(&mut planned) {
            let rejected = Verdict::rejected(Vec::new());
            preview.take(incoming.about(), line, std::mem::replace(&mut planned.verdict, rejected));
        }
        writer.write(writing, planned).await.map_err(overtaken)?;
    }
    preview.end(&whole(&planner, writing.connection(), scope, incoming.about()).await?);
    Ok(preview)
}

/// What one click will undo, in words; the city's entries for a county say so.
fn title(kind: Kind, file_name: &str, actor: &Actor) -> String {
    let by = if actor.role == crate::base::role::Role::CityReviewer { "市局代录" } else { "导入" };
    format!("{by}{} {file_name}", kind.label())
}

/// What the plan saw was free is taken, or changed: somebody else was quicker between our look and our write.
fn overtaken(error: WriteError) -> WriteError {
    match error {
        WriteError::Refused { .. } | WriteError::Stale | WriteError::Missing => {
            tracing::info!(%error, "an import was overtaken");
            WriteError::refused("file", "名单中的单位刚刚被他人登记或修改，本次没有写入任何数据。请返回重新确认。")
        }
        other => other,
    }
}

/// A job over a file, in a task of its own: everything it needs to go on without the request that began it.
#[derive(Clone, Debug)]
pub struct Job {
    /// The database as jobs use it.
    pub db: Database,
    /// The key of the history.
    pub key: Key,
    /// Both clocks.
    pub clocks: Clocks,
    /// The areas.
    pub directory: Directory,
    /// Who brought the file.
    pub actor: Actor,
    /// What that person may see.
    pub scope: Scope,
    /// The campaign.
    pub campaign: Campaign,
    /// The file.
    pub upload: Upload,
}

impl Job {
    fn terms(&self) -> Terms<'_> {
        let own = self.actor.role.of_a_county().then_some(self.actor.county);
        let county = own.or(Some(self.upload.county).filter(|c| *c != crate::base::CITY));
        let (directory, campaign, today) = (&self.directory, &self.campaign, self.clocks.business.today());
        Terms { directory, county, actor: &self.actor, campaign, today }
    }

    fn place(&self) -> (CountyId, uuid::Uuid) {
        (self.upload.county, self.upload.id)
    }

    async fn turn(&self, from: State, to: State, reason: Option<&str>) -> Result<bool, sqlx::Error> {
        let mut writer = self.db.writer(&self.scope).await?;
        let turned = store::turn(writer.connection(), self.place(), (from, to), reason, self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(turned)
    }

    async fn beat(&self, state: State, rows: usize) -> Result<bool, sqlx::Error> {
        let rows = i32::try_from(rows).unwrap_or(i32::MAX);
        let mut writer = self.db.writer(&self.scope).await?;
        let goes_on = store::beat(writer.connection(), self.place(), state, rows, self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(goes_on)
    }

    /// Reads the file and lays its lines down with what would become of them.
    pub async fn read(self, incoming: Incoming) {
        let _turn = self.db.turn().await;
        match self.take_in(incoming).await {
            Ok(()) => {}
            Err(WorkError::Unreadable(Unreadable(sentence))) => self.fail(&sentence).await,
            Err(error) => {
                tracing::error!(%error, "a file could not be taken in");
                self.fail("读取时发生故障，没有写入任何数据。请稍后重新上传。").await;
            }
        }
    }

    /// Notes that the file cannot be read, and why.
    pub async fn fail(self, sentence: &str) {
        if let Err(error) = self.turn(State::Reading, State::Failed, Some(sentence)).await {
            tracing::error!(%error, "the end of a job could not be noted");
        }
    }

    /// Two hands take the file's lines in turns: while one waits for the database the other reads and compares.
    async fn take_in(&self, incoming: Incoming) -> Result<(), WorkError> {
        let (first, turn) = oneshot::channel();
        let terms = self.terms();
        drop(first.send(Planner::default()));
        let source = Mutex::new(Source { incoming, first: 0, turn });
        tokio::try_join!(self.take(&source, &terms), self.take(&source, &terms))?;
        let Source { incoming, turn, .. } = source.into_inner();
        // Nobody hands the planner over when the file was stopped.
        let Ok(planner) = turn.await else { return Ok(()) };
        let mut writer = self.db.writer(&self.scope).await?;
        let about = whole(&planner, writer.connection(), &self.scope, incoming.about()).await?;
        store::keep_about(writer.connection(), self.place(), &about).await?;
        let ready = (State::Reading, State::Ready);
        store::turn(writer.connection(), self.place(), ready, None, self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(())
    }

    /// Takes lines, compares them when its turn comes and lays them down, until there are no more.
    async fn take<'a>(&self, source: &Mutex<Source<'a>>, terms: &Terms<'a>) -> Result<(), WorkError> {
        loop {
            let Some(Chunk { first, lines, about, turn, pass }) = source.lock().await.next().await? else { return Ok(()) };
            let mut writer = self.db.writer(&self.scope).await?;
            let looked = LookedUp::of(writer.connection(), &self.scope, self.upload.kind, &about, &lines, terms).await?;
            // Nobody hands the planner over when the file was stopped.
            let Ok(mut planner) = turn.await else { return Ok(()) };
            let planned = planner.plan(writer.connection(), &self.scope, looked, terms).await?;
            let _ = pass.send(planner);
            let told: Vec<(&Line, &Verdict)> =
                lines.iter().map(|(line, _)| line).zip(planned.iter().map(|p| &p.verdict)).collect();
            store::add_lines(writer.connection(), self.place(), first, &told).await?;
            let done = first.saturating_add(i32::try_from(told.len()).unwrap_or(0));
            let goes_on = store::beat(writer.connection(), self.place(), State::Reading, done, self.clocks.wall.now()).await?;
            writer.commit().await?;
            if !goes_on {
                return Ok(());
            }
        }
    }

    /// Claims the file for writing; `false` when it is written already, or by somebody else just now.
    pub async fn claim(&self) -> Result<bool, sqlx::Error> {
        let mut writer = self.db.writer(&self.scope).await?;
        let claimed = store::claim(writer.connection(), self.place(), self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(claimed)
    }

    /// Writes the good lines in one transaction. What became different since the preview goes back to it, and nothing is
    /// written.
    pub async fn confirm(self) {
        let _turn = self.db.turn().await;
        let back = match self.put_down().await {
            Ok(true) => return,
            Ok(false) => "预览之后数据有变化，已重新比对，没有写入任何数据。请核对后再次确认。".to_owned(),
            Err(WriteError::Refused { text, .. }) => text,
            Err(error) => {
                tracing::error!(%error, "a file could not be written");
                "写入时发生故障，没有写入任何数据。请稍后再次确认。".to_owned()
            }
        };
        let ended = async {
            self.judge_anew(State::Writing).await?;
            self.turn(State::Writing, State::Ready, Some(&back)).await
        };
        if let Err(error) = ended.await {
            tracing::error!(%error, "the end of a job could not be noted");
        }
    }

    /// The next lines are compared once more while the last are written.
    async fn put_down(&self) -> Result<bool, WriteError> {
        let mut writing = Writing::begin(&self.db, &self.key, self.clocks, self.actor.clone(), &self.scope).await?;
        let (counts, _) = store::counts(writing.connection(), self.place()).await?;
        let rows = counts.iter().filter(|(outcome, _)| outcome.writes()).map(|(_, n)| n).sum();
        let mut writer = Writer::new(self.campaign.id, title(self.upload.kind, &self.upload.file_name, &self.actor), rows);
        let (planned, mut next) = mpsc::channel(1);
        let write = async {
            let mut done = 0;
            while let Some(planned) = next.recv().await {
                let planned: Vec<Planned> = planned;
                done += planned.len();
                writer.write(&mut writing, planned).await.map_err(overtaken)?;
                if !self.beat(State::Writing, done).await? {
                    return Ok(false);
                }
            }
            Ok::<_, WriteError>(true)
        };
        let (same, goes_on) = tokio::try_join!(self.plan_again(planned), write)?;
        if !(same && goes_on) {
            return Ok(same);
        }
        let at = writing.business_at().to_utc();
        let batches = writer.batches();
        if store::written(writing.connection(), self.place(), at, &batches).await? {
            writing.commit().await?;
        }
        Ok(true)
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
            let same = |(planned, shown): (&Planned, &Verdict)| {
                let now = &planned.verdict;
                now.outcome == shown.outcome && now.changes == shown.changes && now.questions == shown.questions
            };
            if !planned.iter().zip(&verdicts).all(same) {
                return Ok(false);
            }
            // Nobody takes them any more: the file was stopped.
            if to.send(planned).await.is_err() {
                return Ok(true);
            }
        }
    }

    async fn plan<'a>(
        &self,
        connection: &mut PgConnection,
        planner: &mut Planner<'a>,
        lines: &[(Line, Choices)],
        terms: &Terms<'a>,
    ) -> Result<Vec<Planned>, sqlx::Error> {
        let Upload { kind, about, .. } = &self.upload;
        let looked = LookedUp::of(connection, &self.scope, *kind, about, lines, terms).await?;
        planner.plan(connection, &self.scope, looked, terms).await
    }

    /// Compares all lines anew, after an answer, a corrected heading, or what others have entered.
    pub async fn judge_anew(&self, state: State) -> Result<(), sqlx::Error> {
        let (terms, mut planner, mut after) = (self.terms(), Planner::default(), -1);
        let mut writer = self.db.writer(&self.scope).await?;
        loop {
            let told = store::next_lines(writer.connection(), self.place(), after).await?;
            let (Some(first), Some(last)) = (told.first(), told.last()) else { break };
            let first = first.no;
            after = last.no;
            let lines: Vec<_> = told.into_iter().map(|t| (t.line, t.choices)).collect();
            let planned = self.plan(writer.connection(), &mut planner, &lines, &terms).await?;
            let told: Vec<_> = lines.iter().map(|(line, _)| line).zip(planned.iter().map(|p| &p.verdict)).collect();
            store::judge(writer.connection(), self.place(), first, &told).await?;
        }
        let rows = after.saturating_add(1);
        store::beat(writer.connection(), self.place(), state, rows, self.clocks.wall.now()).await?;
        writer.commit().await
    }
}

/// Where the hands take lines from.
struct Source<'a> {
    incoming: Incoming,
    /// The number of the next line.
    first: i32,
    /// Brings the planner once the lines above are planned.
    turn: oneshot::Receiver<Planner<'a>>,
}

/// Some lines, with the planner's way from the lines above to those below.
struct Chunk<'a> {
    first: i32,
    lines: Vec<(Line, Choices)>,
    about: About,
    turn: oneshot::Receiver<Planner<'a>>,
    pass: oneshot::Sender<Planner<'a>>,
}

impl<'a> Source<'a> {
    async fn next(&mut self) -> Result<Option<Chunk<'a>>, Unreadable> {
        let lines = undecided(self.incoming.next(CHUNK).await?);
        if lines.is_empty() {
            return Ok(None);
        }
        let (pass, next) = oneshot::channel();
        let turn = std::mem::replace(&mut self.turn, next);
        let (first, about) = (self.first, self.incoming.heads());
        self.first = first.saturating_add(i32::try_from(lines.len()).unwrap_or(0));
        Ok(Some(Chunk { first, lines, about, turn, pass }))
    }
}
