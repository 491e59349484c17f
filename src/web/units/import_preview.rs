//! `/units/import/{id}`: what would become of each line of a file, and after 确认 what did.

use crate::base::ability::Import;
use crate::base::text::mask_phone;
use crate::intake::{self, Change, Finding, Ignored, Outcome, Preview, Terms, Understood, Upload};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page};
use askama::Template;
use axum::extract::Path;
use uuid::Uuid;

/// Lines of a kind that the page shows.
const SHOWN: usize = 200;
/// The fields that stand beside the name in the lists of new and unchanged units.
const COLUMNS: [(&str, &str); 6] = [
    ("credit_code", "统一社会信用代码"),
    ("site", "厂区"),
    ("township", "乡镇(街道)"),
    ("industry", "行业类别"),
    ("contact_name", "环保负责人"),
    ("contact_phone", "联系电话"),
];

/// The kinds of lines, each a tab.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Created,
    Updated,
    Unchanged,
    Rejected,
    Flagged,
    Ignored,
}

impl Kind {
    const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Created, "created", "新增"),
        (Self::Updated, "updated", "修改"),
        (Self::Unchanged, "unchanged", "无变化"),
        (Self::Rejected, "rejected", "错误"),
        (Self::Flagged, "flagged", "请核对"),
        (Self::Ignored, "ignored", "忽略"),
    ];

    /// How many lines it has; among the errors a line may stand with several cells.
    fn count(self, preview: &Preview) -> usize {
        match self {
            Self::Created => preview.created,
            Self::Updated => preview.updated,
            Self::Unchanged => preview.unchanged,
            Self::Rejected => preview.rejected_rows,
            Self::Flagged => preview.flagged.len(),
            Self::Ignored => preview.ignored.len(),
        }
    }

    /// The tab asked for, else the first that has something to decide on.
    fn asked(visit: &Visit, preview: &Preview) -> Self {
        let named = visit.asked("tab").and_then(|t| Self::ALL.into_iter().find(|(_, name, _)| *name == t));
        let first = [Self::Rejected, Self::Updated, Self::Created].into_iter().find(|k| k.count(preview) > 0);
        named.map(|(kind, _, _)| kind).or(first).unwrap_or(Self::Unchanged)
    }
}

struct Tab {
    href: String,
    label: &'static str,
    count: usize,
    current: bool,
}

struct ShownLine {
    row: u32,
    name: String,
    values: Vec<String>,
    changes: Vec<Change>,
}

struct Shown<'a> {
    kind: Kind,
    findings: &'a [Finding],
    ignored: &'a [Ignored],
    rows: Vec<ShownLine>,
    labels: Vec<&'static str>,
    count: usize,
    total: usize,
}

impl<'a> Shown<'a> {
    fn of(kind: Kind, preview: &'a Preview) -> Self {
        let total = if kind == Kind::Rejected { preview.rejected.len() } else { kind.count(preview) };
        let first = |all: &'a [Finding]| all.get(..SHOWN.min(all.len())).unwrap_or_default();
        let outcome = match kind {
            Kind::Created => Some(Outcome::Created),
            Kind::Updated => Some(Outcome::Updated),
            Kind::Unchanged => Some(Outcome::Unchanged),
            _ => None,
        };
        let findings = match kind {
            Kind::Rejected => first(&preview.rejected),
            Kind::Flagged => first(&preview.flagged),
            _ => &[],
        };
        let ignored = if kind == Kind::Ignored { preview.ignored.get(..SHOWN.min(total)).unwrap_or_default() } else { &[] };
        Self {
            kind,
            findings,
            ignored,
            rows: outcome.map_or_else(Vec::new, |o| preview.of(o).take(SHOWN).map(shown_line).collect()),
            labels: COLUMNS.iter().map(|(_, label)| *label).collect(),
            count: total.min(SHOWN),
            total,
        }
    }

    fn is_findings(&self) -> bool {
        matches!(self.kind, Kind::Rejected | Kind::Flagged)
    }

    fn is_rejected(&self) -> bool {
        self.kind == Kind::Rejected
    }

    fn is_ignored(&self) -> bool {
        self.kind == Kind::Ignored
    }

    fn is_updated(&self) -> bool {
        self.kind == Kind::Updated
    }
}

fn shown_line(line: &Understood) -> ShownLine {
    let value = |field: &str| line.values.get(field).cloned().unwrap_or_default();
    let shown = |field: &str| if field == "contact_phone" { mask_phone(&value(field)) } else { value(field) };
    ShownLine {
        row: line.row,
        name: value("name"),
        values: COLUMNS.iter().map(|(field, _)| shown(field)).collect(),
        changes: line.changes.iter().map(shown_change).collect(),
    }
}

fn shown_change(change: &Change) -> Change {
    let mut shown = change.clone();
    if change.field == "contact_phone" {
        (shown.from, shown.to) = (mask_phone(&change.from), mask_phone(&change.to));
    }
    shown
}

#[derive(Template)]
#[template(path = "units/import_preview.html")]
struct PreviewPage<'a> {
    frame: Frame,
    form: Form,
    file_name: &'a str,
    preview: &'a Preview,
    done: Option<String>,
    tabs: Vec<Tab>,
    shown: Shown<'a>,
    confirm: String,
    refused: String,
}

/// The preview, tab by tab.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Import>()?;
    let upload = find(&mut visit, id).await?;
    let preview = &upload.preview;
    let kind = Kind::asked(&visit, preview);
    let tab = |(k, name, label): (Kind, &str, &'static str)| Tab {
        href: paths::with(&paths::unit_import(id), &[("tab", name)]),
        label,
        count: k.count(preview),
        current: k == kind,
    };
    let done = upload.confirmed_at.map(|at| {
        let at = at.with_timezone(&crate::base::dates::beijing()).format("%-m月%-d日 %H:%M");
        format!("已于{at}导入：新增{}家，修改{}家。有误的{}行未导入。", preview.created, preview.updated, preview.rejected_rows)
    });
    page(&PreviewPage {
        frame: visit.frame("导入预览"),
        form: visit.form(visit.cells()),
        file_name: &upload.file_name,
        preview,
        done,
        tabs: Kind::ALL.into_iter().filter(|(k, _, _)| *k != Kind::Flagged || k.count(preview) > 0).map(tab).collect(),
        shown: Shown::of(kind, preview),
        confirm: paths::unit_import_confirm(id),
        refused: paths::unit_import_refused(id),
    })
}

/// Writes the good rows, once: a second 确认 changes nothing.
pub async fn confirm(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Import>()?;
    find(&mut visit, id).await?;
    let form = visit.posted(posted);
    let (app, scope, county) = (visit.app.clone(), visit.scope(), visit.viewer.actor.county);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Import>(county)?;
    let terms = Terms { directory: &app.directory, county: Some(county), today: writing.today() };
    intake::confirm(&mut writing, &permit, &scope, id, &terms).await?;
    visit.done(writing, &form, &paths::unit_import(id), Flash::done("导入完成。")).await
}

/// One upload of the viewer's own county.
pub(super) async fn find(visit: &mut Visit, id: Uuid) -> Result<Upload, Error> {
    let scope = visit.scope();
    intake::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}
