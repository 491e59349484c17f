//! A file handed to a browser as it is read, in pieces.

use super::error::Error;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::stream::try_unfold;
use std::fmt::Write as _;
use std::fs::File;
use tokio::io::AsyncReadExt;

/// A workbook's type.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A paper's type.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A workbook to be saved under `name`, which may be Chinese (RFC 5987); `plain` is for programs that cannot read it.
pub fn attachment(file: File, name: &str, plain: &str) -> Result<Response, Error> {
    let length = file.metadata()?.len();
    let pieces = try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; 64 * 1024];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
    });
    let headers = [
        (header::CONTENT_TYPE, XLSX.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CONTENT_DISPOSITION, disposition(name, plain)),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// A paper to be saved under `name`, in the same way.
pub fn paper(bytes: Vec<u8>, name: &str, plain: &str) -> Response {
    to_save(bytes, DOCX, name, plain)
}

/// Bytes of a known type to be saved under `name`, in the same way; a browser opens nothing of them.
pub fn to_save(bytes: Vec<u8>, media: &str, name: &str, plain: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(name, plain)),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// A picture that this program drew, shown on a page behind sign-in.
pub fn picture(bytes: Vec<u8>, media: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, media), (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")];
    (headers, bytes).into_response()
}

fn disposition(name: &str, plain: &str) -> String {
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded(name))
}

fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}
