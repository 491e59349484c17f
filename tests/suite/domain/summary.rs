//! 工作总结: its figures are those of the tables, what is typed over them is marked, and the paper says what the page says.

use crate::support::TestApp;
use crate::support::rows::{self, CAMPAIGN};
use crate::support::workbook::part;
use chrono::NaiveDate;
use serde_json::json;
use std::process::Command;
use zhengzhi::base::ability::Summarise;
use zhengzhi::base::role::{Actor, Role};
use zhengzhi::base::{CITY, Cells, CountyId, Scope, new_id};
use zhengzhi::figures;
use zhengzhi::history::WriteError;
use zhengzhi::summary::{self, Asked, Edit, Piece, Summary};

const COUNTY: i32 = 140403;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 6, day).unwrap()
}

async fn read_as(app: &TestApp, scope: &Scope, county: i32, on: NaiveDate) -> Summary {
    let mut reader = app.app.db.reader(scope).await.unwrap();
    let campaign = zhengzhi::campaigns::find_by_id(reader.connection(), CAMPAIGN).await.unwrap().unwrap();
    let asked = Asked { county: CountyId(county), campaign: &campaign, date: on, signed_on: on, directory: &app.app.directory };
    summary::read(reader.connection(), scope, &asked).await.unwrap()
}

async fn read(app: &TestApp, county: i32, on: NaiveDate) -> Summary {
    let scope = if county == CITY.0 { app.whole() } else { Scope::county(CountyId(county)) };
    read_as(app, &scope, county, on).await
}

/// A clerk of the county saves a paragraph, as given by `change`.
async fn edit(app: &TestApp, key: &str, version: i32, change: impl Fn(&str) -> String) -> Result<(), WriteError> {
    let now = read(app, COUNTY, day(20)).await;
    let paragraph = now.paragraph(key).unwrap();
    let mut cells = Cells::default();
    cells.set("text", change(paragraph.text())).set("shown", paragraph.text()).set("version", version.to_string());
    let edit = Edit::read(&mut cells).unwrap();
    let county = CountyId(COUNTY);
    let clerk = Actor { account: new_id(), name: "甲".into(), role: Role::CountyClerk, county, legal_review: false };
    let mut writing = app.writing(clerk, &Scope::county(county)).await;
    let permit = writing.permit::<Summarise>(county).unwrap();
    summary::change(&mut writing, &permit, (&now, paragraph), CAMPAIGN, &edit).await?;
    writing.commit().await.unwrap();
    Ok(())
}

/// Two units of 潞州区 and one of 上党区, with problems of several kinds and sources and two cases.
async fn facts(app: &TestApp) {
    let unit = rows::unit(app, COUNTY, "甲厂", json!({})).await;
    let other = rows::unit(app, COUNTY, "乙厂", json!({})).await;
    let neighbour = rows::unit(app, 140404, "丙厂", json!({})).await;
    rows::self_inspection(app, unit, json!({"found": "some"})).await;
    for (unit, row) in [
        (unit, json!({"source": "self_inspection", "kind": "03", "completed_on": "2019-06-15", "invested_fen": 12_345_600})),
        (unit, json!({"source": "self_inspection", "kind": "05", "plan_filed_on": "2019-06-12"})),
        (other, json!({"source": "self_inspection", "kind": null})),
        (
            other,
            json!({"source": "central_inspection", "kind": "05", "verified_as": "substantiated", "completed_on": "2019-06-18"}),
        ),
        (other, json!({"source": "reported_12369", "kind": "13", "ended_as": "unfounded", "ended_on": "2019-06-15"})),
        (neighbour, json!({"source": "county_inspection", "kind": "13"})),
    ] {
        rows::problem(app, unit, row).await;
    }
    let found = rows::problem(app, unit, json!({"kind": "07", "description": "雨水口排放废水。"})).await;
    let decided = json!({"decided_on": "2019-06-16", "fine_fen": 123_450_000, "decision_number": "潞环罚〔2019〕1号", "respondent": "甲厂",
        "exposed_on": "2019-06-19", "legal_reviewed_on": "2019-06-18", "discretion": "lighter"});
    let case = rows::case(app, &[found], decided).await;
    rows::measure(app, case, "detention_transfer", json!({"persons": 2})).await;
    rows::case(app, &[found], json!({"handled_by": "city_bureau", "discretion": "none"})).await;
}

/// The figures of a summary that have rows, as key and text.
fn shown(summary: &Summary) -> Vec<(&'static str, String)> {
    let pieces = summary.sections.iter().flat_map(|s| &s.paragraphs).flat_map(|p| &p.pieces);
    let figure = |piece: &Piece| match piece {
        Piece::Figure { text, rows: Some(key) } => Some((*key, text.clone())),
        _ => None,
    };
    pieces.filter_map(figure).collect()
}

