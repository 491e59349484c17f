//! 佐证材料 beside a record.

use crate::support::{Person, Served, TestApp, rows};
use image::{DynamicImage, ImageFormat};
use serde_json::json;
use std::fs::File;
use std::io::Cursor;
use std::path::Path;
use std::time::SystemTime;
use zhengzhi::attachments::{self, Folder};
use zhengzhi::base::ability::Attach;
use zhengzhi::base::role::Role;
use zhengzhi::base::{CountyId, WallClock};

fn photograph() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(64, 48).write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

#[tokio::test]
async fn a_photograph_stands_beside_a_problem_until_it_is_taken_off() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let (page, action) = (format!("/problems/{problem}"), format!("/evidence/{problem}/of/problems"));
    let clerk = app.clerk(140403).await;
    let sent = clerk.upload(&page, &action, "整改后.jpg", photograph()).await;
    let shown = clerk.follow(&sent).await;
    assert!(shown.text().contains("佐证材料（1份）") && shown.text().contains("整改后.jpg"), "{}", shown.text());
    let small = shown.attribute(".evidence img", "src").unwrap();
    let (status, headers, bytes) = clerk.download(&small).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, "image/jpeg"));
    assert!(image::load_from_memory(&bytes).is_ok());
    let piece = small.trim_end_matches("/small").to_owned();
    let (status, headers, _) = clerk.download(&piece).await;
    assert_eq!(status, 200);
    assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));

    let neighbour = app.clerk(140404).await;
    for path in [&piece, &small] {
        assert_eq!(neighbour.get(path).await.status, 404);
    }
    let auditor = app.person(Role::Auditor, 140400).await;
    assert_eq!(auditor.get(&piece).await.status, 403, "an auditor takes nothing away");
    assert!(auditor.open(&page).await.texts("h2").iter().any(|t| t.contains("佐证材料（1份）")));

    let gone = clerk.send(&shown, &format!("{piece}/remove"), &[]).await;
    assert!(clerk.follow(&gone).await.text().contains("还没有照片或文件"));
    assert_eq!(clerk.get(&piece).await.status, 404);
}

/// Brings a photograph beside a record; its address there.
async fn brought(person: &Person, page: &str, action: &str) -> String {
    let sent = person.upload(page, action, "现场.jpg", photograph()).await;
    let links = person.follow(&sent).await.links(".evidence");
    links.into_iter().find(|(_, href)| href.starts_with("/evidence/")).unwrap().1
}

/// The status of an act that carries a token of this session and nothing else.
async fn tried(person: &Person, action: &str) -> u16 {
    let token = person.open("/password").await.value("form_token").unwrap();
    person.post(action, &[("form_token", &token)]).await.status
}

