//! Tables that come in: an office's own, and annexes that went out and come back.

mod again;
mod beside;
mod built_on;
mod cases;
mod headings;
mod own_tables;
mod preview;
mod preview_table;
mod round_trip;
mod taking_back;
mod words;

use crate::support::{Page, Person};

/// Uploads a table, and shows its preview.
pub async fn brought(person: &Person, page: &str, bytes: Vec<u8>) -> Page {
    let sent = person.upload(page, page, "附件.xlsx", bytes).await;
    person.follow(&sent).await
}

/// Takes an annex home.
pub async fn taken(person: &Person, annex: u8) -> Vec<u8> {
    let (status, _, bytes) = person.download(&format!("/annexes/{annex}.xlsx")).await;
    assert_eq!(status, 200);
    bytes
}

/// Presses 确认导入, and shows what it says.
pub async fn confirmed(person: &Person, preview: &Page) -> Page {
    let done = person.send(preview, &format!("{}/confirm", preview.path), &[]).await;
    person.follow(&done).await
}

/// Answers a question about a line of a preview (from 0), and shows what becomes of it.
pub async fn answered(person: &Person, preview: &Page, (line, field): (usize, &str), answer: &str) -> Page {
    let chosen = person.send(preview, &format!("{}/choose", preview.path), &[(&format!("a.{line}.{field}"), answer)]).await;
    person.follow(&chosen).await
}

/// Where a page takes its import back.
pub fn undo_of(page: &Page) -> String {
    let at = page.html.find("/batches/").expect("an undo");
    page.html[at..].split('"').next().unwrap().to_owned()
}

/// The counts of a preview: read, new, changed, unchanged, asked, refused.
pub fn counts(preview: &Page) -> [usize; 6] {
    let stats = preview.texts(".stats .stat");
    let of = |word: &str| {
        let stat = stats.iter().find(|s| s.ends_with(word));
        stat.map_or(0, |s| s.split_whitespace().next().unwrap().parse().unwrap())
    };
    [of("读取行数"), of("新增"), of("修改"), of("无变化"), of("冲突，需选择"), of("有误，不导入")]
}
