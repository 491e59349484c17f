//! Charts as numbers for SVG: the template draws them with classes of the stylesheet, without style of its own.

use crate::counties::Directory;
use crate::dashboards::{Day, OfKind};
use crate::figures::{Table, Values};
use crate::vocabulary;

/// A part of a bar.
pub struct Segment {
    /// Left edge.
    pub x: i64,
    /// Width.
    pub width: i64,
    /// Its class.
    pub class: &'static str,
    /// What it is, for the pointer and for readers.
    pub title: String,
}

/// A bar with its label, in parts.
pub struct Bar {
    /// Its label.
    pub label: String,
    /// Its upper edge.
    pub y: i64,
    /// Its parts.
    pub segments: Vec<Segment>,
    /// Its number, and where that stands.
    pub value: String,
    /// Left edge of the number.
    pub end: i64,
}

/// Height of a bar with the space below it.
pub const STEP: i64 = 24;
/// Where bars begin.
pub const LEFT: i64 = 128;
/// The longest bar.
const LONG: i64 = 372;

/// Count, class and name of a part.
type Part = (i64, &'static str, &'static str);

/// A bar before it is measured: label, parts, number.
type Counted = (String, Vec<Part>, String);

fn bars(rows: Vec<Counted>) -> Vec<Bar> {
    let longest = rows.iter().map(|(_, parts, _)| parts.iter().map(|p| p.0).sum::<i64>()).max().unwrap_or(0).max(1);
    let bar = |(y, (label, parts, value)): (i64, Counted)| {
        let mut sum = 0;
        let mut segments = Vec::new();
        for (count, class, what) in parts {
            let x = LEFT + sum * LONG / longest;
            sum += count;
            let width = LEFT + sum * LONG / longest - x;
            if count > 0 {
                segments.push(Segment { x, width: width.max(1), class, title: format!("{label}：{what}{count}") });
            }
        }
        Bar { label, y, segments, value, end: LEFT + sum * LONG / longest + 6 }
    };
    (0..).step_by(24).zip(rows).map(bar).collect()
}

/// 整改进展 by county: completed, open, overdue, handed on.
pub fn progress(table: &Table, directory: &Directory) -> Vec<Bar> {
    let row = |v: &Values| {
        let open = v.get("not_started") + v.get("plan_filed") + v.get("in_progress") - v.get("overdue");
        vec![
            (v.get("finished"), "bar", "已完成"),
            (open, "bar-2", "整改中"),
            (v.get("overdue"), "bar-late", "已到期未完成"),
            (v.get("transferred"), "bar-3", "移交"),
        ]
    };
    bars(table.rows.iter().map(|r| (directory.name(r.county), row(&r.values), r.values.shown("problems"))).collect())
}

/// Problems by kind, the ten most frequent.
pub fn kinds(of_kind: &[OfKind]) -> Vec<Bar> {
    let label = |kind: &Option<String>| {
        let code = kind.as_deref().unwrap_or("");
        vocabulary::kind(code).map_or("待补类型", |k| k.short).to_owned()
    };
    let row = |k: &OfKind| {
        let parts = vec![(k.finished, "bar", "已完成"), (k.problems - k.finished, "bar-2", "未完成")];
        (label(&k.kind), parts, k.problems.to_string())
    };
    bars(of_kind.iter().take(10).map(row).collect())
}

/// 五类案件, in 件.
pub fn measures(v: &Values) -> Vec<Bar> {
    let kinds = [
        ("按日连续处罚", "daily_penalties", None),
        ("查封扣押", "seizures", None),
        ("限产停产", "restrictions", None),
        ("移送拘留", "detention_transfers", Some("detention_persons")),
        ("移送犯罪", "criminal_transfers", Some("criminal_persons")),
    ];
    let row = |(label, key, persons): (&str, &'static str, Option<&'static str>)| {
        let persons = persons.map(|p| format!("{}人", v.get(p))).unwrap_or_default();
        (label.to_owned(), vec![(v.get(key), "bar", "件数")], format!("{}件{persons}", v.get(key)))
    };
    bars(kinds.into_iter().map(row).collect())
}

/// Two lines over days.
pub struct Trend {
    /// The points of 问题.
    pub found: String,
    /// The points of 完成.
    pub finished: String,
    /// Levels: height and number.
    pub levels: Vec<(i64, i64)>,
    /// Days written below: place and date.
    pub days: Vec<(i64, String)>,
    /// The last numbers: height and text.
    pub last: Vec<(i64, String)>,
}

/// The trend, on a field of 480 by 180 that begins at (40, 10).
pub fn trend(days: &[Day]) -> Trend {
    let most = days.iter().map(|d| d.found).max().unwrap_or(0).max(4);
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].into_iter().find(|s| most <= s * 4).unwrap_or(most / 4 + 1);
    let top = step * 4;
    let x = |at: usize| 40 + i64::try_from(at).unwrap_or(0) * 480 / i64::try_from(days.len().max(2) - 1).unwrap_or(1);
    let y = |n: i64| 190 - n * 180 / top;
    let line = |of: fn(&Day) -> i64| {
        days.iter().enumerate().map(|(at, d)| format!("{},{}", x(at), y(of(d)))).collect::<Vec<_>>().join(" ")
    };
    let every = days.len().div_ceil(6).max(1);
    let end = |of: fn(&Day) -> i64, what: &str| days.last().map(|d| (y(of(d)) + 4, format!("{what}{}", of(d))));
    let mut last: Vec<(i64, String)> = [end(|d| d.found, "问题"), end(|d| d.finished, "完成")].into_iter().flatten().collect();
    if let [above, below] = last.as_mut_slice() {
        below.0 = below.0.max(above.0 + 14);
    }
    Trend {
        found: line(|d| d.found),
        finished: line(|d| d.finished),
        levels: (0..=4).map(|n| (y(n * step), n * step)).collect(),
        days: days.iter().enumerate().step_by(every).map(|(at, d)| (x(at), d.day.format("%-m.%-d").to_string())).collect(),
        last,
    }
}

/// A county on the tile map.
pub struct Tile {
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Its class, by 到期完成率.
    pub class: &'static str,
    /// Its name.
    pub name: String,
    /// The rate.
    pub rate: String,
    /// The sentence for the pointer.
    pub title: String,
}

/// The side of a tile.
pub const TILE: i64 = 84;

/// The tile map: where the counties lie to each other, shaded by 到期完成率.
pub fn tiles(table: &Table, directory: &Directory) -> Vec<Tile> {
    let tile = |row: &crate::figures::Row| {
        let county = directory.find(row.county)?;
        let (column, line) = (i64::from(county.tile_column?), i64::from(county.tile_row?));
        let rate = row.values.due_completion();
        let class = match rate.permille() {
            None => "tile",
            Some(..200) => "tile t0",
            Some(..400) => "tile t1",
            Some(..600) => "tile t2",
            Some(..800) => "tile t3",
            Some(..950) => "tile t4",
            Some(_) => "tile t5",
        };
        let title = format!("{}：到期完成率{rate}（{}/{}）", county.name, rate.part, rate.whole);
        let (x, y) = (column * TILE, line * TILE);
        Some(Tile { x, y, class, name: county.name.clone(), rate: rate.to_string(), title })
    };
    table.rows.iter().filter_map(tile).collect()
}
