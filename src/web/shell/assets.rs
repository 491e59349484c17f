//! The style sheet, the script and the icon: in the binary, under names that change with their content.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

struct File {
    stem: &'static str,
    extension: &'static str,
    mime: &'static str,
    bytes: &'static [u8],
}

const FILES: [File; 3] = [
    File { stem: "app", extension: "css", mime: "text/css; charset=utf-8", bytes: include_bytes!("../../../static/app.css") },
    File {
        stem: "app",
        extension: "js",
        mime: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../static/app.js"),
    },
    File { stem: "favicon", extension: "svg", mime: "image/svg+xml", bytes: include_bytes!("../../../static/favicon.svg") },
];

/// The addresses of the files.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The script.
    pub js: String,
    /// The icon.
    pub icon: String,
}

impl Assets {
    /// Hashes the files.
    pub fn hashed() -> Self {
        let [css, js, icon] = FILES.each_ref().map(|f| format!("/static/{}", name(f)));
        Self { css, js, icon }
    }
}

fn name(file: &File) -> String {
    let hash: String = Sha256::digest(file.bytes).iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("{}.{hash}.{}", file.stem, file.extension)
}

/// `GET /static/{name}`: immutable, because another content has another name.
pub async fn asset(Path(asked): Path<String>) -> Response {
    match FILES.iter().find(|f| name(f) == asked) {
        Some(file) => {
            ([(header::CONTENT_TYPE, file.mime), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")], file.bytes)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
