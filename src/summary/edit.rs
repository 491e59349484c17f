//! Editing a paragraph.

use super::reading::{Paragraph, Summary};
use super::store::keep;
use crate::base::ability::Summarise;
use crate::base::{Cells, Permit};
use crate::history::{WriteError, Writing};
use uuid::Uuid;

/// Most characters of a paragraph.
pub const LONGEST: usize = 2_000;

/// A paragraph as typed.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The text; empty when the paragraph was deleted.
    pub text: String,
    /// The text that the editor was given.
    pub shown: String,
    /// The version that the editor saw.
    pub version: i32,
}

impl Edit {
    /// Reads the fields `text`, `shown` and `version`.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let edit = Self {
            text: lines(cells.raw("text")),
            shown: lines(cells.raw("shown")),
            version: cells.raw("version").parse().unwrap_or(-1),
        };
        let length = edit.text.chars().count();
        if length > LONGEST {
            cells.refuse("text", format!("本段有{length}字，超过{LONGEST}字。请删减，或分写到其他段落。"));
        }
        if edit.version < 0 {
            cells.refuse("text", "本页不完整，内容没有保存。请返回总结页重新打开本段。");
        }
        cells.clean().then_some(edit)
    }
}

/// Line ends of one kind, no blank lines, nothing that cannot be printed.
fn lines(typed: &str) -> String {
    let clean: String = typed.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    clean.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// Keeps a paragraph as typed: numbers left as they were follow the data, others are typed over them.
pub async fn change(
    writing: &mut Writing,
    permit: &Permit<Summarise>,
    (summary, paragraph): (&Summary, &Paragraph),
    campaign: Uuid,
    edit: &Edit,
) -> Result<(), WriteError> {
    let body = paragraph.body.edited(&edit.shown, &edit.text, &summary.values);
    keep(writing, permit, campaign, &paragraph.key, edit.version, Some(&body)).await
}

/// 恢复为系统数: one slot follows the data again.
pub async fn restore(
    writing: &mut Writing,
    permit: &Permit<Summarise>,
    (summary, paragraph): (&Summary, &Paragraph),
    campaign: Uuid,
    version: i32,
    slot: usize,
) -> Result<(), WriteError> {
    let body = paragraph.body.restored(slot, &summary.values).ok_or(WriteError::Missing)?;
    keep(writing, permit, campaign, &paragraph.key, version, Some(&body)).await
}

/// 恢复原稿: the draft stands again.
pub async fn reset(
    writing: &mut Writing,
    permit: &Permit<Summarise>,
    campaign: Uuid,
    paragraph: &Paragraph,
    version: i32,
) -> Result<(), WriteError> {
    keep(writing, permit, campaign, &paragraph.key, version, None).await
}
