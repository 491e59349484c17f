//! Queries on `units`, `unit_grams` and `unit_counts`.

use super::changes::{NewUnit, UnitChanges};
use super::keys::{Gram, Keys, grams, keys};
use super::unit::Unit;
use crate::base::ability::{Download, Enter, Import};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use crate::platform::database::{find_row, refused_by};
use sqlx::PgConnection;
use uuid::Uuid;

/// One unit within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Unit>, sqlx::Error> {
    find_row(connection, scope, "units", id).await
}

/// Notes that somebody looks at the whole telephone of a unit, before they see it.
pub async fn disclose_phone(writing: &mut Writing, permit: &Permit<Download>, unit: &Unit) -> Result<(), WriteError> {
    let entry = Entry::event(Action::Disclosed, "units", unit.id, format!("查看联系电话：{}", unit.title()));
    Ok(writing.record(permit.county(), entry).await?)
}

/// These units within the scope, by township and name.
pub async fn find_many(connection: &mut PgConnection, scope: &Scope, ids: &[Uuid]) -> Result<Vec<Unit>, sqlx::Error> {
    sqlx::query_as("select * from units where county_id = any($1) and id = any($2) order by township, name, site")
        .bind(scope.ids())
        .bind(ids)
        .fetch_all(connection)
        .await
}

/// How many units the counties `$1` have.
pub(super) const COUNT: &str = "select coalesce(sum(units), 0)::bigint from unit_counts where county_id = any($1)";

/// How many units there are.
pub async fn count(connection: &mut PgConnection, scope: &Scope) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(COUNT).bind(scope.ids()).fetch_one(connection).await
}

/// Some unit of a county: for pages that show an example.
pub async fn first_of(connection: &mut PgConnection, scope: &Scope) -> Result<Option<Unit>, sqlx::Error> {
    sqlx::query_as("select * from units where county_id = any($1) order by county_id, id limit 1")
        .bind(scope.ids())
        .fetch_optional(connection)
        .await
}

/// The unit that stands under the same identity: credit code + site, or without a code name + site.
pub async fn same_as(connection: &mut PgConnection, county: CountyId, facts: &UnitChanges) -> Result<Option<Unit>, sqlx::Error> {
    sqlx::query_as(
        "select * from units where county_id = $1 and site = $4
            and (($2::text is not null and credit_code = $2) or ($2 is null and credit_code is null and name_key = $3))",
    )
    .bind(county)
    .bind(&facts.credit_code)
    .bind(crate::base::text::name_key(&facts.name))
    .bind(&facts.site)
    .fetch_optional(connection)
    .await
}

/// What the lines of a list say of the units that they mean.
#[derive(Debug, Default)]
pub struct Sought {
    codes: Vec<String>,
    /// Keys of the names of lines with a code: they can mean a unit without one.
    names_with_code: Vec<String>,
    /// Keys of the names of lines without.
    names_alone: Vec<String>,
}

impl Sought {
    /// A line with the key of its name, and its code if it tells one.
    pub fn add(&mut self, name_key: &str, code: Option<&str>) {
        let names = if code.is_some() { &mut self.names_with_code } else { &mut self.names_alone };
        names.push(name_key.to_owned());
        self.codes.extend(code.map(str::to_owned));
    }
}

/// The units of a county that a list may mean: those of its codes, and those of its names where one of the two has no code.
pub async fn alike(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    sought: &Sought,
) -> Result<Vec<Unit>, sqlx::Error> {
    // Each code and key by itself: asked for a thousand at once, the planner reads the whole county. Few units have no code, and
    // they have an index of their own.
    sqlx::query_as(
        "select distinct on (u.id) u.* from (
            select x.* from unnest($3::text[]) as c(code) cross join lateral (
                select * from units where county_id = any($1) and county_id = $2 and credit_code = c.code offset 0) x
            union all
            select x.* from unnest($4::text[]) as k(key) cross join lateral (
                select * from units
                where county_id = any($1) and county_id = $2 and name_key = k.key and credit_code is null offset 0) x
            union all
            select x.* from unnest($5::text[]) as k(key) cross join lateral (
                select * from units where county_id = any($1) and county_id = $2 and name_key = k.key offset 0) x) u
         order by u.id",
    )
    .bind(scope.ids())
    .bind(county)
    .bind(&sought.codes)
    .bind(&sought.names_with_code)
    .bind(&sought.names_alone)
    .fetch_all(connection)
    .await
}

/// Registers a unit.
pub async fn add(writing: &mut Writing, permit: &Permit<Enter>, new: &NewUnit) -> Result<Uuid, WriteError> {
    if permit.county() != new.county {
        return Err(WriteError::NotPermitted);
    }
    let (ids, pieces) = insert(writing, std::slice::from_ref(new)).await?;
    if let Some(pieces) = pieces {
        pieces.write(writing.connection()).await?;
    }
    ids.first().copied().ok_or(WriteError::Missing)
}

