//! The draft: sections and paragraphs in the order of the notice of 3 June 2019. 「{key}」 stands for a figure, 「〔待补：…〕」
//! for what the data do not hold: prose.

use crate::base::dates;
use crate::campaigns::Campaign;

/// How the key of a case's paragraph begins; the case follows.
pub(super) const CASE: &str = "case_";

/// A section: key, heading and paragraphs, each with its key and template.
pub(super) struct Section {
    /// Its heading, with its number; the lead has none.
    pub heading: &'static str,
    /// Its paragraphs.
    pub paragraphs: Vec<(String, String)>,
}

/// Who reports, and for what area.
pub(super) struct Area<'a> {
    /// 潞州区; 全市 for the city.
    pub name: &'a str,
    /// Whether the city reports for all its counties.
    pub city: bool,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// 举报电话 of the body; may be empty.
    pub report_phone: String,
    /// Cases, a paragraph each: key and template. Those that somebody wrote up stay, also when the data hold them no more.
    pub cases: Vec<(String, String)>,
}

/// All sections.
pub(super) fn sections(area: &Area) -> Vec<Section> {
    vec![
        section("", &[("lead", lead(area))]),
        section("一、组织部署", &[("organised", ORGANISED.into()), ("told", TOLD.into())]),
        section("二、宣传发动", &[("publicity", publicity(area)), ("reports", REPORTS.into())]),
        section("三、自查自纠", &[("inspected", INSPECTED.into()), ("found", FOUND.into()), ("mended", MENDED.into())]),
        section(
            "四、排查查处",
            &[("visited", VISITED.into()), ("ledger", LEDGER.into()), ("cases", cases(area)), ("measures", MEASURES.into())],
        ),
        section("五、督察及强化督查问题整改", &[("assigned", ASSIGNED.into()), ("followed_up", FOLLOWED_UP.into())]),
        exposed(area),
        section("七、存在问题", &[("weak", WEAK.into()), ("weak_more", "〔待补：其他存在问题及原因〕".into())]),
        section("八、下一步工作", &[("next", next(area))]),
    ]
    .into_iter()
    .map(|section| in_area(section, area.name))
    .collect()
}

fn section(heading: &'static str, paragraphs: &[(&str, String)]) -> Section {
    Section { heading, paragraphs: paragraphs.iter().map(|(key, text)| ((*key).to_owned(), text.clone())).collect() }
}

/// 「本地」 in a template is the area's name.
fn in_area(mut section: Section, name: &str) -> Section {
    for (_, text) in &mut section.paragraphs {
        *text = text.replace("本地", name);
    }
    section
}

fn lead(area: &Area) -> String {
    let (basis, from) = (&area.campaign.basis, dates::long(area.campaign.starts_on));
    let who = if area.city { "市生态环境局组织各县（区）" } else { "本地" };
    format!(
        "按照{basis}要求，自{from}起，{who}开展违法排污行为大整治行动。截至{{date}}，本地在册排污单位{{units}}家，\
         已完成自查{{inspected}}家；发现违法排污问题{{problems}}个，完成整改{{finished}}个，完成率{{completion}}；\
         立案{{filed}}件，罚款{{fine}}万元。现将有关情况总结如下。"
    )
}

const ORGANISED: &str = "成立由〔待补：组长姓名及职务〕任组长、〔待补：成员单位〕为成员单位的违法排污行为大整治领导小组，\
    印发〔待补：方案名称及文号〕，于〔待补：会议日期〕召开动员部署会议，落实属地和网格监管责任。";

const TOLD: &str = "逐家告知通知要求。应告知排污单位{to_inspect}家，已告知{notified}家。";

fn publicity(area: &Area) -> String {
    // 12369 is the whole city's line; a county has its own besides.
    let phone = match (area.report_phone.as_str(), area.city) {
        ("", true) => "12369",
        ("", false) => "〔待补：举报电话〕",
        (own, _) => own,
    };
    format!(
        "通过各类媒体发布信息{{publicity_items}}条，其中{{publicity_channels}}；\
         张贴、分发宣传材料{{publicity_copies}}份；公布举报电话{phone}，接受公众监督。"
    )
}

