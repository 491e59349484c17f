//! `/twins`: the pairs, those to be judged first.

use crate::base::CITY;
use crate::base::ability::{Compare, ReadCity};
use crate::counties::Directory;
use crate::twins::{self, Pair};
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Form, Frame, Posted, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "twins/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    pairs: Vec<Pair>,
    names: Directory,
    may_compare: bool,
    open: bool,
}

/// Shows them.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<ReadCity>()?;
    let (scope, open) = (visit.scope(), visit.asked("open").is_some());
    let pairs = twins::list(visit.connection(), &scope, open).await?;
    page(&ListPage {
        frame: visit.frame("跨县（区）重复登记"),
        form: visit.form(visit.cells()),
        pairs,
        names: visit.app.directory.clone(),
        may_compare: visit.may::<Compare>(),
        open,
    })
}

/// Compares the registers.
pub async fn compare(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Compare>()?;
    let (form, scope) = (visit.posted(posted), visit.scope());
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Compare>(CITY)?;
    let found = twins::compare(&mut writing, &permit, &scope).await?;
    visit.done(writing, &form, paths::TWINS, Flash::done(format!("比对完成，新发现{found}对。"))).await
}
