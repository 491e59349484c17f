//! A table that comes in, the whole way of a person: read, checked and laid down with its preview, beside calamine alone reading
//! the same cells in this process; then confirmed, beside a bare COPY of the rows that confirming writes (see [`copied`]).

use crate::copied::Bare;
use crate::ground::{COUNTY, Ground, PROGRAM};
use crate::{ROUNDS, median, print, ratio, seconds, table};
use anyhow::{Context as _, ensure};
use calamine::{DataRef, Reader, Xlsx};
use std::io::{Cursor, Write};
use std::path::Path;
use uuid::Uuid;
use zhengzhi::accounts;
use zhengzhi::annexes::Annex;
use zhengzhi::base::ability::Import;
use zhengzhi::base::role::{Actor, Role};
use zhengzhi::base::{CountyId, Scope};
use zhengzhi::campaigns::{self, Campaign};
use zhengzhi::history::Writing;
use zhengzhi::intake::{self, Incoming, Job, Kind, Learned, Outcome, State, Upload, Which};
use zhengzhi::platform::sheet::{Rows, rows, spool};

const ROWS: u32 = 20_000;
const KIND: Kind = Kind::Annex(Annex::One);

/// How often the table is read in each county: reading is short, and a machine's moods are not.
const READINGS: usize = 3;

/// Lines that a page of the preview shows.
const SHOWN: i64 = 101;

/// Takes the same table in, each round in another county, and does the bare work in turns. All readings come before the first
/// confirmation: its million rows keep the database busy for a while after its end.
pub async fn compare(ground: &Ground) -> anyhow::Result<()> {
    let book = table::book(ROWS)?;
    let campaign = campaigns::find(ground.app.db.doorstep().await?.connection(), None, ground.app.clocks.business.today())
        .await?
        .context("no campaign")?;
    let bare = Bare::prepare(ground).await?;
    let other = |county: &CountyId| *county != COUNTY && county.0 != table::NAMED;
    let counties: Vec<CountyId> = ground.app.directory.counties().map(|c| c.id).filter(other).take(ROUNDS).collect();
    ensure!(counties.len() == ROUNDS, "a round takes a county");
    let [mut child, mut read, mut alone, mut confirm, mut copy] = [const { Vec::new() }; 5];
    let (mut copied, mut previews) = (0, Vec::new());
    for county in counties {
        let clerk = Clerk { ground, campaign: &campaign, county };
        let mut last = None;
        for _ in 0..READINGS {
            child.push(seconds(through_the_child(&book)).await?);
            alone.push(seconds(async { by_calamine(&book) }).await?);
            let id = clerk.lay_down().await?;
            read.push(seconds(clerk.read(id, &book)).await?);
            last = Some(id);
        }
        previews.extend(last.map(|id| (clerk, id)));
    }
    for (clerk, id) in previews {
        let county = clerk.county;
        confirm.push(seconds(clerk.confirm(id)).await?);
        let batches = clerk.upload(id).await?.batches;
        let (time, rows) = bare.copy(ground, county, *batches.first().context("no batch")?).await?;
        copy.push(time);
        copied = rows;
    }
    let line = |what: &str, ours: &[f64], theirs: &[f64]| {
        let (time, bare) = (median(ours.to_vec()) * 1e3, median(theirs.to_vec()) * 1e3);
        print(what, time, bare, ratio(ours, theirs), "ms");
    };
    line(&format!("annex 1 of {ROWS} rows through the child"), &child, &alone);
    line("the same read, checked, with its preview", &read, &alone);
    line(&format!("the same confirmed ({copied} rows)"), &confirm, &copy);
    Ok(())
}

async fn incoming(book: &[u8]) -> anyhow::Result<Rows> {
    let mut file = spool()?;
    file.write_all(book)?;
    Ok(rows(Path::new(PROGRAM), file).await?)
}

async fn through_the_child(book: &[u8]) -> anyhow::Result<()> {
    let mut rows = incoming(book).await?;
    let mut count = 0;
    while rows.next().await?.is_some() {
        count += 1;
    }
    ensure!(count == ROWS + 1, "{count} rows came");
    Ok(())
}

fn by_calamine(book: &[u8]) -> anyhow::Result<()> {
    let mut book = Xlsx::new(Cursor::new(book))?;
    let name = book.sheet_names().first().cloned().unwrap_or_default();
    let mut reader = book.worksheet_cells_reader(&name)?;
    let mut cells = 0;
    while let Some(cell) = reader.next_cell()? {
        cells += u32::from(*cell.get_value() != DataRef::Empty);
    }
    ensure!(cells > ROWS * 10, "{cells} cells came");
    Ok(())
}

/// Who brings the table.
struct Clerk<'a> {
    ground: &'a Ground,
    campaign: &'a Campaign,
    county: CountyId,
}

impl Clerk<'_> {
    fn actor(&self) -> Actor {
        Actor { role: Role::CountyClerk, county: self.county, ..accounts::system_actor() }
    }

    async fn lay_down(&self) -> anyhow::Result<Uuid> {
        let (app, scope) = (&self.ground.app, Scope::county(self.county));
        let mut writing = Writing::begin(&app.db, &app.key, app.clocks, self.actor(), &scope).await?;
        let permit = writing.permit::<Import>(self.county)?;
        let id = intake::lay_down(&mut writing, &permit, self.campaign.id, KIND, "annex1.xlsx").await?;
        writing.commit().await?;
        Ok(id)
    }

    async fn upload(&self, id: Uuid) -> anyhow::Result<Upload> {
        let scope = Scope::county(self.county);
        let mut reader = self.ground.app.db.reader(&scope).await?;
        intake::find(reader.connection(), &scope, id).await?.context("no upload")
    }

    async fn job(&self, id: Uuid) -> anyhow::Result<Job> {
        let app = &self.ground.app;
        Ok(Job {
            db: app.db.for_jobs(),
            key: app.key.clone(),
            clocks: app.clocks,
            directory: app.directory.clone(),
            actor: self.actor(),
            scope: Scope::county(self.county),
            campaign: self.campaign.clone(),
            upload: self.upload(id).await?,
        })
    }

    /// From the first byte to what the first page of the preview shows.
    async fn read(&self, id: Uuid, book: &[u8]) -> anyhow::Result<()> {
        let job = self.job(id).await?;
        job.read(Incoming::new(KIND, Learned::new(), incoming(book).await?)).await;
        let upload = self.upload(id).await?;
        ensure!(upload.state == State::Ready, "{:?}", upload.reason);
        let mut reader = self.ground.app.db.reader(&Scope::county(self.county)).await?;
        let (counts, _) = intake::counts(reader.connection(), (self.county, id)).await?;
        ensure!(counts.get(&Outcome::Created) == Some(&(ROWS as usize)), "{counts:?}");
        let shown = intake::lines(reader.connection(), (self.county, id), Which::Of(Outcome::Created), -1, SHOWN).await?;
        ensure!(shown.len() == usize::try_from(SHOWN)?, "{} lines shown", shown.len());
        Ok(())
    }

    async fn confirm(&self, id: Uuid) -> anyhow::Result<()> {
        let job = self.job(id).await?;
        ensure!(job.claim().await?, "somebody else confirms");
        job.confirm().await;
        let upload = self.upload(id).await?;
        ensure!(upload.state == State::Done, "{:?}", upload.reason);
        Ok(())
    }
}