#[tokio::test]
async fn the_figures_are_those_of_the_tables() {
    let app = TestApp::start().await;
    facts(&app).await;
    for county in [COUNTY, 140404, CITY.0] {
        let scope = if county == CITY.0 { app.whole() } else { Scope::county(CountyId(county)) };
        let mut reader = app.app.db.reader(&scope).await.unwrap();
        let values = figures::in_detail(reader.connection(), &scope, CAMPAIGN, day(20)).await.unwrap().total();
        let found = shown(&read(&app, county, day(20)).await);
        assert!(found.len() > 40, "{found:?}");
        for (key, text) in found.iter().filter(|(_, text)| !text.ends_with('%') && text != "—") {
            assert_eq!(*text, values.shown(key).replace(',', ""), "{key} of {county}");
        }
        let sum = |prefix: &str| -> i64 {
            figures::details().iter().filter(|f| f.key.starts_with(prefix)).map(|f| values.get(f.key)).sum()
        };
        assert_eq!(
            (sum("own_kind_"), sum("ledger_kind_"), sum("ledger_source_")),
            (values.get("own"), values.get("ledger"), values.get("ledger"))
        );
    }
}

#[tokio::test]
async fn a_county_reads_as_a_paper_of_its_body() {
    let app = TestApp::start().await;
    facts(&app).await;
    let summary = read(&app, COUNTY, day(20)).await;
    assert_eq!(summary.title, "潞州区违法排污行为大整治工作总结");
    assert_eq!((summary.addressee.as_str(), summary.signed_by.as_str()), ("长治市生态环境局：", "长治市潞州区环境保护局"));
    let headings: Vec<_> = summary.sections.iter().map(|s| s.heading).collect();
    assert_eq!(
        headings[1..],
        [
            "一、组织部署",
            "二、宣传发动",
            "三、自查自纠",
            "四、排查查处",
            "五、督察及强化督查问题整改",
            "六、曝光典型案例",
            "七、存在问题",
            "八、下一步工作"
        ]
    );
    let text = |key: &str| summary.paragraph(key).unwrap().text().to_owned();
    assert!(
        text("found").contains("自查发现问题的单位2家，自查发现问题3个。按问题类型分：无证排污1个、超标排放1个、未填类型1个。"),
        "{}",
        text("found")
    );
    assert!(text("mended").contains("备案1个，完成整改1个，完成率33.3%，核查销号0个，整改投入12.3456万元"), "{}", text("mended"));
    assert!(text("reports").contains("来源为群众举报的违法排污问题0个，已办结0个"), "one found untrue is none");
    assert!(
        text("cases").contains("立案2件，作出处罚决定1件，罚款123.45万元。依法从轻、减轻处罚1件，不予处罚0件"),
        "{}",
        text("cases")
    );
    assert!(text("measures").contains("移送行政拘留1件，涉及2人"));
    assert!(text("assigned").contains("交办问题1个，核实属实（含部分属实）1个。应整改1个，完成整改1个，完成率100.0%"));
    assert!(
        told(&summary).starts_with("甲厂。2019年6月10日，检查发现该单位雨水口排放废水。依据〔待补：处罚依据〕，"),
        "{}",
        told(&summary)
    );
    assert!(told(&summary).ends_with("6月16日作出处罚决定（潞环罚〔2019〕1号），罚款123.45万元。"), "{}", told(&summary));
    let empty = read(&app, 140431, day(20)).await;
    assert!(empty.paragraph("inspected").unwrap().text().contains("自查率—"));
    assert!(empty.paragraph("found").unwrap().text().contains("按问题类型分：无。"));
}

#[tokio::test]
async fn what_followed_is_told_from_the_rooms_where_it_was_done() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, COUNTY, "甲厂", json!({"permit_class": "owed"})).await;
    let mended = json!({"completed_on": "2019-06-12", "verified_on": "2019-06-14", "verifiers": ["张某", "李某"]});
    let problem = rows::problem(&app, unit, mended).await;
    let clerk = app.clerk(COUNTY).await;
    clerk.fill("/look-backs", &[("each", "1"), ("seed", "1")]).await;
    let drawn = clerk.open("/look-backs").await.links("#rows")[0].1.clone();
    let found = [("result", "recurred"), ("people", "赵某、钱某"), ("note", "又未覆盖")];
    assert_eq!(clerk.fill(&drawn, &found).await.status, 303);
    let reviewer = app.reviewer().await;
    let order = format!("/supervision/new?problem={}", problem.id);
    let issued = reviewer.fill(&order, &[("due_on", "6.25")]).await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    let summary = read(&app, COUNTY, day(20)).await;
    let told = summary.paragraph("followed_up").unwrap().text();
    assert!(told.starts_with("市级督办问题1个。“回头看”核查问题1个，其中反弹或未按要求整改1个。交叉执法核查问题0个"), "{told}");
    assert!(summary.paragraph("inspected").unwrap().text().contains("许可证已过有效期的单位1家"));
    let before = read(&app, COUNTY, day(19)).await;
    assert!(before.paragraph("followed_up").unwrap().text().starts_with("市级督办问题0个。“回头看”核查问题0个"));
}

