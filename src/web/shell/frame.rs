//! What stands around a page: names, countdown, menu, and the words that a demo or a rehearsal owes its users.

use super::flash::Flash;
use super::state::App;
use crate::base::role::Role;
use crate::web::paths;

/// One line of the menu; without an address it is the heading of those after it.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// The word.
    pub label: &'static str,
    /// The address.
    pub href: String,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// The frame of a page behind sign-in.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The page's title.
    pub title: String,
    /// Who is signed in.
    pub viewer_name: String,
    /// As what.
    pub role_label: &'static str,
    /// For which body.
    pub body_name: String,
    /// In which campaign.
    pub campaign_title: String,
    /// Whether that is another campaign than that of today.
    pub elsewhere: bool,
    /// The countdown.
    pub deadline: String,
    /// Whether this is the demo.
    pub demo: bool,
    /// The sentence of a rehearsal clock.
    pub rehearsal: Option<String>,
    /// What was just done.
    pub flash: Option<Flash>,
    /// The menu.
    pub menu: Vec<MenuItem>,
    /// The token of the frame's own small forms (退出, 撤销).
    pub form_token: String,
    /// The style sheet.
    pub css: String,
    /// The script.
    pub js: String,
    /// The icon.
    pub icon: String,
}

/// The frame of a page without sign-in.
#[derive(Clone, Debug)]
pub struct Plain {
    /// The page's title.
    pub title: String,
    /// Whether this is the demo.
    pub demo: bool,
    /// The sentence of a rehearsal clock.
    pub rehearsal: Option<String>,
    /// The style sheet.
    pub css: String,
    /// The script.
    pub js: String,
    /// The icon.
    pub icon: String,
}

impl Plain {
    /// The frame of a page titled `title`.
    pub fn of(app: &App, title: &str) -> Self {
        Self {
            title: title.to_owned(),
            demo: app.demo,
            rehearsal: rehearsal(app),
            css: app.assets.css.clone(),
            js: app.assets.js.clone(),
            icon: app.assets.icon.clone(),
        }
    }
}

/// A rehearsal clock is said on every page.
pub(super) fn rehearsal(app: &App) -> Option<String> {
    let clock = app.clocks.business;
    clock.is_rehearsal().then(|| format!("演练时钟：现按{}运行，并非真实时间。", clock.now().format("%Y年%-m月%-d日 %H:%M")))
}

/// The menu of a role, with the line of `path` marked.
pub(super) fn menu(role: Role, path: &str) -> Vec<MenuItem> {
    let mut lines: Vec<(&'static str, &'static str)> = vec![("首页", "/")];
    lines.push(("摸底告知", ""));
    lines.extend([
        ("排污单位", paths::UNITS),
        ("告知", paths::NOTIFICATIONS),
        ("企业自报", paths::SELF_REPORTS),
        ("排查", paths::INSPECTIONS),
        ("持证情况", paths::PERMITS),
        ("名单比对", paths::OUTSIDE_LISTS),
    ]);
    lines.push(("问题整改", ""));
    lines.extend([
        ("问题与整改", paths::PROBLEMS),
        ("帮扶指导", paths::GUIDANCE),
        ("交办对账", paths::SENT_DOWN),
        ("回头看", paths::LOOK_BACKS),
    ]);
    lines.push(("案件", ""));
    lines.extend([
        ("案件台账", paths::LEDGER),
        ("法定期限", paths::CLOCKS),
        ("典型案例", paths::EXPOSURES),
        ("黑名单", paths::BLACKLIST),
    ]);
    lines.extend([("宣传与举报", ""), ("宣传", paths::PUBLICITY), ("举报转办", paths::TIPS)]);
    lines.extend([("督导", ""), ("督办单", paths::SUPERVISION), ("交叉执法迎检", paths::CROSS_CHECKS)]);
    if !role.of_a_county() {
        lines.extend([("上期以来变化", paths::SUPERVISION_CHANGES), ("跨县重复登记", paths::TWINS)]);
    }
    lines.push(("报表", ""));
    lines.extend([
        ("附件1 自查整改", paths::ANNEX_1),
        ("附件2 工作台账", paths::ANNEX_2),
        ("工作总结", paths::SUMMARY),
        ("调度看板", paths::DASHBOARD),
    ]);
    match role {
        Role::CountyClerk | Role::CountyLead => lines.push(("导入记录", paths::IMPORTS)),
        Role::CityReviewer => lines.push(("代录与导入", paths::IMPORTS)),
        Role::CityAdmin | Role::Auditor | Role::System => {}
    }
    lines.push(("报送", ""));
    if role.of_a_county() {
        lines.extend([("核对与上报", paths::SUBMISSIONS_CHECK), ("报送记录", paths::SUBMISSIONS)]);
    } else {
        lines.extend([("报送进度", paths::SUBMISSIONS), ("今日出数", paths::TODAY), ("核对规则", paths::READINESS_RULES)]);
    }
    if matches!(role, Role::CityAdmin | Role::Auditor) {
        lines.push(("管理", ""));
    }
    if role == Role::CityAdmin {
        lines.extend([
            ("账号", paths::ACCOUNTS),
            ("行动设置", paths::CAMPAIGNS),
            ("填报单位", paths::BODIES),
            ("工作日历", paths::CALENDAR),
        ]);
    }
    if matches!(role, Role::CityAdmin | Role::Auditor) {
        lines.push(("操作日志", paths::HISTORY));
    }
    let fits = |href: &str| !href.is_empty() && (path == href || (href != "/" && path.starts_with(&format!("{href}/"))));
    // Of two lines that fit, the page belongs to the nearer one.
    let nearest = lines.iter().map(|(_, href)| *href).filter(|href| fits(href)).max_by_key(|href| href.len());
    lines
        .into_iter()
        .map(|(label, href)| MenuItem { label, href: href.to_owned(), current: !href.is_empty() && nearest == Some(href) })
        .collect()
}
