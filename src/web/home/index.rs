//! The home page.

use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "home/index.html")]
struct HomePage {
    frame: Frame,
}

/// Shows it.
pub async fn get(visit: Visit) -> Answer {
    page(&HomePage { frame: visit.frame("首页") })
}
