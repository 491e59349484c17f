//! One visit to a page: who asks, what they may see, the connection that is theirs for this request, the campaign.

use super::draft::{self, Lost};
use super::error::Error;
use super::flash::{self, Flash};
use super::form::{Form, Posted};
use super::frame::{self, Frame};
use super::once;
use super::path;
use super::state::App;
use super::stay::Stay;
use crate::accounts::{self, SessionToken, Viewer};
use crate::base::ability::Ability;
use crate::base::{Cells, CountyId, Permit, Scope, dates};
use crate::campaigns::{self, Campaign};
use crate::history::Writing;
use crate::platform::database::{Reader, is_unavailable};
use crate::units::{self, Unit};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, Duration, NaiveDate};
use sqlx::PgConnection;
use std::net::{IpAddr, SocketAddr};
use uuid::Uuid;

/// A visit by a signed-in person.
#[derive(Debug)]
pub struct Visit {
    /// Who.
    pub viewer: Viewer,
    /// The campaign on the page.
    pub campaign: Campaign,
    /// The application.
    pub app: App,
    /// Every name and value of the query.
    pub query: Vec<(String, String)>,
    path: String,
    current: Option<Uuid>,
    stay: Stay,
    reader: Reader,
    token: SessionToken,
    flash: Option<Flash>,
    draft: Option<Vec<(String, String)>>,
}

/// The session cookie: `__Host-` exactly when people come by https.
pub fn cookie_name(app: &App) -> &'static str {
    if app.config.behind_https() { "__Host-session" } else { "session" }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let visit = Self::begin(parts, app).await?;
        if visit.viewer.must_change && !matches!(parts.uri.path(), "/password" | "/logout") {
            return Err(Error::MustChange);
        }
        Ok(visit)
    }
}

impl Visit {
    async fn begin(parts: &Parts, app: &App) -> Result<Self, Error> {
        let jar = CookieJar::from_headers(&parts.headers);
        let token = jar.get(cookie_name(app)).and_then(|c| SessionToken::read(c.value()));
        let query = path::query(&parts.uri)?;
        let campaign =
            query.iter().find(|(name, _)| name == "campaign").map(|(_, value)| value.as_str()).filter(|v| !v.is_empty());
        let now = app.clocks.wall.now();
        let found = accounts::visit(&app.db, token.as_ref(), campaign, now, app.clocks.business.today()).await?;
        let (Some(mut viewer), Some(token)) = (found.viewer, token) else {
            return Err(sign_in(parts));
        };
        let max_age = app.config.accounts.password_max_age_days;
        if max_age > 0 && now - viewer.password_changed_at > Duration::days(max_age.into()) {
            viewer.must_change = true;
        }
        let mut reader = found.reader;
        if now - viewer.seen_at > Duration::minutes(1)
            && let Err(error) = accounts::touch(reader.connection(), &token, now).await
        {
            // A database that only reads (its disk is full) still shows its pages.
            if !is_unavailable(&error) {
                return Err(error.into());
            }
            tracing::warn!(%error, "the use of a session could not be noted");
        }
        let asked = query.iter().find(|(name, _)| name == draft::QUERY).and_then(|(_, id)| Uuid::try_parse(id).ok());
        let draft = match asked {
            Some(id) => accounts::draft(reader.connection(), viewer.actor.account, id, now).await?,
            None => None,
        };
        let flash = jar.get(flash::COOKIE).and_then(|c| Flash::read(c.value())).or_else(|| draft.as_ref().map(|_| restored()));
        let visit = Self {
            viewer,
            campaign: found.campaign.ok_or(Error::NotFound)?,
            app: app.clone(),
            query,
            path: parts.uri.path().to_owned(),
            current: found.current,
            stay: parts.extensions.get().cloned().unwrap_or_default(),
            reader,
            token,
            flash,
            draft,
        };
        visit.stay_in_its_campaign();
        Ok(visit)
    }

    /// Waits for work that needs no connection (a password that is checked in its turn), and holds none meanwhile.
    pub async fn meanwhile<T>(self, work: impl Future<Output = Result<T, Error>>) -> Result<(Self, T), Error> {
        let Self { viewer, campaign, app, query, path, current, stay, reader, token, flash, draft } = self;
        drop(reader);
        let done = work.await?;
        let reader = app.db.reader(&viewer.scope).await?;
        Ok((Self { viewer, campaign, app, query, path, current, stay, reader, token, flash, draft }, done))
    }

