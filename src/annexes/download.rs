//! What a file was written from (its base): kept, so that a file that comes back is compared with what its reader saw and not
//! with what others have entered since. A row of the file names its download and its number in a hidden cell.

use super::Annex;
use super::column::Cell;
use super::line::Line;
use crate::base::{CountyId, Scope, new_id};
use crate::history::{WriteError, Writing};
use chrono::{Duration, NaiveDate};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use futures::TryStreamExt;
use serde::{Deserialize, Serialize, Serializer};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::str::FromStr;
use uuid::Uuid;

/// Days that a base is kept: a file that comes back later is compared cell by cell, and every difference is asked.
const KEPT_DAYS: i64 = 90;
/// Lines packed together.
const CHUNK: usize = 500;

/// A row of a file: its download and its number there, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    /// The download.
    pub download: Uuid,
    /// The row.
    pub no: i32,
}

impl std::fmt::Display for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.download.simple(), self.no)
    }
}

impl FromStr for Known {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (download, no) = text.trim().split_once('-').ok_or(())?;
        let download = Uuid::try_parse(download).map_err(|_| ())?;
        Ok(Self { download, no: no.parse().ok().filter(|n| *n >= 0).ok_or(())? })
    }
}

/// A line as it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Its unit.
    pub unit: Uuid,
    /// Its problem; none on the line of a unit without one.
    pub problem: Option<Uuid>,
    /// Its case.
    pub case: Option<Uuid>,
    /// Its cells as somebody would type them, in the order of the columns.
    pub cells: Vec<String>,
}

/// The lines of a sheet on their way to the database: packed, in a file without a name, so that memory stays flat.
#[derive(Debug)]
pub struct Base {
    id: Uuid,
    annex: Annex,
    county: CountyId,
    campaign: Uuid,
    date: NaiveDate,
    lines: i32,
    spool: File,
    chunks: Vec<(i32, usize)>,
}

impl Base {
    /// An empty base of a download.
    pub fn new(annex: Annex, county: CountyId, campaign: Uuid, date: NaiveDate) -> io::Result<Self> {
        Ok(Self { id: new_id(), annex, county, campaign, date, lines: 0, spool: tempfile::tempfile()?, chunks: Vec::new() })
    }

    /// Which annex.
    pub fn annex(&self) -> Annex {
        self.annex
    }

    /// Whose.
    pub fn county(&self) -> CountyId {
        self.county
    }

    /// Takes the next lines of the file; the cells of each with its key, in order.
    pub fn take(&mut self, lines: &[Line]) -> io::Result<Vec<(Vec<Cell>, String)>> {
        let mut taken = Vec::with_capacity(lines.len());
        for chunk in lines.chunks(CHUNK) {
            let first = self.lines;
            let cells: Vec<Vec<Cell>> = chunk.iter().map(|line| self.annex.cells(line)).collect();
            let kept: Vec<Keeping<'_>> = chunk.iter().zip(&cells).map(Keeping::of).collect();
            // Packed in one go: piece by piece, as JSON is written, takes three times as long.
            let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&serde_json::to_vec(&kept)?)?;
            let packed = packed.finish()?;
            self.spool.write_all(&packed)?;
            self.chunks.push((first, packed.len()));
            for cells in cells {
                taken.push((cells, Known { download: self.id, no: self.lines }.to_string()));
                self.lines += 1;
            }
        }
        Ok(taken)
    }
}

impl Kept {
    /// A line with its cells as the file has them.
    pub fn of(annex: Annex, line: &Line) -> Self {
        let cells = annex.cells(line).iter().map(Cell::typed).collect();
        Self { unit: line.unit_id, problem: line.problem_id, case: line.case_id, cells }
    }
}

/// A [`Kept`] on its way to be packed: its texts are copied only there.
#[derive(Serialize)]
struct Keeping<'a> {
    unit: Uuid,
    problem: Option<Uuid>,
    case: Option<Uuid>,
    cells: Vec<Typed<'a>>,
}

/// A cell as somebody would type it.
struct Typed<'a>(&'a Cell);

impl<'a> Keeping<'a> {
    fn of((line, cells): (&'a Line, &'a Vec<Cell>)) -> Self {
        Self { unit: line.unit_id, problem: line.problem_id, case: line.case_id, cells: cells.iter().map(Typed).collect() }
    }
}

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Blank | Cell::Gap => serializer.serialize_str(""),
            other => serializer.serialize_str(&other.typed()),
        }
    }
}

