//! What people write in tables of their own: amounts under a title that gives the unit, words that no list knows, two things in a
//! column.

use super::{brought, confirmed, counts, taken};
use crate::support::{Elsewhere, TestApp, Workbook};

fn fines(unit: &str, fine: &str) -> Vec<u8> {
    Workbook::of(&[
        &["潞州区违法排污行为台账"],
        &[unit],
        &["企业名称", "发现日期", "问题来源", "问题类型", "违法事实", "处罚日期", "处罚文号", "罚款金额"],
        &["甲焦化厂", "2019.6.8", "日常检查", "超标", "烟气超标", "2019.6.18", "长环罚〔2019〕1号", fine],
    ])
    .bytes()
}

#[tokio::test]
async fn a_title_gives_bare_amounts_their_unit() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let preview = brought(&clerk, "/annexes/2/import", fines("金额单位：元", "50000")).await;
    assert_eq!(counts(&preview)[1], 1, "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("该列单位为元，按5万元（50,000元）导入"), "{}", flagged.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(Elsewhere::open(&taken(&clerk, 2).await).get("甲焦化厂", "罚款金额"), "5");
}

#[tokio::test]
async fn an_amount_ten_thousand_times_too_large_is_asked() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let preview = brought(&clerk, "/annexes/2/import", fines("", "50000")).await;
    assert_eq!(counts(&preview), [1, 0, 0, 0, 1, 0], "{}", preview.text());
    assert!(preview.text().contains("文件中为50000，即5亿元，是否应为5万元？"), "{}", preview.text());
    let choose = format!("{}/choose", preview.path);
    let chosen = clerk.send(&preview, &choose, &[("a.0.slip_fine", "yuan")]).await;
    let settled = clerk.follow(&chosen).await;
    assert_eq!(counts(&settled), [1, 1, 0, 0, 0, 0], "{}", settled.text());
    confirmed(&clerk, &settled).await;
    assert_eq!(Elsewhere::open(&taken(&clerk, 2).await).get("甲焦化厂", "罚款金额"), "5");
    let mut home = Elsewhere::open(&taken(&clerk, 2).await);
    home.set("甲焦化厂", "罚款金额", "80000");
    let back = brought(&clerk, "/annexes/2/import", home.bytes()).await;
    let chosen = clerk.send(&back, &format!("{}/choose", back.path), &[("a.0.slip_fine", "wan")]).await;
    let kept = clerk.follow(&chosen).await;
    assert_eq!(counts(&kept)[2], 1, "whoever insists gets 8亿元: {}", kept.text());
    confirmed(&clerk, &kept).await;
    let again = brought(&clerk, "/annexes/2/import", taken(&clerk, 2).await).await;
    assert_eq!(counts(&again)[3], 1, "what stands is asked about no more: {}", again.text());
}

#[tokio::test]
async fn a_table_of_another_county_is_refused() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 3] = [&["襄垣县排污单位名单"], &["企业名称", "地址"], &["甲焦化厂", "东街1号"]];
    let preview = brought(&clerk, "/units/import", Workbook::of(&rows).bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 0, 0, 0, 1], "{}", preview.text());
    assert!(preview.text().contains("该表为襄垣县的表"), "{}", preview.text());
    assert!(preview.text().contains("均有误") && !preview.text().contains("无需确认"), "{}", preview.text());
    let sheet = Workbook::new().with("襄垣县", &[&["企业名称", "自查日期", "是否存在问题"], &["甲厂", "2019.6.8", "否"]]);
    let preview = brought(&clerk, "/annexes/1/import", sheet.bytes()).await;
    assert_eq!(counts(&preview)[5], 1, "{}", preview.text());
    let both: [&[&str]; 3] = [&["潞州区、襄垣县联合检查单位"], &["企业名称", "地址"], &["甲焦化厂", "东街1号"]];
    let preview = brought(&clerk, "/units/import", Workbook::of(&both).bytes()).await;
    assert_eq!(counts(&preview)[1], 1, "a title of two counties names none");
}

