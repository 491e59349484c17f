//! What the pages of lists share: what their address asks for, the pager, and the rows that a batch means.

use super::error::Error;
use super::flash::Flash;
use super::form::{Choice, Form, choices};
use super::visit::Visit;
use super::{Answer, see};
use crate::base::CountyId;
use crate::base::ability::Download;
use crate::counties::Directory;
use crate::figures::{self, List};
use crate::platform::database::{Listing, Page, Within, listing};
use crate::web::paths;
use axum::response::IntoResponse;
use axum_extra::extract::cookie::CookieJar;
use uuid::Uuid;

/// Most rows of one batch.
const MOST: i64 = 5_000;

/// Names in an address that are not of the filter.
const NOT_OF_THE_FILTER: [&str; 4] = ["after", "id", "all", "campaign"];

/// A list as its address asks for it, apart from the room's own filter.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Counties, campaign and date.
    pub within: Within,
    /// The county that the address names.
    pub county: Option<CountyId>,
    /// The figure whose rows are asked for: its word, and the query that gives them.
    pub figure: Option<(&'static str, String)>,
    /// The line after which the page begins.
    pub after: Option<Uuid>,
    path: &'static str,
    pairs: Vec<(String, String)>,
}

impl Asked {
    /// Reads the address of a list. Somebody else's county, and a figure of another list, are like none: 404.
    pub fn of(visit: &Visit, path: &'static str, list: List) -> Result<Self, Error> {
        let figure = match visit.asked("figure") {
            Some(key) => {
                let rows = figures::rows(key, 1, 2, 3).filter(|rows| rows.list == list).ok_or(Error::NotFound)?;
                Some((figures::figure(key).map_or("", |f| f.label), rows.sql))
            }
            None => None,
        };
        Ok(Self { figure, ..Self::plain(visit, path)? })
    }

    /// Reads the address of a list behind which no figure stands.
    pub fn plain(visit: &Visit, path: &'static str) -> Result<Self, Error> {
        let county = visit.asked_county()?;
        let within = Within {
            scope: county.and_then(|c| visit.scope().narrowed_to(c)).unwrap_or_else(|| visit.scope()),
            campaign: visit.campaign.id,
            date: visit.asked("date").and_then(|d| d.parse().ok()).unwrap_or(visit.today()),
        };
        let after = visit.asked("after").and_then(|id| id.parse().ok());
        Ok(Self { within, county, figure: None, after, path, pairs: filter_of(visit) })
    }

    /// The query behind the figure that is asked for.
    pub fn rows(&self) -> Option<String> {
        self.figure.as_ref().map(|(_, sql)| sql.clone())
    }

    /// Whether anything is asked for beside all.
    pub fn filtered(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// An address with this filter, some names of it changed; paging starts anew.
    pub fn address(&self, path: &str, changed: &[(&str, &str)]) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| !changed.iter().any(|(n, _)| n == name));
        let mut pairs: Vec<(&str, &str)> = kept.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        pairs.extend(changed);
        paths::with(path, &pairs)
    }

    /// The rows that a batch means: those ticked, or all that fit the filter. All of more than a batch holds is refused, not cut.
    pub async fn picked<L: Listing>(&self, visit: &mut Visit, list: &L) -> Result<Vec<Uuid>, Error> {
        if visit.asked("all").is_some() {
            let all = listing::ids(visit.connection(), &self.within, list, MOST + 1).await?;
            if all.len() > MOST as usize {
                return Err(Error::Conflict(format!(
                    "当前筛选结果超过{MOST}条，不能一次全选，没有作任何更新。请返回列表，缩小筛选范围后分批办理。"
                )));
            }
            return Ok(all);
        }
        Ok(visit.query.iter().filter(|(n, _)| n == "id").filter_map(|(_, v)| v.parse().ok()).collect())
    }
}

/// The rows that came back with the form of a batch.
pub fn picked_in(form: &Form) -> Vec<Uuid> {
    form.cells.all("id").filter_map(|id| id.parse().ok()).take(MOST as usize).collect()
}

/// What a batch would do, shown before anything is written: how many rows its act fits, and why it leaves the others alone.
#[derive(Clone, Debug)]
pub struct Look {
    /// The act.
    pub act: String,
    /// Rows that it fits.
    pub fits: usize,
    /// Rows that it leaves alone.
    pub skipped: usize,
    /// Why.
    pub why: String,
    typed: Vec<(String, String)>,
}

impl Look {
    /// The name of the field that says how far a batch has come.
    pub const STAGE: &'static str = "stage";

    /// Whether a person has seen what the batch does, and goes on.
    pub fn agreed(form: &Form) -> bool {
        form.value(Self::STAGE) == "write"
    }

    /// Whether a person has seen what the batch does, and wants to change it.
    pub fn reconsidered(form: &Form) -> bool {
        form.value(Self::STAGE) == "change"
    }

    /// What `act` does with `all` rows of which it fits some. `typed`: the form as posted.
    pub fn of(act: &str, (fits, all): (usize, usize), why: &str, typed: Vec<(String, String)>) -> Self {
        let skipped = all - fits;
        let typed = typed.into_iter().filter(|(name, _)| name != "form_token" && name != Self::STAGE).collect();
        Self { act: act.to_owned(), fits, skipped, why: why.to_owned(), typed }
    }

