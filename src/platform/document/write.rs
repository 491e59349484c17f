//! The paper in the words of the library that writes .docx files.

use super::{Block, Column, Document, Level, Run, Table, attached, fonts, style};
use docx_rs::{
    AlignmentType, Docx, Footer, PageNum, Paragraph, RunFonts, SpecialIndentType, TableCell, TableLayoutType, TableRow,
    VAlignType, WidthType,
};
use std::io::Cursor;

/// Why a paper was not written.
#[derive(Debug, thiserror::Error)]
#[error("the paper cannot be written: {0}")]
pub struct DocumentError(String);

/// Writes the paper. Nothing in the file depends on when or how often it is written: the library's own dates are fixed, and
/// paragraphs, which it would count on through the life of the process, are numbered by their place.
pub(super) fn docx(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let mut paper = Docx::new()
        .page_size(style::PAGE.0, style::PAGE.1)
        .page_margin(style::margins())
        .default_fonts(style::face(fonts::BODY))
        .default_size(32)
        .footer(footer(AlignmentType::Right, 1))
        .even_footer(footer(AlignmentType::Left, 2));
    for named in style::all() {
        paper = paper.add_style(named);
    }
    let mut writer = Writer { paper, paragraphs: 2 };
    for block in &document.blocks {
        writer.add(block);
    }
    let mut parts = writer.paper.build();
    parts.font_table = fonts::table();
    parts.document = with_repeated_heads(parts.document);
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|error| DocumentError(error.to_string()))?;
    Ok(file.into_inner())
}

/// 「— 1 —」: to the right on odd pages, to the left on even ones, a character from the edge.
fn footer(align: AlignmentType, id: u32) -> Footer {
    let (start, end) = if matches!(align, AlignmentType::Left) { (Some(280), None) } else { (None, Some(280)) };
    let paragraph = Paragraph::new()
        .id(number(id))
        .style(style::FOOTER)
        .align(align)
        .indent(start, None, end, None)
        .add_run(run("— "))
        .add_page_num(PageNum::new())
        .add_run(run(" —"));
    Footer::new().add_paragraph(paragraph)
}

fn number(id: u32) -> String {
    format!("{id:08x}")
}

/// The library has no word for a row that repeats on every page: the first row of each table gets it here.
fn with_repeated_heads(xml: Vec<u8>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(xml) else { return Vec::new() };
    let mut tables = text.split("<w:tbl>");
    let first = tables.next().unwrap_or_default().to_owned();
    let whole = tables.fold(first, |whole, table| {
        whole + "<w:tbl>" + table.replacen("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />", 1).as_str()
    });
    whole.into_bytes()
}

/// What XML can hold: a control character would spoil the file.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Quotation marks and dashes stand in Chinese and in Latin typefaces; here they are Chinese.
fn run(text: &str) -> docx_rs::Run {
    docx_rs::Run::new().fonts(RunFonts::new().hint("eastAsia")).add_text(clean(text))
}

struct Writer {
    paper: Docx,
    paragraphs: u32,
}

impl Writer {
    fn paragraph(&mut self, style: &str) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new().id(number(self.paragraphs)).style(style)
    }

    fn put(&mut self, paragraph: Paragraph) {
        let paper = std::mem::take(&mut self.paper);
        self.paper = paper.add_paragraph(paragraph);
    }

    fn line(&mut self, style: &str, text: &str) {
        let paragraph = self.paragraph(style).add_run(run(text));
        self.put(paragraph);
    }

    fn empty(&mut self) {
        let paragraph = self.paragraph(style::LINE_LEFT);
        self.put(paragraph);
    }

    fn add(&mut self, block: &Block) {
        match block {
            Block::Title(text) => {
                self.line(style::TITLE, text);
                self.empty();
            }
            Block::Line(text) => self.line(style::LINE_LEFT, text),
            Block::Heading(Level::One, text) => self.line(style::HEADING_1, text),
            Block::Heading(Level::Two, text) => self.line(style::HEADING_2, text),
            Block::Paragraph(runs) => {
                let bold = |piece: &Run| if piece.bold { run(&piece.text).bold() } else { run(&piece.text) };
                let paragraph = runs.iter().fold(self.paragraph(style::BODY), |paragraph, piece| paragraph.add_run(bold(piece)));
                self.put(paragraph);
            }
            Block::Table(table) => self.table(table),
            Block::Attachments(names) => self.attachments(names),
            Block::SignOff(lines) => self.sign_off(lines),
        }
    }

    /// One line below the text; each name begins under the first.
    fn attachments(&mut self, names: &[String]) {
        self.empty();
        for (n, text) in attached(names).iter().enumerate() {
            let lead = if n == 0 { 2 } else { 5 };
            let hang = if n == 0 && names.len() > 1 {
                4
            } else if n == 0 {
                3
            } else {
                1
            };
            let start = (lead + hang) * style::CHARACTER;
            let indent = Some(SpecialIndentType::Hanging(hang * style::CHARACTER));
            let paragraph = self.paragraph(style::LINE_LEFT).indent(Some(start), indent, None, None).add_run(run(text));
            self.put(paragraph);
        }
    }

    /// Two lines below the text, in the middle of each other, four characters from the right edge (加盖印章的公文).
    fn sign_off(&mut self, lines: &[String]) {
        self.empty();
        self.empty();
        // Programs leave a little room between digits and Chinese characters: three characters more keep a date on one line.
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0) + 6;
        let right = 4 * style::CHARACTER;
        let left = (style::CHARACTERS * style::CHARACTER - right - widest * style::CHARACTER / 2).max(0);
        for (n, line) in lines.iter().enumerate() {
            let paragraph = self.paragraph(style::SIGN_OFF).indent(Some(left), None, Some(right), None);
            self.put(paragraph.keep_next(n + 1 < lines.len()).add_run(run(line)));
        }
    }

    fn table(&mut self, table: &Table) {
        let all: u32 = table.columns.iter().map(|c| u32::from(c.weight.max(1))).sum();
        let share = |column: &Column| style::WIDTH * usize::from(column.weight.max(1)) / all.max(1) as usize;
        let widths: Vec<usize> = table.columns.iter().map(share).collect();
        let head: Vec<TableCell> = table
            .columns
            .iter()
            .zip(&widths)
            .map(|(column, width)| self.cell(style::HEAD, &column.heading, *width, false))
            .collect();
        let mut rows = vec![TableRow::new(head).cant_split()];
        for row in &table.rows {
            let cells =
                table.columns.iter().zip(&widths).enumerate().map(|(n, (column, width))| {
                    self.cell(style::CELL, row.get(n).map_or("", String::as_str), *width, column.words)
                });
            rows.push(TableRow::new(cells.collect()).cant_split());
        }
        let grid = docx_rs::Table::new(rows).set_grid(widths.clone()).layout(TableLayoutType::Fixed);
        let paper = std::mem::take(&mut self.paper);
        self.paper = paper.add_table(grid.width(widths.iter().sum(), WidthType::Dxa));
    }

    fn cell(&mut self, style: &str, text: &str, width: usize, words: bool) -> TableCell {
        let paragraph = self.paragraph(style).add_run(run(text));
        let paragraph = if words { paragraph.align(AlignmentType::Left) } else { paragraph };
        TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(paragraph)
    }
}

/// The width of a line in halves of a character.
fn width(line: &str) -> i32 {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