#[tokio::test]
async fn words_of_ones_own_come_in_as_gaps_and_are_kept() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 3] = [
        &["企业名称", "行业", "自查日期", "是否存在问题", "问题类型", "存在问题", "整改措施"],
        &["甲豆腐坊", "做豆腐的", "2019.6.8", "是", "臭得很", "废水直排", "建池"],
        &["乙砖厂", "砖瓦", "2019.6.8", "是", "粉尘", "堆场未覆盖", "覆盖"],
    ];
    let preview = brought(&clerk, "/annexes/1/import", Workbook::of(&rows).bytes()).await;
    assert_eq!(counts(&preview)[1], 2, "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("未识别的行业“做豆腐的”") && flagged.text().contains("未识别的问题类型“臭得很”"));
    confirmed(&clerk, &preview).await;
    let table = Elsewhere::open(&taken(&clerk, 1).await);
    assert_eq!(table.get("甲豆腐坊", "备注"), "行业类别：做豆腐的；问题类型：臭得很");
    assert!(table.get("乙砖厂", "行业类别").contains("3031") || table.get("乙砖厂", "行业类别").contains("砖瓦"));
    let units: [&[&str]; 2] = [&["企业名称", "行业"], &["丙豆腐坊", "做豆腐的"]];
    let preview = brought(&clerk, "/units/import", Workbook::of(&units).bytes()).await;
    assert_eq!(counts(&preview)[1], 1, "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("未识别的行业“做豆腐的”"), "{}", flagged.text());
}

#[tokio::test]
async fn money_of_a_split_cell_stands_with_the_first_part() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 2] = [
        &["企业名称", "自查日期", "是否存在问题", "存在问题", "投入（万元）"],
        &["甲焦化厂", "2019.6.8", "是", "1.堆场未覆盖；2.危废间无标识；3.台账不全", "12"],
    ];
    let preview = brought(&clerk, "/annexes/1/import", Workbook::of(&rows).bytes()).await;
    let chosen = clerk.send(&preview, &format!("{}/choose", preview.path), &[("a.0.split", "split")]).await;
    confirmed(&clerk, &clerk.follow(&chosen).await).await;
    let table = clerk.open("/annexes/1").await;
    let text = table.text();
    assert_eq!(text.matches("并入上行").count(), 2, "{text}");
    assert!(text.contains("12"), "{text}");
}

#[tokio::test]
async fn contact_and_telephone_of_one_column_are_told_apart() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 2] = [&["企业名称", "联系人及电话"], &["甲焦化厂", "王某 0355-2012345"]];
    for (page, tab) in [("/units/import", "created"), ("/annexes/1/import", "unchanged")] {
        let preview = brought(&clerk, page, Workbook::of(&rows).bytes()).await;
        let lines = clerk.open(&format!("{}?tab={tab}", preview.path)).await;
        assert!(lines.text().contains("王某"), "{page}: {}", preview.text());
        if tab == "created" {
            confirmed(&clerk, &preview).await;
        }
    }
    let found = clerk.open("/units?q=甲焦化").await;
    assert!(found.text().contains("王某 0355-*****45"), "{}", found.text());
}

#[tokio::test]
async fn a_block_without_a_head_has_the_order_of_the_screen() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    for block in ["甲焦化厂\t91350100M000100Y43\t马厂镇\t炼焦\r\n", "潞州区\t乙建材厂\r\n"] {
        let sent = clerk.paste("/units/import", block).await;
        let preview = clerk.follow(&sent).await;
        assert_eq!(counts(&preview)[1], 1, "{}", preview.text());
        confirmed(&clerk, &preview).await;
    }
    let names: Vec<String> = clerk.open("/units").await.links("table.list").into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"甲焦化厂".to_owned()) && names.contains(&"乙建材厂".to_owned()), "{names:?}");
}

#[tokio::test]
async fn the_products_own_list_comes_back_clean() {
    let app = TestApp::start().await;
    app.seed_unit(140403, "潞州焦化有限公司").await;
    let clerk = app.clerk(140403).await;
    let (_, _, bytes) = clerk.download("/units.xlsx").await;
    let preview = brought(&clerk, "/units/import", bytes).await;
    assert_eq!(counts(&preview), [1, 0, 0, 1, 0, 0], "{}", preview.text());
    let ignored = clerk.open(&format!("{}?tab=ignored", preview.path)).await;
    assert!(ignored.text().contains("合计行"), "共1条。 is no line: {}", ignored.text());
}

#[tokio::test]
async fn investments_and_daily_penalties_are_asked_too_and_the_command_leaves_them_out() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let one: [&[&str]; 2] =
        [&["企业名称", "自查日期", "是否存在问题", "存在问题", "投入"], &["甲焦化厂", "2019.6.8", "是", "堆场未覆盖", "120000"]];
    let preview = brought(&clerk, "/annexes/1/import", Workbook::of(&one).bytes()).await;
    assert!(counts(&preview)[4] == 1 && preview.text().contains("是否应为12万元？"), "{}", preview.text());
    let two: [&[&str]; 2] = [
        &["企业名称", "发现日期", "问题来源", "违法事实", "按日连续处罚"],
        &["甲焦化厂", "2019.6.8", "日常检查", "烟气超标", "500000"],
    ];
    let preview = brought(&clerk, "/annexes/2/import", Workbook::of(&two).bytes()).await;
    assert!(counts(&preview)[4] == 1 && preview.text().contains("是否应为50万元？"), "{}", preview.text());
    let unit: [&[&str]; 2] = [
        &["企业名称", "发现日期", "问题来源", "违法事实", "按日连续处罚"],
        &["甲焦化厂", "2019.6.8", "日常检查", "烟气超标", "500000元"],
    ];
    let preview = brought(&clerk, "/annexes/2/import", Workbook::of(&unit).bytes()).await;
    assert_eq!(counts(&preview)[1], 1, "who names the unit is not asked: {}", preview.text());
}

