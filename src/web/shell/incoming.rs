//! Files on their way in: laid down while they come, counted while they come, refused before all is read.

use super::error::Error;
use super::state::App;
use crate::attachments::{self, Folder, Laid};
use crate::base::CountyId;
use crate::history::WriteError;
use crate::platform::sheet;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use std::fs::File;
use std::io::{Read, Seek};
use tokio::io::AsyncWriteExt;

/// Longest token or file name that is taken.
const SHORT: usize = 1024;

/// Files that one form may bring.
const MOST_FILES: usize = 20;

/// What came.
#[derive(Debug, Default)]
pub struct Incoming {
    /// The form's token.
    pub token: String,
    /// The version of the row that the form was shown with, where it has one.
    pub version: String,
    /// What the files list, as the form says.
    pub kind: String,
    /// What the files show, in words.
    pub caption: String,
    /// The files.
    pub files: Vec<Came>,
}

/// A file that came.
#[derive(Debug)]
pub struct Came {
    /// Its name, as the person knows it.
    pub name: String,
    /// What it holds.
    pub file: File,
    /// A block that was pasted.
    pub pasted: bool,
}

impl Came {
    /// Everything the file holds.
    pub fn bytes(mut self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.file.rewind().and_then(|()| self.file.read_to_end(&mut bytes))?;
        Ok(bytes)
    }
}

/// Takes the fields `form_token`, `version`, `kind`, `caption`, `file` (perhaps several) and `pasted` of a form. Too large a body is refused (413) by
/// what it says of itself, and by what comes. `most`: bytes of all files together.
pub async fn receive(app: &App, request: Request, most: usize) -> Result<Incoming, Error> {
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    // The form's own few fields come on top of the files.
    if said.is_some_and(|bytes| bytes > most + 64 * 1024) {
        return Err(Error::TooLarge);
    }
    let mut form = Multipart::from_request(request, app).await.map_err(|_| Error::Bad("multipart"))?;
    let mut came = Incoming::default();
    let mut room = most;
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("form_token") => came.token = short(&mut field).await?,
            Some("kind") => came.kind = short(&mut field).await?,
            Some("caption") => came.caption = short(&mut field).await?,
            Some("version") => came.version = short(&mut field).await?,
            Some(name @ ("file" | "pasted")) if came.files.len() < MOST_FILES => {
                let pasted = name == "pasted";
                let name =
                    if pasted { "粘贴的表格".to_owned() } else { field.file_name().map(own_name).unwrap_or_default() };
                if let Some(file) = lay_down(&mut field, &mut room).await? {
                    came.files.push(Came { name, file, pasted });
                }
            }
            // What is not asked for is read past, and counts.
            _ => {
                while let Some(chunk) = field.chunk().await.map_err(broken)? {
                    room = room.checked_sub(chunk.len()).ok_or(Error::TooLarge)?;
                }
            }
        }
    }
    Ok(came)
}

/// Lays the files down as a county's, before anything is written: each with its name; or which of them is refused, and why.
pub async fn stored(app: &App, county: CountyId, files: Vec<Came>) -> Result<Result<Vec<(String, Laid)>, String>, Error> {
    let folder = Folder::within(&app.config.data_dir());
    let mut laid = Vec::new();
    for file in files {
        let name = file.name.clone();
        match attachments::lay(&folder, county, file.bytes()?).await {
            Ok(one) => laid.push((name, one)),
            Err(WriteError::Refused { text, .. }) => return Ok(Err(format!("{name}：{text}"))),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Ok(laid))
}

async fn lay_down(field: &mut Field<'_>, room: &mut usize) -> Result<Option<File>, Error> {
    let spool = sheet::spool()?;
    let mut file = tokio::fs::File::from_std(spool);
    let mut any = false;
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        *room = room.checked_sub(chunk.len()).ok_or(Error::TooLarge)?;
        any |= !chunk.is_empty();
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    // A form sent without choosing a file has a nameless, empty one.
    let chosen = any || field.file_name().is_some_and(|name| !name.is_empty());
    Ok(if chosen { Some(file.into_std().await) } else { None })
}

async fn short(field: &mut Field<'_>) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > SHORT {
            return Err(Error::Bad("token"));
        }
    }
    String::from_utf8(bytes).map_err(|_| Error::Bad("token"))
}

/// The last part of a name: some browsers send the whole path.
fn own_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    crate::base::text::tidy(last).chars().take(120).collect()
}

fn broken(error: MultipartError) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Bad("multipart") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_its_last_part() {
        assert_eq!(super::own_name("C:\\桌面\\名单 .xlsx"), "名单 .xlsx");
        assert_eq!(super::own_name("../../名单.csv"), "名单.csv");
    }
}
