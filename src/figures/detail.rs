//! Figures in more detail, for papers: by kind, by source, by weight of a decision. They are defined as the others are, and
//! counted only where they are asked for ([`super::in_detail`]): the board and the home page do not pay for them.

use super::list::{Figure, How, Over, count, counted, finished, ours};
use super::state::{in_ledger, problem_exists, progress, unit_status};
use crate::vocabulary::{PermitClass, PublicityChannel, Source, kinds};
use std::sync::LazyLock;

static DETAILS: LazyLock<Vec<Figure>> = LazyLock::new(|| {
    let mut all = plain();
    all.extend(by_kind("own_kind_", "自查发现问题", &format!("{} and {OWN}", counted())));
    all.extend(by_kind("ledger_kind_", "台账问题", &in_ledger()));
    all.extend(by_source());
    all.extend(followed_up());
    all.extend(publicity());
    all.extend(tips());
    all
});

const OWN: &str = "p.source = 'self_inspection'";

/// 中央、省环保督察 with their second looks, and the ministry's supervision.
const INSPECTIONS: &str = "p.source in ('central_inspection', 'national_supervision', 'provincial_inspection')";

/// 群众举报: what the public reported, by whichever line.
const REPORTS: &str = "p.source in ('reported_12369', 'mayor_hotline')";

/// The figures in more detail.
pub fn details() -> &'static [Figure] {
    &DETAILS
}

fn plain() -> Vec<Figure> {
    let (exists, ended) = (problem_exists(), "in ('completed', 'verified', 'closed_down', 'transferred', 'unfounded')");
    let problem = |key, label, predicate: String| count(Over::Problems, key, label, "个", predicate);
    let lighter = |key, label, codes: &str| {
        let predicate = format!("c.discretion in ({codes}) and c.decided_on <= $date");
        count(Over::Cases, key, label, "件", predicate)
    };
    vec![
        problem("own_plans", "自查问题方案备案", format!("{} and {OWN} and p.plan_filed_on <= $date", counted())),
        problem("inspection_received", "督察及强化督查交办", format!("{exists} and {INSPECTIONS}")),
        problem(
            "inspection_true",
            "督察及强化督查交办属实",
            format!("{exists} and {INSPECTIONS} and p.verified_as in ('substantiated', 'partly')"),
        ),
        problem("inspection_ours", "督察及强化督查应整改", format!("{} and {INSPECTIONS}", ours())),
        problem("inspection_finished", "督察及强化督查完成整改", format!("{} and {INSPECTIONS}", finished())),
        problem(
            "inspection_verified",
            "督察及强化督查销号",
            format!("{exists} and {} = 'verified' and {INSPECTIONS}", progress()),
        ),
        problem("reports", "群众举报", format!("{} and {REPORTS}", ours())),
        problem("reports_settled", "群众举报办结", format!("{} and {} {ended} and {REPORTS}", ours(), progress())),
        lighter("lighter", "从轻减轻处罚", "'lighter', 'mitigated'"),
        lighter("no_penalty", "不予处罚", "'none'"),
        count(Over::Cases, "city_filed", "市局直接查处立案", "件", "c.handled_by = 'city_bureau' and c.case_filed_on <= $date"),
        Figure {
            how: How::SumFen("c.fine_fen"),
            ..count(
                Over::Cases,
                "city_fine",
                "市局直接查处罚款",
                "万元",
                "c.handled_by = 'city_bureau' and coalesce(c.decided_on, $date) <= $date",
            )
        },
    ]
}

