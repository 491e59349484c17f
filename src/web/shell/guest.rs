//! A visit without sign-in: the public pages. It reads no county's facts by itself; a page that was shown a unit's own link, or
//! takes what the public reports, opens just that county, and writes in the name of whoever stands outside.

use super::error::Error;
use super::flash::{self, Flash};
use super::form::{Form, Posted};
use super::frame::Plain;
use super::once;
use super::path;
use super::state::App;
use super::visit::client_address;
use crate::accounts;
use crate::base::{Cells, CountyId, Scope};
use crate::campaigns::{self, Campaign};
use crate::history::Writing;
use crate::platform::database::Reader;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;
use chrono::NaiveDate;
use sqlx::PgConnection;

/// A visit by somebody who has no account.
#[derive(Debug)]
pub struct Guest {
    /// The campaign on the page.
    pub campaign: Campaign,
    /// The application.
    pub app: App,
    /// Every name and value of the query.
    pub query: Vec<(String, String)>,
    /// What was just done.
    pub flash: Option<Flash>,
    address: String,
    door: Reader,
}

impl FromRequestParts<App> for Guest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let query = path::query(&parts.uri)?;
        let mut door = app.db.doorstep().await?;
        let slug = query.iter().find(|(name, _)| name == "campaign").map(|(_, v)| v.as_str()).filter(|v| !v.is_empty());
        let campaign = campaigns::find(door.connection(), slug, app.clocks.business.today()).await?.ok_or(Error::NotFound)?;
        let flash = CookieJar::from_headers(&parts.headers).get(flash::COOKIE).and_then(|c| Flash::read(c.value()));
        Ok(Self { campaign, app: app.clone(), query, flash, address: client_address(app, parts), door })
    }
}

impl Guest {
    /// A connection on which no county table can be read.
    pub fn connection(&mut self) -> &mut PgConnection {
        self.door.connection()
    }

    /// Opens the facts of one county: for a page whose link proves the right to it. From now on the connection reads that county.
    pub async fn open(&mut self, county: CountyId) -> Result<Scope, Error> {
        let scope = Scope::county(county);
        self.door = self.app.db.reader(&scope).await?;
        Ok(scope)
    }

    /// The business date.
    pub fn today(&self) -> NaiveDate {
        self.app.clocks.business.today()
    }

    /// The frame around a page.
    pub fn plain(&self, title: &str) -> Plain {
        Plain::of(&self.app, title)
    }

    /// A form to show.
    pub fn form(&self, cells: Cells) -> Form {
        Form::new(cells, once::issue(&self.secret()))
    }

    /// Empty cells read on the business date.
    pub fn cells(&self) -> Cells {
        Cells::new(self.today())
    }

    /// The form that was posted; it keeps its token when it comes back for mending.
    pub fn posted(&self, posted: Posted) -> Form {
        Form::posted(posted, self.today())
    }

    /// Counts a try for a purpose from this address: beyond `most` an hour it is refused (429).
    pub async fn counted(&mut self, purpose: &str, most: i32) -> Result<(), Error> {
        let (now, address) = (self.app.clocks.wall.now(), self.address.clone());
        let allowed = accounts::try_allowed(self.door.connection(), purpose, &address, most, now).await?;
        if allowed { Ok(()) } else { Err(Error::Throttled) }
    }

    /// Begins to write facts of a county in the name of `who` stands outside (企业, 群众).
    pub async fn write(&self, form: &Form, county: CountyId, who: &str) -> Result<Writing, Error> {
        if !once::issued(&self.secret(), form.token()) {
            return Err(Error::UnknownForm);
        }
        let actor = accounts::outside_actor(who);
        let account = actor.account;
        let mut writing = Writing::begin(&self.app.db, &self.app.key, self.app.clocks, actor, &Scope::county(county)).await?;
        once::claim(&mut writing, form.token(), account).await?;
        Ok(writing)
    }

    /// Commits, and sends the person on with a sentence.
    pub async fn done(&self, writing: Writing, form: &Form, location: &str, flash: Flash) -> Result<Response, Error> {
        once::settle(writing, form.token(), location).await?;
        Ok(flash.and_see(location))
    }

    /// The secret of forms shown to the public: the same on every server and after a restart.
    fn secret(&self) -> Vec<u8> {
        self.app.key.derived("guest forms")
    }
}
