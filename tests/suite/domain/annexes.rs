//! The annexes and books as files.

use crate::support::rows::{self, CAMPAIGN, Made};
use crate::support::{TestApp, workbook};
use chrono::NaiveDate;
use serde_json::json;
use std::io::Read;
use zhengzhi::annexes::{self, Annex, Part, Position, Reading};
use zhengzhi::base::ability::Enter;
use zhengzhi::base::{CountyId, Permit, Scope};
use zhengzhi::campaigns::Campaign;
use zhengzhi::consolidated::{self, Order, Wanted};
use zhengzhi::figures;

const LUZHOU: CountyId = CountyId(140403);

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 6, day).unwrap()
}

async fn campaign(app: &TestApp) -> Campaign {
    app.campaign().await
}

async fn book(app: &TestApp, wanted: Wanted, county: Option<CountyId>, date: NaiveDate, campaign: &Campaign) -> Vec<u8> {
    let order = Order {
        wanted,
        county,
        campaign,
        date,
        made_at: app.app.clocks.business.now(),
        directory: &app.app.directory,
        given: &[],
        only_given: false,
        basis: None,
    };
    let mut book = consolidated::write(&app.app.db, &app.whole(), &order).await.unwrap();
    let mut bytes = Vec::new();
    book.file.read_to_end(&mut bytes).unwrap();
    bytes
}

/// A column of a sheet's lines by the id of its column.
fn column(grid: &[Vec<String>], annex: Annex, id: &str) -> Vec<String> {
    let at = annex.columns().iter().position(|c| c.id == id).unwrap();
    body(grid).iter().map(|row| row[at].clone()).collect()
}

/// The lines between head and 合计.
fn body(grid: &[Vec<String>]) -> &[Vec<String>] {
    let end = grid.iter().position(|row| row[0].starts_with("合计") || row[0].starts_with("注：")).unwrap();
    &grid[5..end]
}

fn sentence<'a>(grid: &'a [Vec<String>], start: &str) -> &'a str {
    grid.iter().map(|row| row[0].as_str()).find(|text| text.starts_with(start)).unwrap_or_else(|| panic!("no {start}: {grid:?}"))
}

#[tokio::test]
async fn annex_1_has_a_line_for_every_unit_and_every_problem_it_found_itself() {
    let app = TestApp::start().await;
    let coking = rows::unit(
        &app,
        140403,
        "漳河焦化",
        json!({"credit_code": "91350100M000100Y43", "contact_phone": "13800001234", "industry": "2521"}),
    )
    .await;
    rows::self_inspection(&app, coking, json!({"found": "some"})).await;
    let own = |row: serde_json::Value| {
        let mut own = json!({"source": "self_inspection", "due_on": "2019-06-25", "invested_fen": 12_500_000});
        own.as_object_mut().unwrap().extend(row.as_object().unwrap().clone());
        own
    };
    rows::problem(
        &app,
        coking,
        own(json!({"completed_on": "2019-06-18", "verified_on": "2019-06-19", "verifiers": ["甲", "乙"]})),
    )
    .await;
    rows::problem(&app, coking, own(json!({"invested_fen": null, "invested_with_above": true, "completed_on": "2019-06-29"})))
        .await;
    rows::problem(&app, coking, json!({"description": "县里排查发现的"})).await;
    let brick = rows::unit(&app, 140403, "𠮷祥砖厂", json!({"no_code_reason": "no_licence"})).await;
    rows::self_inspection(&app, brick, json!({})).await;
    let shy = rows::unit(&app, 140403, "不应声铸造", json!({})).await;
    rows::self_inspection(&app, shy, json!({"state": "refused", "found": null})).await;
    rows::unit(&app, 140403, "停产水泥", json!({"status": "halted"})).await;
    rows::unit(&app, 140404, "邻县的厂", json!({})).await;

    let bytes = book(&app, Wanted::Annex(Annex::One), Some(LUZHOU), day(27), &campaign(&app).await).await;
    assert_eq!(workbook::sheets(&bytes), ["潞州区"]);
    let grid = workbook::grid(&bytes, "潞州区");
    assert_eq!((grid[0][0].as_str(), grid[1][0].as_str()), ("附件1", "排污单位自查和整改情况表"));
    assert!(grid[2].concat().contains("填报单位（盖章）：长治市潞州区环境保护局数据截止日期：2019年6月27日金额单位：万元"));
    let of = |id| column(&grid, Annex::One, id);
    assert_eq!(of("no"), ["1", "2", "3", "4", "5"]);
    assert_eq!(
        of("name"),
        ["漳河焦化", "漳河焦化", "𠮷祥砖厂", "不应声铸造", "停产水泥"],
        "unit cells repeat, the neighbour is not there"
    );
    assert_eq!(of("credit_code"), ["91350100M000100Y43", "91350100M000100Y43", "/", "", ""]);
    assert_eq!(of("contact_phone")[0], "13800001234", "the file has phones whole");
    assert_eq!(of("industry")[0], "2521 炼焦");
    assert_eq!(of("has_problem"), ["是", "是", "否", "未自查（拒不开展）", "未自查（停产）"]);
    assert_eq!(of("invested"), ["12.5", "并入上行", "", "", ""]);
    assert_eq!(of("progress"), ["已销号", "未启动", "", "", ""], "completed on the 29th is not completed on the 27th");
    assert_eq!(of("completed_on"), ["2019-06-18", "", "", "", ""]);
    assert_eq!(
        sentence(&grid, "合计"),
        "合计：自查单位2家；发现问题单位1家；问题2个；已完成整改1个（完成率50.0%）；已销号1个；整改投入12.5万元。"
    );
    assert!(sentence(&grid, "填报人").contains("主要负责人"));
    assert_eq!(sentence(&grid, "数据口径"), "数据口径：实时数据，2019年6月20日10时0分生成。");
}

