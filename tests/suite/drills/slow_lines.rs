//! Lines on which requests come byte by byte.

use crate::support::{Served, TestApp};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// How many send slowly: more than a server has connections to its database.
const LINES: usize = 20;

#[tokio::test]
async fn twenty_who_send_byte_by_byte_keep_nobody_waiting() {
    let app = TestApp::start().await;
    let served = Served::start(&app, "Asia/Shanghai").await;
    let clerk = app.clerk(140403).await.moved_to(&served.url);
    let host = served.url.trim_start_matches("http://");
    let cookie = clerk.cookie();
    let head = format!("GET /units HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n");
    let form = "form_token=none&name=甲建材厂&problem=堆场未覆盖";
    let post = format!(
        "POST /units/new HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n",
        form.len()
    );
    let (mut heads, mut bodies) = (Vec::new(), Vec::new());
    for _ in 0..LINES / 2 {
        heads.push(TcpStream::connect(host).await.unwrap());
        let mut line = TcpStream::connect(host).await.unwrap();
        line.write_all(post.as_bytes()).await.unwrap();
        bodies.push(line);
    }

    // Each of the others' pages goes by between two bytes.
    for byte in 0..30 {
        for line in &mut heads {
            line.write_all(&head.as_bytes()[byte..=byte]).await.unwrap();
        }
        for line in &mut bodies {
            line.write_all(&form.as_bytes()[byte..=byte]).await.unwrap();
        }
        let asked = Instant::now();
        clerk.open(if byte % 2 == 0 { "/units" } else { "/units/new" }).await;
        assert!(asked.elapsed() < Duration::from_secs(3), "no longer than a connection is waited for: {:?}", asked.elapsed());
    }
    let form = clerk.open("/units/new").await;
    assert_eq!(clerk.send(&form, "/units/new", &[("name", "乙建材厂")]).await.status, 303, "nor from saving");

    drop((heads, bodies));
    served.stop().await;
}
