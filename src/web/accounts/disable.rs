//! `/accounts/{id}/disable` and `/accounts/{id}/enable`: accounts are never deleted, so that the history keeps its names.

use super::show;
use crate::accounts;
use crate::base::ability::Administer;
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Path, Posted, Visit};
use uuid::Uuid;

/// Disables an account and ends its sessions.
pub async fn disable(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let account = show::account(&mut visit, id).await?;
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(account.county_id)?;
    if let Err(error) = accounts::disable(&mut writing, &permit, &account).await {
        return show::refused(&visit, account, error);
    }
    let flash = Flash::done(format!("账号{}已停用，已登录的会话均已退出。", account.login));
    visit.done(writing, &form, &paths::account(id), flash).await
}

/// Opens it again.
pub async fn enable(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let account = show::account(&mut visit, id).await?;
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(account.county_id)?;
    if let Err(error) = accounts::enable(&mut writing, &permit, &account).await {
        return show::refused(&visit, account, error);
    }
    visit.done(writing, &form, &paths::account(id), Flash::done(format!("账号{}已恢复使用。", account.login))).await
}
