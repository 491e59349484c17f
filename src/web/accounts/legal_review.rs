//! `/accounts/{id}/legal-review`: 法规审核, a permission that an account may hold besides its role.

use super::show;
use crate::accounts;
use crate::base::ability::Administer;
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Path, Posted, Visit};
use uuid::Uuid;

/// Gives it (`legal_review` is yes) or takes it (none).
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let account = show::account(&mut visit, id).await?;
    let form = visit.posted(posted);
    let wanted = form.is("legal_review", "yes");
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(account.county_id)?;
    if let Err(error) = accounts::set_legal_review(&mut writing, &permit, &account, wanted).await {
        return show::refused(&visit, account, error);
    }
    let text =
        if wanted { "已授予法规审核权限，本人重新登录后生效。" } else { "已取消法规审核权限。" };
    visit.done(writing, &form, &paths::account(id), Flash::done(text)).await
}