#[tokio::test]
async fn each_side_takes_off_what_it_keeps() {
    let app = TestApp::start().await;
    let (clerk, reviewer) = (app.clerk(140403).await, app.reviewer().await);
    let (unit, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let entry = rows::blacklisting(&app, 140403, unit, json!({})).await;
    let made = rows::Made { county: CountyId(140403), id: problem };
    let own = rows::case(&app, &[made], json!({})).await.id;
    let citys = rows::case(&app, &[made], json!({"handled_by": "city_bureau"})).await.id;
    let records = [
        (&clerk, &reviewer, format!("/problems/{problem}"), format!("/evidence/{problem}/of/problems")),
        (&clerk, &reviewer, format!("/ledger/{own}"), format!("/evidence/{own}/of/cases")),
        (&reviewer, &clerk, format!("/ledger/{citys}"), format!("/evidence/{citys}/of/cases")),
        (&reviewer, &clerk, format!("/blacklist/{entry}"), format!("/evidence/{entry}/of/blacklistings")),
    ];
    for (keeper, other, page, action) in &records {
        let piece = brought(keeper, page, action).await;
        let remove = format!("{piece}/remove");
        assert_eq!((tried(other, action).await, tried(other, &remove).await), (403, 403), "{page}");
        let seen = other.get(page).await;
        assert!(!seen.html.contains(&remove) && !seen.html.contains(action.as_str()), "no button that is refused: {page}");
        let shown = keeper.open(page).await;
        assert_eq!(keeper.send(&shown, &remove, &[]).await.status, 303, "{page}");
    }
}

#[tokio::test]
async fn a_county_answers_an_order_with_photographs_and_the_city_keeps_them() {
    let app = TestApp::start().await;
    let (clerk, reviewer) = (app.clerk(140403).await, app.reviewer().await);
    let order = [
        ("county", "140403"),
        ("about", "other"),
        ("matter", "自查进度偏慢"),
        ("requirement", "请抓紧开展"),
        ("issued_on", "6.10"),
        ("due_on", "6.25"),
    ];
    let page = reviewer.fill("/supervision/new", &order).await.location.unwrap();
    let action = format!("/evidence/{}/of/supervision_orders", page.trim_start_matches("/supervision/"));
    let remove = format!("{}/remove", brought(&clerk, &page, &action).await);
    assert!(!clerk.open(&page).await.html.contains(&remove));
    assert_eq!(tried(&clerk, &remove).await, 403, "what answers the city's order is the city's to take off");
    assert_eq!(tried(&reviewer, &remove).await, 303);
}

#[tokio::test]
async fn a_file_that_belongs_to_nothing_is_swept_at_the_next_start() {
    let app = TestApp::start().await;
    let (clerk, county) = (app.clerk(140403).await, CountyId(140403));
    let data = tempfile::tempdir().unwrap();
    let (folder, place) = (Folder::within(data.path()), data.path().join("attachments/140403"));
    attachments::lay(&folder, county, b"%PDF-1.4 refused with another".to_vec()).await.unwrap();
    age(&place);
    let whole = app.whole();
    let swept =
        async || attachments::sweep(app.app.db.reader(&whole).await.unwrap().connection(), &whole, &folder).await.unwrap();
    assert_eq!(swept().await, 0, "a folder of which the database knows nothing is another's");

    let laid = attachments::lay(&folder, county, photograph()).await.unwrap();
    let mut writing = app.writing(clerk.actor.clone().unwrap(), &whole).await;
    let permit = writing.permit::<Attach>(county).unwrap();
    let id = attachments::add(&mut writing, &permit, "现场.jpg", laid).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(swept().await, 0, "the photograph is young, and counts for nothing yet");
    std::fs::write(place.join(".coming-1"), b"%PDF").unwrap();
    age(&place);
    let served = Served::start_in(&app, "Asia/Shanghai", data).await;
    let there = clerk.moved_to(&served.url);
    for _ in 0..2_000 {
        if std::fs::read_dir(&place).unwrap().count() == 2 {
            break;
        }
        there.open("/healthz").await;
    }
    let mut left: Vec<String> =
        std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, [id.simple().to_string(), format!("{}.small", id.simple())]);
}

/// Makes the files of a folder a month old.
fn age(place: &Path) {
    let then = SystemTime::from(WallClock.now() - chrono::Duration::days(30));
    for entry in std::fs::read_dir(place).unwrap() {
        File::options().write(true).open(entry.unwrap().path()).unwrap().set_modified(then).unwrap();
    }
}

#[tokio::test]
async fn what_is_no_picture_or_paper_is_refused_and_nothing_stays() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let (page, action) = (format!("/problems/{problem}"), format!("/evidence/{problem}/of/problems"));
    let clerk = app.clerk(140403).await;
    let refused = clerk.upload(&page, &action, "照片.jpg", b"<html>".to_vec()).await;
    let shown = clerk.follow(&refused).await;
    assert!(shown.text().contains("照片.jpg：只能上传jpg、png图片"), "{}", shown.text());
    assert!(shown.text().contains("还没有照片或文件"));
    // Not even one of the connections that write is asked for.
    let mut writers = Vec::new();
    for _ in 0..4 {
        writers.push(app.app.db.writer(&app.whole()).await.unwrap());
    }
    let broken = clerk.upload(&page, &action, "现场.jpg", b"\xFF\xD8\xFF broken".to_vec()).await;
    assert!(clerk.follow(&broken).await.text().contains("现场.jpg：图片无法识别"));
    drop(writers);
    let unknown = clerk.post(&action.replace("problems", "accounts"), &[]).await;
    assert_eq!(unknown.status, 404);
}
