//! The way of a file: read and compared chunk by chunk, laid down with its verdicts, and written as one transaction when a person
//! confirms. A chunk is all that memory holds of it.

use super::act::Planned;
use super::annexes::{self, Table};
use super::kind::Kind;
use super::line::{About, Line};
use super::lines::Incoming;
use super::preview::{Preview, Verdict};
use super::store::{self, Choices, State, Upload, Which};
use super::units;
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

enum Planner<'a> {
    Units(units::Planner),
    Annex(annexes::Planner<'a>),
}

impl<'a> Planner<'a> {
    fn new(kind: Kind, terms: &Terms<'a>) -> Self {
        match kind {
            Kind::Units => Self::Units(units::Planner::default()),
            Kind::Annex(annex) => {
                let date = terms.campaign.live_date(terms.today);
                Self::Annex(annexes::Planner::new(Table { annex, campaign: terms.campaign, date, today: terms.today }))
            }
        }
    }

    async fn plan(
        &mut self,
        connection: &mut PgConnection,
        scope: &Scope,
        about: &About,
        lines: &[(Line, Choices)],
        terms: &Terms<'_>,
    ) -> Result<Vec<Planned>, sqlx::Error> {
        match self {
            Self::Units(planner) => planner.plan(connection, scope, about, lines, terms).await,
            Self::Annex(planner) => planner.plan(connection, scope, about, lines, terms).await,
        }
    }
}

/// What the file holds besides its lines, with what it no longer has.
async fn whole(planner: &Planner<'_>, connection: &mut PgConnection, scope: &Scope, about: &About) -> Result<About, sqlx::Error> {
    let missing = match planner {
        Planner::Units(_) => Vec::new(),
        Planner::Annex(planner) => planner.missing(connection, scope).await?,
    };
    Ok(About { missing, ..about.clone() })
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
    let (mut planner, mut preview) = (Planner::new(kind, terms), Preview::of(kind));
    loop {
        let lines = undecided(incoming.next(CHUNK).await?);
        if lines.is_empty() {
            break;
        }
        let planned = planner.plan(connection, scope, incoming.about(), &lines, terms).await?;
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
    let (mut planner, mut preview) = (Planner::new(kind, terms), Preview::of(kind));
    let mut writer = Writer::new(terms.campaign.id, title(kind, file_name, terms.actor), 0);
    loop {
        let lines = undecided(incoming.next(CHUNK).await?);
        if lines.is_empty() {
            break;
        }
        let mut planned = planner.plan(writing.connection(), scope, incoming.about(), &lines, terms).await?;
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
    /// The database.
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

    async fn take_in(&self, mut incoming: Incoming) -> Result<(), WorkError> {
        let terms = self.terms();
        let mut planner = Planner::new(self.upload.kind, &terms);
        let mut no = 0;
        loop {
            let lines = undecided(incoming.next(CHUNK).await?);
            if lines.is_empty() {
                break;
            }
            let mut writer = self.db.writer(&self.scope).await?;
            let planned = planner.plan(writer.connection(), &self.scope, incoming.about(), &lines, &terms).await?;
            let told: Vec<(i32, &Line, &Verdict)> =
                (no..).zip(lines.iter().zip(&planned)).map(|(no, ((line, _), planned))| (no, line, &planned.verdict)).collect();
            store::add_lines(writer.connection(), self.place(), &told).await?;
            no += i32::try_from(told.len()).unwrap_or(0);
            let goes_on = store::beat(writer.connection(), self.place(), State::Reading, no, self.clocks.wall.now()).await?;
            writer.commit().await?;
            if !goes_on {
                return Ok(());
            }
        }
        let mut writer = self.db.writer(&self.scope).await?;
        let about = whole(&planner, writer.connection(), &self.scope, incoming.about()).await?;
        store::keep_about(writer.connection(), self.place(), &about).await?;
        let turn = (State::Reading, State::Ready);
        store::turn(writer.connection(), self.place(), turn, None, self.clocks.wall.now()).await?;
        writer.commit().await?;
        Ok(())
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

    async fn put_down(&self) -> Result<bool, WriteError> {
        let terms = self.terms();
        let mut planner = Planner::new(self.upload.kind, &terms);
        let mut writing = Writing::begin(&self.db, &self.key, self.clocks, self.actor.clone(), &self.scope).await?;
        let (counts, _) = store::counts(writing.connection(), self.place()).await?;
        let rows = counts.iter().filter(|(outcome, _)| outcome.writes()).map(|(_, n)| n).sum();
        let mut writer = Writer::new(self.campaign.id, title(self.upload.kind, &self.upload.file_name, &self.actor), rows);
        let (mut after, mut done) = (-1, 0);
        loop {
            let told = store::lines(writing.connection(), self.place(), Which::All, after, most()).await?;
            let Some(last) = told.last() else { break };
            after = last.no;
            done += told.len();
            let (lines, verdicts): (Vec<_>, Vec<Verdict>) = told.into_iter().map(|t| ((t.line, t.choices), t.verdict)).unzip();
            let planned = planner.plan(writing.connection(), &self.scope, &self.upload.about, &lines, &terms).await?;
            let same = |(planned, shown): (&Planned, &Verdict)| {
                let now = &planned.verdict;
                now.outcome == shown.outcome && now.changes == shown.changes && now.questions == shown.questions
            };
            if !planned.iter().zip(&verdicts).all(same) {
                return Ok(false);
            }
            writer.write(&mut writing, planned).await.map_err(overtaken)?;
            if !self.beat(State::Writing, done).await? {
                return Ok(true);
            }
        }
        let at = writing.business_at().to_utc();
        let batches = writer.batches();
        if store::written(writing.connection(), self.place(), at, &batches).await? {
            writing.commit().await?;
        }
        Ok(true)
    }

    /// Compares all lines anew, after an answer, a corrected heading, or what others have entered.
    pub async fn judge_anew(&self, state: State) -> Result<(), sqlx::Error> {
        let terms = self.terms();
        let mut planner = Planner::new(self.upload.kind, &terms);
        let (mut after, mut done) = (-1, 0);
        let mut writer = self.db.writer(&self.scope).await?;
        loop {
            let told = store::lines(writer.connection(), self.place(), Which::All, after, most()).await?;
            let Some(last) = told.last() else { break };
            after = last.no;
            done += told.len();
            let (numbers, lines): (Vec<i32>, Vec<_>) = told.into_iter().map(|t| (t.no, (t.line, t.choices))).unzip();
            let planned = planner.plan(writer.connection(), &self.scope, &self.upload.about, &lines, &terms).await?;
            let verdicts: Vec<(i32, &Verdict)> = numbers.into_iter().zip(planned.iter().map(|p| &p.verdict)).collect();
            store::judge(writer.connection(), self.place(), &verdicts).await?;
        }
        let rows = i32::try_from(done).unwrap_or(i32::MAX);
        store::beat(writer.connection(), self.place(), state, rows, self.clocks.wall.now()).await?;
        writer.commit().await
    }
}

fn most() -> i64 {
    i64::try_from(CHUNK).unwrap_or(i64::MAX)
}