/// Registers many units of one county at once.
pub async fn add_many(writing: &mut Writing, permit: &Permit<Import>, units: &[NewUnit]) -> Result<Vec<Uuid>, WriteError> {
    let (ids, pieces) = add_many_without_pieces(writing, permit, units).await?;
    for pieces in pieces {
        pieces.write(writing.connection()).await?;
    }
    Ok(ids)
}

/// The same for whoever writes the pieces in another transaction, which has to end first: a piece without its unit leads nowhere, a
/// unit without its pieces is not found.
pub async fn add_many_without_pieces(
    writing: &mut Writing,
    permit: &Permit<Import>,
    units: &[NewUnit],
) -> Result<(Vec<Uuid>, Vec<Pieces>), WriteError> {
    if units.iter().any(|u| u.county != permit.county()) {
        return Err(WriteError::NotPermitted);
    }
    let (mut ids, mut pieces) = (Vec::with_capacity(units.len()), Vec::new());
    for chunk in units.chunks(2_000) {
        let (added, of_added) = insert(writing, chunk).await?;
        ids.extend(added);
        pieces.extend(of_added);
    }
    Ok((ids, pieces))
}

/// Changes a unit; a stale version is refused.
pub async fn change(writing: &mut Writing, permit: &Permit<Enter>, id: Uuid, changes: &UnitChanges) -> Result<(), WriteError> {
    let keys = keys(changes);
    let updated: Option<Updated> = sqlx::query_as(
        "update units t set version = t.version + 1, name = $4, former_names = $5, credit_code = $6, code_confirmed = $7,
            no_code_reason = $8, site = $9, township = $10, industry = $11, permit_class = $12, permit_number = $13,
            permit_until = $14, contact_name = $15, contact_phone = $16, address = $17, name_key = $18, search_text = $19
         from units o where o.county_id = $1 and o.id = $2 and t.county_id = $1 and t.id = $2 and t.version = $3
         returning t.version, to_jsonb(t)::text as row, o.name, o.former_names, o.credit_code",
    )
    .bind(permit.county())
    .bind(id)
    .bind(changes.version)
    .bind(&changes.name)
    .bind(&changes.former_names)
    .bind(&changes.credit_code)
    .bind(changes.code_confirmed)
    .bind(changes.no_code_reason.map(|r| r.code()))
    .bind(&changes.site)
    .bind(&changes.township)
    .bind(&changes.industry)
    .bind(changes.permit_class.map(|c| c.code()))
    .bind(&changes.permit_number)
    .bind(changes.permit_until)
    .bind(&changes.contact_name)
    .bind(&changes.contact_phone)
    .bind(&changes.address)
    .bind(&keys.name_key)
    .bind(&keys.search_text)
    .fetch_optional(writing.connection())
    .await
    .map_err(same_identity)?;
    let Updated { version, row, name, former_names, credit_code } = updated.ok_or(WriteError::Stale)?;
    let before = grams(&name, &former_names, credit_code.as_deref());
    change_grams(writing, permit.county(), id, &before, &keys.grams).await?;
    writing.record(permit.county(), Entry::changed("units", id, version, row)).await?;
    Ok(())
}

/// A unit after a change, and what it was found by before.
#[derive(sqlx::FromRow)]
struct Updated {
    version: i32,
    row: String,
    name: String,
    former_names: Vec<String>,
    credit_code: Option<String>,
}

/// Inserts units of one county with their history; their pieces are still to be written.
async fn insert(writing: &mut Writing, units: &[NewUnit]) -> Result<(Vec<Uuid>, Option<Pieces>), WriteError> {
    let Some(county) = units.first().map(|u| u.county) else { return Ok((Vec::new(), None)) };
    let keys: Vec<Keys> = units.iter().map(|u| keys(&u.facts)).collect();
    let ids: Vec<Uuid> = units.iter().map(|_| new_id()).collect();
    let facts: Vec<&UnitChanges> = units.iter().map(|u| &u.facts).collect();
    // Names hold no line ends: an array of arrays the database could not take apart again.
    let former: Vec<String> = facts.iter().map(|f| f.former_names.join("\n")).collect();
    let inserted: Vec<(Uuid, String)> = sqlx::query_as(
        "insert into units as t (county_id, id, version, name, former_names, credit_code, code_confirmed, no_code_reason, site, township,
            industry, permit_class, permit_number, permit_until, contact_name, contact_phone, address, status, name_key, search_text, created_at)
         select $1, u.id, 1, u.name, string_to_array(u.former, E'\n'), u.code, u.confirmed, u.no_code_reason, u.site, u.township,
            u.industry, u.permit_class, u.permit_number, u.permit_until, u.contact_name, u.contact_phone, u.address, u.status,
            u.name_key, u.search_text, $2
         from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::text[], $10::text[], $11::text[],
            $12::text[], $13::text[], $14::date[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[])
            as u(id, name, former, code, confirmed, no_code_reason, site, township, industry, permit_class, permit_number,
            permit_until, contact_name, contact_phone, address, status, name_key, search_text)
         returning t.id, to_jsonb(t)::text",
    )
    .bind(county)
    .bind(writing.recorded_at())
    .bind(&ids)
    .bind(facts.iter().map(|f| f.name.as_str()).collect::<Vec<_>>())
    .bind(former)
    .bind(facts.iter().map(|f| f.credit_code.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.code_confirmed).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.no_code_reason.map(|r| r.code())).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.site.as_str()).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.township.as_str()).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.industry.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.permit_class.map(|c| c.code())).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.permit_number.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.permit_until).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.contact_name.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.contact_phone.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.address.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|f| f.status.code()).collect::<Vec<_>>())
    .bind(keys.iter().map(|k| k.name_key.as_str()).collect::<Vec<_>>())
    .bind(keys.iter().map(|k| k.search_text.as_str()).collect::<Vec<_>>())
    .fetch_all(writing.connection())
    .await
    .map_err(same_identity)?;
    let entries = inserted.into_iter().map(|(id, row)| Entry::created("units", id, row)).collect();
    writing.record_all(county, entries).await?;
    count_in(writing, county, i64::try_from(units.len()).unwrap_or(i64::MAX)).await?;
    let pieces = Pieces::of(county, &ids, &keys);
    Ok((ids, Some(pieces)))
}

