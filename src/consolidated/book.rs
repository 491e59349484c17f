//! Writing a book.

use super::given::{Given, GivenLine};
use super::tally::Tally;
use crate::annexes::{self, Annex, Base, Cell, Part, Reading, SIGN_OFF, ZERO, roll_up};
use crate::base::{CITY, CountyId, Scope, dates};
use crate::campaigns::Campaign;
use crate::counties::{self, Directory};
use crate::figures::{self, Table};
use crate::platform::database::Database;
use crate::platform::sheet::{Layout, Paper, SheetError, SheetWriter, Value};
use chrono::{DateTime, FixedOffset, NaiveDate};
use sqlx::PgConnection;
use std::fs::File;
use std::io;

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// An annex.
    Annex(Annex),
    /// The 汇总表 alone.
    RollUp,
}

/// An order for a book.
#[derive(Debug)]
pub struct Order<'a> {
    /// What.
    pub wanted: Wanted,
    /// Of which county; none: of all bodies within the scope, as the city's book.
    pub county: Option<CountyId>,
    /// In which campaign.
    pub campaign: &'a Campaign,
    /// The data date.
    pub date: NaiveDate,
    /// The moment that the book says it is of.
    pub made_at: DateTime<FixedOffset>,
    /// Names of counties.
    pub directory: &'a Directory,
    /// Bodies that stand in the book as they filed; the others are read live.
    pub given: &'a [Given],
    /// Whether bodies that did not file are left out.
    pub only_given: bool,
    /// On what a book of live data rests, where it is more than the moment: 第1次报送，版本码….
    pub basis: Option<&'a str>,
}

/// A book.
#[derive(Debug)]
pub struct Book {
    /// The workbook, at its start; it has no name on the disk and goes with this value.
    pub file: File,
    /// What to call it.
    pub name: String,
    /// Lines of annexes in it.
    pub lines: i64,
    /// What its sheets were written from; whoever hands the book out keeps them.
    pub bases: Vec<Base>,
}

/// Why no book came out.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The sheet could not be written.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// What it was written from could not be laid aside.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Lines read at a time.
const BATCH: i64 = 2000;

/// Writes a book, read in one snapshot.
pub async fn write(db: &Database, scope: &Scope, order: &Order<'_>) -> Result<Book, BookError> {
    let mut snapshot = db.snapshot(scope).await?;
    write_in(snapshot.connection(), scope, order).await
}

/// The same on a connection whose queries all see one moment already.
pub async fn write_in(connection: &mut PgConnection, scope: &Scope, order: &Order<'_>) -> Result<Book, BookError> {
    let mut writer = SheetWriter::start(order.title(), order.made_at.naive_local());
    let filled = order.fill(connection, scope, &mut writer).await;
    let file = writer.finish().await;
    match (filled, file) {
        (Ok((lines, bases)), Ok(file)) => Ok(Book { file, name: order.file_name(), lines, bases }),
        // The thread's own reason says more than that it stopped.
        (Ok(_) | Err(BookError::Sheet(SheetError::Stopped)), Err(reason)) => Err(reason.into()),
        (Err(reason), _) => Err(reason),
    }
}