#[tokio::test]
async fn units_without_a_problem_go_to_a_sheet_of_their_own_when_the_campaign_says_so() {
    let app = TestApp::start().await;
    for name in ["甲厂", "乙厂"] {
        let unit = rows::unit(&app, 140403, name, json!({})).await;
        rows::self_inspection(&app, unit, json!({})).await;
        if name == "甲厂" {
            rows::problem(&app, unit, json!({"source": "self_inspection"})).await;
        }
    }
    let campaign = Campaign { clear_units_apart: true, ..campaign(&app).await };
    let bytes = book(&app, Wanted::Annex(Annex::One), Some(LUZHOU), day(27), &campaign).await;
    assert_eq!(workbook::sheets(&bytes), ["潞州区", "潞州区续表"]);
    assert_eq!(column(&workbook::grid(&bytes, "潞州区"), Annex::One, "name"), ["甲厂"]);
    assert_eq!(column(&workbook::grid(&bytes, "潞州区续表"), Annex::One, "name"), ["乙厂"]);
}

/// A unit with three problems, a case over the first and the last of them, and a second case over the last.
async fn one_case_over_two_problems(app: &TestApp) -> [Made; 3] {
    let unit = rows::unit(app, 140403, "漳河焦化", json!({})).await;
    let mut problems = Vec::new();
    for source in ["county_inspection", "self_inspection", "self_inspection"] {
        problems.push(rows::problem(app, unit, json!({"source": source, "due_on": "2019-06-25"})).await);
    }
    let case = json!({"case_number": "潞环立〔2019〕1号", "decided_on": "2019-06-16", "decision_number": "潞环罚〔2019〕1号", "fine_fen": 12_500_001});
    let case = rows::case(app, &[problems[0], problems[2]], case).await;
    rows::measure(app, case, "sealing", json!({"number": "潞环封〔2019〕2号"})).await;
    rows::measure(app, case, "detention_transfer", json!({"persons": 2})).await;
    rows::measure(app, case, "criminal_transfer", json!({"persons": null})).await;
    rows::measure(app, case, "production_limit", json!({"decided_on": "2019-06-15"})).await;
    rows::case(app, &problems[2..], json!({"decided_on": "2019-06-28", "fine_fen": 100, "case_number": "晚"})).await;
    [problems[0], problems[1], problems[2]]
}

