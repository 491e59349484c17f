//! Lines on which a form comes drop by drop, or never.

use crate::support::{Person, TestApp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use zhengzhi::platform::config::Config;

/// More than a server has connections to read with.
const LINES: usize = 8;

/// Sends the head of a post and waits for the first word: 100 when the server now waits for the body, which never comes.
async fn begun(app: &TestApp, path: &str, headers: &str) -> (String, TcpStream) {
    let host = app.url.trim_start_matches("http://");
    let mut line = TcpStream::connect(host).await.unwrap();
    let head = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99\r\nExpect: 100-continue\r\n{headers}\r\n\r\n");
    line.write_all(head.as_bytes()).await.unwrap();
    let mut word = [0; 12];
    line.read_exact(&mut word).await.unwrap();
    (String::from_utf8_lossy(&word[9..]).into_owned(), line)
}

#[tokio::test]
async fn who_sends_nothing_keeps_nobody_out() {
    let mut config = Config::default();
    config.public.tips = true;
    let app = TestApp::start_with(config).await;
    let clerk = app.clerk(140403).await;
    let link = format!("/public/units/{}/report", "0".repeat(40));
    let plain = format!("Cookie: {}\r\nContent-Type: text/plain", clerk.cookie());
    let form = "Content-Type: application/x-www-form-urlencoded";
    let mut held = Vec::new();
    for (path, headers) in [("/public/tip", form), (&link, form), ("/units/new", &plain)] {
        for _ in 0..LINES {
            let (word, line) = begun(&app, path, headers).await;
            assert_eq!(word, "100", "{path}");
            held.push(line);
        }
    }
    assert!(Person::stranger(&app).open("/public").await.text().contains("12369"));
    clerk.open("/units").await;
    drop(held);
}

#[tokio::test]
async fn files_are_not_waited_for_where_none_are_taken() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let files = format!("Cookie: {}\r\nContent-Type: Multipart/form-data; boundary=x", clerk.cookie());
    assert_eq!(begun(&app, "/units/new", &files).await.0, "400");
}

#[tokio::test]
async fn a_form_that_is_switched_off_is_not_read() {
    let app = TestApp::start().await;
    let form = "Content-Type: application/x-www-form-urlencoded";
    assert_eq!(begun(&app, "/public/tip", form).await.0, "404");
    assert_eq!(begun(&app, "/nowhere", form).await.0, "404");
}
