//! The way of a file: read and compared chunk by chunk, laid down with its verdicts, and written as one transaction when a person
//! confirms. A chunk is all that memory holds of it.

use super::act::Planned;
use super::kind::Kind;
use super::line::{About, Line};
use super::lines::Incoming;
use super::planning::{LookedUp, Planner};
use super::preview::{Preview, Verdict};
use super::store::{self, Choices, State, Upload};
use super::understood::understood;
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
use std::sync::Arc;
use tokio::sync::{Mutex, oneshot};
use tokio::task::JoinSet;

/// Lines at a time.
const CHUNK: usize = 1_000;
/// How many take lines in at the same time.
const HANDS: usize = 3;

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
async fn whole(
    planner: &Planner,
    connection: &mut PgConnection,
    scope: &Scope,
    (kind, about): (Kind, &About),
) -> Result<About, sqlx::Error> {
    Ok(About { missing: planner.missing(connection, scope, kind).await?, ..about.clone() })
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
        let about = incoming.about();
        for ((line, choices), Planned { verdict, .. }) in lines.iter().zip(planned) {
            let county = verdict.county;
            preview.take(about, line, verdict, || understood(kind, about, (line, choices), county, terms));
        }
    }
    preview.end(&whole(&planner, connection, scope, (kind, incoming.about())).await?);
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
        let planned = planner.plan(writing.connection(), scope, looked, terms).await?;
        for ((line, choices), Planned { verdict, .. }) in lines.iter().zip(&planned) {
            let about = incoming.about();
            let values = || understood(kind, about, (line, choices), verdict.county, terms);
            preview.take(about, line, verdict.clone(), values);
        }
        writer.write(writing, planned).await.map_err(overtaken)?;
    }
    preview.end(&whole(&planner, writing.connection(), scope, (kind, incoming.about())).await?);
    Ok(preview)
}

/// What one click will undo, in words; the city's entries for a county say so.
pub(super) fn title(kind: Kind, file_name: &str, actor: &Actor) -> String {
    let by = if actor.role == crate::base::role::Role::CityReviewer { "市局代录" } else { "导入" };
    format!("{by}{} {file_name}", kind.label())
}

