//! The columns of a list of units: our own headings, and what others call them.

use crate::platform::sheet::Heading;
use crate::vocabulary::{NoCodeReason, PermitClass, UnitStatus};

/// A column of the list of units.
#[derive(Debug)]
pub struct Column {
    /// The field, the same word as in forms and JSON.
    pub field: &'static str,
    /// The heading in our own template.
    pub heading: &'static str,
    /// What others call it.
    pub synonyms: &'static [&'static str],
    /// What to write there.
    hint: &'static str,
    /// Its width in the template, in characters.
    width: f64,
}

/// Everything that a list of units may hold, in the template's order.
pub static UNITS: [Column; 15] = [
    Column {
        field: "county",
        heading: "县(区)",
        synonyms: &[
            "所在县区",
            "县区",
            "区县",
            "所属县区",
            "所在区县",
            "县市区",
            "所在县市区",
            "所属区域",
            "行政区",
            "行政区划",
            "辖区",
        ],
        hint: "如：潞州区。县区人员导入本县区名单时可不填。",
        width: 10.0,
    },
    Column {
        field: "name",
        heading: "单位名称",
        synonyms: &[
            "企业名称",
            "排污单位名称",
            "排污单位",
            "名称",
            "企业",
            "单位",
            "污染源名称",
            "企业单位名称",
            "公司名称",
            "厂名",
            "单位全称",
        ],
        hint: "必填。按营业执照填写全称；无照的填写通常使用的名称。",
        width: 34.0,
    },
    Column {
        field: "former_names",
        heading: "曾用名",
        synonyms: &["曾用名称", "原名", "原名称", "原单位名称", "更名前名称"],
        hint: "有多个的，用顿号隔开。",
        width: 18.0,
    },
    Column {
        field: "credit_code",
        heading: "统一社会信用代码",
        synonyms: &["信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "统一代码"],
        hint: "18位，按文本填写。没有代码的留空，并在“无代码原因”中说明。",
        width: 22.0,
    },
    Column {
        field: "no_code_reason",
        heading: "无代码原因",
        synonyms: &["无信用代码原因", "无统一社会信用代码原因", "没有代码的原因"],
        hint: "仅在没有统一社会信用代码时填写。",
        width: 14.0,
    },
    Column {
        field: "site",
        heading: "厂区",
        synonyms: &["厂址名称", "厂区名称", "生产厂区", "分厂"],
        hint: "同一单位有几个厂区的，分行填写，写明各厂区名称；只有一个的留空。",
        width: 12.0,
    },
    Column {
        field: "township",
        heading: "所在乡镇(街道)",
        synonyms: &["乡镇街道", "所在乡镇", "乡镇", "街道", "所属乡镇", "乡镇办", "所属乡镇街道", "镇街"],
        hint: "如：马厂镇。",
        width: 14.0,
    },
    Column {
        field: "industry",
        heading: "行业类别",
        synonyms: &["行业代码", "所属行业", "行业", "行业类型", "行业名称", "国民经济行业", "国民经济行业类别", "行业类别及代码"],
        hint: "国民经济行业代码(GB/T 4754-2017)或名称，如：2521 炼焦。填两位大类也可以。",
        width: 18.0,
    },
    Column {
        field: "permit_class",
        heading: "排污许可管理类别",
        synonyms: &["管理类别", "排污许可类别", "许可管理类别", "排污许可证管理类别", "排污许可"],
        hint: "",
        width: 16.0,
    },
    Column {
        field: "permit_number",
        heading: "排污许可证编号",
        synonyms: &["许可证编号", "排污许可证号", "许可证号", "排污许可编号", "排污证编号"],
        hint: "按文本填写。",
        width: 26.0,
    },
    Column {
        field: "permit_until",
        heading: "许可证有效期至",
        synonyms: &[
            "有效期至",
            "排污许可证有效期至",
            "许可证有效期",
            "有效期",
            "有效期限",
            "排污许可证有效期",
            "有效期止",
            "许可证到期日",
        ],
        hint: "如：2020-12-31。",
        width: 14.0,
    },
    Column {
        field: "status",
        heading: "生产状态",
        synonyms: &["状态", "生产情况", "运行状态", "生产状况", "企业状态", "经营状态", "生产经营状态", "运营状态"],
        hint: "不填按“在产”登记。",
        width: 10.0,
    },
    Column {
        field: "contact_name",
        heading: "环保负责人",
        synonyms: &["联系人", "企业环保负责人", "负责人", "环保联系人", "联系人姓名", "企业联系人", "环保专工"],
        hint: "",
        width: 12.0,
    },
    Column {
        field: "contact_phone",
        heading: "联系电话",
        synonyms: &["电话", "手机", "联系方式", "手机号", "手机号码", "电话号码", "联系人电话", "负责人电话", "环保负责人电话"],
        hint: "按文本填写，如：0355-2012345。",
        width: 16.0,
    },
    Column {
        field: "address",
        heading: "生产地址",
        synonyms: &[
            "地址",
            "注册地址",
            "详细地址",
            "单位地址",
            "企业地址",
            "所在地址",
            "厂址",
            "生产经营地址",
            "经营地址",
            "住所",
        ],
        hint: "",
        width: 34.0,
    },
];

impl Column {
    fn options(&self) -> Vec<String> {
        let labels = |all: &[&'static str]| all.iter().map(|l| (*l).to_owned()).collect();
        match self.field {
            "no_code_reason" => labels(&NoCodeReason::ALL.iter().map(|w| w.label()).collect::<Vec<_>>()),
            "permit_class" => labels(&PermitClass::ALL.iter().map(|w| w.label()).collect::<Vec<_>>()),
            "status" => labels(&UnitStatus::ALL.iter().map(|w| w.label()).collect::<Vec<_>>()),
            _ => Vec::new(),
        }
    }
}

/// The headings of the template, and of rows handed back.
pub fn template() -> Vec<Heading> {
    UNITS
        .iter()
        .map(|c| Heading {
            text: c.heading.to_owned(),
            width: c.width,
            note: c.hint.to_owned(),
            options: c.options(),
            must: c.field == "name",
            ..Heading::default()
        })
        .collect()
}
