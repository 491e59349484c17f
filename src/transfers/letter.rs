//! The letter of transfer (移送函), as a draft for the office to finish: who and what, on which article, with which papers.

use super::package::Transfer;
use crate::base::dates;
use crate::ledger::CaseProblem;
use crate::platform::document::{Block, Document, Run};
use crate::vocabulary::{MeasureKind, TransferBasis};

/// The letter. Until the legal officer has reviewed it, its first line says that it is a draft.
pub fn letter(transfer: &Transfer<'_>, papers: &[String]) -> Document {
    let crime = transfer.measure.kind() == Some(MeasureKind::CriminalTransfer);
    let respondent = transfer.file.case.respondent.as_deref().unwrap_or("（当事人）");
    let mut blocks = Vec::new();
    if transfer.reviewed_on.is_none() {
        blocks.push(Block::Line("（草稿，未经法规审核，不得发出）".to_owned()));
    }
    let about = if crime { "涉嫌环境污染犯罪案件" } else { "适用行政拘留环境违法案件" };
    blocks.push(Block::Title(format!("关于移送{respondent}{about}的函")));
    blocks.push(Block::Line(format!("{}公安局：", transfer.area)));
    let paragraph = |text: String| Block::Paragraph(vec![Run::plain(text)]);
    blocks.push(paragraph(found(transfer)));
    blocks.push(paragraph(decided(transfer)));
    blocks.push(paragraph(asked(transfer, crime)));
    blocks.push(Block::Attachments(papers.to_vec()));
    blocks.push(Block::SignOff(vec![transfer.body.to_owned(), "　　年　　月　　日".to_owned()]));
    if crime {
        blocks.push(Block::Line(format!("抄送：{}人民检察院", transfer.area)));
    }
    Document { blocks }
}

/// What was found, in the words of the ledger: 涉嫌 while there is no decision.
fn found(transfer: &Transfer<'_>) -> String {
    let of_one = |p: &CaseProblem| {
        let on = p.found_on.map_or_else(|| "（日期）".to_owned(), dates::long);
        format!("{on}，发现{}{}", p.unit_name, p.description.as_deref().unwrap_or("（违法事实）").trim_end_matches('。'))
    };
    let facts: Vec<String> = transfer.file.problems.iter().map(of_one).collect();
    format!("{}：{}。", transfer.file.case.fact_word(), facts.join("；"))
}

fn decided(transfer: &Transfer<'_>) -> String {
    let case = &transfer.file.case;
    match case.decided_on {
        Some(on) => {
            let number = case.decision_number.as_deref().unwrap_or("（文号）");
            let fine = case.fine().map(|f| format!("，罚款{}", f.compact())).unwrap_or_default();
            format!("我局于{}作出行政处罚决定（{number}）{fine}。", dates::long(on))
        }
        None => "本案尚未作出行政处罚决定。".to_owned(),
    }
}

fn asked(transfer: &Transfer<'_>, crime: bool) -> String {
    let persons = transfer.measure.persons.filter(|n| *n > 0).map(|n| format!("涉及{n}人。")).unwrap_or_default();
    if crime {
        return format!(
            "经审查，上述行为涉嫌构成犯罪。依据《中华人民共和国行政处罚法》第二十二条和《环境保护行政执法与刑事司法衔接工作办法》\
             （环环监〔2017〕17号）的规定，现将案件移送你局，并抄送同级人民检察院。{persons}请依法审查，并将是否立案的决定书面告知我局。"
        );
    }
    let basis = transfer.measure.basis.as_deref().and_then(TransferBasis::from_code);
    let basis = basis.map_or("（移送依据）", TransferBasis::label);
    format!(
        "上述行为的移送依据为{basis}。按照《行政主管部门移送适用行政拘留环境违法案件暂行办法》（公治〔2014〕853号）的规定，\
         现将案件移送你局。{persons}请依法处理，并将处理结果书面告知我局。"
    )
}
