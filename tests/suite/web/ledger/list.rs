//! The list of cases.

use super::{clerk_with_case, to_ledger};
use crate::support::TestApp;

#[tokio::test]
async fn the_city_sees_all_counties_and_a_county_its_own() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let (_, other) = app.seed_violation(140404, "上党铸造厂").await;
    let neighbour = app.clerk(140404).await;
    to_ledger(&neighbour, other).await;
    clerk.fill(&format!("{case}/edit"), &[("case_filed_on", "6.12"), ("decided_on", "6.18"), ("fine", "20")]).await;

    let own = clerk.open("/ledger").await;
    assert_eq!(own.table("#cases").len(), 1);
    assert!(own.texts("#totals")[0].contains("立案1件，处罚决定1件，罚款20万元"), "{:?}", own.texts("#totals"));
    assert_eq!(clerk.get("/ledger?county=140404").await.status, 404, "somebody else's county is like none");
    let reviewer = app.reviewer().await;
    assert_eq!(reviewer.open("/ledger").await.table("#cases").len(), 2);
    assert_eq!(reviewer.open("/ledger?county=140404").await.table("#cases")[0][2], "上党区");
    assert_eq!(reviewer.open("/ledger?q=铸造").await.table("#cases").len(), 1);
    assert_eq!(reviewer.open("/ledger?state=decided").await.table("#cases")[0][1], "潞州焦化有限公司");
    assert!(reviewer.open("/ledger?handled_by=city_bureau").await.table("#cases").is_empty());
    assert!(reviewer.open("/ledger?q=%25'%3B").await.text().contains("没有符合条件的案件"));
    let behind = reviewer.open("/ledger?figure=filed&date=2019-06-20").await;
    assert_eq!((behind.table("#cases").len(), behind.texts(".callout").len()), (1, 1), "{}", behind.text());
    assert!(reviewer.open("/ledger?figure=filed&date=2019-06-11").await.table("#cases").is_empty(), "filed on the 12th");
    assert!(!app.auditor().await.open("/ledger").await.text().contains("登记案件"));
}
