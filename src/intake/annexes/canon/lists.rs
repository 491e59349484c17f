//! Cells that name words of a list. What no list knows is a gap, and its words are kept.

use super::Canon;
use crate::base::text;
use crate::intake::units::industry_of;
use crate::vocabulary::{Kind, MeasureKind};

pub(super) fn industry(plain: &str) -> Result<Canon, String> {
    Ok(match industry_of(plain) {
        Ok(found) => Canon::plain(found.map_or("", |i| i.code.as_str())),
        Err(doubt) => Canon::unread(plain, doubt),
    })
}

/// The parts of a list in one cell.
pub(super) fn parts(plain: &str) -> Vec<String> {
    plain.split(['；', ';', '、', '\n', ',', '，']).map(text::tidy).filter(|p| !p.is_empty()).collect()
}

/// Kinds by code, the main one first. A name may itself hold 、: the whole is tried before its parts.
pub(super) fn kinds(plain: &str) -> Result<Canon, String> {
    let mut codes: Vec<&'static str> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    for part in plain.split(['；', ';', '\n']).map(text::tidy).filter(|p| !p.is_empty()) {
        match Kind::read(&part) {
            Some(kind) => codes.push(kind.code),
            None => {
                for piece in parts(&part) {
                    match Kind::read(&piece) {
                        Some(kind) => codes.push(kind.code),
                        None => unknown.push(piece),
                    }
                }
            }
        }
    }
    let mut once: Vec<&str> = Vec::new();
    codes.into_iter().for_each(|c| {
        if !once.contains(&c) {
            once.push(c)
        }
    });
    let words = unknown.join("、");
    Ok(match (words.is_empty(), once.is_empty()) {
        (true, _) => Canon::plain(once.join("；")),
        (false, true) => Canon::unread(&words, format!("未识别的问题类型“{words}”，已按待补导入，请补填。")),
        (false, false) => Canon::plain(once.join("；")).doubted(format!("未识别的问题类型“{words}”，其余类型已导入，请核对。")),
    })
}

pub(super) fn restrictions(plain: &str) -> Result<Canon, String> {
    let mut codes: Vec<&'static str> = Vec::new();
    for part in plain.split(['、', '；', ';', '，', ',', '/', '和', '及']).map(text::tidy).filter(|p| !p.is_empty()) {
        match MeasureKind::read(&part) {
            Some(kind @ (MeasureKind::ProductionLimit | MeasureKind::ProductionHalt)) => codes.push(kind.code()),
            _ => return Err(format!("“{part}”应写“限制生产”或“停产整治”。")),
        }
    }
    codes.sort_unstable();
    codes.dedup();
    Ok(Canon::plain(codes.join("；")))
}
