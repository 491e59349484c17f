//! `/calendar`: the days that go against their weekday; everyone may look them up, the administrator enters them.

use crate::base::CITY;
use crate::base::ability::Administer;
use crate::calendar::{self, DayChanges, SpecialDay};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Path, Posted, Visit, choices, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use chrono::Datelike;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "calendar/index.html")]
struct CalendarPage {
    frame: Frame,
    form: Form,
    days: Vec<SpecialDay>,
    works: Vec<Choice>,
    may_set: bool,
    /// This year, when nobody has entered its arrangement yet.
    unknown: Option<i32>,
}

impl CalendarPage {
    async fn of(visit: &mut Visit, form: Form) -> Result<Self, Error> {
        let days = calendar::all(visit.connection()).await?;
        let year = visit.today().year();
        Ok(Self {
            frame: visit.frame("工作日历"),
            form,
            unknown: (!days.iter().any(|d| d.day.year() == year)).then_some(year),
            days,
            works: choices([("no", "放假"), ("yes", "上班（调休）")]),
            may_set: visit.may::<Administer>(),
        })
    }

    fn weekday(&self, day: &SpecialDay) -> &'static str {
        ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][day.day.weekday().num_days_from_monday() as usize]
    }
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let form = visit.form(visit.cells());
    page(&CalendarPage::of(&mut visit, form).await?)
}

/// Enters a day.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Administer>()?;
    let mut form = visit.posted(posted);
    let Some(new) = DayChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &CalendarPage::of(&mut visit, form).await?);
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(CITY)?;
    calendar::keep(&mut writing, &permit, &new).await?;
    let word = if new.works { "上班" } else { "放假" };
    visit.done(writing, &form, paths::CALENDAR, Flash::done(format!("{}（{}）已登记为{word}。", new.day, new.name))).await
}

/// Takes an entry away.
pub async fn remove(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Administer>()?;
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(CITY)?;
    let gone = calendar::take_away(&mut writing, &permit, id).await?;
    visit.done(writing, &form, paths::CALENDAR, Flash::done(format!("已撤除{}的登记，当日按星期计算。", gone.day))).await
}
