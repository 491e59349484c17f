//! One campaign and what its dates mean.

use crate::base::{Cells, dates};
use crate::vocabulary::Rhythm;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

/// A campaign.
#[derive(Clone, Debug, sqlx::FromRow, serde::Deserialize)]
pub struct Campaign {
    /// Its id.
    pub id: Uuid,
    /// Its name in addresses: `?campaign=`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Who ordered it.
    pub issuer: String,
    /// On what basis.
    pub basis: String,
    /// Whom to call.
    pub contacts: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day of self-inspection.
    pub self_inspection_until: NaiveDate,
    /// The deadline as a half-open instant: filing before it is on time.
    pub due_at: DateTime<Utc>,
    /// First day of the province's cross-enforcement (交叉执法).
    pub cross_enforcement_from: NaiveDate,
    /// 数据截止日期 of the annexes, if set.
    pub data_cutoff_on: Option<NaiveDate>,
    /// Ranking by 到期完成率 counts only from this denominator.
    pub ranking_floor: i32,
    /// Whether units without a problem go to 附件1续表.
    pub clear_units_apart: bool,
    /// Whether a clerk may file what was signed on paper; else only the lead files.
    pub paper_signature: bool,
    /// Days within which the stamped scan follows.
    pub scan_within_days: i32,
    /// Working days to mend what an acceptance left open.
    pub mend_within_days: i32,
    /// 发文字号 of supervision orders, before the year.
    pub supervision_prefix: String,
    /// How often counties report: the code of a [`Rhythm`].
    pub report_rhythm: String,
    /// The text of 告知书, a line a paragraph.
    #[serde(default)]
    pub notice: String,
    /// For the second editor.
    pub version: i32,
}

impl Campaign {
    /// The deadline in 北京时间.
    pub fn due(&self) -> DateTime<FixedOffset> {
        self.due_at.with_timezone(&dates::beijing())
    }

    /// The last day on which filing is on time: for a deadline at midnight, the day that ends there.
    pub fn due_on(&self) -> NaiveDate {
        dates::last_day(self.due())
    }

    /// The deadline as people say it: 6月28日24时.
    pub fn due_words(&self) -> String {
        dates::deadline(self.due())
    }

    /// The countdown on every page.
    pub fn countdown(&self, now: DateTime<FixedOffset>) -> String {
        if now < self.due() {
            format!("距{}报送{}", self.due_words(), dates::remaining(now, self.due()))
        } else {
            format!("报送期限（{}）{}", self.due_words(), dates::remaining(now, self.due()))
        }
    }

    /// The date whose state a live view shows: today, but not before the campaign began.
    pub fn live_date(&self, today: NaiveDate) -> NaiveDate {
        today.max(self.starts_on)
    }

    /// 数据截止日期 of a filing: the setting, else the day before the deadline's day.
    pub fn cutoff(&self) -> NaiveDate {
        self.data_cutoff_on.unwrap_or_else(|| self.due_on() - Days::new(1))
    }

    /// The data date of what is filed on a day: 数据截止日期, but never later than the day itself.
    pub fn filing_date(&self, today: NaiveDate) -> NaiveDate {
        self.cutoff().min(self.live_date(today))
    }

    /// The campaign as the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        cells
            .set("slug", &*self.slug)
            .set("title", &*self.title)
            .set("issuer", &*self.issuer)
            .set("basis", &*self.basis)
            .set("contacts", &*self.contacts)
            .set("starts_on", dates::short(self.starts_on))
            .set("self_inspection_until", dates::short(self.self_inspection_until))
            .set("due_on", dates::short(self.due_on()))
            .set("cross_enforcement_from", dates::short(self.cross_enforcement_from))
            .set("data_cutoff_on", self.data_cutoff_on.map(dates::short).unwrap_or_default())
            .set("ranking_floor", self.ranking_floor.to_string())
            .set("clear_units_apart", if self.clear_units_apart { "yes" } else { "" })
            .set("paper_signature", if self.paper_signature { "yes" } else { "" })
            .set("scan_within_days", self.scan_within_days.to_string())
            .set("mend_within_days", self.mend_within_days.to_string())
            .set("supervision_prefix", &*self.supervision_prefix)
            .set("report_rhythm", &*self.report_rhythm)
            .set("notice", &*self.notice)
            .set("version", self.version.to_string());
        cells
    }

    /// How often counties report.
    pub fn rhythm(&self) -> Rhythm {
        Rhythm::from_code(&self.report_rhythm).unwrap_or(Rhythm::Week)
    }
}