impl Order<'_> {
    async fn fill(
        &self,
        connection: &mut PgConnection,
        scope: &Scope,
        writer: &mut SheetWriter,
    ) -> Result<(i64, Vec<Base>), BookError> {
        let within = match self.county {
            Some(county) => scope.narrowed_to(county).ok_or(sqlx::Error::RowNotFound)?,
            None => scope.clone(),
        };
        let (campaign, date) = (self.campaign.id, self.date);
        let mut table = match (self.wanted, self.county) {
            (Wanted::Annex(annex), Some(_)) => figures::only(connection, &within, campaign, date, annex.figures()).await?,
            _ => figures::by_county(connection, &within, campaign, date).await?,
        };
        if self.only_given {
            table.rows.retain(|row| self.given_of(row.county).is_some());
        }
        for row in &mut table.rows {
            if let Some(given) = self.given_of(row.county) {
                (row.values, row.by_city) = (given.values.clone(), given.by_city.clone());
            }
        }
        let Wanted::Annex(annex) = self.wanted else {
            let sheet = self.roll_up(connection, writer).await?;
            self.roll_up_rows(writer, sheet, &table, None).await?;
            return Ok((0, Vec::new()));
        };
        let first = match self.county {
            None => Some(self.roll_up(connection, writer).await?),
            Some(_) => None,
        };
        let (mut tally, mut bases) = (Tally::default(), Vec::new());
        for row in &table.rows {
            let base = Base::new(annex, row.county, self.campaign.id, self.date)?;
            bases.push(self.sheets_of(connection, scope, writer, row, (base, &mut tally)).await?);
        }
        if let Some(sheet) = first {
            self.roll_up_rows(writer, sheet, &table, Some(tally.check(annex, &table.total()))).await?;
        }
        Ok((tally.lines, bases))
    }

    /// The sheets of one body: the annex, and its 续表 where the campaign wants it.
    async fn sheets_of(
        &self,
        connection: &mut PgConnection,
        scope: &Scope,
        writer: &mut SheetWriter,
        row: &figures::Row,
        (mut base, tally): (Base, &mut Tally),
    ) -> Result<Base, BookError> {
        let annex = base.annex();
        let body = match self.given_of(row.county) {
            Some(given) => given.body.clone(),
            None => self.body(connection, row.county).await?,
        };
        for (part, suffix) in annex.parts(self.campaign.clear_units_apart) {
            let name = format!("{}{suffix}", self.directory.name(row.county));
            let title = format!("{}{}", annex.title(), if suffix.is_empty() { "" } else { "（续表：自查未发现问题的单位）" });
            let sheet = writer
                .add(Layout {
                    name,
                    mark: format!("{}{suffix}", annex.mark()),
                    title,
                    columns: annexes::heads(annex.columns()),
                    frozen: 3,
                    ..self.layout(&body, self.date_of(row.county))
                })
                .await?;
            let before = tally.lines;
            base = self.lines(connection, scope, (writer, sheet), *part, (base, tally)).await?;
            if *part != Part::Clear {
                if tally.lines == before {
                    self.zero(connection, scope, writer, annex, (sheet, row.county)).await?;
                }
                writer.sentence(sheet, annex.totals(&row.values)).await?;
            }
            self.foot(writer, sheet, annex.footnotes(), &self.basis_of(row.county)).await?;
        }
        Ok(base)
    }

    fn given_of(&self, county: CountyId) -> Option<&Given> {
        self.given.iter().find(|g| g.county == county)
    }

    /// The day whose state a county's rows show: of what was filed, that of the filing.
    fn date_of(&self, county: CountyId) -> NaiveDate {
        self.given_of(county).map_or(self.date, |given| given.date)
    }

    /// The day that the whole book shows: of filings alone, the latest of theirs.
    fn head_date(&self) -> NaiveDate {
        let filed = self.given.iter().filter(|_| self.only_given).map(|given| given.date).max();
        filed.unwrap_or(self.date)
    }

    /// On what a county's rows rest.
    fn basis_of(&self, county: CountyId) -> String {
        self.given_of(county).map_or_else(|| self.basis(), |given| given.basis.clone())
    }

    /// The lines of a body. The next are read while the last become cells, and those before are written.
    async fn lines(
        &self,
        connection: &mut PgConnection,
        scope: &Scope,
        (writer, sheet): (&SheetWriter, usize),
        part: Part,
        (mut base, tally): (Base, &mut Tally),
    ) -> Result<Base, BookError> {
        let annex = base.annex();
        if let Some(given) = self.given_of(base.county()) {
            let fits = |line: &&GivenLine| part == Part::Whole || (part == Part::WithProblem) == line.problem.is_some();
            let lines: Vec<&GivenLine> = given.of(annex).iter().filter(fits).collect();
            lines.iter().for_each(|line| tally.add_given(annex, line));
            writer.rows(sheet, lines.iter().map(|line| line.values(annex)).collect()).await?;
            return Ok(base);
        }
        let mut reading = Reading::new(annex, part, base.county(), self.campaign.id, self.date);
        let mut lines = reading.next(connection, scope, BATCH).await?;
        while !lines.is_empty() {
            lines.iter().for_each(|line| tally.add(line));
            let laying = tokio::task::spawn_blocking(move || {
                let rows = base.take(&lines).map(|taken| taken.into_iter().map(row).collect::<Vec<_>>());
                (base, rows)
            });
            lines = reading.next(connection, scope, BATCH).await?;
            let (laid, rows) = laying.await.map_err(io::Error::other)?;
            base = laid;
            writer.rows(sheet, rows?).await?;
        }
        Ok(base)
    }

    /// 零报告 with its name, where there is one.
    async fn zero(
        &self,
        connection: &mut PgConnection,
        scope: &Scope,
        writer: &SheetWriter,
        annex: Annex,
        (sheet, county): (usize, CountyId),
    ) -> Result<(), BookError> {
        let report = annexes::zero_report(connection, scope, county, self.campaign, annex, self.date_of(county)).await?;
        if let Some(report) = report {
            let when = dates::long(report.confirmed_on);
            writer.sentence(sheet, format!("{ZERO}　确认人：{}　{when}", report.confirmed_by)).await?;
        }
        Ok(())
    }

    async fn roll_up(&self, connection: &mut PgConnection, writer: &mut SheetWriter) -> Result<usize, BookError> {
        let body = self.body(connection, self.county.unwrap_or(CITY)).await?;
        let layout = Layout {
            name: "汇总表".into(),
            mark: String::new(),
            title: roll_up::TITLE.into(),
            columns: roll_up::heads(),
            frozen: 1,
            ..self.layout(&body, self.head_date())
        };
        Ok(writer.add(layout).await?)
    }

    async fn roll_up_rows(
        &self,
        writer: &SheetWriter,
        sheet: usize,
        table: &Table,
        check: Option<String>,
    ) -> Result<(), BookError> {
        let (counties, totals) = roll_up::rows(table, self.directory, |county| match self.given_of(county) {
            Some(given) => given.basis.clone(),
            None => "实时".to_owned(),
        });
        writer.rows(sheet, counties).await?;
        for total in totals {
            writer.total(sheet, total).await?;
        }
        if let Some(check) = check {
            writer.sentence(sheet, check).await?;
        }
        const NOTE: &str = "注：1.单位数按单位去重。2.完成率=（已完成待核查+已销号+以关代改）÷（问题数-移交），到期完成率为其中截至数据截止日期已到期的；\
            分母为0时以“—”表示。3.行动开始前的事实计入查处，不计入“本次发现”。4.同一案件采取两种以上措施的分别统计。";
        self.foot(writer, sheet, &[NOTE], &self.basis()).await
    }

    /// Footnotes, on what the sheet rests, and the names to be signed.
    async fn foot(&self, writer: &SheetWriter, sheet: usize, notes: &[&str], basis: &str) -> Result<(), BookError> {
        for note in notes {
            writer.note(sheet, *note).await?;
        }
        writer.note(sheet, format!("数据口径：{basis}。")).await?;
        let names: Vec<String> = SIGN_OFF.iter().map(|post| format!("{post}：　　　　　　")).collect();
        writer.note(sheet, format!("{}联系电话：　　　　　　填报日期：　　年　　月　　日", names.concat())).await?;
        Ok(())
    }

    fn layout(&self, body: &str, date: NaiveDate) -> Layout {
        Layout {
            name: String::new(),
            mark: String::new(),
            title: String::new(),
            line: [
                format!("填报单位（盖章）：{body}"),
                format!("数据截止日期：{}", dates::long(date)),
                "金额单位：万元".to_owned(),
            ],
            columns: Vec::new(),
            frozen: 0,
            paper: Paper::A3,
            footer: [self.basis(), format!("数据截止{}", dates::short(date))],
        }
    }

    fn basis(&self) -> String {
        if let Some(basis) = self.basis {
            return basis.to_owned();
        }
        format!("实时数据，{}年{}生成", self.made_at.format("%Y"), dates::instant_long(self.made_at))
    }

    async fn body(&self, connection: &mut PgConnection, county: CountyId) -> Result<String, sqlx::Error> {
        let body = counties::body_on(connection, county, self.date).await?;
        Ok(body.map_or_else(|| self.directory.name(county), |b| b.full_name))
    }

    fn title(&self) -> &'static str {
        match self.wanted {
            Wanted::Annex(annex) => annex.title(),
            Wanted::RollUp => roll_up::TITLE,
        }
    }

    fn file_name(&self) -> String {
        let mark = match self.wanted {
            Wanted::Annex(annex) => annex.mark(),
            Wanted::RollUp => "",
        };
        let area = self.county.map_or("全市".to_owned(), |c| self.directory.name(c));
        format!("{mark}{}-{area}-{}.xlsx", self.title(), self.head_date().format("%Y%m%d"))
    }
}

/// A line of an annex as its sheet has it, the hidden key last.
fn row((cells, key): (Vec<Cell>, String)) -> Vec<Value> {
    cells.into_iter().map(Cell::value).chain([Value::Text(key)]).collect()
}
