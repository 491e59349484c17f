//! `/campaigns/{id}`: dates and parameters of a campaign.

use crate::base::ability::Administer;
use crate::base::{CITY, Cells, dates};
use crate::campaigns::{self, Campaign, CampaignChanges};
use crate::history::WriteError;
use crate::vocabulary::Rhythm;
use crate::web::paths;
use crate::web::shell::{
    Answer, Choice, Conflict, Error, Flash, Form, Frame, Origin, Path, Posted, Visit, page, page_with, words,
};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

/// The fields and their labels, as the page names them.
const LABELS: [(&str, &str); 18] = [
    ("title", "行动名称"),
    ("slug", "代号"),
    ("issuer", "发文单位"),
    ("basis", "依据"),
    ("contacts", "联系方式"),
    ("starts_on", "开始日期"),
    ("self_inspection_until", "自查截止日期"),
    ("due_on", "报送期限"),
    ("data_cutoff_on", "数据截止日期"),
    ("cross_enforcement_from", "交叉执法开始日"),
    ("ranking_floor", "排名起算数"),
    ("clear_units_apart", "无问题单位列入附件1续表"),
    ("paper_signature", "纸质签字后可由填报员上报"),
    ("scan_within_days", "盖章件补传期限（日）"),
    ("mend_within_days", "带问题接收的整改期限（工作日）"),
    ("supervision_prefix", "督办文号字头"),
    ("report_rhythm", "调度频次"),
    ("notice", "告知书正文"),
];

const DATES: [&str; 5] = ["starts_on", "self_inspection_until", "due_on", "data_cutoff_on", "cross_enforcement_from"];

/// The form of a campaign, new or not.
#[derive(Template)]
#[template(path = "campaigns/edit.html")]
pub(super) struct CampaignPage {
    frame: Frame,
    form: Form,
    title: &'static str,
    action: String,
    history: Option<String>,
    rhythms: Vec<Choice>,
}

impl CampaignPage {
    /// The page of a campaign, or of a new one.
    pub(super) fn of(visit: &Visit, form: Form, id: Option<Uuid>) -> Self {
        let title = if id.is_some() { "修改行动设置" } else { "新增行动" };
        Self {
            frame: visit.frame(title),
            form,
            title,
            action: id.map_or_else(|| paths::CAMPAIGNS_NEW.to_owned(), paths::campaign),
            history: id.map(paths::history),
            rhythms: words::<Rhythm>(),
        }
    }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let campaign = campaign(&mut visit, id).await?;
    let form = visit.form(campaign.cells(visit.today()));
    page(&CampaignPage::of(&visit, form, Some(id)))
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    campaign(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(changes) = CampaignChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &CampaignPage::of(&visit, form, Some(id)));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(CITY)?;
    match campaigns::change(&mut writing, &permit, id, &changes).await {
        Ok(()) => visit.done(writing, &form, paths::CAMPAIGNS, Flash::done("行动设置已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            clash(&mut visit, id, form, changes.version).await
        }
        Err(WriteError::Refused { field, text }) => {
            form.cells.refuse(field, text);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &CampaignPage::of(&visit, form, Some(id)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn campaign(visit: &mut Visit, id: Uuid) -> Result<Campaign, Error> {
    visit.insist::<Administer>()?;
    campaigns::find_by_id(visit.connection(), id).await?.ok_or(Error::NotFound)
}

/// Somebody else was faster: the form again, with what it was, what they made of it, and what this person typed.
async fn clash(visit: &mut Visit, id: Uuid, mut form: Form, version: i32) -> Answer {
    let theirs = campaign(visit, id).await?;
    let origin = Origin::of(visit, id, version).await?;
    let today = visit.today();
    for name in DATES {
        // 6.28 and 2019-06-28 are one day, not two opinions.
        if let Some(date) = form.cells.date(name) {
            form.cells.set(name, dates::short(date));
        }
    }
    let base = origin.row.and_then(|row| serde_json::from_value::<Campaign>(row).ok());
    let base = base.map_or_else(|| Cells::new(today), |campaign| campaign.cells(today));
    let conflict = Conflict::merge(&base, &theirs.cells(today), &mut form.cells, &LABELS, origin.who, origin.when);
    form.conflict = Some(conflict);
    page_with(StatusCode::CONFLICT, &CampaignPage::of(visit, form, Some(id)))
}