/// A campaign as typed.
#[derive(Clone, Debug)]
pub struct CampaignChanges {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Who ordered it.
    pub issuer: String,
    /// On what basis.
    pub basis: String,
    /// Whom to call.
    pub contacts: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day of self-inspection.
    pub self_inspection_until: NaiveDate,
    /// The last day of filing; the deadline is its 24:00 in 北京时间.
    pub due_on: NaiveDate,
    /// First day of cross-enforcement.
    pub cross_enforcement_from: NaiveDate,
    /// 数据截止日期, if set.
    pub data_cutoff_on: Option<NaiveDate>,
    /// Denominator from which ranking counts.
    pub ranking_floor: i32,
    /// 附件1续表.
    pub clear_units_apart: bool,
    /// Whether a clerk may file what was signed on paper.
    pub paper_signature: bool,
    /// Days within which the stamped scan follows.
    pub scan_within_days: i32,
    /// Working days to mend what an acceptance left open.
    pub mend_within_days: i32,
    /// 发文字号 of supervision orders.
    pub supervision_prefix: String,
    /// How often counties report.
    pub report_rhythm: Rhythm,
    /// The text of 告知书.
    pub notice: String,
    /// The version that the editor saw.
    pub version: i32,
}

impl CampaignChanges {
    /// Reads the form of a campaign; dates must stand in order.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let slug = cells.required("slug", "请填写行动代号（小写字母、数字和短横线）。");
        if let Some(slug) = &slug
            && !(slug.len() <= 40 && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
        {
            cells.refuse("slug", "代号只能用小写字母、数字和短横线，不超过40个字符。");
        }
        let title = cells.required("title", "请填写行动名称。");
        let issuer = cells.required("issuer", "请填写发文单位。");
        let mut day = |name: &str| {
            let date = cells.date(name);
            if date.is_none() && cells.error(name).is_none() {
                cells.refuse(name, "请填写日期。");
            }
            date
        };
        let starts_on = day("starts_on");
        let until = day("self_inspection_until");
        let due_on = day("due_on");
        let cross = day("cross_enforcement_from");
        let cutoff = cells.date("data_cutoff_on");
        cells.in_order((starts_on, "开始日期"), (until, "自查截止日期", "self_inspection_until"));
        cells.in_order((starts_on, "开始日期"), (due_on, "报送期限", "due_on"));
        cells.in_order((starts_on, "开始日期"), (cutoff, "数据截止日期", "data_cutoff_on"));
        let ranking_floor = cells.count("ranking_floor").unwrap_or(20);
        let version = cells.raw("version").parse().unwrap_or(0);
        let (basis, contacts) = (cells.text("basis").unwrap_or_default(), cells.text("contacts").unwrap_or_default());
        let clear_units_apart = cells.tick("clear_units_apart");
        let paper_signature = cells.tick("paper_signature");
        let scan_within_days = cells.count("scan_within_days").unwrap_or(3);
        let mend_within_days = cells.count("mend_within_days").unwrap_or(3);
        let supervision_prefix = cells.text("supervision_prefix").unwrap_or_else(|| "长环督".to_owned());
        let report_rhythm = cells.choice("report_rhythm", Rhythm::read).unwrap_or(Rhythm::Week);
        let notice = crate::base::text::tidy_lines(cells.raw("notice"));
        if notice.chars().count() > 2000 {
            cells.refuse("notice", "告知书应在一页纸内，请控制在2000字以内。");
        }
        if !cells.clean() {
            return None;
        }
        Some(Self {
            slug: slug?,
            title: title?,
            issuer: issuer?,
            basis,
            contacts,
            starts_on: starts_on?,
            self_inspection_until: until?,
            due_on: due_on?,
            cross_enforcement_from: cross?,
            data_cutoff_on: cutoff,
            ranking_floor,
            clear_units_apart,
            paper_signature,
            scan_within_days,
            mend_within_days,
            supervision_prefix,
            report_rhythm,
            notice,
            version,
        })
    }

    /// The deadline as an instant: 24:00 of its day, 北京时间.
    pub fn due_at(&self) -> DateTime<Utc> {
        crate::base::clock::beijing_instant(self.due_on + Days::new(1), NaiveTime::MIN).with_timezone(&Utc)
    }
}