    /// 将更新40条，跳过2条（原因）.
    pub fn sentence(&self, unit: &str) -> String {
        let why = if self.skipped > 0 && !self.why.is_empty() { format!("（{}）", self.why) } else { String::new() };
        format!("{}：将更新{}{unit}，跳过{}{unit}{why}。", self.act, self.fits, self.skipped)
    }

    /// What was typed, to be posted again.
    pub fn typed(&self) -> &[(String, String)] {
        &self.typed
    }
}

/// To the next record after `after` of which something is missing; with none left, back to the list with a word.
pub async fn to_next_gap<L: Listing>(mut visit: Visit, asked: Asked, lacking: &L) -> Answer {
    let found = listing::lines(visit.connection(), &asked.within, lacking, asked.after, 1).await?;
    if let Some(line) = found.first() {
        return Ok(see(&asked.address(&format!("{}/{}", asked.path, L::id(line)), &[])));
    }
    let word = if asked.after.is_some() { "后面没有待补的了。" } else { "这些记录没有待补的内容。" };
    let cookie = CookieJar::new().add(Flash::done(word).cookie());
    Ok((cookie, see(&asked.address(asked.path, &[]))).into_response())
}

/// Where a record's page and forms lead along the filter that the person came by.
#[derive(Clone, Debug)]
pub struct Walk {
    pairs: Vec<(String, String)>,
    list: &'static str,
    id: Uuid,
}

impl Walk {
    /// Of a record of a list.
    pub fn of(visit: &Visit, list: &'static str, id: Uuid) -> Self {
        Self { pairs: filter_of(visit), list, id }
    }

    /// An address that keeps the filter.
    pub fn along(&self, path: &str) -> String {
        let pairs: Vec<(&str, &str)> = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        paths::with(path, &pairs)
    }

    /// The record's own page.
    pub fn record(&self) -> String {
        self.along(&format!("{}/{}", self.list, self.id))
    }

    /// The record's form.
    pub fn form(&self) -> String {
        self.along(&format!("{}/{}/edit", self.list, self.id))
    }

    /// The list.
    pub fn list(&self) -> String {
        self.along(self.list)
    }

    /// The next record of which something is missing.
    pub fn next_gap(&self) -> String {
        let id = self.id.to_string();
        let mut pairs: Vec<(&str, &str)> = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        pairs.push(("after", &id));
        paths::with(&paths::next_gap(self.list), &pairs)
    }
}

/// The filter in the address of a page: names and values that say something.
fn filter_of(visit: &Visit) -> Vec<(String, String)> {
    let pairs = visit.query.iter().filter(|(name, value)| !NOT_OF_THE_FILTER.contains(&name.as_str()) && !value.is_empty());
    pairs.cloned().collect()
}

/// What a template of a list asks.
#[derive(Clone, Debug)]
pub struct ListView {
    /// The counties to choose from; none where there is but one.
    pub counties: Vec<Choice>,
    /// How many lines there are; `None` when more than ten thousand.
    pub total: Option<i64>,
    /// How many are on the page.
    pub shown: usize,
    /// Names of counties.
    pub names: Directory,
    asked: Asked,
    last: Option<Uuid>,
    may_download: bool,
}

impl ListView {
    /// The view of a page that was found.
    pub fn of<L: Listing>(visit: &Visit, asked: Asked, found: &Page<L::Line>) -> Self {
        let many = !visit.viewer.actor.role.of_a_county();
        let counties = visit.app.directory.counties().filter(|_| many).map(|c| (c.id.to_string(), c.name.clone()));
        Self {
            counties: choices(counties),
            total: found.total,
            shown: found.lines.len(),
            names: visit.app.directory.clone(),
            last: found.lines.last().filter(|_| found.more).map(L::id),
            may_download: visit.may::<Download>(),
            asked,
        }
    }

    /// How many rows a batch over the whole filter has; none where they are more than it holds.
    pub fn all(&self) -> Option<i64> {
        self.total.filter(|total| *total <= MOST)
    }

    /// Most rows of one batch.
    pub fn most(&self) -> i64 {
        MOST
    }

    /// Whether counties must be told apart.
    pub fn city(&self) -> bool {
        !self.counties.is_empty()
    }

    /// The bare list.
    pub fn path(&self) -> &'static str {
        self.asked.path
    }

    /// The filter as names and values.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.asked.pairs
    }

    /// Whether anything is asked for beside all.
    pub fn filtered(&self) -> bool {
        self.asked.filtered()
    }

    /// The value of a name in the filter.
    pub fn value(&self, name: &str) -> &str {
        self.asked.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// The word of the figure whose rows are shown.
    pub fn figure(&self) -> Option<&'static str> {
        self.asked.figure.as_ref().map(|(label, _)| *label)
    }

    /// The first page, from a later one.
    pub fn first(&self) -> Option<String> {
        self.asked.after.map(|_| self.asked.address(self.asked.path, &[]))
    }

    /// The next page.
    pub fn next(&self) -> Option<String> {
        self.last.map(|last| self.asked.address(self.asked.path, &[("after", &last.to_string())]))
    }

    /// All that the filter shows as a file, for who may take files away.
    pub fn file(&self) -> Option<String> {
        self.may_download.then(|| self.asked.address(&format!("{}.xlsx", self.asked.path), &[]))
    }

    /// The next record of the filter of which something is missing.
    pub fn next_gap(&self) -> String {
        self.asked.address(&paths::next_gap(self.asked.path), &[])
    }

    /// This list with one name of the filter changed.
    pub fn with(&self, name: &str, value: &str) -> String {
        self.asked.address(self.asked.path, &[(name, value)])
    }
}
