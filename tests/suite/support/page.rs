//! A page as a person reads it: visible text, fields, sentences beside fields, tables.

use scraper::{ElementRef, Html, Selector};

/// An answer of the server.
pub struct Page {
    /// What was asked for.
    pub path: String,
    /// The status.
    pub status: u16,
    /// Where it sends the person on.
    pub location: Option<String>,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The source.
    pub html: String,
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: ElementRef) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    /// Reads an answer.
    pub async fn read(path: &str, response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let location = headers.get("location").map(|v| v.to_str().unwrap().to_owned());
        Self { path: path.to_owned(), status, location, headers, html: response.text().await.unwrap() }
    }

    /// The visible text of the page's main part (of all of it where there is none), in one line.
    pub fn text(&self) -> String {
        let document = Html::parse_document(&self.html);
        match all(&document, "main").first() {
            Some(main) => words(*main),
            None => words(document.root_element()),
        }
    }

    /// The same text without the spaces between its pieces: a sentence with links in it, as it is read.
    pub fn said(&self) -> String {
        self.text().replace(' ', "")
    }

    /// The texts of what a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        all(&Html::parse_document(&self.html), selector).into_iter().map(words).collect()
    }

    /// An attribute of every element that a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html);
        all(&document, selector).iter().filter_map(|e| e.value().attr(name)).map(str::to_owned).collect()
    }

    /// An attribute of the first element that a selector finds.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let document = Html::parse_document(&self.html);
        all(&document, selector).first().and_then(|e| e.value().attr(name)).map(str::to_owned)
    }

    /// The addresses that links inside `selector` go to.
    pub fn links(&self, selector: &str) -> Vec<(String, String)> {
        let document = Html::parse_document(&self.html);
        all(&document, &format!("{selector} a[href]"))
            .into_iter()
            .map(|a| (words(a), a.value().attr("href").unwrap().to_owned()))
            .collect()
    }

    /// The sentence beside a field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.texts(&format!("#e-{field}")).into_iter().next()
    }

    /// The question about a field.
    pub fn question(&self, field: &str) -> Option<String> {
        self.texts(&format!("#q-{field} p")).into_iter().next()
    }

    /// What a field holds.
    pub fn value(&self, field: &str) -> Option<String> {
        let pairs = self.inputs(&format!("[name=\"{field}\"]"));
        pairs.into_iter().next().map(|(_, value)| value)
    }

    /// A table's body, cell by cell.
    pub fn table(&self, selector: &str) -> Vec<Vec<String>> {
        let document = Html::parse_document(&self.html);
        all(&document, &format!("{selector} tbody tr"))
            .into_iter()
            .map(|row| row.select(&Selector::parse("td, th").unwrap()).map(words).collect())
            .collect()
    }

    /// What the form posting to `action` would send as it stands. A form without an action posts to its page.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        self.form_to(action).1
    }

    /// The same, and where the form goes: in another campaign than that of today its address says so.
    pub fn form_to(&self, action: &str) -> (String, Vec<(String, String)>) {
        let document = Html::parse_document(&self.html);
        let goes = |form: &ElementRef| form.value().attr("action").unwrap_or(&self.path).to_owned();
        let is_it = |goes: &str| {
            goes == action || goes.split(['?', '&']).filter(|p| !p.starts_with("campaign=")).eq(action.split(['?', '&']))
        };
        let found = all(&document, "form[method=post]").into_iter().find(|form| is_it(&goes(form)));
        let form = found.unwrap_or_else(|| panic!("{} has no form for {action}: {}", self.path, self.text()));
        (goes(&form), form.select(&Selector::parse("input, select, textarea").unwrap()).flat_map(posted).collect())
    }

    fn inputs(&self, selector: &str) -> Vec<(String, String)> {
        let document = Html::parse_document(&self.html);
        all(&document, selector).into_iter().flat_map(posted).collect()
    }
}

/// What a browser would send for one control.
fn posted(field: ElementRef) -> Vec<(String, String)> {
    let value = field.value();
    let Some(name) = value.attr("name") else { return Vec::new() };
    let one = |text: &str| vec![(name.to_owned(), text.to_owned())];
    match (value.name(), value.attr("type").unwrap_or("text")) {
        ("input", "checkbox" | "radio") => value.attr("checked").map_or(Vec::new(), |_| one(value.attr("value").unwrap_or("on"))),
        ("input", "submit" | "button" | "file") => Vec::new(),
        ("input", _) => one(value.attr("value").unwrap_or("")),
        ("textarea", _) => one(field.text().collect::<String>().trim_start_matches('\n')),
        _ => {
            let chosen = field.select(&Selector::parse("option[selected]").unwrap()).next();
            let first = field.select(&Selector::parse("option").unwrap()).next();
            chosen.or(first).map_or(Vec::new(), |o| one(o.value().attr("value").unwrap_or("")))
        }
    }
}
