//! Whoever opens another campaign than that of today stays in it: every link, form and redirect of the answer carries its name.
//! Addresses in pages and templates need not think of it.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::{Arc, Mutex, PoisonError};

/// The name in addresses of the campaign to stay in. The visit sets it, for it knows which campaign the page shows.
#[derive(Clone, Debug, Default)]
pub struct Stay(Arc<Mutex<Option<String>>>);

impl Stay {
    /// Stays in a campaign; with `None`, in that of today, whose addresses carry no name.
    pub fn set(&self, slug: Option<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = slug;
    }

    fn taken(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Lets the answer lead on within the campaign that it shows.
pub async fn stay(mut request: Request, next: Next) -> Response {
    let stay = Stay::default();
    request.extensions_mut().insert(stay.clone());
    let mut response = next.run(request).await;
    let Some(slug) = stay.taken() else { return response };
    if let Some(location) = location(response.headers(), &slug) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // Pages are rendered whole, and in UTF-8.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(within(&String::from_utf8_lossy(&bytes), &slug)))
}

fn location(headers: &HeaderMap, slug: &str) -> Option<HeaderValue> {
    let address = headers.get(header::LOCATION)?.to_str().ok()?;
    HeaderValue::from_str(&named(address, slug, "&")?).ok()
}

/// An address with the campaign's name; `None` for one of another server, of a fixed part, of the way in and out, or that says
/// itself which campaign it means.
fn named(address: &str, slug: &str, and: &str) -> Option<String> {
    let (front, fragment) = address.find('#').map_or((address, ""), |at| address.split_at(at));
    let path = front.split('?').next().unwrap_or(front);
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/static/");
    if !ours || matches!(path, "/login" | "/logout") || front.contains("campaign=") {
        return None;
    }
    let join = if front.contains('?') { and } else { "?" };
    Some(format!("{front}{join}campaign={slug}{fragment}"))
}

/// A page whose addresses carry the campaign's name. Text and values cannot be taken for attributes: in them quotes are escaped.
fn within(html: &str, slug: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        let (tag, after) = tag.split_at(tag.find('>').map_or(tag.len(), |end| end + 1));
        out.push_str(text);
        push_tag(&mut out, tag, slug);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn push_tag(out: &mut String, tag: &str, slug: &str) {
    let mut rest = tag;
    while let Some((name, at)) =
        ["href=\"", "action=\""].iter().filter_map(|n| rest.find(n).map(|at| (n, at))).min_by_key(|f| f.1)
    {
        let (before, value) = rest.split_at(at + name.len());
        let (address, after) = value.split_at(value.find('"').unwrap_or(value.len()));
        out.push_str(before);
        out.push_str(&named(address, slug, "&amp;").unwrap_or_else(|| address.to_owned()));
        rest = after;
    }
    out.push_str(rest);
    // What a form asks for replaces the query of its address.
    if tag.starts_with("<form") && tag.contains("method=\"get\"") {
        out.push_str(&format!("<input type=\"hidden\" name=\"campaign\" value=\"{slug}\">"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_on_within_the_platform_carries_the_name() {
        let page = r##"<a class="x" href="/units">甲</a><a href="/units?q=1&amp;after=2#list">乙</a><form method="post" action="/a"><button formaction="/b?x=1">丙</button></form>"##;
        let told = r##"<a class="x" href="/units?campaign=old">甲</a><a href="/units?q=1&amp;after=2&amp;campaign=old#list">乙</a><form method="post" action="/a?campaign=old"><button formaction="/b?x=1&amp;campaign=old">丙</button></form>"##;
        assert_eq!(within(page, "old"), told);
        let asking = r#"<form class="query" method="get" action="/units"><p>"#;
        let hidden = r#"<input type="hidden" name="campaign" value="old">"#;
        assert_eq!(within(asking, "old"), asking.replace("/units\"", "/units?campaign=old\"").replace("<p>", hidden) + "<p>");
    }

    #[test]
    fn other_addresses_and_words_stay_as_they_are() {
        let page = r##"<link href="/static/a.css"><a href="#top"></a><a href="https://x/"></a><a href="//x/"></a><a href="/?campaign="></a><form action="/logout" method="post"></form>甲 href=&#34;/units&#34; 1 < 2"##;
        assert_eq!(within(page, "old"), page);
    }
}
