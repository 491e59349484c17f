//! The barest pages that show the same fifty units: axum, one query on tables without a policy, one askama template. No session,
//! no scope, no frame, no filter. One shows the cells that the product's list shows, the other five columns of one table.

use crate::ground::{COUNTY, Ground};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use chrono::NaiveDate;
use sqlx::postgres::{PgPool, PgPoolOptions};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Unit {
    id: Uuid,
    name: String,
    site: String,
    credit_code: Option<String>,
    township: String,
    industry: Option<String>,
    permit_class: Option<String>,
    status: String,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    self_inspection: Option<String>,
    inspected_on: Option<NaiveDate>,
    found: Option<String>,
    open_problems: i64,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = "<!doctype html><html lang=\"zh-CN\"><title>units</title><table>{% for u in units %}<tr><td><a href=\"/units/{{ u.id }}\">{{ u.name }}</a> {{ u.site }}</td><td>{% if let Some(c) = u.credit_code %}{{ c }}{% endif %}</td><td>{{ u.township }}</td><td>{% if let Some(i) = u.industry %}{{ i }}{% endif %}</td><td>{% if let Some(p) = u.permit_class %}{{ p }}{% endif %}</td><td>{{ u.status }}</td><td>{% if let Some(s) = u.self_inspection %}{{ s }}{% endif %}{% if let Some(f) = u.found %}{{ f }}{% endif %}</td><td>{% if let Some(d) = u.inspected_on %}{{ d }}{% endif %}</td><td>{{ u.open_problems }}</td><td>{% if let Some(n) = u.contact_name %}{{ n }}{% endif %}{% if let Some(p) = u.contact_phone %}{{ p }}{% endif %}</td></tr>{% endfor %}</table></html>"
)]
struct List {
    units: Vec<Unit>,
}

#[derive(sqlx::FromRow)]
struct Short {
    name: String,
    credit_code: Option<String>,
    township: String,
    industry: Option<String>,
    status: String,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = "<!doctype html><html lang=\"zh-CN\"><title>units</title><table>{% for u in units %}<tr><td>{{ u.name }}</td><td>{% if let Some(c) = u.credit_code %}{{ c }}{% endif %}</td><td>{{ u.township }}</td><td>{% if let Some(i) = u.industry %}{{ i }}{% endif %}</td><td>{{ u.status }}</td></tr>{% endfor %}</table></html>"
)]
struct ShortList {
    units: Vec<Short>,
}

/// The tables without a policy, the owner's.
const TABLES: &str = "
    create table bare_units as select * from units;
    alter table bare_units add primary key (county_id, id);
    create table bare_inspections as select * from self_inspections;
    alter table bare_inspections add primary key (county_id, campaign_id, unit_id);
    create table bare_problems as select * from problems;
    create index on bare_problems (county_id, campaign_id, unit_id)";

/// Copies the register into tables without a policy, and serves pages over them: `/same` and `/short`.
pub async fn router(ground: &Ground) -> anyhow::Result<axum::Router> {
    let scope = ground.whole()?.setting();
    let options = ground.endpoint.owner_options();
    let pool = PgPoolOptions::new().max_connections(16).connect_with(options).await?;
    let mut transaction = pool.begin().await?;
    sqlx::query("select set_config('zhengzhi.counties', $1, true)").bind(scope).execute(&mut *transaction).await?;
    sqlx::raw_sql(TABLES).execute(&mut *transaction).await?;
    transaction.commit().await?;
    ground.settle().await?;
    Ok(axum::Router::new().route("/same", get(same)).route("/short", get(short)).with_state(pool))
}

async fn same(State(pool): State<PgPool>) -> Result<Html<String>, StatusCode> {
    let sql = "select u.id, u.name, u.site, u.credit_code, u.township, u.industry, u.permit_class, u.status, u.contact_name,
                u.contact_phone, s.state as self_inspection, s.inspected_on, s.found,
                (select count(*) from bare_problems p where p.county_id = u.county_id and p.campaign_id = s.campaign_id
                    and p.unit_id = u.id and p.completed_on is null and p.ended_as is null) as open_problems
               from bare_units u left join bare_inspections s on s.county_id = u.county_id and s.unit_id = u.id
                    and s.campaign_id = '019b0000-0000-7000-8000-000000000001'
               where u.county_id = $1 order by u.id desc limit 50";
    let units = sqlx::query_as(sql).bind(COUNTY).fetch_all(&pool).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    List { units }.render().map(Html).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn short(State(pool): State<PgPool>) -> Result<Html<String>, StatusCode> {
    let sql =
        "select name, credit_code, township, industry, status from bare_units where county_id = $1 order by id desc limit 50";
    let units = sqlx::query_as(sql).bind(COUNTY).fetch_all(&pool).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    ShortList { units }.render().map(Html).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
