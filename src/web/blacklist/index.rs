//! `/blacklist`: the entries in sight; for the city also the candidates that the rules name, and the rules' numbers.

use crate::base::CITY;
use crate::base::ability::{Administer, Download, ReadCity, Review};
use crate::blacklist::{self, Candidate, Entry, Rule, Rules};
use crate::counties::Directory;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "blacklist/index.html")]
struct IndexPage {
    frame: Frame,
    form: Form,
    entries: Vec<Entry>,
    candidates: Vec<Candidate>,
    rules: Rules,
    names: Directory,
    city: bool,
    may_propose: bool,
    may_set: bool,
    may_take: bool,
}

impl IndexPage {
    fn numbers(&self) -> [(Rule, i32); 3] {
        Rule::ALL.map(|rule| (rule, self.rules.of(rule)))
    }
}

/// Shows it. A county sees its own entries, and no candidates: they are the city's own study.
pub async fn get(mut visit: Visit) -> Answer {
    let (scope, campaign, today) = (visit.scope(), visit.campaign.id, visit.today());
    let city = visit.may::<ReadCity>();
    let entries = blacklist::all(visit.connection(), &scope, campaign).await?;
    let rules = blacklist::rules(visit.connection()).await?;
    let candidates = match city {
        true => blacklist::candidates(visit.connection(), &scope, campaign, (today, &rules), None).await?,
        false => Vec::new(),
    };
    page(&IndexPage {
        frame: visit.frame("黑名单"),
        form: visit.form(visit.cells()),
        entries,
        candidates,
        rules,
        names: visit.app.directory.clone(),
        city,
        may_propose: visit.may::<Review>(),
        may_set: visit.may::<Administer>(),
        may_take: city && visit.may::<Download>(),
    })
}

/// Sets the number of a rule.
pub async fn set_rule(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Administer>()?;
    let form = visit.posted(posted);
    let rule = Rule::read(form.value("rule")).ok_or(Error::Bad("rule"))?;
    let Some(value) = form.value("value").trim().parse::<i32>().ok().filter(|v| (1..=1000).contains(v)) else {
        return Ok(Flash::warn("请填写1至1000的整数。").and_see(paths::BLACKLIST));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(CITY)?;
    blacklist::set_rule(&mut writing, &permit, rule, value).await?;
    visit.done(writing, &form, paths::BLACKLIST, Flash::done(format!("{}已设为{value}。", rule.label()))).await
}
