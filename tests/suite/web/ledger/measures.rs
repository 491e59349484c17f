//! Measures on a case's page.

use super::clerk_with_case;
use crate::support::TestApp;

#[tokio::test]
async fn a_daily_penalty_is_recorded_and_reckoned_beside() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let new = format!("{case}/measures/new");
    let fields =
        [("original_fine", "10"), ("order_served_on", "6.6"), ("recheck_on", "6.20"), ("amount", "140"), ("persons", "5")];
    let saved = clerk.fill_to(&format!("{new}?kind=daily_penalty"), &new, &fields).await;
    let page = clerk.follow(&saved).await;
    assert!(page.text().contains("10万元 × 14天（6月7日至6月20日）= 140万元"), "{}", page.text());
    let row = page.table("#measures").remove(0);
    assert_eq!(row[0], "按日连续处罚");
    assert!(row[3].contains("决定金额140万元") && !row[3].contains("5人"), "what its kind does not have is ignored: {}", row[3]);
}

#[tokio::test]
async fn several_of_a_kind_stand_one_by_one_and_one_can_be_taken_out() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let new = format!("{case}/measures/new");
    for number in ["潞环查〔2019〕1号", "潞环查〔2019〕2号"] {
        let saved = clerk.fill(&new, &[("kind", "sealing"), ("number", number), ("from_on", "6.12"), ("until_on", "6.22")]).await;
        assert_eq!(saved.status, 303);
    }
    let page = clerk.open(&case).await;
    assert_eq!(page.table("#measures").len(), 2);
    assert!(page.text().contains("即将届满 查封扣押期限"), "three days before its end: {}", page.text());
    assert!(
        page.text()
            .contains("查封：按决定书载明的期限，至6月22日届满（当日非工作日，请提前办理）；自2019-06-12起，法定不超过30日（首日不计），最长至7月12日"),
        "{}",
        page.text()
    );
    let edit = page.links("#measures").remove(0).1;
    let form = clerk.open(&edit).await;
    let removed = clerk.send(&form, &edit.replace("/edit", "/remove"), &[]).await;
    assert_eq!(clerk.follow(&removed).await.table("#measures").len(), 1);
    assert_eq!(clerk.get(&edit).await.status, 404, "a removed measure is none");
    assert_eq!(clerk.open("/ledger?measure=sealing").await.table("#cases").len(), 1);
    assert!(clerk.open("/ledger?measure=detaining").await.table("#cases").is_empty());
}

#[tokio::test]
async fn a_wrong_measure_comes_back_and_a_stale_one_is_told() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let new = format!("{case}/measures/new");
    let wrong = clerk.fill(&new, &[("kind", "sealing"), ("from_on", "6.15"), ("until_on", "6.14"), ("number", "查1号")]).await;
    assert_eq!((wrong.status, wrong.value("number").as_deref()), (422, Some("查1号")));
    assert!(wrong.error("until_on").unwrap().contains("早于起始日期"));
    assert!(clerk.fill(&new, &[]).await.error("kind").unwrap().contains("请选择措施"));

    clerk.fill(&new, &[("kind", "detention_transfer"), ("persons", "")]).await;
    let page = clerk.open(&case).await;
    assert!(page.table("#measures")[0][3].contains("人数不明"));
    let edit = page.links("#measures").remove(0).1;
    let late = clerk.open(&edit).await;
    assert_eq!(clerk.fill(&edit, &[("persons", "2")]).await.status, 303);
    let clash = clerk.send(&late, &edit, &[("persons", "3")]).await;
    assert_eq!((clash.status, clash.value("persons").as_deref()), (409, Some("3")));
    assert_eq!(clash.table("#conflict"), [["移送人数", "", "2", "3"]]);
}
