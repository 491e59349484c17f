//! `/imports/{id}/headings`: what each column of the file was taken for, and the place to say otherwise. What is corrected here is
//! remembered for the county's next file.

use crate::base::ability::Import;
use crate::base::text::{mask_phone, tidy};
use crate::intake::{self, State, Which};
use crate::platform::sheet::column_letters;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Path, Posted, Visit, choices, page};
use askama::Template;
use uuid::Uuid;

/// Lines among which a sample of each column is looked for.
const SAMPLED: i64 = 300;

/// One head of the file.
struct Head {
    sheet: String,
    row: String,
    columns: Vec<Column>,
}

/// One column of a head.
struct Column {
    /// The name of its field in the form.
    name: String,
    letters: String,
    heading: String,
    /// What stands in the first filled cell below.
    sample: String,
    field: String,
}

#[derive(Template)]
#[template(path = "imports/headings.html")]
struct HeadingsPage {
    frame: Frame,
    form: Form,
    file_name: String,
    back: String,
    action: String,
    heads: Vec<Head>,
    fields: Vec<Choice>,
    open: bool,
}

/// The columns as they are understood.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Import>()?;
    let upload = super::find(&mut visit, id).await?;
    let lines = intake::lines(visit.connection(), (upload.county, id), Which::All, -1, SAMPLED).await?;
    let sample = |at: usize, column: u16, field: &str| {
        let cells = lines.iter().filter(|told| told.line.head == at).flat_map(|told| &told.line.cells);
        let text = cells.filter(|(c, _)| *c == column).map(|(_, cell)| tidy(&cell.text())).find(|text| !text.is_empty());
        let text: String = text.unwrap_or_default().chars().take(24).collect();
        if matches!(field, "contact_phone" | "contact") { mask_phone(&text) } else { text }
    };
    let heads = upload.about.heads.iter().enumerate().map(|(at, head)| {
        let known = head.places.iter().map(|p| (p.column, p.heading.clone(), p.field.clone()));
        let unknown = head.unknown.iter().map(|(column, heading)| (*column, heading.clone(), String::new()));
        let mut columns: Vec<(u16, String, String)> = known.chain(unknown).collect();
        columns.sort();
        let column = |(column, heading, field): (u16, String, String)| Column {
            name: format!("h.{at}.{column}"),
            letters: column_letters(column),
            sample: sample(at, column, &field),
            heading,
            field,
        };
        Head { sheet: head.sheet.clone(), row: head.rows(), columns: columns.into_iter().map(column).collect() }
    });
    page(&HeadingsPage {
        frame: visit.frame("栏目对应"),
        form: visit.form(visit.cells()),
        back: paths::import(id),
        action: paths::import_act(id, "headings"),
        heads: heads.collect(),
        fields: choices(upload.kind.fields().all.iter().map(|f| (f.id, f.heading))),
        open: upload.state == State::Ready,
        file_name: upload.file_name,
    })
}

/// Takes corrections, remembers them, and compares all lines anew.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut upload = super::act::open(&mut visit, id).await?;
    let (mut learned, mut said) = (Vec::new(), Vec::new());
    for (name, value) in &posted.0 {
        let Some((at, column)) = name.strip_prefix("h.").and_then(|rest| rest.split_once('.')) else { continue };
        let (Ok(at), Ok(column)) = (at.parse::<usize>(), column.parse::<u16>()) else { continue };
        let Some(head) = upload.about.heads.get(at) else { continue };
        let field = upload.kind.fields().field(value).map(|f| f.id);
        let before = head.places.iter().find(|p| p.column == column).map(|p| p.field.as_str());
        if before != field {
            learned.extend(head.names(column).into_iter().map(|name| (name, field.unwrap_or_default().to_owned())));
            said.push((at, column, field));
        }
    }
    // All are held against what stood: one that loses its field to another was not said to keep it.
    for (at, column, field) in said {
        if let Some(head) = upload.about.heads.get_mut(at) {
            head.set(column, field);
        }
    }
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Import>(upload.county)?;
    intake::learn(&mut writing, &permit, upload.kind, &learned).await?;
    intake::keep_about(writing.connection(), (upload.county, id), &upload.about).await?;
    visit.keep(writing, &form, &paths::import(id)).await?;
    super::job(&visit, upload).judge_anew(State::Ready).await?;
    let flash = Flash::done("栏目对应已更新，预览已重新比对。");
    Ok(flash.and_see(&paths::import(id)))
}