#[tokio::test]
async fn number_and_money_of_a_case_stand_on_its_first_line() {
    let app = TestApp::start().await;
    one_case_over_two_problems(&app).await;
    let bytes = book(&app, Wanted::Annex(Annex::Two), Some(LUZHOU), day(27), &campaign(&app).await).await;
    let grid = workbook::grid(&bytes, "潞州区");
    let of = |id| column(&grid, Annex::Two, id);
    assert_eq!(of("no"), ["1", "2", "3"], "the self-found problem without a case is in annex 1 only");
    assert_eq!(of("source"), ["县区排查", "企业自查", "企业自查"]);
    assert_eq!(of("case_number"), ["潞环立〔2019〕1号", "", "晚"]);
    assert_eq!(of("fine"), ["12.500001", "", ""], "decided on the 28th is not decided on the 27th");
    assert_eq!(of("decision_number"), ["潞环罚〔2019〕1号", "", ""]);
    assert_eq!(of("seized_on"), ["2019-06-14", "", ""]);
    assert_eq!(of("detention_transfer_persons"), ["2", "", ""]);
    assert_eq!((of("production_limit_kind")[0].as_str(), of("production_limit_on")[0].as_str()), ("限制生产", "2019-06-15"));
    assert_eq!(of("remark"), ["【查封扣押文号：潞环封〔2019〕2号；移送涉嫌犯罪人数待定】", "【同案，见第1行】", ""]);
    let totals = sentence(&grid, "合计");
    assert!(totals.contains("问题2个；立案2件；罚款12.500001万元") && totals.contains("移送涉嫌犯罪1件0人"), "{totals}");
    let later = book(&app, Wanted::Annex(Annex::Two), Some(LUZHOU), day(28), &campaign(&app).await).await;
    assert_eq!(column(&workbook::grid(&later, "潞州区"), Annex::Two, "fine"), ["12.500001", "", "0.0001"]);
}

#[tokio::test]
async fn a_page_in_the_middle_numbers_and_refers_as_the_whole_table_does() {
    let app = TestApp::start().await;
    one_case_over_two_problems(&app).await;
    let scope = app.whole();
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let fresh = || Reading::new(Annex::Two, Part::Whole, LUZHOU, CAMPAIGN, day(27));
    let whole = fresh().next(reader.connection(), &scope, 100).await.unwrap();
    assert_eq!(fresh().count(reader.connection(), &scope).await.unwrap(), 3);
    let position: Position = Position::after(&whole[0]).to_string().parse().unwrap();
    let rest = fresh().from(position).next(reader.connection(), &scope, 100).await.unwrap();
    let told = |lines: &[annexes::Line]| lines.iter().map(|l| (l.no, l.same_case)).collect::<Vec<_>>();
    assert_eq!(told(&rest), told(&whole)[1..]);
    assert_eq!(rest[0].same_case, Some(1));
    let neighbour = Scope::county(CountyId(140404));
    assert!(fresh().next(reader.connection(), &neighbour, 100).await.unwrap().is_empty());
    for typed in ["", "x", "-1.0.0.0", "1.2.3.4", "1"] {
        assert!(typed.parse::<Position>().is_err(), "{typed}");
    }
}

#[tokio::test]
async fn an_empty_annex_prints_the_zero_report_with_its_name() {
    let app = TestApp::start().await;
    let clerk = app.account("zhang", zhengzhi::base::Role::CountyClerk, LUZHOU, false, false).await;
    let campaign = campaign(&app).await;
    let before = book(&app, Wanted::Annex(Annex::Two), Some(LUZHOU), day(27), &campaign).await;
    assert!(body(&workbook::grid(&before, "潞州区")).is_empty());
    let permit = Permit::<Enter>::ask(&clerk, LUZHOU).unwrap();
    for name in ["张某", "李某"] {
        let mut writing = app.writing(clerk.clone(), &Scope::county(LUZHOU)).await;
        annexes::confirm_zero(&mut writing, &permit, CAMPAIGN, Annex::Two, name).await.unwrap();
        writing.commit().await.unwrap();
    }
    let bytes = book(&app, Wanted::Annex(Annex::Two), Some(LUZHOU), day(27), &campaign).await;
    let grid = workbook::grid(&bytes, "潞州区");
    assert_eq!(body(&grid)[0][0], "经核实，本期无此类情况（零报告）　确认人：李某　2019年6月20日");
    let earlier = book(&app, Wanted::Annex(Annex::Two), Some(LUZHOU), day(19), &campaign).await;
    assert!(body(&workbook::grid(&earlier, "潞州区")).is_empty(), "not given yet on the 19th");
}