/// Keeps a base, and throws the county's old ones away.
pub async fn keep(writing: &mut Writing, base: &mut Base) -> Result<(), WriteError> {
    let now = writing.recorded_at();
    let account = writing.actor().account;
    sqlx::query("delete from downloads where county_id = $1 and made_at < $2")
        .bind(base.county)
        .bind(now - Duration::days(KEPT_DAYS))
        .execute(writing.connection())
        .await?;
    sqlx::query(
        "insert into downloads (county_id, id, account_id, campaign_id, annex, data_date, lines, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(base.county)
    .bind(base.id)
    .bind(account)
    .bind(base.campaign)
    .bind(base.annex.number())
    .bind(base.date)
    .bind(base.lines)
    .bind(now)
    .execute(writing.connection())
    .await?;
    base.spool.seek(SeekFrom::Start(0)).map_err(sqlx::Error::Io)?;
    for (first, length) in &base.chunks {
        let mut packed = vec![0; *length];
        base.spool.read_exact(&mut packed).map_err(sqlx::Error::Io)?;
        sqlx::query("insert into download_lines (county_id, download_id, first_no, packed) values ($1, $2, $3, $4)")
            .bind(base.county)
            .bind(base.id)
            .bind(first)
            .bind(packed)
            .execute(writing.connection())
            .await?;
    }
    Ok(())
}

/// The lines that rows were written from, as far as their downloads are of this annex and campaign and still kept.
pub async fn kept(
    connection: &mut PgConnection,
    scope: &Scope,
    annex: Annex,
    campaign: Uuid,
    rows: &[Known],
) -> Result<HashMap<Known, (CountyId, Kept)>, sqlx::Error> {
    let downloads: Vec<Uuid> = rows.iter().map(|r| r.download).collect::<HashSet<_>>().into_iter().collect();
    let starts: Vec<(Uuid, i32)> = sqlx::query_as(
        "select l.download_id, l.first_no from download_lines l join downloads d on d.county_id = l.county_id and d.id = l.download_id
         where d.county_id = any($1) and d.id = any($2) and d.annex = $3 and d.campaign_id = $4",
    )
    .bind(scope.ids())
    .bind(downloads)
    .bind(annex.number())
    .bind(campaign)
    .fetch_all(&mut *connection)
    .await?;
    let starts: BTreeSet<(Uuid, i32)> = starts.into_iter().collect();
    let of_row = |r: &Known| starts.range((r.download, 0)..=(r.download, r.no)).next_back().copied();
    let (downloads, firsts): (Vec<Uuid>, Vec<i32>) = rows.iter().filter_map(of_row).collect::<BTreeSet<_>>().into_iter().unzip();
    let found: Vec<(CountyId, Uuid, i32, Vec<u8>)> = sqlx::query_as(
        "select l.county_id, l.download_id, l.first_no, l.packed
         from unnest($2::uuid[], $3::integer[]) as a(download, first_no)
         join download_lines l on l.county_id = any($1) and l.download_id = a.download and l.first_no = a.first_no",
    )
    .bind(scope.ids())
    .bind(downloads)
    .bind(firsts)
    .fetch_all(connection)
    .await?;
    let mut kept = HashMap::new();
    for (county, download, first, packed) in found {
        let lines = unpacked(&packed)?;
        kept.extend((first..).zip(lines).map(|(no, line)| (Known { download, no }, (county, line))));
    }
    Ok(kept)
}

/// The lines of these rows' downloads that are not among the rows: what a file no longer has. At most `most`.
pub async fn left_out(
    connection: &mut PgConnection,
    scope: &Scope,
    rows: &HashSet<Known>,
    most: usize,
) -> Result<Vec<Kept>, sqlx::Error> {
    let downloads: Vec<Uuid> = rows.iter().map(|r| r.download).collect::<BTreeSet<_>>().into_iter().collect();
    let mut packs = sqlx::query_as::<_, (Uuid, i32, Vec<u8>)>(
        "select download_id, first_no, packed from download_lines where county_id = any($1) and download_id = any($2)
         order by download_id, first_no",
    )
    .bind(scope.ids())
    .bind(downloads)
    .fetch(connection);
    let mut missing = Vec::new();
    while let Some((download, first, packed)) = packs.try_next().await? {
        let lines = (first..).zip(unpacked(&packed)?);
        missing.extend(lines.filter(|(no, _)| !rows.contains(&Known { download, no: *no })).map(|(_, kept)| kept));
        if missing.len() >= most {
            break;
        }
    }
    missing.truncate(most);
    Ok(missing)
}

fn unpacked(packed: &[u8]) -> Result<Vec<Kept>, sqlx::Error> {
    let mut json = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut json).map_err(sqlx::Error::Io)?;
    serde_json::from_slice(&json).map_err(|e| sqlx::Error::Decode(e.into()))
}
