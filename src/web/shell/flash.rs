//! One sentence on the next page: what was done, and how to undo it. It travels in a cookie that its page clears.

use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use uuid::Uuid;

/// The sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// `done` or `warn`.
    pub kind: &'static str,
    /// What happened.
    pub text: String,
    /// Where a button undoes it.
    pub undo: Option<String>,
}

/// The cookie's name.
pub const COOKIE: &str = "flash";

impl Flash {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self { kind: "done", text: text.into(), undo: None }
    }

    /// Something was done and there is a thing to look at.
    pub fn warn(text: impl Into<String>) -> Self {
        Self { kind: "warn", text: text.into(), undo: None }
    }

    /// With a button that undoes a batch.
    pub fn undoing(mut self, batch: Uuid) -> Self {
        self.undo = Some(crate::web::paths::undo(batch));
        self
    }

    /// The cookie that carries it; hex, because cookies carry no Chinese.
    pub fn cookie(&self) -> Cookie<'static> {
        let batch = self.undo.as_deref().and_then(|u| u.split('/').nth(2)).unwrap_or("");
        let text: String = self.text.bytes().take(1200).map(|b| format!("{b:02x}")).collect();
        let value = format!("{}.{batch}.{text}", self.kind);
        Cookie::build((COOKIE, value)).path("/").http_only(true).same_site(SameSite::Lax).build()
    }

    /// Reads the cookie; anything unexpected is no flash.
    pub fn read(value: &str) -> Option<Self> {
        let mut parts = value.splitn(3, '.');
        let kind = match parts.next()? {
            "done" => "done",
            "warn" => "warn",
            _ => return None,
        };
        let undo = parts.next()?.parse::<Uuid>().ok().map(crate::web::paths::undo);
        let hex = parts.next()?;
        let bytes: Option<Vec<u8>> =
            (0..hex.len() / 2).map(|i| hex.get(2 * i..2 * i + 2).and_then(|h| u8::from_str_radix(h, 16).ok())).collect();
        let text = String::from_utf8(bytes?).ok()?;
        Some(Self { kind, text, undo })
    }
}

impl Flash {
    /// 303 to another page, which says the sentence.
    pub fn and_see(&self, location: &str) -> Response {
        (CookieJar::new().add(self.cookie()), super::see(location)).into_response()
    }
}

/// The header that clears the cookie.
pub fn clearing() -> HeaderValue {
    HeaderValue::from_static("flash=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_survives_its_cookie() {
        let flash = Flash::done("将更新40条，跳过2条。").undoing(crate::base::new_id());
        assert_eq!(Flash::read(flash.cookie().value()), Some(flash));
        assert_eq!(Flash::read("done..zz"), None);
        assert_eq!(Flash::read("evil"), None);
    }
}