#[tokio::test]
async fn the_city_tells_of_all_its_bodies_and_of_what_it_handles_itself() {
    let app = TestApp::start().await;
    facts(&app).await;
    let city = read(&app, CITY.0, day(20)).await;
    assert_eq!((city.title.as_str(), city.signed_by.as_str()), ("长治市违法排污行为大整治工作总结", "长治市生态环境局"));
    assert!(city.paragraph("inspected").unwrap().text().starts_with("全市应自查排污单位3家"));
    assert!(city.paragraph("cases").unwrap().text().contains("其中市局直接查处立案1件，罚款0万元"));
    assert_eq!(city.attachments.len(), 3);
}

#[tokio::test]
async fn what_the_data_do_not_hold_is_a_gap_until_somebody_types_it() {
    let app = TestApp::start().await;
    let gaps = summary::gaps(&read(&app, COUNTY, day(20)).await);
    assert!(gaps.iter().any(|gap| gap.hint == "会议日期" && gap.heading == "一、组织部署" && gap.key == "organised"));
    edit(&app, "organised", 0, |text| {
        text.replace("〔待补：会议日期〕", "6月5日").replace("〔待补：方案名称及文号〕", "工作方案")
    })
    .await
    .unwrap();
    let after = read(&app, COUNTY, day(20)).await;
    assert_eq!(summary::gaps(&after).len(), gaps.len() - 2);
    let organised = after.paragraph("organised").unwrap();
    assert!(organised.pieces.contains(&Piece::Typed("6月5日".into())), "typed, and marked so");
    assert!(summary::mismatches(&after).is_empty(), "nothing to compare it with");
}

#[tokio::test]
async fn a_number_typed_over_is_marked_when_the_data_say_otherwise() {
    let app = TestApp::start().await;
    facts(&app).await;
    edit(&app, "found", 0, |text| text.replace("自查发现问题3个", "自查共发现问题4个")).await.unwrap();
    let found = summary::mismatches(&read(&app, COUNTY, day(20)).await);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].typed.as_str(), found[0].live.as_str(), found[0].key.as_str()), ("4", "3", "found"));
    let unit = rows::unit(&app, COUNTY, "丁厂", json!({})).await;
    rows::problem(&app, unit, json!({"source": "self_inspection", "kind": "05"})).await;
    let later = read(&app, COUNTY, day(20)).await;
    assert!(summary::mismatches(&later).is_empty(), "the data have caught up");
    assert!(
        later.paragraph("found").unwrap().text().contains("单位3家，自查共发现问题4个。按问题类型分：超标排放2个"),
        "and the rest moved with them"
    );
    assert!(read(&app, 140404, day(20)).await.paragraph("found").unwrap().version == 0, "the neighbour's summary is another");
}

/// The paragraphs of cases: key and text.
fn cases(summary: &Summary) -> Vec<(String, String)> {
    let all = summary.sections.iter().flat_map(|section| &section.paragraphs);
    all.filter(|p| p.key.starts_with("case_")).map(|p| (p.key.clone(), p.text().to_owned())).collect()
}

/// The text of the one case.
fn told(summary: &Summary) -> String {
    cases(summary).remove(0).1
}

#[tokio::test]
async fn a_case_that_somebody_wrote_up_stays_when_the_data_hold_it_no_more() {
    let app = TestApp::start().await;
    facts(&app).await;
    let key = cases(&read(&app, COUNTY, day(20)).await).remove(0).0;
    edit(&app, &key, 0, |_| "甲厂废水直排案。".into()).await.unwrap();
    let before = read(&app, COUNTY, day(18)).await;
    assert!(before.paragraph("exposed").unwrap().text().contains("案件0件"), "exposed on the 19th");
    assert_eq!(cases(&before), [(key, "甲厂废水直排案。".to_owned())]);
}