#[tokio::test]
async fn a_pasted_block_and_a_head_of_two_rows_are_told_as_they_are() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let sent = clerk.paste("/units/import", "企业名称\t地址\r\n甲焦化厂\t东街\r\n").await;
    let preview = clerk.follow(&sent).await;
    assert!(preview.text().contains("工作表“粘贴的内容”：表头在第1行"), "{}", preview.text());
    let rows: [&[&str]; 5] = [
        &["潞州区台账"],
        &["填报单位：潞州分局"],
        &["企业名称", "曝光情况", "", "备注"],
        &["", "日期", "媒体", ""],
        &["甲焦化厂", "", "", "无"],
    ];
    let preview = brought(&clerk, "/annexes/2/import", Workbook::of(&rows).bytes()).await;
    assert!(preview.text().contains("表头在第3-4行"), "{}", preview.text());
    let columns = clerk.open(&format!("{}/headings", preview.path)).await;
    assert!(
        columns.table("table.list").iter().any(|row| row[2] == "甲焦化厂"),
        "a sample beside each heading: {}",
        columns.text()
    );
    let bad = clerk.upload("/units/import", "/units/import", "名单.xlsx", b"no workbook".to_vec()).await;
    assert!(bad.text().contains("文件未读取，没有写入任何数据"), "{}", bad.text());
}

#[tokio::test]
async fn a_progress_that_no_date_bears_out_is_told_and_words_of_ones_own_are_kept() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 6] = [
        &["企业名称", "自查日期", "是否存在问题", "存在问题", "方案备案日期", "完成日期", "整改进展", "是否销号", "备注"],
        &["甲焦化厂", "2019.6.8", "是", "堆场未覆盖", "", "", "整改中"],
        &["乙建材厂", "2019.6.8", "是", "烟气超标", "", "", "完成80%，月底完工", "", "急"],
        &["丙机械厂", "2019.6.8", "是", "废水直排", "2019.6.10", "", "未整改", "是"],
        &["丁洗煤厂", "2019.6.8", "是", "台账不全", "2019.6.10", "2019.6.12", "整改完成", "否"],
        &["戊砖厂", "2019.6.8", "是", "煤堆未覆盖", "", "", "不属实"],
    ];
    let preview = brought(&clerk, "/annexes/1/import", Workbook::of(&rows).bytes()).await;
    assert_eq!(counts(&preview)[1], 5, "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    let text = flagged.text();
    for told in [
        "整改进展由日期得出，请核对开工整改日期（在问题页面填写）。",
        "未识别的整改进展“完成80%，月底完工”",
        "整改进展由日期得出，按日期为“方案已备案”，请核对。",
        "是否销号由核查日期得出，请填写核查日期。",
        "整改进展由日期得出，请补填不属实的日期和理由（请在问题页面办理）。",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("丁洗煤厂"), "its dates bear it out: {text}");
    confirmed(&clerk, &preview).await;
    let table = Elsewhere::open(&taken(&clerk, 1).await);
    assert_eq!(table.get("乙建材厂", "备注"), "急；整改进展：完成80%，月底完工");
    let again = brought(&clerk, "/annexes/1/import", Workbook::of(&rows).bytes()).await;
    assert_eq!(counts(&again), [5, 0, 0, 5, 0, 0], "the same table again: {}", again.text());
}

#[tokio::test]
async fn a_number_of_a_source_that_has_none_is_kept() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 5] = [
        &["企业名称", "发现日期", "问题来源", "来源编号", "违法事实"],
        &["甲焦化厂", "2019.6.8", "日常检查", "D140403", "烟气超标"],
        &["乙建材厂", "2019.6.8", "听说的", "X9、X10", "废水直排"],
        &["丙机械厂", "2019.6.8", "", "K7", "台账不全"],
        &["丁洗煤厂", "2019.6.8", "中央环保督察", "Z1", "煤堆未覆盖"],
    ];
    let preview = brought(&clerk, "/annexes/2/import", Workbook::of(&rows).bytes()).await;
    assert_eq!(counts(&preview)[1], 4, "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("该问题来源没有编号，“D140403”未作为来源编号导入。"), "{}", flagged.text());
    confirmed(&clerk, &preview).await;
    let table = Elsewhere::open(&taken(&clerk, 2).await);
    assert_eq!(table.get("甲焦化厂", "备注"), "来源编号：D140403");
    assert_eq!(table.get("乙建材厂", "备注"), "问题来源：听说的；来源编号：X9；X10");
    assert_eq!(table.get("丙机械厂", "备注"), "来源编号：K7");
    assert_eq!((table.get("丁洗煤厂", "来源编号").as_str(), table.get("丁洗煤厂", "备注").as_str()), ("Z1", ""));
    let again = brought(&clerk, "/annexes/2/import", Workbook::of(&rows[..3]).bytes()).await;
    assert_eq!(counts(&again), [2, 0, 0, 2, 0, 0], "the same again: {}", again.text());
}
