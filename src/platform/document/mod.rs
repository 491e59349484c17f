//! A paper (公文) as a small vocabulary of our own, and as the bytes of a .docx file in the layout of GB/T 9704-2012
//! (党政机关公文格式). Text only: no fields, links or macros from data. The same value gives the same bytes, because what is
//! filed is hashed.

mod fonts;
mod style;
mod write;

pub use write::DocumentError;

/// A paper, from its title to its last line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its parts in order.
    pub blocks: Vec<Block>,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title (标题), centred.
    Title(String),
    /// A line without indent, such as 主送机关.
    Line(String),
    /// A heading: 「一、」 or 「（一）」; its number is part of the text.
    Heading(Level, String),
    /// A paragraph, its first line indented by two characters.
    Paragraph(Vec<Run>),
    /// A table; its head repeats on every page.
    Table(Table),
    /// 附件说明: the names of what is attached, numbered when there are several.
    Attachments(Vec<String>),
    /// 发文机关署名 and 成文日期, one above the other.
    SignOff(Vec<String>),
}

/// The rank of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 一级标题.
    One,
    /// 二级标题.
    Two,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its words.
    pub text: String,
    /// Whether they are bold.
    pub bold: bool,
}

impl Run {
    /// Words as they are.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false }
    }
}

/// A table of words and numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, cell by cell.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its share of the width, against the other columns.
    pub weight: u16,
    /// Whether its cells stand to the left, as words do; numbers are centred.
    pub words: bool,
}

impl Document {
    /// The paper as a .docx file.
    pub fn to_docx(&self) -> Result<Vec<u8>, DocumentError> {
        write::docx(self)
    }

    /// Its text, line by line as it is printed, without the numbers of the pages.
    pub fn lines(&self) -> Vec<String> {
        self.blocks.iter().flat_map(Block::lines).collect()
    }
}

impl Block {
    fn lines(&self) -> Vec<String> {
        match self {
            Self::Title(text) | Self::Line(text) | Self::Heading(_, text) => vec![text.clone()],
            Self::Paragraph(runs) => vec![runs.iter().map(|run| run.text.as_str()).collect()],
            Self::Table(table) => {
                let head = table.columns.iter().map(|c| c.heading.clone());
                head.chain(table.rows.iter().flatten().cloned()).collect()
            }
            Self::Attachments(names) => attached(names),
            Self::SignOff(lines) => lines.clone(),
        }
    }
}

/// 附件说明 line by line: 「附件：1.……」, the later ones below the first.
pub fn attached(names: &[String]) -> Vec<String> {
    match names {
        [one] => vec![format!("附件：{one}")],
        many => {
            let lead = |n: usize| if n == 0 { "附件：" } else { "" };
            many.iter().enumerate().map(|(n, name)| format!("{}{}.{name}", lead(n), n + 1)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper() -> Document {
        let column = |heading: &str, words| Column { heading: heading.into(), weight: 1, words };
        Document {
            blocks: vec![
                Block::Title("关于<排污>情况的通报".into()),
                Block::Line("各县（区）：".into()),
                Block::Heading(Level::One, "一、总体情况".into()),
                Block::Heading(Level::Two, "（一）自查".into()),
                Block::Paragraph(vec![
                    Run::plain("完成率"),
                    Run { text: "95.0%".into(), bold: true },
                    Run::plain(" & 𠮷\u{1}。"),
                ]),
                Block::Table(Table {
                    columns: vec![column("县（区）", true), column("完成率", false)],
                    rows: vec![vec!["沁县".into(), "95.0%".into()], vec!["沁源县".into()]],
                }),
                Block::Attachments(vec!["甲表".into(), "乙表".into()]),
                Block::SignOff(vec!["长治市生态环境局".into(), "2019年6月28日".into()]),
            ],
        }
    }

    /// A part of the file.
    fn part(bytes: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
        text
    }

    #[test]
    fn the_same_paper_gives_the_same_bytes_whoever_writes_it_and_when() {
        let first = paper().to_docx().unwrap();
        let elsewhere = std::thread::spawn(|| (paper().to_docx().unwrap(), paper().to_docx().unwrap())).join().unwrap();
        assert!(first == elsewhere.0 && first == elsewhere.1);
        assert_ne!(first, Document::default().to_docx().unwrap());
    }

    #[test]
    fn text_is_text() {
        let xml = part(&paper().to_docx().unwrap(), "word/document.xml");
        assert!(xml.contains("关于&lt;排污&gt;情况的通报") && xml.contains(" &amp; 𠮷。"));
        assert!(!xml.contains("fldChar") && !xml.contains("w:hyperlink"));
        assert_eq!(xml.matches("<w:tblHeader />").count(), 1);
    }

    #[test]
    fn typefaces_have_others_to_stand_in_for_them() {
        let bytes = paper().to_docx().unwrap();
        let (styles, fonts) = (part(&bytes, "word/styles.xml"), part(&bytes, "word/fontTable.xml"));
        for face in ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"] {
            assert!(styles.contains(&format!("w:eastAsia=\"{face}\"")), "{face} in {styles}");
            assert!(fonts.contains(&format!("w:name=\"{face}\"><w:altName")), "{face}");
        }
        assert!(part(&bytes, "word/footer1.xml").contains("— "));
    }

    #[test]
    fn lines_are_what_is_printed() {
        let lines = paper().lines();
        assert_eq!(lines[0], "关于<排污>情况的通报");
        assert!(lines.contains(&"附件：1.甲表".to_owned()) && lines.contains(&"2.乙表".to_owned()));
        assert_eq!(Block::Attachments(vec!["甲表".into()]).lines(), ["附件：甲表"]);
    }
}