#[tokio::test]
async fn what_was_written_of_a_case_never_stands_under_another() {
    let app = TestApp::start().await;
    facts(&app).await;
    let unit = rows::unit(&app, COUNTY, "戊厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({"description": "烟尘直排"})).await;
    let second = json!({"decided_on": "2019-06-17", "exposed_on": "2019-06-20", "legal_reviewed_on": "2019-06-18"});
    rows::case(&app, &[problem], second).await;
    let both = cases(&read(&app, COUNTY, day(20)).await);
    assert!(both[0].1.starts_with("甲厂。") && both[1].1.starts_with("戊厂。"), "{both:?}");
    edit(&app, &both[1].0, 0, |_| "戊厂烟尘直排案。".into()).await.unwrap();
    let mut writer = app.app.db.writer(&app.whole()).await.unwrap();
    sqlx::query("update cases set exposed_on = null where exposed_on = '2019-06-19'").execute(writer.connection()).await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(cases(&read(&app, COUNTY, day(20)).await), [(both[1].0.clone(), "戊厂烟尘直排案。".to_owned())]);
    let none = cases(&read(&app, 140404, day(20)).await);
    assert!(none.len() == 1 && none[0].1.contains("待补：典型案例2至3件"), "{none:?}");
}

#[tokio::test]
async fn the_second_editor_is_told_and_the_draft_can_come_back() {
    let app = TestApp::start().await;
    edit(&app, "weak_more", 0, |_| "整改资金不足。".into()).await.unwrap();
    assert!(matches!(edit(&app, "weak_more", 0, |_| "力量不足。".into()).await, Err(WriteError::Stale)));
    edit(&app, "weak_more", 1, |_| "力量不足。\n\n另报。".into()).await.unwrap();
    let now = read(&app, COUNTY, day(20)).await;
    let paragraph = now.paragraph("weak_more").unwrap();
    assert_eq!((paragraph.version, paragraph.lines().len(), paragraph.edited), (2, 2, true));
    let county = CountyId(COUNTY);
    let lead = Actor { account: new_id(), name: "乙".into(), role: Role::CountyLead, county, legal_review: false };
    let mut writing = app.writing(lead, &Scope::county(county)).await;
    let permit = writing.permit::<Summarise>(county).unwrap();
    assert!(matches!(summary::reset(&mut writing, &permit, CAMPAIGN, paragraph, 1).await, Err(WriteError::Stale)));
    summary::reset(&mut writing, &permit, CAMPAIGN, paragraph, 2).await.unwrap();
    writing.commit().await.unwrap();
    let back = read(&app, COUNTY, day(20)).await;
    let paragraph = back.paragraph("weak_more").unwrap();
    assert_eq!((paragraph.version, paragraph.edited, paragraph.text()), (3, false, "〔待补：其他存在问题及原因〕"));
}

/// The words of each paragraph of a .docx file.
fn paragraphs(bytes: &[u8]) -> Vec<String> {
    let xml = part(bytes, "word/document.xml");
    let document = scraper::Html::parse_fragment(&xml.replace("w:", ""));
    let p = scraper::Selector::parse("p").unwrap();
    document.select(&p).map(|p| p.text().collect::<String>()).filter(|text| !text.is_empty()).collect()
}

#[tokio::test]
async fn the_paper_says_what_the_page_says_in_the_same_bytes_each_time() {
    let app = TestApp::start().await;
    facts(&app).await;
    edit(&app, "next", 0, |text| format!("{text}\n四是严守“底线” & <红线>。")).await.unwrap();
    let summary = read(&app, COUNTY, day(20)).await;
    let document = summary::document(&summary);
    let bytes = document.to_docx().unwrap();
    assert_eq!(bytes, summary::document(&read(&app, COUNTY, day(20)).await).to_docx().unwrap(), "what is filed can be hashed");
    assert_eq!(paragraphs(&bytes), document.lines());
}

#[tokio::test]
async fn an_office_program_opens_the_paper_and_makes_pages_of_22_lines() {
    let app = TestApp::start().await;
    facts(&app).await;
    let document = summary::document(&read(&app, COUNTY, day(20)).await);
    let lines = lines_of(&document.lines());
    assert!((3..20).contains(&(lines % 22)), "{lines} lines: too near to the end of a page to be sure of its number");
    assert_eq!(pages_of(&document.to_docx().unwrap()), lines.div_ceil(22));
}

/// Lines of 28 characters, the title and the blank lines around it and before 附件 and 落款 among them.
fn lines_of(printed: &[String]) -> usize {
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    printed.iter().map(|line| (wide(line) + 4).div_ceil(56)).sum::<usize>() + 1 + 1 + 2
}

/// How many pages an office program makes of a paper.
fn pages_of(bytes: &[u8]) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("summary.docx"), bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", path("profile").display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(path("summary.docx"))
        .output();
    let run = run.unwrap_or_else(|e| panic!("LibreOffice cannot be started ({e}): run `make test`, which installs it"));
    assert!(
        path("summary.pdf").exists(),
        "LibreOffice Writer is missing or cannot read the paper: run `make test`, which installs it ({run:?})"
    );
    let text = Command::new("pdftotext").arg(path("summary.pdf")).arg("-").output().unwrap();
    // A form feed ends each page.
    text.stdout.iter().filter(|byte| **byte == 0x0c).count()
}
