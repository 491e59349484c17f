//! `/accounts/{id}/reset`: a new one-time password for who forgot theirs.

use super::{secret, show};
use crate::accounts;
use crate::base::ability::Administer;
use crate::web::paths;
use crate::web::shell::{Answer, Path, Posted, Visit, hashed};
use uuid::Uuid;

/// Resets the password and shows the new one.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let account = show::account(&mut visit, id).await?;
    let form = visit.posted(posted);
    let password = accounts::one_time();
    let app = visit.app.clone();
    let (mut visit, hash) = visit.meanwhile(hashed(&app, &password)).await?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(account.county_id)?;
    if let Err(error) = accounts::reset(&mut writing, &permit, &account, &hash).await {
        return show::refused(&visit, account, error);
    }
    let address = paths::account(id);
    visit.keep(writing, &form, &address).await?;
    secret::shown(&visit, "密码已重置", &account.name, &account.login, password, address)
}
