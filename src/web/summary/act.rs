//! One click on a paragraph: a number back to the data (恢复为系统数), or the whole back to the draft (恢复原稿).

use super::{editable, paragraph};
use crate::base::ability::Summarise;
use crate::summary;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Path, Posted, Visit};

/// Posts name the version that the person saw.
fn version(form: &Form) -> Result<i32, Error> {
    form.value("version").parse().map_err(|_| Error::Bad("version"))
}

/// 恢复为系统数.
pub async fn restore(mut visit: Visit, Path(key): Path<String>, posted: Posted) -> Answer {
    let summary = editable(&mut visit, &key).await?;
    let paragraph = paragraph(&summary, &key)?;
    let form = visit.posted(posted);
    let slot = form.value("slot").parse().map_err(|_| Error::Bad("slot"))?;
    let (campaign, version) = (visit.campaign.id, version(&form)?);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Summarise>(summary.county)?;
    summary::restore(&mut writing, &permit, (&summary, paragraph), campaign, version, slot).await?;
    visit.done(writing, &form, &paths::summary_at(&key), Flash::done("已恢复为系统数。")).await
}

/// 恢复原稿.
pub async fn reset(mut visit: Visit, Path(key): Path<String>, posted: Posted) -> Answer {
    let summary = editable(&mut visit, &key).await?;
    let paragraph = paragraph(&summary, &key)?;
    let form = visit.posted(posted);
    let (campaign, version) = (visit.campaign.id, version(&form)?);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Summarise>(summary.county)?;
    summary::reset(&mut writing, &permit, campaign, paragraph, version).await?;
    visit.done(writing, &form, &paths::summary_at(&key), Flash::done("已恢复原稿。")).await
}