/// Adds to the county's count, or takes off it. Rows that another transaction has taken up stay with it.
pub(super) async fn count_in(writing: &mut Writing, county: CountyId, units: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "with taken as (delete from unit_counts where county_id = $1 and id in (
            select id from unit_counts where county_id = $1 for update skip locked) returning units)
         insert into unit_counts (county_id, id, units) select $1, $2, $3 + coalesce(sum(units), 0) from taken",
    )
    .bind(county)
    .bind(new_id())
    .bind(units)
    .execute(writing.connection())
    .await
    .map(drop)
}

/// The pieces by which new units are found, in the order of their index.
#[derive(Debug)]
pub struct Pieces {
    county: CountyId,
    pieces: Vec<(Gram, Uuid)>,
}

impl Pieces {
    /// Of units of one county with their keys.
    pub(super) fn of(county: CountyId, ids: &[Uuid], keys: &[Keys]) -> Self {
        let of_unit = |(id, keys): (&Uuid, &Keys)| keys.grams.iter().map(|gram| (*gram, *id)).collect::<Vec<_>>();
        let mut pieces: Vec<(Gram, Uuid)> = ids.iter().zip(keys).flat_map(of_unit).collect();
        pieces.sort_unstable();
        Self { county, pieces }
    }

    /// Writes them, under the scope that the connection has.
    pub async fn write(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        // Side by side in the list of what is selected: as a table the database would lay them down first.
        sqlx::query("insert into unit_grams (county_id, gram, unit_id) select $1, unnest($2::text[]), unnest($3::uuid[])")
            .bind(self.county)
            .bind(self.pieces.iter().map(|(gram, _)| gram.as_str()).collect::<Vec<_>>())
            .bind(self.pieces.iter().map(|(_, unit)| *unit).collect::<Vec<_>>())
            .execute(connection)
            .await
            .map(drop)
    }
}

/// Takes the pieces away that a unit is no longer found by, and adds those that are new. Most changes touch neither.
async fn change_grams(
    writing: &mut Writing,
    county: CountyId,
    unit: Uuid,
    before: &[Gram],
    after: &[Gram],
) -> Result<(), sqlx::Error> {
    let without = |these: &[Gram], those: &[Gram]| -> Vec<String> {
        these.iter().filter(|gram| !those.contains(gram)).map(|gram| gram.as_str().to_owned()).collect()
    };
    for (sql, grams) in [
        ("delete from unit_grams where county_id = $1 and gram = any($2) and unit_id = $3", without(before, after)),
        ("insert into unit_grams (county_id, gram, unit_id) select $1, unnest($2::text[]), $3", without(after, before)),
    ] {
        if !grams.is_empty() {
            sqlx::query(sql).bind(county).bind(grams).bind(unit).execute(writing.connection()).await?;
        }
    }
    Ok(())
}

/// Two units under one identity: said at the field, with the other's name found by the page.
fn same_identity(error: sqlx::Error) -> WriteError {
    match refused_by(&error) {
        Some("units_credit_code_site_unique") => {
            WriteError::refused("credit_code", "本县（区）已登记同一代码、同一厂区的单位。不同厂区请填写“厂区”。")
        }
        Some("units_name_site_unique") => {
            WriteError::refused("name", "本县（区）已登记同名、同一厂区且无代码的单位。不同厂区请填写“厂区”。")
        }
        _ => error.into(),
    }
}

/// The units within the scope whose name says just this, whatever the form of writing.
pub async fn named(connection: &mut PgConnection, scope: &Scope, key: &str) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar("select id from units where county_id = any($1) and name_key = $2 order by id limit 3")
        .bind(scope.ids())
        .bind(key)
        .fetch_all(connection)
        .await
}