    /// The connection for the page's queries; its scope is the viewer's.
    pub fn connection(&mut self) -> &mut PgConnection {
        self.reader.connection()
    }

    /// What the viewer may see, as a value of its own for use beside the connection.
    pub fn scope(&self) -> Scope {
        self.viewer.scope.clone()
    }

    /// Goes over to the campaign of what the page is about, whatever the query names: a filing or a file is judged by its own.
    pub async fn within_campaign(&mut self, id: Uuid) -> Result<(), Error> {
        if self.campaign.id != id {
            self.campaign = campaigns::find_by_id(self.connection(), id).await?.ok_or(Error::NotFound)?;
            self.stay_in_its_campaign();
        }
        Ok(())
    }

    /// Whether a campaign is that of today, which is shown where none is asked for.
    pub fn is_current(&self, campaign: Uuid) -> bool {
        self.current == Some(campaign)
    }

    fn stay_in_its_campaign(&self) {
        self.stay.set((!self.is_current(self.campaign.id)).then(|| self.campaign.slug.clone()));
    }

    /// A unit within the viewer's scope; somebody else's is like none at all: 404.
    pub async fn unit(&mut self, id: Uuid) -> Result<Unit, Error> {
        let scope = self.scope();
        units::find(self.connection(), &scope, id).await?.ok_or(Error::NotFound)
    }

    /// The unit that the query names as `unit`.
    pub async fn asked_unit(&mut self) -> Result<Unit, Error> {
        let id = self.asked("unit").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
        self.unit(id).await
    }

    /// The value of a name in the query; an empty one is none.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// The county that the query names, if the viewer may see it; somebody else's is like none at all: 404.
    pub fn asked_county(&self) -> Result<Option<CountyId>, Error> {
        match self.asked("county") {
            None => Ok(None),
            Some(text) => {
                let county = CountyId::from_code(text).or_else(|| self.app.directory.read(text)).ok_or(Error::NotFound)?;
                self.viewer.scope.holds(county).then_some(Some(county)).ok_or(Error::NotFound)
            }
        }
    }

    /// The data date that the query names; without one, that of a live view.
    pub fn data_date(&self) -> Result<NaiveDate, Error> {
        match self.asked("date") {
            Some(typed) => dates::read_date(typed, self.today()).map_err(|_| Error::Bad("date")),
            None => Ok(self.campaign.live_date(self.today())),
        }
    }

    /// The business date.
    pub fn today(&self) -> NaiveDate {
        self.app.clocks.business.today()
    }

    /// The business moment in 北京时间.
    pub fn now(&self) -> DateTime<chrono::FixedOffset> {
        self.app.clocks.business.now()
    }

    /// Whether the viewer may do something at all.
    pub fn may<A: Ability>(&self) -> bool {
        A::granted(&self.viewer.actor)
    }

    /// Whether the viewer may do something to rows of a county.
    pub fn may_in<A: Ability>(&self, county: CountyId) -> bool {
        Permit::<A>::ask(&self.viewer.actor, county).is_some()
    }

