//! One unit through all rooms (一企一档): every dated fact of a campaign as one line, in order.

use crate::base::Scope;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// One dated line.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Moment {
    /// The day; none for what was registered without one.
    pub on_day: Option<NaiveDate>,
    /// What happened, in words.
    pub title: String,
    /// What it was about.
    pub text: String,
    /// The room it is kept in: `unit`, `notification`, `self_report`, `inspection`, `guidance`, `problem` or `case`.
    pub room: String,
    /// The record.
    pub id: Uuid,
}

const MOMENTS: &str = "
    with p as (select * from problems where county_id = any($1) and unit_id = $2 and campaign_id = $3),
         k as (select distinct c.* from cases c join case_problems j on j.county_id = c.county_id and j.case_id = c.id
               join p on p.county_id = j.county_id and p.id = j.problem_id),
         m as (select m.* from measures m join k on k.county_id = m.county_id and k.id = m.case_id where not m.removed)
    select * from (
        select since as on_day, '生产状态：' || case status when 'operating' then '在产' when 'halted' then '停产' when 'under_construction' then '在建'
                when 'closed' then '关闭' else '拆除' end as title, note as text, 'unit' as room, unit_id as id
            from unit_statuses where county_id = any($1) and unit_id = $2 and since is not null
        union all select inspected_on, '企业自查', case found when 'none' then '未发现问题' when 'some' then '发现问题' else '' end, 'unit', unit_id
            from self_inspections where county_id = any($1) and unit_id = $2 and campaign_id = $3 and state = 'inspected'
        union all select notified_on, '告知', coalesce(receiver, ''), 'notification', id
            from notifications where county_id = any($1) and unit_id = $2 and campaign_id = $3 and not removed
        union all select (received_at at time zone 'Asia/Shanghai')::date, '企业自报', case found when 'none' then '未发现问题' else '发现问题' end, 'self_report', id
            from self_reports where county_id = any($1) and unit_id = $2 and campaign_id = $3
        union all select inspected_on, '排查', array_to_string(officers, '、'), 'inspection', id
            from inspections where county_id = any($1) and unit_id = $2 and campaign_id = $3 and not removed
        union all select guided_on, '帮扶指导', advice, 'guidance', id
            from guidance where county_id = any($1) and unit_id = $2 and campaign_id = $3 and not removed
        union all select b.checked_on, '回头看', case b.result when 'holds' then '整改到位' when 'recurred' then '反弹' else '未按要求整改' end, 'problem', p.id
            from look_backs b join p on p.county_id = b.county_id and p.id = b.problem_id where b.checked_on is not null
        union all select found_on, '发现问题', coalesce(description, ''), 'problem', id from p
        union all select plan_filed_on, '整改方案备案', coalesce(measures, ''), 'problem', id from p where plan_filed_on is not null
        union all select begun_on, '开工整改', '', 'problem', id from p where begun_on is not null
        union all select e.approved_on, '整改延期', '至' || e.due_on || '，' || e.approved_by || '批准', 'problem', p.id
            from extensions e join p on p.county_id = e.county_id and p.id = e.problem_id
        union all select completed_on, case when on_the_spot then '立行立改完成' else '整改完成' end, coalesce(completion_note, ''), 'problem', id
            from p where completed_on is not null
        union all select verified_on, '核查销号', array_to_string(verifiers, '、'), 'problem', id from p where verified_on is not null
        union all select returned_on, '退回', coalesce(returned_note, ''), 'problem', id from p where returned_on is not null
        union all select ended_on, case ended_as when 'closed_down' then '以关代改' when 'transferred' then '移交' else '不属实' end,
            coalesce(ended_note, ''), 'problem', id from p where ended_on is not null
        union all select order_on, '责令改正', coalesce(order_number, ''), 'case', id from k where order_on is not null
        union all select case_filed_on, '立案', coalesce(case_number, ''), 'case', id from k where case_filed_on is not null
        union all select decided_on, '处罚决定', coalesce(decision_number, ''), 'case', id from k where decided_on is not null
        union all select coalesce(decided_on, served_on, from_on), case kind when 'daily_penalty' then '按日连续处罚' when 'sealing' then '查封'
                when 'detaining' then '扣押' when 'production_limit' then '限制生产' when 'production_halt' then '停产整治'
                when 'detention_transfer' then '移送行政拘留' else '移送涉嫌犯罪' end, coalesce(number, ''), 'case', case_id from m
        union all select lifted_on, '解除措施', coalesce(number, ''), 'case', case_id from m where lifted_on is not null
        union all select exposed_on, '曝光', coalesce(exposure_outlet, ''), 'case', id from k where exposed_on is not null
        union all select closed_on, '结案', '', 'case', id from k where closed_on is not null
    ) t order by on_day desc nulls first, title";

/// Every dated fact of a unit in a campaign, the latest first.
pub async fn of_unit(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<Moment>, sqlx::Error> {
    sqlx::query_as(MOMENTS).bind(scope.ids()).bind(unit).bind(campaign).fetch_all(connection).await
}