/// What followed: permits, orders of the city, second looks, cross-enforcement, the black list. Each is a property of units or
/// problems, so its rows stand on their lists.
fn followed_up() -> Vec<Figure> {
    let unit = |key, label, predicate: String| count(Over::Units, key, label, "家", predicate);
    let problem = |key, label, predicate: String| count(Over::Problems, key, label, "个", predicate);
    let of_problem = |table: &str, dated: &str| {
        format!("exists (select 1 from {table} x where x.county_id = p.county_id and x.problem_id = p.id and {dated} <= $date)")
    };
    let looked =
        "exists (select 1 from look_backs x where x.county_id = p.county_id and x.problem_id = p.id and x.checked_on <= $date";
    let last_look = "(select x.result from cross_checks x where x.county_id = p.county_id and x.problem_id = p.id \
        and x.checked_on <= $date order by x.checked_on desc, x.id desc limit 1)";
    vec![
        unit(
            "permits_owed",
            "应发未发或许可证已过有效期",
            format!(
                "{} not in ('closed', 'demolished') and (u.permit_class = '{}' or u.permit_until < $date)",
                unit_status(),
                PermitClass::Owed.code()
            ),
        ),
        unit(
            "blacklisted",
            "列入黑名单",
            "exists (select 1 from blacklistings x where x.county_id = u.county_id and x.campaign_id = $campaign \
              and x.unit_id = u.id and x.decided_on <= $date and (x.withdrawn_on is null or x.withdrawn_on > $date))"
                .to_owned(),
        ),
        problem("ordered", "市级督办问题", of_problem("supervision_orders", "x.issued_on")),
        problem("looked_back", "回头看问题", format!("{looked})")),
        problem("looked_back_bad", "回头看发现反弹或未按要求整改", format!("{looked} and x.result <> 'holds')")),
        problem("cross_checked", "交叉执法核查问题", format!("coalesce({last_look} <> 'new', false)")),
        problem(
            "cross_refuted",
            "交叉执法核查未整改到位或反弹",
            format!("coalesce({last_look} in ('not_mended', 'relapsed'), false)"),
        ),
    ]
}

/// By the main kind, which is the one that counts; those without one come last.
fn by_kind(prefix: &str, of: &str, predicate: &str) -> Vec<Figure> {
    let known = kinds().iter().map(|kind| (kind.code, kind.short, format!("p.kind = '{}'", kind.code)));
    let parts = known.chain([("none", "未填类型", "p.kind is null".to_owned())]);
    parts
        .map(|(code, word, own)| part(format!("{prefix}{code}"), format!("{of}：{word}"), format!("{predicate} and {own}")))
        .collect()
}

fn by_source() -> Vec<Figure> {
    let parts = Source::ALL.iter().map(|source| (source.code(), source.label()));
    let of = |(code, word): (&str, &str)| {
        part(format!("ledger_source_{code}"), format!("台账问题：{word}"), format!("{} and p.source = '{code}'", in_ledger()))
    };
    let unsaid = part("ledger_source_none".into(), "台账问题：未填来源".into(), format!("{} and p.source = ''", in_ledger()));
    parts.map(of).chain([unsaid]).collect()
}

/// 宣传: pieces of news by channel, and copies of what is posted and handed out.
fn publicity() -> Vec<Figure> {
    let by_channel = PublicityChannel::ALL.iter().filter(|c| !c.in_copies()).map(|c| {
        let (key, label) = (format!("publicity_{}", c.code()), format!("宣传：{}", c.label()));
        count(Over::Publicity, key.leak(), label.leak(), "条", format!("x.channel = '{}'", c.code()))
    });
    let copies: Vec<String> = PublicityChannel::ALL.iter().filter(|c| c.in_copies()).map(|c| format!("'{}'", c.code())).collect();
    let copies = copies.join(", ");
    let mut all = vec![
        count(Over::Publicity, "publicity_items", "发布信息", "条", format!("x.channel not in ({copies})")),
        Figure {
            how: How::SumCopies("x.copies"),
            ..count(Over::Publicity, "publicity_copies", "张贴分发宣传材料", "份", format!("x.channel in ({copies})"))
        },
    ];
    all.extend(by_channel);
    all
}

fn tips() -> Vec<Figure> {
    vec![
        count(Over::Tips, "tips", "受理举报", "件", "true"),
        count(Over::Tips, "tips_settled", "举报办结", "件", "t.answered_on <= $date"),
        count(Over::Tips, "tips_true", "举报属实", "件", "t.answer in ('substantiated', 'partly') and t.answered_on <= $date"),
    ]
}

/// Keys and labels live as long as the program: the list is made once.
fn part(key: String, label: String, predicate: String) -> Figure {
    count(Over::Problems, key.leak(), label.leak(), "个", predicate)
}
