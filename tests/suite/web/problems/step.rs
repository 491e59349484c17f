//! Steps of rectification beside colleagues, and what a list that came in left open.

use crate::support::{TestApp, rows};
use serde_json::json;

#[tokio::test]
async fn who_verified_is_named_after_a_list_told_the_day_alone() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let said = json!({"kind": "07", "completed_on": "2019-06-12", "verified_on": "2019-06-14", "verifiers": []});
    let problem = rows::problem(&app, unit, said).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    let page = format!("/problems/{}", problem.id);
    let step = format!("{page}/verification");
    assert!(clerk.open(&page).await.links("main").contains(&("补填核查人".to_owned(), step.clone())));
    let shown = clerk.open(&step).await;
    assert_eq!(shown.value("verified_on").as_deref(), Some("2019-06-14"), "the day stands");
    let stale = colleague.open(&step).await;
    let alone = clerk.send(&shown, &step, &[("verifier_1", "张某")]).await;
    assert!(alone.error("verifier_2").unwrap().contains("两名"), "{}", alone.text());
    let both = clerk.fill(&step, &[("verifier_1", "张某"), ("verifier_2", "李某")]).await;
    let after = clerk.follow(&both).await;
    assert!(after.text().contains("2019-06-14，张某、李某") && !after.text().contains("补填核查人"), "{}", after.text());
    let late = colleague.send(&stale, &step, &[("verifier_1", "赵某"), ("verifier_2", "钱某")]).await;
    assert_eq!(late.status, 409, "what somebody named meanwhile stays");
    assert_eq!(clerk.get(&step).await.status, 409, "and nothing is left to do");
    assert!(clerk.open(&format!("/history/{}", problem.id)).await.text().contains("张某"));
    app.history_holds().await;
}

#[tokio::test]
async fn one_name_for_many_leaves_out_what_two_must_verify() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let mended = |said: serde_json::Value| {
        let mut row = json!({"completed_on": "2019-06-12"});
        row.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        row
    };
    let mut picked = Vec::new();
    for said in [json!({}), json!({"kind": "07"}), json!({"source": "central_inspection"})] {
        picked.push(format!("id={}", rows::problem(&app, unit, mended(said)).await.id));
    }
    let clerk = app.clerk(140403).await;
    let form = format!("/problems/batch?{}", picked.join("&"));
    let one = [("step", "verify"), ("verified_on", "6.14"), ("verifier_1", "张某"), ("confirm_verifier_2", "yes")];
    let look = clerk.fill(&form, &one).await;
    assert!(look.text().contains("将更新1条，跳过2条") && look.text().contains("须由两人核查"), "{}", look.text());
    let done = clerk.send(&look, "/problems/batch", &[("stage", "write")]).await;
    assert!(clerk.follow(&done).await.text().contains("已更新1条"));
    let two = [("step", "verify"), ("verified_on", "6.14"), ("verifier_1", "张某"), ("verifier_2", "李某")];
    assert!(clerk.fill(&form, &two).await.text().contains("将更新2条，跳过1条"), "two may");
}

#[tokio::test]
async fn a_plan_opened_before_a_colleague_wrote_overwrites_nothing() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let said = json!({"measures": "更换布袋", "plan_schedule": "6月底前", "plan_funds": "自筹"});
    let problem = rows::problem(&app, unit, said).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    let page = format!("/problems/{}", problem.id);
    let start = format!("{page}/start");
    // A row put straight into the table has no history to compare with.
    colleague.fill(&format!("{page}/edit"), &[("supervisor", "王某")]).await;
    let stale = clerk.open(&start).await;
    assert_eq!(colleague.fill(&format!("{page}/edit"), &[("measures", "搭建围挡")]).await.status, 303);
    let beaten = clerk.send(&stale, &start, &[("plan_filed_on", "6.14"), ("schedule", "")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("采用对方内容：改正措施"), "{}", beaten.text());
    let saved = clerk.send(&beaten, &start, &[]).await;
    let after = clerk.follow(&saved).await;
    assert!(after.text().contains("搭建围挡") && after.text().contains("自筹"), "{}", after.text());
    assert!(!after.text().contains("6月底前"), "what was emptied is empty");
}

#[tokio::test]
async fn a_second_save_does_not_take_a_colleagues_ticks_back() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({"other_kinds": ["03"]})).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    let edit = format!("/problems/{}/edit", problem.id);
    colleague.fill(&edit, &[("supervisor", "王某")]).await;
    let stale = clerk.open(&edit).await;
    let ticked = [("other_kinds", "05"), ("invested_with_above", "yes")];
    assert_eq!(colleague.fill(&edit, &ticked).await.status, 303);
    let beaten = clerk.send(&stale, &edit, &[("remark", "待复核")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("采用对方内容：其他类型、投入并入上行"), "{}", beaten.text());
    assert_eq!(clerk.send(&beaten, &edit, &[]).await.status, 303);
    let form = clerk.open(&edit).await.form(&edit);
    let of = |name: &str| form.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect::<Vec<_>>();
    assert_eq!((of("other_kinds"), of("invested_with_above"), of("remark")), (vec!["05"], vec!["yes"], vec!["待复核"]));
}