#[tokio::test]
async fn the_citys_book_agrees_with_its_sheets_and_with_the_figures() {
    let app = TestApp::start().await;
    one_case_over_two_problems(&app).await;
    for (n, county) in [140404, 140404, 140471].into_iter().enumerate() {
        let unit = rows::unit(&app, county, &format!("单位{n}"), json!({})).await;
        rows::self_inspection(&app, unit, json!({})).await;
        let problem = rows::problem(&app, unit, json!({"source": "central_inspection", "source_numbers": ["晋督1"]})).await;
        let case = json!({"handled_by": "city_bureau", "decided_on": "2019-06-16", "fine_fen": 30_000_000});
        let case = rows::case(&app, &[problem], case).await;
        rows::measure(&app, case, "daily_penalty", json!({"amount_fen": 1_000_000})).await;
    }
    let campaign = campaign(&app).await;
    let bytes = book(&app, Wanted::Annex(Annex::Two), None, day(27), &campaign).await;
    let sheets = workbook::sheets(&bytes);
    assert_eq!((sheets.len(), sheets[0].as_str(), sheets[1].as_str(), sheets[13].as_str()), (14, "汇总表", "潞州区", "高新区"));
    let roll_up = workbook::grid(&bytes, "汇总表");
    let check = sentence(&roll_up, "核对");
    assert!(check.ends_with("核对一致。") && check.contains("罚款（万元）各表合计102.500001、汇总102.500001"), "{check}");
    let row = |name: &str| roll_up.iter().find(|row| row[0] == name).unwrap();
    let at = |heading: &str| annexes::roll_up::COLUMNS.iter().position(|c| c.heading == heading).unwrap();
    let number = |row: &[String], heading: &str| row[at(heading)].parse::<f64>().unwrap();
    for heading in ["台账问题", "立案（件）", "罚款（万元）"] {
        let sum: f64 = sheets[1..].iter().map(|name| number(row(name), heading)).sum();
        assert!((sum - number(row("合计"), heading)).abs() < 1e-9, "{heading}");
    }
    assert_eq!(number(row("其中：市局直接查处"), "罚款（万元）"), 90.0);
    assert_eq!(row("其中：市局直接查处")[at("台账问题")], "/");
    assert_eq!(row("武乡县")[at("完成率")], "—");
    let fines: f64 = sheets[1..]
        .iter()
        .flat_map(|name| column(&workbook::grid(&bytes, name), Annex::Two, "fine"))
        .filter_map(|fine| fine.parse::<f64>().ok())
        .sum();
    assert!((fines - number(row("合计"), "罚款（万元）")).abs() < 1e-9);
    let scope = app.whole();
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let total = figures::by_county(reader.connection(), &scope, CAMPAIGN, day(27)).await.unwrap().total();
    assert_eq!(total.shown("fine"), "102.500001");
    let alone = book(&app, Wanted::RollUp, None, day(27), &campaign).await;
    assert_eq!(workbook::sheets(&alone), ["汇总表"]);
    let first = book(&app, Wanted::Annex(Annex::One), None, day(27), &campaign).await;
    assert!(sentence(&workbook::grid(&first, "汇总表"), "核对").ends_with("核对一致。"));
}

#[tokio::test]
async fn another_office_program_opens_the_file_and_saves_the_same_cells() {
    let app = TestApp::start().await;
    one_case_over_two_problems(&app).await;
    let bytes = book(&app, Wanted::Annex(Annex::Two), None, day(27), &campaign(&app).await).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("annex2.xlsx");
    std::fs::write(&file, &bytes).unwrap();
    let out = folder.path().join("out");
    for format in ["xlsx", "pdf"] {
        let done = std::process::Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
            .args(["--headless", "--convert-to", format, "--outdir"])
            .arg(&out)
            .arg(&file)
            .output()
            .expect("LibreOffice (soffice) is needed by the file tests: scripts/prepare test installs it");
        assert!(done.status.success(), "{done:?}");
    }
    let saved = std::fs::read(out.join("annex2.xlsx")).unwrap();
    for sheet in workbook::sheets(&bytes) {
        let (written, saved) = (workbook::grid(&bytes, &sheet), workbook::grid(&saved, &sheet));
        for (at, row) in written.iter().enumerate() {
            let same = row.iter().enumerate().all(|(c, cell)| saved[at].get(c).map_or("", String::as_str) == cell);
            assert!(same, "{sheet}, row {}: {row:?} became {:?}", at + 1, saved[at]);
        }
    }
    assert!(std::fs::read(out.join("annex2.pdf")).unwrap().starts_with(b"%PDF"));
}