const REPORTS: &str = "受理群众举报{tips}件，已办结{tips_settled}件，属实（含部分属实）{tips_true}件。来源为群众举报的违法排污问题{reports}个，\
    已办结{reports_settled}个。";

const INSPECTED: &str = "本地应自查排污单位{owed}家，已完成自查{inspected}家，自查率{inspected_rate}；正在开展{inspecting}家，\
    未登记自查{unregistered}家，联系不上{unreachable}家，拒不开展{refused}家。停产{halted}家，单列统计。\
    应发未发排污许可证或许可证已过有效期的单位{permits_owed}家。";

const FOUND: &str = "自查发现问题的单位{own_units}家，自查发现问题{own}个。按问题类型分：{own_kinds}。";

const MENDED: &str = "自查发现的问题，整改方案已报属地备案{own_plans}个，完成整改{own_finished}个，完成率{own_completion}，\
    核查销号{own_verified}个，整改投入{own_invested}万元。\
    开展帮扶指导{guidance}次，涉及单位{guided_units}家。";

const VISITED: &str = "出动执法人员{inspection_persons}人次，检查排污单位{inspections}家次。应查排污单位{to_inspect}家，已排查{visited}家，\
    排查率{visited_rate}。";

const LEDGER: &str = "列入工作台账的违法排污问题{ledger}个，涉及单位{ledger_units}家，已完成整改{ledger_finished}个。\
    按问题来源分：{ledger_sources}。按违法行为类型分：{ledger_kinds}。";

fn cases(area: &Area) -> String {
    let citys = if area.city { "其中市局直接查处立案{city_filed}件，罚款{city_fine}万元。" } else { "" };
    format!(
        "责令改正{{orders}}件，立案{{filed}}件，作出处罚决定{{decided}}件，罚款{{fine}}万元。{citys}\
         依法从轻、减轻处罚{{lighter}}件，不予处罚{{no_penalty}}件。"
    )
}

const MEASURES: &str = "按日连续处罚{daily_penalties}件，金额{daily_penalty_amount}万元；查封、扣押{seizures}件；\
    限制生产{production_limits}件，停产整治{production_halts}件；移送行政拘留{detention_transfers}件，涉及{detention_persons}人；\
    移送涉嫌环境污染犯罪{criminal_transfers}件，涉及{criminal_persons}人。关停取缔{shut_down}家。\
    同一案件采取两种以上措施的分别统计。";

const ASSIGNED: &str = "中央和省环保督察及“回头看”、蓝天保卫战重点区域强化督查交办问题{inspection_received}个，\
    核实属实（含部分属实）{inspection_true}个。应整改{inspection_ours}个，完成整改{inspection_finished}个，\
    完成率{inspection_completion}，核查销号{inspection_verified}个。";

const FOLLOWED_UP: &str = "市级督办问题{ordered}个。“回头看”核查问题{looked_back}个，其中反弹或未按要求整改{looked_back_bad}个。\
    交叉执法核查问题{cross_checked}个，其中未整改到位或反弹{cross_refuted}个。列入黑名单单位{blacklisted}家。";

fn exposed(area: &Area) -> Section {
    let mut all = section("六、曝光典型案例", &[("exposed", "公开曝光违法排污案件{exposed}件。".into())]);
    all.paragraphs.extend(area.cases.iter().cloned());
    if area.cases.is_empty() {
        let none = "〔待补：典型案例2至3件，写明单位、违法事实、处理依据和结果〕";
        all.paragraphs.push((format!("{CASE}own"), none.to_owned()));
    }
    all
}

const WEAK: &str = "截至{date}，已到期未完成整改的问题{overdue}个，未明确完成时限的问题{without_due}个；\
    未登记自查的单位{unregistered}家，拒不开展自查的单位{refused}家。";

fn next(area: &Area) -> String {
    let from = dates::month_day(area.campaign.cross_enforcement_from);
    format!(
        "一是抓整改。未完成整改的问题逐项落实措施、时限和责任人，完成一个、核查一个、销号一个。\
         二是严查处。对偷排、监测数据弄虚作假、拒不改正等行为依法从严查处，公开曝光。\
         三是迎检查。做好{from}起省级交叉执法的配合工作，开展“回头看”，防止问题反弹；\
         对屡查屡犯、群众反映强烈的单位，按规定列入名单管理。"
    )
}
