//! Many people at once.

use crate::support::TestApp;
use futures::future::join_all;

/// More than a server has connections.
const PEOPLE: usize = 24;

#[tokio::test]
async fn everyone_who_saves_at_the_same_moment_has_saved() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let forms = join_all((0..PEOPLE).map(|_| clerk.open("/units/new"))).await;
    let names: Vec<String> = (0..PEOPLE).map(|n| format!("第{n}焦化厂")).collect();
    let sent = forms.iter().zip(&names).map(|(form, name)| {
        let clerk = &clerk;
        async move { clerk.send(form, "/units/new", &[("name", name), ("no_code_reason", "no_licence")]).await }
    });
    for answer in join_all(sent).await {
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let list = clerk.open("/units").await;
    assert!(list.text().contains("共 24 条"), "{}", list.text());
}