/// What the plan saw was free is taken, or changed: somebody else was quicker between our look and our write.
pub(super) fn overtaken(error: WriteError) -> WriteError {
    match error {
        WriteError::Refused { field, text } => {
            WriteError::Refused { field, text: format!("{text}本次没有写入任何数据，请核对后再次确认。") }
        }
        WriteError::NotPermitted => WriteError::refused("file", "文件中有本账号无权录入的内容，本次没有写入任何数据。"),
        WriteError::Stale | WriteError::Missing => {
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
    /// What its lines are read under.
    pub fn terms(&self) -> Terms<'_> {
        let own = self.actor.role.of_a_county().then_some(self.actor.county);
        let county = own.or(Some(self.upload.county).filter(|c| *c != crate::base::CITY));
        let (directory, campaign, today) = (&self.directory, &self.campaign, self.clocks.business.today());
        Terms { directory, county, actor: &self.actor, campaign, today }
    }

    pub(super) fn place(&self) -> (CountyId, uuid::Uuid) {
        (self.upload.county, self.upload.id)
    }

    pub(super) async fn turn(&self, from: State, to: State, reason: Option<&str>) -> Result<bool, sqlx::Error> {
        let mut writer = self.db.writer(&self.scope).await?;
        let turned = store::turn(writer.connection(), self.place(), (from, to), reason, self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(turned)
    }

    pub(super) async fn beat(&self, state: State, rows: usize) -> Result<bool, sqlx::Error> {
        let rows = i32::try_from(rows).unwrap_or(i32::MAX);
        let mut writer = self.db.writer(&self.scope).await?;
        let goes_on = store::beat(writer.connection(), self.place(), state, rows, self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(goes_on)
    }

    /// Reads the file and lays its lines down with what would become of them.
    pub async fn read(self, incoming: Incoming) {
        let _turn = self.db.turn().await;
        let job = Arc::new(self);
        match job.take_in(incoming).await {
            Ok(()) => {}
            Err(WorkError::Unreadable(Unreadable(sentence))) => job.fail(&sentence).await,
            Err(error) => {
                tracing::error!(%error, "a file could not be taken in");
                job.fail("读取时发生故障，没有写入任何数据。请稍后重新上传。").await;
            }
        }
    }

    /// Notes that the file cannot be read, and why.
    pub async fn fail(&self, sentence: &str) {
        if let Err(error) = self.turn(State::Reading, State::Failed, Some(sentence)).await {
            tracing::error!(%error, "the end of a job could not be noted");
        }
    }

    /// Several hands take the file's lines in turns: while one waits for its turn or the database the others read and compare.
    async fn take_in(self: &Arc<Self>, incoming: Incoming) -> Result<(), WorkError> {
        let (first, turn) = oneshot::channel();
        drop(first.send(Planner::default()));
        let source = Arc::new(Mutex::new(Source { incoming, first: 0, turn }));
        let mut hands = JoinSet::new();
        for _ in 0..HANDS {
            let (job, source) = (Arc::clone(self), Arc::clone(&source));
            hands.spawn(async move { job.take(&source).await });
        }
        while let Some(ended) = hands.join_next().await {
            ended.map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))??;
        }
        let Source { incoming, turn, .. } = &mut *source.lock().await;
        // Nobody hands the planner over when the file was stopped.
        let Ok(planner) = turn.await else { return Ok(()) };
        let mut writer = self.db.writer(&self.scope).await?;
        let about = whole(&planner, writer.connection(), &self.scope, (self.upload.kind, incoming.about())).await?;
        store::keep_about(writer.connection(), self.place(), &about).await?;
        let ready = (State::Reading, State::Ready);
        store::turn(writer.connection(), self.place(), ready, None, self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(())
    }

    /// Takes lines, compares them when its turn comes and lays them down, until there are no more.
    async fn take(&self, source: &Mutex<Source>) -> Result<(), WorkError> {
        let terms = &self.terms();
        loop {
            let (Chunk { first, lines, about, turn, pass }, mut writer) = {
                let mut source = source.lock().await;
                let Some(chunk) = source.next().await? else { return Ok(()) };
                // Before anybody takes the lines below: whoever waits for its turn must not hold the connection that the turn needs.
                (chunk, self.db.step_writer(&self.scope).await?)
            };
            let looked = LookedUp::of(writer.connection(), &self.scope, self.upload.kind, &about, &lines, terms).await?;
            // Nobody hands the planner over when the file was stopped.
            let Ok(mut planner) = turn.await else { return Ok(()) };
            let planned = planner.plan(writer.connection(), &self.scope, looked, terms).await?;
            let _ = pass.send(planner);
            let told: Vec<(&Line, &Verdict)> =
                lines.iter().map(|(line, _)| line).zip(planned.iter().map(|p| &p.verdict)).collect();
            store::keep_lines(writer.connection(), self.place(), first, &told).await?;
            let done = first.saturating_add(i32::try_from(told.len()).unwrap_or(0));
            let goes_on = store::beat(writer.connection(), self.place(), State::Reading, done, self.clocks.wall.now()).await?;
            writer.commit().await?;
            if !goes_on {
                return Ok(());
            }
        }
    }

    pub(super) async fn plan(
        &self,
        connection: &mut PgConnection,
        planner: &mut Planner,
        lines: &[(Line, Choices)],
        terms: &Terms<'_>,
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
            store::keep_lines(writer.connection(), self.place(), first, &told).await?;
        }
        let rows = after.saturating_add(1);
        store::beat(writer.connection(), self.place(), state, rows, self.clocks.wall.now()).await?;
        writer.commit().await
    }
}

/// Where the hands take lines from.
struct Source {
    incoming: Incoming,
    /// The number of the next line.
    first: i32,
    /// Brings the planner once the lines above are planned.
    turn: oneshot::Receiver<Planner>,
}

/// Some lines, with the planner's way from the lines above to those below.
struct Chunk {
    first: i32,
    lines: Vec<(Line, Choices)>,
    about: About,
    turn: oneshot::Receiver<Planner>,
    pass: oneshot::Sender<Planner>,
}

impl Source {
    async fn next(&mut self) -> Result<Option<Chunk>, Unreadable> {
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
