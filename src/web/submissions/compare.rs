//! `/submissions/{id}/compare`: a submission cell by cell against another version, or against what the records say now.

use crate::base::text::mask_phone;
use crate::submissions::{self, Difference, State, Submission};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Frame, Path, Visit, page};
use askama::Template;
use uuid::Uuid;

/// Differences that are listed.
const SHOWN: usize = 500;

/// A difference with the page of its record.
struct Line {
    difference: Difference,
    href: String,
}

#[derive(Template)]
#[template(path = "submissions/compare.html")]
struct ComparePage {
    frame: Frame,
    s: Submission,
    with: String,
    versions: Vec<Choice>,
    before: String,
    after: String,
    lines: Vec<Line>,
    more: usize,
    here: String,
    back: String,
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let s = super::find(&mut visit, id).await?;
    let scope = visit.scope();
    let rounds = submissions::of_county(visit.connection(), &scope, s.county_id, s.campaign_id).await?;
    let with = visit.asked("with").unwrap_or("live").to_owned();
    let (before, after, found) = if with == "live" {
        let found = submissions::since_filed(visit.connection(), &scope, &s).await?;
        (s.title(), "现在的记录".to_owned(), found)
    } else {
        let other = rounds.iter().find(|o| o.id.to_string() == with).ok_or(Error::NotFound)?;
        let (old, new) = if other.id < s.id { (other, &s) } else { (&s, other) };
        let found = submissions::compare(visit.connection(), &scope, old, new).await?;
        (named(old), named(new), found)
    };
    let mut versions = vec![Choice::new("live".to_owned(), "现在的记录（自报送后变更）")];
    let others = rounds.iter().filter(|o| o.id != s.id && o.state() != State::Void);
    versions.extend(others.map(|o| Choice::new(o.id.to_string(), named(o))));
    let more = found.len().saturating_sub(SHOWN);
    let line = |difference: Difference| Line {
        href: difference.problem_id.map_or_else(|| paths::unit(difference.unit_id), paths::problem),
        difference: masked(difference),
    };
    page(&ComparePage {
        frame: visit.frame("版本比较"),
        lines: found.into_iter().take(SHOWN).map(line).collect(),
        more,
        with,
        versions,
        before,
        after,
        here: paths::submission_act(id, "compare"),
        back: paths::submission(id),
        s,
    })
}

/// Telephones stand here as in every list.
fn masked(difference: Difference) -> Difference {
    match difference.column {
        Some("contact_phone") => {
            Difference { before: mask_phone(&difference.before), after: mask_phone(&difference.after), ..difference }
        }
        _ => difference,
    }
}

fn named(s: &Submission) -> String {
    format!("{}，版本码{}，{}", s.title(), s.version_code, s.state().label())
}
