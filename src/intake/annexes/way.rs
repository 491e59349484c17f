//! A row on its way to a verdict: what changes, what is asked, what should be checked.

use super::ahead::Ahead;
use super::canon::{Canon, in_words, says_nothing};
use super::canons::Canons;
use super::fresh::{progress_doubt, verified_doubt};
use super::merge::{Merged, lay_over, merge};
use super::row::Row;
use crate::annexes::{Annex, Column, Line as Stood, Owner};
use crate::base::{CountyId, text};
use crate::intake::Choices;
use crate::intake::act::{Act, Planned};
use crate::intake::preview::{Change, Finding, Outcome, Question, Verdict};
use crate::vocabulary::Source;
use chrono::NaiveDate;
use uuid::Uuid;

/// Why a cell of a problem goes nowhere.
const WITHOUT_PROBLEM: &str = "本行没有填写问题，此栏未导入。";

/// A row on its way.
pub struct Way<'r> {
    pub row: &'r Row<'r>,
    pub county: CountyId,
    choices: &'r Choices,
    changes: Vec<Change>,
    questions: Vec<Question>,
    pub doubts: Vec<Finding>,
    /// What was read of it before its turn.
    pub ahead: Ahead,
}

/// The column of an annex by its id.
pub fn column(annex: Annex, id: &str) -> Option<&'static Column> {
    annex.columns().iter().find(|c| c.id == id)
}

/// Whether a column of an annex is of this owner.
pub fn is_of(annex: Annex, id: &str, owner: Owner) -> bool {
    column(annex, id).is_some_and(|c| c.owner == owner)
}

impl<'r> Way<'r> {
    /// At its start.
    pub fn of((row, ahead): (&'r Row<'r>, Ahead), county: CountyId, choices: &'r Choices, questions: Vec<Question>) -> Self {
        Self { row, county, choices, changes: Vec::new(), questions, doubts: row.doubts.clone(), ahead }
    }

