//! What becomes of lines: looked up chunk by chunk, then planned one after the other, because a line may mean what stands above
//! it.

use super::act::Planned;
use super::annexes::{self, Table};
use super::kind::Kind;
use super::line::{About, Line, Missing};
use super::store::Choices;
use super::units;
use super::work::Terms;
use crate::annexes::Annex;
use crate::base::Scope;
use sqlx::PgConnection;

/// Remembers what stood above.
#[derive(Debug, Default)]
pub struct Planner {
    units: units::Planner,
    rows: annexes::Above,
}

/// Some lines with all that can be known of them without the lines above.
#[derive(Debug)]
pub enum LookedUp<'l> {
    /// Units.
    Units(units::LookedUp<'l>),
    /// Rows of an annex.
    Rows(Annex, annexes::LookedUp<'l>),
}

impl<'l> LookedUp<'l> {
    /// Reads lines and looks up what they may mean.
    pub async fn of(
        connection: &mut PgConnection,
        scope: &Scope,
        kind: Kind,
        about: &'l About,
        lines: &'l [(Line, Choices)],
        terms: &Terms<'_>,
    ) -> Result<Self, sqlx::Error> {
        Ok(match kind {
            Kind::Units => Self::Units(units::LookedUp::of(connection, scope, about, lines, terms).await?),
            Kind::Annex(annex) => {
                let looked = annexes::LookedUp::of(connection, scope, table(annex, terms), about, lines, terms);
                Self::Rows(annex, looked.await?)
            }
        })
    }
}

impl Planner {
    /// After the last line: the lines that were downloaded and that the file no longer has.
    pub async fn missing(&self, connection: &mut PgConnection, scope: &Scope, kind: Kind) -> Result<Vec<Missing>, sqlx::Error> {
        match kind {
            Kind::Annex(annex) => self.rows.missing(connection, scope, annex).await,
            Kind::Units => Ok(Vec::new()),
        }
    }

    /// Says what becomes of the next lines.
    pub async fn plan(
        &mut self,
        connection: &mut PgConnection,
        scope: &Scope,
        looked: LookedUp<'_>,
        terms: &Terms<'_>,
    ) -> Result<Vec<Planned>, sqlx::Error> {
        match looked {
            LookedUp::Units(looked) => Ok(self.units.plan(looked, terms)),
            LookedUp::Rows(annex, looked) => {
                let mut planner = annexes::Planner::new(table(annex, terms), &mut self.rows);
                planner.plan(connection, scope, looked, terms).await
            }
        }
    }
}

fn table<'a>(annex: Annex, terms: &Terms<'a>) -> Table<'a> {
    Table { annex, campaign: terms.campaign, date: terms.campaign.live_date(terms.today), today: terms.today }
}
