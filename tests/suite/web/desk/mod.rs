//! The desk: 督办, 宣传, 举报转办, 交叉执法, 跨县（区）重复登记.

mod changes;
mod cross_checks;
mod publicity;
mod supervision;
mod tips;
mod twins;

use crate::support::{Page, Person};

/// Where an answer sends the person on to.
fn sent_to(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}: {}", page.path, page.text());
    page.location.clone().unwrap()
}

/// Posts to an address with a token of this session and nothing else.
async fn bare(person: &Person, path: &str, fields: &[(&str, &str)]) -> Page {
    let token = person.open("/password").await.form("/logout").into_iter().find(|(n, _)| n == "form_token").unwrap().1;
    let mut all = vec![("form_token", token.as_str())];
    all.extend(fields);
    person.post(path, &all).await
}