    /// Asks about the row as a whole; the answer, if there is one.
    pub fn ask_row(&mut self, field: &str, text: String, answers: &[(&str, &str)]) -> Option<&'r str> {
        let question = Question::of_row(field, text, answers, self.choices);
        let answered = question.answer.is_some();
        self.questions.push(question);
        self.choices.get(field).filter(|_| answered).map(String::as_str)
    }

    /// Whether something is asked that nobody has answered.
    pub fn open(&self) -> bool {
        self.questions.iter().any(|q| q.answer.is_none())
    }

    /// The cells that change: merged with the base, if there is one; clashes become questions.
    pub fn merged(&mut self, annex: Annex, base: Option<&Canons>, ours: &Canons, line: &Stood) -> Canons {
        let mut taken = Canons::default();
        for (id, theirs) in self.row.cells.iter() {
            let Some(own) = ours.get(id) else { continue };
            let before = base.and_then(|b| b.get(id));
            let merged = match merge(before, own, theirs) {
                // What is computed cannot clash: it is told when it was edited.
                Merged::Clash if is_of(annex, id, Owner::Computed) => Merged::Keep,
                merged => merged,
            };
            let take = match merged {
                Merged::Keep => false,
                Merged::Take => true,
                Merged::Clash => self.clash(annex, id, (before, own, theirs), line) == Some("theirs"),
            };
            if take {
                self.change(annex, id, own, theirs, line);
                taken.set(id, theirs.clone());
            }
        }
        taken
    }

    /// The cells that an own table fills or changes.
    pub fn laid_over(&mut self, annex: Annex, ours: &Canons, line: &Stood) -> Canons {
        let mut taken = Canons::default();
        for (id, theirs) in self.row.cells.iter() {
            let Some(own) = ours.get(id) else { continue };
            if lay_over(own, theirs) == Merged::Take {
                self.change(annex, id, own, theirs, line);
                taken.set(id, theirs.clone());
            }
        }
        taken
    }

    fn change(&mut self, annex: Annex, id: &str, from: &Canon, to: &Canon, line: &Stood) {
        self.changes.push(Change {
            field: id.to_owned(),
            label: label(annex, id),
            from: in_words(id, &from.value),
            to: in_words(id, &to.value),
            record: record(annex, id, line),
        });
    }

    /// Takes a change back that another row has made already.
    pub fn unchange(&mut self, id: &str) {
        self.changes.retain(|c| c.field != id);
    }

    fn clash(
        &mut self,
        annex: Annex,
        id: &str,
        (base, ours, theirs): (Option<&Canon>, &Canon, &Canon),
        line: &Stood,
    ) -> Option<&'r str> {
        let answer = self.choices.get(id).filter(|a| matches!(a.as_str(), "ours" | "theirs"));
        let (ours, theirs) = (in_words(id, &ours.value), in_words(id, &theirs.value));
        let shown = |text: &str| if text.is_empty() { "空白".to_owned() } else { format!("“{text}”") };
        let text = match base {
            Some(_) => format!("下载后系统中已改为{}，文件中改为{}，请选择。", shown(&ours), shown(&theirs)),
            None => format!("系统中为{}，文件中为{}，请选择。", shown(&ours), shown(&theirs)),
        };
        self.questions.push(Question {
            field: id.to_owned(),
            label: label(annex, id),
            base: base.map(|b| in_words(id, &b.value)),
            ours,
            theirs,
            text,
            answers: vec![("ours".to_owned(), "保留系统".to_owned()), ("theirs".to_owned(), "采用文件".to_owned())],
            answer: answer.cloned(),
            record: record(annex, id, line),
        });
        answer.map(String::as_str)
    }

    /// Takes computed columns out of the changes; an edit there is told, because nobody types them.
    pub fn computed(&mut self, annex: Annex, changes: &mut Canons, line: &Stood) {
        let computed = |id: &str| is_of(annex, id, Owner::Computed);
        let edited: Vec<&'static str> = changes.iter().map(|(id, _)| id).filter(|id| computed(id)).collect();
        changes.retain(|id, _| !computed(id));
        for id in edited {
            self.changes.retain(|c| c.field != id);
            let day = |id: &str, stands| self.row.value(id).parse::<NaiveDate>().ok().or(stands);
            let (completed, verified) = (day("completed_on", line.completed_on), day("verified_on", line.verified_on));
            let told = match id {
                "progress" => progress_doubt(self.row, completed, verified),
                "verified" => verified_doubt(self.row, verified),
                _ => None,
            };
            self.doubts.extend(told);
        }
    }

    /// Keeps in the remark of a problem that stands what the row's columns could not hold.
    pub fn keep_words(&mut self, annex: Annex, changes: &mut Canons, (ours, line): (&Canons, &Stood), number: Option<String>) {
        let Some(stands) = ours.get("remark").filter(|_| line.has_problem()) else { return };
        let written = changes.get("remark").unwrap_or(stands).value.to_string();
        let notes = self.row.notes.iter().chain(&number).map(String::as_str);
        let kept: Vec<&str> = notes.filter(|note| !written.contains(note)).collect();
        if kept.is_empty() {
            return;
        }
        let remark = Some(written.as_str()).filter(|w| !w.is_empty()).into_iter().chain(kept).collect::<Vec<_>>().join("；");
        self.unchange("remark");
        changes.retain(|id, _| id != "remark");
        if *remark != *stands.value {
            self.change(annex, "remark", stands, &Canon::plain(&*remark), line);
            changes.set("remark", Canon::plain(remark));
        }
    }

    /// Cells of a problem in a row that tells none and stands under none: told, because they go nowhere. Who is responsible is
    /// often filled in for each unit.
    pub fn without_problem(&mut self, annex: Annex) {
        const OF_EACH_ROW: [&str; 4] = ["supervisor", "responsible_body", "responsible_person", "progress"];
        let of_problem = |id: &str| is_of(annex, id, Owner::Problem) && !OF_EACH_ROW.contains(&id);
        let told = self.row.cells.iter().filter(|(id, canon)| !canon.is_empty() && !says_nothing(&canon.value) && of_problem(id));
        let told: Vec<_> = told.map(|(id, _)| self.row.teller.finding(id, WITHOUT_PROBLEM)).collect();
        self.doubts.extend(told);
    }

    /// The same of a row that came back: only what was edited there.
    pub fn edited_without_problem(&mut self, annex: Annex, changes: &mut Canons) {
        let of_problem = |id: &str| is_of(annex, id, Owner::Problem);
        let edited: Vec<&'static str> = changes.iter().map(|(id, _)| id).filter(|id| of_problem(id)).collect();
        changes.retain(|id, _| !of_problem(id));
        for id in edited {
            self.unchange(id);
            self.doubts.push(self.row.teller.finding(id, WITHOUT_PROBLEM));
        }
    }

    /// Takes a number of a list out of the changes where the source that stands has none: it is told, and kept in words.
    pub fn number_of_no_list(&mut self, changes: &mut Canons, line: &Stood) -> Option<String> {
        let source = changes.get("source").map_or(line.source.as_deref(), |c| Some(c.value.as_str()));
        let sent_down = source.and_then(Source::from_code).is_some_and(Source::sent_down);
        let number = changes.get("source_number").filter(|number| !sent_down && !number.is_empty())?.value.to_string();
        changes.retain(|id, _| id != "source_number");
        self.unchange("source_number");
        let reason = "该问题来源没有编号，未作为来源编号导入，已记入备注。属上级交办、督察等的，请先补填问题来源。";
        self.doubts.push(self.row.teller.finding("source_number", reason));
        Some(format!("来源编号：{number}"))
    }

    /// The problems that the row's text holds: several where they are numbered.
    pub fn problem_parts(&self) -> Vec<String> {
        text::numbered_parts(self.row.value("problem"))
    }

    /// The texts of new problems: several numbered ones in a cell are asked about. `None`: not answered yet.
    pub fn problem_texts(&mut self, parts: Vec<String>) -> Option<Vec<String>> {
        let whole = self.row.value("problem").to_owned();
        if parts.len() < 2 {
            return Some(vec![whole]);
        }
        let question = format!("一个单元格内写了{}个问题，是否拆成{}行登记？", parts.len(), parts.len());
        match self.ask_row("split", question, &[("whole", "作为一个问题"), ("split", "逐个登记")]) {
            Some("split") => Some(parts),
            Some(_) => Some(vec![whole]),
            None => None,
        }
    }

    /// What should be checked, each thing once: the cell and the form may have said the same.
    fn once(&mut self) -> Vec<Finding> {
        let mut told: Vec<Finding> = Vec::new();
        for doubt in std::mem::take(&mut self.doubts) {
            if !told.contains(&doubt) {
                told.push(doubt);
            }
        }
        told
    }

    /// The end of a row that tells something new: of what changes only that is told which stands.
    pub fn settled_beside(&mut self, outcome: Outcome, acts: Vec<Act>) -> Planned {
        self.changes.retain(|c| c.record.is_some());
        self.settled(outcome, acts)
    }

    /// The row's end.
    pub fn settled(&mut self, outcome: Outcome, acts: Vec<Act>) -> Planned {
        let outcome = if self.open() { Outcome::Asked } else { outcome };
        let mut changes = std::mem::take(&mut self.changes);
        if matches!(outcome, Outcome::Unchanged | Outcome::Rejected) {
            changes.clear();
        }
        let verdict = Verdict {
            outcome,
            county: Some(self.county),
            changes,
            rejected: Vec::new(),
            flagged: self.once(),
            questions: std::mem::take(&mut self.questions),
        };
        let acts = if outcome.writes() { acts } else { Vec::new() };
        Planned { verdict, acts }
    }
}

fn label(annex: Annex, id: &str) -> String {
    column(annex, id).map_or_else(String::new, |c| c.heading.to_owned())
}

/// The row of the database that holds a cell's fact, whose history says who wrote it.
fn record(annex: Annex, id: &str, line: &Stood) -> Option<Uuid> {
    match column(annex, id)?.owner {
        Owner::Unit => Some(line.unit_id),
        Owner::SelfInspection => line.inspection_id,
        Owner::Problem => line.problem_id,
        Owner::Case => line.case_id,
        // The cell of a category sums up what may be several measures.
        Owner::Measure | Owner::Computed => None,
    }
}
