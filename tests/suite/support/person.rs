//! A person with a browser's habits but no browser: cookies are kept, forms post back what they were given.

use super::page::Page;
use super::server::{PASSWORD, TestApp};
use reqwest::cookie::{CookieStore, Jar};
use std::sync::Arc;
use zhengzhi::base::role::Actor;

/// A person.
pub struct Person {
    /// Who, if signed in.
    pub actor: Option<Actor>,
    /// Under which login, if signed in.
    pub login: Option<String>,
    client: reqwest::Client,
    jar: Arc<Jar>,
    url: String,
}

impl Person {
    /// Somebody who has not signed in.
    pub fn stranger(app: &TestApp) -> Self {
        Self::stranger_at(&app.url)
    }

    /// The same at any server.
    pub fn stranger_at(url: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let builder = reqwest::Client::builder().cookie_provider(Arc::clone(&jar)).redirect(reqwest::redirect::Policy::none());
        Self { actor: None, login: None, client: builder.build().unwrap(), jar, url: url.to_owned() }
    }

    /// Somebody who signs in with a login.
    pub async fn signed_in(app: &TestApp, actor: Actor, login: &str) -> Self {
        let mut person = Self::stranger(app);
        let page = person.post("/login", &[("login", login), ("password", PASSWORD)]).await;
        assert_eq!(page.status, 303, "{login} could not sign in: {}", page.text());
        (person.actor, person.login) = (Some(actor), Some(login.to_owned()));
        person
    }

    /// The same person at another server of the same database.
    pub fn moved_to(&self, url: &str) -> Self {
        Self {
            client: self.client.clone(),
            jar: Arc::clone(&self.jar),
            url: url.to_owned(),
            actor: self.actor.clone(),
            login: self.login.clone(),
        }
    }

    /// Opens a page; redirects are not followed.
    pub async fn get(&self, path: &str) -> Page {
        self.try_get(path).await.unwrap()
    }

    /// The same at a server that may be gone. An answer that was begun must come to its end.
    pub async fn try_get(&self, path: &str) -> reqwest::Result<Page> {
        Ok(Page::read(path, self.client.get(self.at(path)).send().await?).await)
    }

    /// Opens a page that must be there.
    pub async fn open(&self, path: &str) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "GET {path}: {}", page.text());
        page
    }

    /// Takes a file.
    pub async fn download(&self, path: &str) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
        let response = self.client.get(self.at(path)).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, response.bytes().await.unwrap().to_vec())
    }

    /// Posts just these fields.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        Page::read(path, self.client.post(self.at(path)).form(fields).send().await.unwrap()).await
    }

    /// Posts with headers, as another site's page would.
    pub async fn post_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&'static str, &str)]) -> Page {
        let mut request = self.client.post(self.at(path)).form(fields);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Page::read(path, request.send().await.unwrap()).await
    }

    /// Opens the page of a form, fills fields in and sends it: everything the page gave is posted back, and a field filled
    /// in replaces what stood there. The form is the one whose action is `action` (query and all).
    pub async fn fill_to(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let shown = self.open(page).await;
        self.send(&shown, action, fields).await
    }

    /// Fills the form of a page that posts to itself, and sends it.
    pub async fn fill(&self, page: &str, fields: &[(&str, &str)]) -> Page {
        self.fill_to(page, page.split('?').next().unwrap_or(page), fields).await
    }

    /// Fills a form of a page already open, and sends it.
    pub async fn send(&self, shown: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        self.try_send(shown, action, fields).await.unwrap()
    }

    /// The same at a server that may be gone. An answer that was begun must come to its end.
    pub async fn try_send(&self, shown: &Page, action: &str, fields: &[(&str, &str)]) -> reqwest::Result<Page> {
        let (action, mut pairs) = shown.form_to(action);
        pairs.retain(|(name, _)| !fields.iter().any(|(n, _)| n == name));
        pairs.extend(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        Ok(Page::read(&action, self.client.post(self.at(&action)).form(&pairs).send().await?).await)
    }

    /// Uploads a file with the form of a page.
    pub async fn upload(&self, page: &str, action: &str, name: &str, bytes: Vec<u8>) -> Page {
        let shown = self.open(page).await;
        let mut form = reqwest::multipart::Form::new();
        for (field, value) in shown.form(action) {
            form = form.text(field, value);
        }
        form = form.part("file", reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned()));
        Page::read(action, self.client.post(self.at(action)).multipart(form).send().await.unwrap()).await
    }

    /// Sends a form with files as it is.
    pub async fn send_multipart(&self, action: &str, form: reqwest::multipart::Form) -> Page {
        Page::read(action, self.client.post(self.at(action)).multipart(form).send().await.unwrap()).await
    }

    /// Pastes a block of cells into the form of a page.
    pub async fn paste(&self, page: &str, block: &str) -> Page {
        let token = self.open(page).await.attribute("[name=form_token]", "value").unwrap();
        let form = reqwest::multipart::Form::new().text("form_token", token).text("pasted", block.to_owned());
        Page::read(page, self.client.post(self.at(page)).multipart(form).send().await.unwrap()).await
    }

    /// Opens the page that an answer sends the person on to.
    pub async fn follow(&self, page: &Page) -> Page {
        assert_eq!(page.status, 303, "{} sends nobody on: {}", page.path, page.text());
        self.open(page.location.as_deref().unwrap()).await
    }

    /// The cookies that this person's browser would send, as a header says them.
    pub fn cookie(&self) -> String {
        let url = self.url.parse().unwrap();
        self.jar.cookies(&url).unwrap().to_str().unwrap().to_owned()
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}