    /// Insists that the viewer may do something: 403.
    pub fn insist<A: Ability>(&self) -> Result<(), Error> {
        if self.may::<A>() { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Insists on the right to something in a county: 403.
    pub fn insist_in<A: Ability>(&self, county: CountyId) -> Result<(), Error> {
        if self.may_in::<A>(county) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The frame around a page.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let app = &self.app;
        Frame {
            title: title.into(),
            viewer_name: self.viewer.actor.name.clone(),
            role_label: self.viewer.actor.role.label(),
            body_name: self.viewer.body_name.clone(),
            campaign_title: self.campaign.title.clone(),
            elsewhere: !self.is_current(self.campaign.id),
            deadline: self.campaign.countdown(self.now()),
            demo: app.demo,
            rehearsal: frame::rehearsal(app),
            flash: self.flash.clone(),
            menu: frame::menu(self.viewer.actor.role, &self.path),
            form_token: self.new_token(),
            css: app.assets.css.clone(),
            js: app.assets.js.clone(),
            icon: app.assets.icon.clone(),
        }
    }

    /// A form to show: with what the person had typed when the session ended, if they come back for it.
    pub fn form(&self, mut cells: Cells) -> Form {
        if let Some(typed) = &self.draft {
            cells.lay_over(typed);
        }
        Form::new(cells, self.new_token())
    }

    /// Empty cells read on the business date.
    pub fn cells(&self) -> Cells {
        Cells::new(self.today())
    }

    /// The form that was posted.
    pub fn posted(&self, posted: Posted) -> Form {
        Form::posted(posted, self.today())
    }

    /// Begins to write what `form` asks for. A form of another session is refused, a replay goes (303) to what the first made.
    pub async fn write(&mut self, form: &Form) -> Result<Writing, Error> {
        let (app, scope) = (self.app.clone(), self.scope());
        if !self.issued(form.token()) {
            return Err(Error::UnknownForm);
        }
        let mut writing = Writing::begin(&app.db, &app.key, app.clocks, self.viewer.actor.clone(), &scope).await?;
        once::claim(&mut writing, form.token(), self.viewer.actor.account).await?;
        Ok(writing)
    }

    /// Commits, and sends the person on with a sentence.
    pub async fn done(&self, writing: Writing, form: &Form, location: &str, flash: Flash) -> Result<Response, Error> {
        self.keep(writing, form, location).await?;
        Ok(flash.and_see(location))
    }

    /// Commits without sending the person on, for a page that shows what must not travel (a one-time password). A replay of
    /// the form goes to `location`.
    pub async fn keep(&self, writing: Writing, form: &Form, location: &str) -> Result<(), Error> {
        once::settle(writing, form.token(), location).await
    }

    /// The session's token, for ending it.
    pub fn token(&self) -> &SessionToken {
        &self.token
    }

    fn new_token(&self) -> String {
        once::issue(self.token.secret().as_bytes())
    }

    fn issued(&self, token: &str) -> bool {
        once::issued(self.token.secret().as_bytes(), token)
    }
}

/// What a page says over a form that was lost and found.
fn restored() -> Flash {
    Flash::warn("登录曾经过期，您填写的内容已恢复在表中，尚未保存。请核对后重新保存。")
}

/// To the sign-in page, and afterwards to the page asked for; after a lost post, to the page of its form.
fn sign_in(parts: &Parts) -> Error {
    match parts.method {
        Method::GET | Method::HEAD => {
            Error::SignIn { next: parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(), lost: None }
        }
        _ => {
            let page = draft::page_of(parts);
            Error::SignIn { next: page.clone(), lost: Some(Lost { page }) }
        }
    }
}

/// The address a request comes from: the connection's, or what a trusted proxy says.
pub fn client_address(app: &App, parts: &Parts) -> String {
    let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    match (direct, app.config.server.trusted_proxy) {
        (Some(ip), Some(proxy)) if ip == proxy => forwarded(&parts.headers).unwrap_or(ip).to_string(),
        (Some(ip), _) => ip.to_string(),
        (None, _) => "local".to_owned(),
    }
}

/// The address that the proxy itself noted: the last entry of the last line. What stands before it is what the client sent.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?;
    let entry = line.to_str().ok()?.rsplit(',').next()?.trim();
    // Some proxies add the port.
    entry.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// Clears a flash once a page has shown it.
pub async fn clear_flash(request: axum::extract::Request, next: axum::middleware::Next) -> Response {
    let carried = request.headers().get_all(header::COOKIE).iter().any(|v| v.to_str().is_ok_and(|v| v.contains("flash=")));
    let get = request.method() == Method::GET;
    let mut response = next.run(request).await;
    let page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if carried && get && page {
        response.headers_mut().append(header::SET_COOKIE, flash::clearing());
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_proxy_added_is_believed() {
        let of = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            forwarded(&headers).map(|ip| ip.to_string())
        };
        assert_eq!(of(&["10.0.0.1, 203.0.113.7"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(of(&["10.0.0.1", "203.0.113.7"]).as_deref(), Some("203.0.113.7"), "a proxy that adds a line of its own");
        assert_eq!(of(&["203.0.113.7:51812"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(of(&["10.0.0.1", "[2001:db8::7]:443"]).as_deref(), Some("2001:db8::7"));
        assert_eq!(of(&["203.0.113.7, unknown"]), None, "what is no address is not noted as one");
        assert_eq!(of(&[]), None);
    }
}
