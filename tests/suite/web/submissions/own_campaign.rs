//! A submission is judged by its own campaign, whichever began last.

use super::{COUNTY, county, explained, filed, handed_over, pressed};
use crate::support::rows::CAMPAIGN;
use crate::support::{PASSWORD, TestApp};
use crate::web::campaigns::with_newer;
use uuid::Uuid;
use zhengzhi::base::role::Role;

#[tokio::test]
async fn what_is_late_in_its_own_campaign_is_late_when_another_has_begun() {
    let app = TestApp::start_at("2019-06-29T09:00:00+08:00").await;
    county(&app).await;
    let (clerk, lead) = (app.clerk(COUNTY).await, app.person(Role::CountyLead, COUNTY).await);
    let frozen = handed_over(&clerk).await;
    with_newer(&app).await;
    let file = format!("{}/file", frozen.path);
    let form = lead.open(&format!("{file}?campaign=2019-qiuji")).await;
    assert!(form.text().contains("已过规定时间"), "{}", form.text());
    assert!(form.html.contains("报送期限（6月28日24时）"), "the whole page stands in its campaign");
    let sent = lead.send(&form, &file, &[("declared", "yes"), ("password", PASSWORD)]).await;
    let shown = lead.follow(&sent).await.text();
    assert!(shown.contains("迟报（待市局认定）") && !shown.contains("按时"), "{shown}");
}

#[tokio::test]
async fn who_files_and_how_long_to_mend_is_what_its_own_campaign_says() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, officer) = (app.clerk(COUNTY).await, app.reviewer().await);
    let frozen = handed_over(&clerk).await;
    let (admin, autumn) = with_newer(&app).await;
    let strict = [("paper_signature", ""), ("mend_within_days", "20")];
    assert_eq!(admin.fill(&autumn, &strict).await.status, 303);
    let shown = filed(&clerk, &frozen).await;
    assert!(shown.text().contains("已上报"), "its own campaign lets a clerk file on paper: {}", shown.text());
    pressed(&officer, &frozen.path, "open", &[]).await;
    pressed(&officer, &frozen.path, "remarks", &[("text", "请补传佐证")]).await;
    assert_eq!(pressed(&officer, &frozen.path, "accept-open", &[]).await.status, 303);
    let text = clerk.open(&frozen.path).await.text();
    assert!(text.contains("请于2019-06-25前整改"), "three working days, not twenty: {text}");
}

#[tokio::test]
async fn a_form_does_what_it_says_in_the_campaign_that_its_page_shows() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, officer) = (app.clerk(COUNTY).await, app.reviewer().await);
    explained(&clerk).await;
    with_newer(&app).await;
    let check = clerk.open("/submissions/check?campaign=2019-zhengzhi").await;
    let sent = clerk.send(&check, "/submissions/hand-over", &[]).await;
    clerk.follow(&sent).await;
    let longer = [("due_on", "6.30"), ("reason", "暴雨断网")];
    let page = officer.open("/submissions/deadline?county=140404&campaign=2019-zhengzhi").await;
    assert_eq!(officer.send(&page, "/submissions/deadline", &longer).await.status, 303);
    let page = officer.open("/submissions/behalf?county=140404&campaign=2019-zhengzhi").await;
    let mailed = [("arrived_on", "6.20"), ("arrived_at", "9:30"), ("reason", "县局断网，邮件报来")];
    assert_eq!(officer.send(&page, "/submissions/behalf", &mailed).await.status, 303);
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    let sql = "select campaign_id from submissions union all select campaign_id from deadline_extensions";
    let campaigns: Vec<Uuid> = sqlx::query_scalar(sql).fetch_all(reader.connection()).await.unwrap();
    assert_eq!(campaigns, [CAMPAIGN; 3]);
}
