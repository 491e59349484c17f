//! Every route, replayed as every role, as the neighbour county and as a stranger. A route without a line in
//! `paths::ROUTES` is not served here, and one without a rule below fails the test.

use crate::support::rows::{self, Made};
use crate::support::{Page, Person, TestApp};
use serde_json::json;
use zhengzhi::base::new_id;
use zhengzhi::base::role::Role;
use zhengzhi::web::paths::{Door, ROUTES};

/// The facts that addresses name, in 潞州区.
struct Facts {
    unit: Made,
    problem: Made,
    /// Handled by the county, and by the city: each is entered by its own people.
    cases: [Made; 2],
    measures: [Made; 2],
    account: String,
    campaign: String,
}

const COUNTY: i32 = 140403;

async fn facts(app: &TestApp) -> Facts {
    let unit = rows::unit(app, COUNTY, "甲厂", json!({"site": new_id().to_string()})).await;
    let problem = rows::problem(app, unit, json!({})).await;
    let own = rows::case(app, &[problem], json!({"handled_by": "county_bureau"})).await;
    let citys = rows::case(app, &[problem], json!({"handled_by": "city_bureau"})).await;
    let measures = [rows::measure(app, own, "sealing", json!({})).await, rows::measure(app, citys, "sealing", json!({})).await];
    let clerk = app.clerk(COUNTY).await;
    let account = clerk.actor.unwrap().account.to_string();
    Facts { unit, problem, cases: [own, citys], measures, account, campaign: rows::CAMPAIGN.to_string() }
}

/// A route's pattern with the ids of real facts.
fn address(pattern: &str, facts: &Facts, by_city: bool) -> String {
    let case = facts.cases[usize::from(by_city)].id.to_string();
    let measure = facts.measures[usize::from(by_city)].id.to_string();
    let id = match pattern.split('/').nth(1).unwrap_or("") {
        "units" => facts.unit.id.to_string(),
        "problems" => facts.problem.id.to_string(),
        "history" => facts.unit.id.to_string(),
        "ledger" => case.clone(),
        "accounts" => facts.account.clone(),
        "campaigns" => facts.campaign.clone(),
        // The city's people put files beside what the city handles.
        "evidence" if pattern.ends_with("/of/{record}") && by_city => case.clone(),
        "evidence" if pattern.ends_with("/of/{record}") => facts.problem.id.to_string(),
        _ => new_id().to_string(),
    };
    let mut path = pattern
        .replace("{measure}", &measure)
        .replace("{step}", "start")
        .replace("{key}", "lead")
        .replace("{county}", "140404")
        .replace("{name}", "app.css")
        .replace("{remark}", &new_id().to_string())
        .replace("{event}", &new_id().to_string())
        .replace("{annex}", "1")
        .replace("{line}", &new_id().to_string())
        .replace("{token}", "0123456789abcdef0123456789abcdef01234567")
        .replace("{report}", &new_id().to_string())
        .replace("{record}", if by_city { "cases" } else { "problems" })
        .replace("{kind}", "annex1");
    if pattern.contains("/measures/") {
        path = path.replacen("{id}", &case, 1).replace("{measure_id}", &measure);
    }
    path = path.replace("{id}", &id).replace("{case}", &case);
    match pattern {
        "/problems/new" => format!("{path}?unit={}", facts.unit.id),
        "/ledger/new" => format!("{path}?problem={}", facts.problem.id),
        _ => path,
    }
}

fn opens(door: Door, role: Role) -> bool {
    use Role::{Auditor, CityAdmin, CityReviewer, CountyClerk, CountyLead};
    match door {
        Door::Open | Door::Anyone => true,
        Door::Enter => matches!(role, CountyClerk | CountyLead),
        // The city brings in what counties mailed (代录), and records its own cases.
        Door::EnterCase | Door::Import => matches!(role, CountyClerk | CountyLead | CityReviewer),
        Door::Summarise => matches!(role, CountyClerk | CountyLead | CityReviewer),
        Door::Download => role != Auditor,
        Door::Administer => role == CityAdmin,
        Door::ReadHistory => matches!(role, CityAdmin | Auditor),
        // None of the five roles has it by itself: it is given to an account besides.
        Door::LegalReview => false,
        // Clerks too: the campaign lets them file what was signed on paper.
        Door::File => matches!(role, CountyClerk | CountyLead),
        Door::Review => role == CityReviewer,
        Door::City => matches!(role, CityReviewer | CityAdmin | Auditor),
        Door::CityDownload => matches!(role, CityReviewer | CityAdmin),
    }
}