#[tokio::test]
async fn a_completion_that_does_not_hold_goes_back_to_the_unit() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({"due_on": "2019-06-10"})).await;
    let page = format!("/problems/{}", problem.id);
    let back = format!("{page}/return");
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    assert_eq!(clerk.get(&back).await.status, 409, "nothing is done yet");
    clerk.fill(&format!("{page}/completion"), &[("completed_on", "6.12"), ("note", "已更换布袋")]).await;
    assert!(clerk.open(&page).await.links("main").contains(&("退回整改".to_owned(), back.clone())));
    let stale = colleague.open(&back).await;
    let empty = clerk.fill(&back, &[]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.error("why").is_some() && empty.error("note").is_some(), "{}", empty.text());
    let done = clerk.fill(&back, &[("why", "failed"), ("returned_on", "6.14"), ("note", "两人现场核查，仍有扬尘")]).await;
    let after = clerk.follow(&done).await;
    let told = ["整改中", "已到期未完成", "2019-06-14，两人现场核查，仍有扬尘", "登记整改完成"];
    assert!(told.iter().all(|said| after.text().contains(said)), "{}", after.text());
    assert!(!after.text().contains("已更换布袋"), "the completion is taken back");
    let history = clerk.open(&format!("/history/{}", problem.id)).await;
    assert!(history.text().contains("已更换布袋"), "and stays in the history");
    let late = colleague.send(&stale, &back, &[("why", "mistaken"), ("note", "误点")]).await;
    assert_eq!(late.status, 409, "{}", late.text());
    app.history_holds().await;
}

#[tokio::test]
async fn what_was_struck_off_or_ended_in_error_is_taken_back() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let clerk = app.clerk(140403).await;
    let mended = json!({"completed_on": "2019-06-12", "verified_on": "2019-06-14", "verifiers": ["张某", "李某"]});
    let verified = rows::problem(&app, unit, mended.clone()).await;
    let page = format!("/problems/{}", verified.id);
    let form = clerk.open(&format!("{page}/return")).await;
    assert!(form.text().contains("撤回销号") && !form.text().contains("核查未通过"), "{}", form.text());
    let done = clerk.fill(&format!("{page}/return"), &[("note", "误点了另一家的问题")]).await;
    let after = clerk.follow(&done).await;
    assert!(after.text().contains("已完成待核查") && after.text().contains("2019-06-12"), "{}", after.text());

    let ended =
        rows::problem(&app, unit, json!({"ended_as": "unfounded", "ended_on": "2019-06-14", "ended_note": "查无此事"})).await;
    let page = format!("/problems/{}", ended.id);
    let done = clerk.fill(&format!("{page}/return"), &[("note", "办错一条")]).await;
    let after = clerk.follow(&done).await;
    assert!(after.text().contains("撤回办结") && after.text().contains("未启动"), "{}", after.text());

    let resting = rows::problem(&app, unit, mended).await;
    rows::problem(&app, unit, json!({"recurrence_of": resting.id})).await;
    let kept = clerk.get(&format!("/problems/{}/return", resting.id)).await;
    assert!(kept.status == 409 && kept.text().contains("已登记反弹"), "{}", kept.text());
    let neighbour = app.clerk(140404).await;
    assert_eq!(neighbour.get(&format!("/problems/{}/return", ended.id)).await.status, 404);
}

#[tokio::test]
async fn a_step_that_came_too_late_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({"due_on": "2019-06-25"})).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    let page = format!("/problems/{}", problem.id);
    let (completion, extension) = (format!("{page}/completion"), format!("{page}/extension"));
    let (stale, later) = (clerk.open(&completion).await, clerk.open(&extension).await);
    let longer = [("due_on", "6.28"), ("approved_by", "分管领导")];
    assert_eq!(colleague.fill(&extension, &longer).await.status, 303);
    let barred = clerk.send(&later, &extension, &[("due_on", "6.27"), ("approved_by", "主要领导"), ("reason", "设备未到")]).await;
    assert_eq!((barred.status, barred.value("reason").as_deref()), (422, Some("设备未到")), "not later than the one that is");

    assert_eq!(colleague.fill(&completion, &[("note", "料棚已建成")]).await.status, 303);
    let late = clerk.send(&stale, &completion, &[("note", "喷淋、料棚、围挡均已到位")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("该问题已登记整改完成。"), "{}", late.text());
    assert_eq!(late.value("note").as_deref(), Some("喷淋、料棚、围挡均已到位"), "what was typed is kept");
    assert!(clerk.open(&page).await.text().contains("料棚已建成"), "and overwrites nobody");
    app.history_holds().await;
}
