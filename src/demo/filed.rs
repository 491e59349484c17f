//! Bodies of the demo that have filed: what a county does before 定稿, 上报, and what the city answers.

use super::fill::Author;
use super::plan::{DEMO_DAY, Files};
use crate::accounts;
use crate::annexes::Annex;
use crate::base::ability::{Ability, Enter, File, Review, Summarise};
use crate::base::role::{Actor, Role};
use crate::base::{CITY, CountyId, Permit, Scope};
use crate::history::Writing;
use crate::readiness::{self, Severity};
use crate::submissions::{self, Decision, Filing, NewRemark, Submission, Terms, Way};
use crate::summary::{self, Edit};
use anyhow::Context as _;
use uuid::Uuid;

/// What the data do not hold, as an invented county writes it: the start of a blank's hint, and the words.
const WORDS: [(&str, &str); 7] = [
    ("组长姓名", "政府主要负责人"),
    ("成员单位", "生态环境、公安、工信、住建、农业农村等部门"),
    ("方案名称", "《违法排污行为大整治工作方案》（演示〔2019〕12号）"),
    ("会议日期", "6月5日"),
    ("举报电话", "12369"),
    ("典型案例", "典型案例待案件审结并经法规审核后公开。"),
    ("其他存在问题", "部分散户环保意识不强，整改进度偏慢。"),
];

impl Author<'_> {
    /// Files on the demo's day, as far as it goes.
    pub(super) async fn files(&self, far: Files) -> anyhow::Result<()> {
        self.writes_the_summary().await?;
        self.explains().await?;
        let id = self.hands_over().await?;
        if far == Files::HandedOver {
            return Ok(());
        }
        let mut writing = self.morning_of(DEMO_DAY).await?;
        let permit = lead::<File>(self.county)?;
        let filing = Filing { way: Way::Lead, signers: Vec::new() };
        let submission = self.submission(&mut writing, id).await?;
        submissions::file(&mut writing, &permit, &submission, &filing).await?;
        writing.commit().await?;
        match far {
            Files::Accepted => self.is_answered(id, &[], &Decision::Accept).await,
            Files::Returned => self.is_answered(id, &["请核对第1行整改措施，写明完成标准。"], &Decision::Return).await,
            Files::Filed | Files::HandedOver => Ok(()),
        }
    }

    async fn writes_the_summary(&self) -> anyhow::Result<()> {
        let mut writing = self.morning_of(DEMO_DAY).await?;
        let (scope, date) = (Scope::county(self.county), writing.today());
        let Author { directory, campaign, county, .. } = *self;
        let asked = summary::Asked { county, campaign, date, signed_on: date, directory };
        let read = summary::read(writing.connection(), &scope, &asked).await?;
        let permit = lead::<Summarise>(county)?;
        let mut blank: Vec<String> = summary::gaps(&read).into_iter().map(|gap| gap.key).collect();
        // A paragraph with several blanks is written once.
        blank.dedup();
        for paragraph in blank.iter().filter_map(|key| read.paragraph(key)) {
            let shown = paragraph.text().to_owned();
            let edit = Edit { text: filled_in(&shown), shown, version: paragraph.version };
            summary::change(&mut writing, &permit, (&read, paragraph), campaign.id, &edit).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    async fn explains(&self) -> anyhow::Result<()> {
        let mut writing = self.morning_of(DEMO_DAY).await?;
        let (scope, today) = (Scope::county(self.county), writing.today());
        let Author { directory, campaign, county, .. } = *self;
        let asked = readiness::Asked { county, campaign, date: today, today, directory };
        let report = readiness::check(writing.connection(), &scope, &asked).await?;
        let open = report.findings.into_iter().filter(|finding| finding.rule.severity == Severity::Reminder);
        let open: Vec<_> = open.map(|f| (f.rule.id.to_owned(), f.subject, f.value)).collect();
        let permit = writing.permit::<Enter>(county)?;
        readiness::explain(&mut writing, &permit, campaign.id, &open, "已核对，正在按计划推进").await?;
        writing.commit().await?;
        Ok(())
    }

    async fn hands_over(&self) -> anyhow::Result<Uuid> {
        let mut writing = self.morning_of(DEMO_DAY).await?;
        let Author { directory, campaign, county, .. } = *self;
        let (date, now) = (writing.today(), writing.business_at());
        let terms = Terms { county, campaign, directory, date, now, round: 1 };
        let frozen = submissions::freeze(self.db, &Scope::county(county), terms).await?;
        anyhow::ensure!(frozen.report.clear(), "演示数据未通过核对：{:?}", frozen.report.findings);
        let permit = lead::<Enter>(county)?;
        let id = submissions::hand_over(&mut writing, &permit, campaign.id, &frozen, None).await?;
        writing.commit().await?;
        Ok(id)
    }

    async fn is_answered(&self, id: Uuid, remarks: &[&str], decision: &Decision) -> anyhow::Result<()> {
        let mut writing = self.morning_of(DEMO_DAY).await?;
        let permit = reviewer(self.county)?;
        for text in remarks {
            let submission = self.submission(&mut writing, id).await?;
            let annex = Some(Annex::One);
            let new = NewRemark { annex, line_no: Some(1), column: None, text: (*text).to_owned() };
            submissions::remark(&mut writing, &permit, &submission, &new).await?;
        }
        let submission = self.submission(&mut writing, id).await?;
        submissions::decide(&mut writing, &permit, &submission, decision, "").await?;
        writing.commit().await?;
        Ok(())
    }

    async fn submission(&self, writing: &mut Writing, id: Uuid) -> anyhow::Result<Submission> {
        let found = submissions::find(writing.connection(), &Scope::county(self.county), id).await?;
        found.context("没有刚定稿的报送")
    }
}

fn filled_in(text: &str) -> String {
    let Some((before, rest)) = text.split_once("〔待补：") else { return text.to_owned() };
    let Some((hint, after)) = rest.split_once('〕') else { return text.to_owned() };
    let words = WORDS.iter().find(|(start, _)| hint.starts_with(start)).map_or("", |(_, words)| words);
    format!("{before}{words}{}", filled_in(after))
}

fn lead<A: Ability>(county: CountyId) -> anyhow::Result<Permit<A>> {
    let actor = Actor { name: "演示负责人".to_owned(), role: Role::CountyLead, county, ..accounts::system_actor() };
    Permit::ask(&actor, county).context("权限表有误")
}

fn reviewer(county: CountyId) -> anyhow::Result<Permit<Review>> {
    let actor = Actor { name: "演示调度员".to_owned(), role: Role::CityReviewer, county: CITY, ..accounts::system_actor() };
    Permit::ask(&actor, county).context("权限表有误")
}