/// Asks as a person would: a post carries a token of this session, and nothing else.
async fn ask(person: &Person, method: &str, path: &str) -> Page {
    if method == "GET" {
        return person.get(path).await;
    }
    let home = person.open("/password").await;
    let token = home.form("/logout").into_iter().find(|(n, _)| n == "form_token").unwrap().1;
    person.post(path.split('?').next().unwrap(), &[("form_token", &token)]).await
}

/// Routes that end the session or change what the test stands on.
fn is_left_to_its_own_test(pattern: &str) -> bool {
    pattern == "/logout" || pattern.starts_with("/static") || pattern == "/password"
}

/// The routes, those last that take a case away or hand it to others.
fn in_order(role: Role) -> Vec<&'static (&'static str, &'static str, Door)> {
    let given = if role == Role::CityReviewer { "/to-county" } else { "/to-city" };
    let mut routes: Vec<_> = ROUTES.iter().filter(|(_, p, _)| !is_left_to_its_own_test(p)).collect();
    routes.sort_by_key(|(_, p, _)| (p.ends_with(given), p.ends_with("{id}/remove")));
    routes
}

#[tokio::test]
async fn every_route_opens_for_its_roles_and_for_nobody_else() {
    let app = TestApp::start().await;
    let stranger = Person::stranger(&app);
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let facts = facts(&app).await;
        let county = if role.of_a_county() { COUNTY } else { 140400 };
        let person = app.person(role, county).await;
        for (method, pattern, door) in in_order(role) {
            let path = address(pattern, &facts, role == Role::CityReviewer);
            let page = ask(&person, method, &path).await;
            let refused = page.status == 403;
            if page.status >= 500 || refused == opens(*door, role) {
                wrong.push(format!("{} {method} {path}: {}", role.code(), page.status));
            }
        }
    }
    let facts = facts(&app).await;
    for (method, pattern, door) in ROUTES.iter().filter(|(_, p, d)| *d != Door::Open && !is_left_to_its_own_test(p)) {
        let path = address(pattern, &facts, false);
        let page = if *method == "GET" { stranger.get(&path).await } else { stranger.post(&path, &[]).await };
        if page.status != 303 || !page.location.as_deref().unwrap_or("").starts_with("/login") {
            wrong.push(format!("stranger {method} {path} ({door:?}): {}", page.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_nul_names_nothing_that_there_is() {
    let app = TestApp::start().await;
    let (stranger, reviewer) = (Person::stranger(&app), app.reviewer().await);
    let mut wrong = Vec::new();
    for (_, pattern, door) in ROUTES.iter().filter(|(method, pattern, _)| *method == "GET" && !pattern.contains("{name}")) {
        let person = if *door == Door::Open { &stranger } else { &reviewer };
        let parts: Vec<&str> = pattern.split('/').map(|part| if part.starts_with('{') { "%00" } else { part }).collect();
        let status = person.get(&parts.join("/")).await.status;
        if status >= 500 {
            wrong.push(format!("{pattern}: {status}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for path in ["/units?campaign=%00", "/units?q=%00", "/units?county=%00", "/public?campaign=%00"] {
        assert_eq!(reviewer.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_neighbour_county_finds_nothing() {
    let app = TestApp::start().await;
    let facts = facts(&app).await;
    let neighbour = app.clerk(140404).await;
    let mut wrong = Vec::new();
    let named = |p: &str| {
        p.contains("{id}")
            && ["/units/", "/problems/", "/ledger/", "/history/", "/batches/", "/submissions/", "/evidence/"]
                .iter()
                .any(|r| p.starts_with(r))
    };
    for (method, pattern, door) in ROUTES.iter().filter(|(_, p, _)| named(p)) {
        let page = ask(&neighbour, method, &address(pattern, &facts, false)).await;
        let citys = matches!(door, Door::LegalReview | Door::Review);
        let hidden = page.status == 404 || (page.status == 403 && citys);
        if !hidden || page.html.contains("甲厂") {
            wrong.push(format!("{method} {pattern}: {}", page.status));
        }
    }
    for path in [
        "/units?county=140403",
        "/problems?county=140403",
        "/ledger?county=140403",
        "/annexes/1?county=140403",
        "/annexes/2.xlsx?county=140403",
        "/summary?county=140403",
        "/summary.docx?county=140403",
        "/summary/lead/edit?county=140403",
        "/submissions/check?county=140403",
    ] {
        if neighbour.get(path).await.status != 404 {
            wrong.push(path.to_owned());
        }
    }
    for path in ["/units", "/units?q=甲厂", "/problems", "/ledger", "/annexes/1", "/annexes/2", "/dashboard", "/"] {
        if neighbour.open(path).await.texts("td, main a").iter().any(|text| text.contains("甲厂")) {
            wrong.push(format!("{path} shows a foreign unit"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
