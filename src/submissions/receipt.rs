//! 回执: what the county holds in hand after filing.

use super::filing::moment;
use super::heads::Ended;
use super::submission::Submission;
use crate::annexes::Annex;
use crate::base::dates;
use crate::history::WriteError;
use crate::platform::document::{Block, Document, Run};

/// 回执编号: county, round and version code, unique without counting.
pub(super) fn number(submission: &Submission) -> String {
    format!("{}-{:02}-{}", submission.county_id, submission.round, submission.version_code)
}

/// The receipt as a paper: its name and its bytes.
pub(super) fn paper(filed: &Submission, ends: &[Ended]) -> Result<(String, Vec<u8>), WriteError> {
    let number = filed.receipt_number.clone().unwrap_or_default();
    let line = |text: String| Block::Paragraph(vec![Run::plain(text)]);
    let first = match filed.corrects {
        Some(_) => format!("，首次上报时间：{}", moment(filed.first_filed_at)),
        None => String::new(),
    };
    let mut blocks = vec![
        Block::Title("报送回执".to_owned()),
        line(format!("回执编号：{number}")),
        line(format!("报送单位：{}", filed.body_name)),
        line(format!(
            "报送内容：{}，{}《{}》、{}《{}》、工作总结",
            filed.title(),
            Annex::One.mark(),
            Annex::One.title(),
            Annex::Two.mark(),
            Annex::Two.title()
        )),
        line(format!("数据截止日期：{}", dates::long(filed.data_date))),
        line(format!("上报时间：{}（北京时间）{first}，{}", moment(filed.filed_at), filed.punctuality())),
        line(format!("上报人：{}", filed.filed_by.as_deref().unwrap_or_default())),
        line(format!("版本码：{}", filed.version_code)),
        line(format!("校验值（SHA-256）：{}", filed.hash())),
    ];
    if let Some(reason) = &filed.behalf_reason {
        blocks.push(line(format!("本次由市局代报，原因：{reason}")));
    }
    let ends: Vec<String> = ends.iter().map(Ended::printed).collect();
    blocks.push(line(format!("操作日志末条：{}", ends.join("；"))));
    blocks.push(line("本回执由系统在上报时生成。报送内容已冻结，此后的修改不影响本次报送。".to_owned()));
    let bytes = Document { blocks }.to_docx().map_err(|e| sqlx::Error::Encode(e.into()))?;
    Ok((format!("回执-{number}.docx"), bytes))
}
