//! The barest page that shows the same fifty units: axum, one query on a table without a policy, one askama template. No
//! session, no scope, no frame.

use crate::ground::{COUNTY, Ground};
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use sqlx::postgres::{PgPool, PgPoolOptions};

#[derive(sqlx::FromRow)]
struct Unit {
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
struct List {
    units: Vec<Unit>,
}

/// Copies the register into a table of the owner's without a policy, and serves one page over it.
pub async fn router(ground: &Ground) -> anyhow::Result<axum::Router> {
    let scope = ground.whole()?.setting();
    let options = ground.endpoint.owner_options();
    let pool = PgPoolOptions::new().max_connections(16).connect_with(options).await?;
    let mut transaction = pool.begin().await?;
    sqlx::query("select set_config('zhengzhi.counties', $1, true)").bind(scope).execute(&mut *transaction).await?;
    sqlx::raw_sql("create table bare_units as select * from units; alter table bare_units add primary key (county_id, id)")
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    sqlx::raw_sql("analyze").execute(&pool).await?;
    Ok(axum::Router::new().route("/units", get(list)).with_state(pool))
}

async fn list(State(pool): State<PgPool>) -> Result<Html<String>, axum::http::StatusCode> {
    let failed = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
    let sql = "select name, credit_code, township, industry, status from bare_units
               where county_id = $1 and id > '00000000-0000-0000-0000-000000000000' order by id limit 50";
    let units = sqlx::query_as(sql).bind(COUNTY).fetch_all(&pool).await.map_err(|_| failed)?;
    List { units }.render().map(Html).map_err(|_| failed)
}
