//! `/readiness/rules`: every rule with its number; another number is tried over all data before it is switched on.

use crate::base::CITY;
use crate::base::ability::Administer;
use crate::readiness::{self, Rule, Severity};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page};
use askama::Template;
use std::collections::HashMap;

/// What a tried number would find: rule, number, counties with the findings now and then.
struct Trial {
    rule: &'static Rule,
    value: i64,
    counties: Vec<(String, usize, usize)>,
}

#[derive(Template)]
#[template(path = "readiness/rules.html")]
struct RulesPage {
    frame: Frame,
    form: Form,
    rules: &'static [&'static Rule],
    numbers: HashMap<&'static str, i64>,
    trial: Option<Trial>,
    may_set: bool,
    may_try: bool,
}

impl RulesPage {
    fn number(&self, rule: &Rule) -> String {
        self.numbers.get(rule.id).map(i64::to_string).unwrap_or_default()
    }
}

/// Shows them; with `rule` and `value`, what that number would find.
pub async fn get(mut visit: Visit) -> Answer {
    let (scope, campaign, today) = (visit.scope(), visit.campaign.clone(), visit.today());
    let numbers = readiness::thresholds(visit.connection(), campaign.id).await?;
    let may_try = !visit.viewer.actor.role.of_a_county();
    let tried = visit.asked("rule").and_then(readiness::rule).filter(|r| r.threshold.is_some() && may_try);
    let value = visit.asked("value").and_then(|v| v.parse::<i64>().ok()).filter(|v| *v > 0);
    let trial = match tried.zip(value) {
        Some((rule, value)) => {
            let date = campaign.live_date(today);
            let found = readiness::try_threshold(visit.connection(), &scope, &campaign, (rule, value), date).await?;
            let named = |t: readiness::Tried| (visit.app.directory.name(t.county), t.now, t.then);
            Some(Trial { rule, value, counties: found.into_iter().map(named).collect() })
        }
        None => None,
    };
    page(&RulesPage {
        frame: visit.frame("核对规则"),
        form: visit.form(visit.cells()),
        rules: readiness::rules(),
        numbers,
        trial,
        may_set: visit.may::<Administer>(),
        may_try,
    })
}

/// Switches a number on.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Administer>()?;
    let form = visit.posted(posted);
    let rule = readiness::rule(form.value("rule")).filter(|r| r.threshold.is_some()).ok_or(Error::Bad("rule"))?;
    let Some(value) = form.value("value").trim().parse::<i64>().ok().filter(|v| *v > 0) else {
        return Ok(Flash::warn("请填写大于0的整数。").and_see(paths::READINESS_RULES));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(CITY)?;
    readiness::set_threshold(&mut writing, &permit, visit.campaign.id, rule, value).await?;
    visit.done(writing, &form, paths::READINESS_RULES, Flash::done(format!("{}已按{value}核对。", rule.id))).await
}
