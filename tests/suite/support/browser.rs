//! A real browser: Chromium, driven through chromedriver, JavaScript on. One at a time.

use super::server::TestApp;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::extensions::query::{ElementPollerWithTimeout, ElementQueryable};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};
use tokio::sync::{Mutex, MutexGuard};

static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// How long a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const INTERVAL: Duration = Duration::from_millis(50);

const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1366,768",
    "--lang=zh-CN",
];

/// The chromedriver process; it and its browser end with this value.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    fn start() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|e| panic!("chromedriver cannot be started ({e}): run `make test`, which installs it and Chromium"));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok());
        // Whatever it says later is read away, or it would stop at a full pipe.
        std::thread::spawn(move || lines.count());
        Self { child, port: port.expect("chromedriver says on which port it listens") }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = killpg(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

/// A browser at one server. What is pressed or filled in is named as a person sees it, fields by their names in the form.
pub struct Browser {
    tab: Option<WebDriver>,
    url: String,
    // In this order: the browser goes before its profile, and both before the next one may start.
    _driver: Driver,
    _profile: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// Starts one.
    pub async fn start(app: &TestApp) -> Self {
        let turn = ONE_AT_A_TIME.lock().await;
        let profile = TempDir::new().unwrap();
        let driver = Driver::start();
        let mut wanted = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            wanted.add_arg(argument).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
        let tab = WebDriver::new(format!("http://127.0.0.1:{}", driver.port), wanted)
            .await
            .unwrap_or_else(|e| panic!("Chromium cannot be started: run `make test`, which installs it ({e})"));
        tab.set_poller(Arc::new(ElementPollerWithTimeout::new(PATIENCE, INTERVAL)));
        Self { tab: Some(tab), url: app.url.clone(), _driver: driver, _profile: profile, _turn: turn }
    }

    /// Opens an address.
    pub async fn open(&self, path: &str) {
        self.tab().goto(format!("{}{path}", self.url)).await.unwrap();
    }

    /// Signs in at the page of login.
    pub async fn sign_in(&self, login: &str, password: &str) {
        self.open("/login").await;
        self.fill("login", login).await;
        self.fill("password", password).await;
        self.press("登录").await;
    }

    /// Signs out through the menu of the person.
    pub async fn sign_out(&self) {
        self.find(By::Css("details.user summary")).await.click().await.unwrap();
        self.press("退出").await;
    }

    /// Types into a field, in place of what stood there.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(By::Css(format!("main [name={name}], .login [name={name}]"))).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Picks the option or the radio button whose words begin so.
    pub async fn pick(&self, name: &str, words: &str) {
        let option = format!(
            "//main//select[@name='{name}']/option[starts-with(normalize-space(.),'{words}')] | \
             //main//label[starts-with(normalize-space(.),'{words}')]/input[@name='{name}']"
        );
        let option = self.find(By::XPath(option)).await;
        option.click().await.unwrap_or_else(|e| panic!("“{words}” of {name} cannot be picked: {e}"));
    }

    /// Chooses files for a field.
    pub async fn attach(&self, name: &str, files: &[&Path]) {
        let field = self.tab().find(By::Css(format!("main input[type=file][name={name}]"))).await.unwrap();
        let files: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
        field.send_keys(files.join("\n")).await.unwrap();
    }

    /// Takes the first radio button of these words.
    pub async fn choose(&self, words: &str) {
        let radio = format!("//main//label[normalize-space(.)='{words}']/input[@type='radio']");
        self.find(By::XPath(radio)).await.click().await.unwrap();
    }

    /// Ticks the box whose words begin so.
    pub async fn tick(&self, words: &str) {
        let tick = format!("//main//label[starts-with(normalize-space(.),'{words}')]/input[@type='checkbox']");
        self.find(By::XPath(tick)).await.click().await.unwrap();
    }

    /// Presses the button or the link of these words, and waits for the page that it leads to.
    pub async fn press(&self, words: &str) {
        let named =
            format!("//body//*[self::a or self::button][normalize-space(.)='{words}'][not(ancestor::details[not(@open)])]");
        let before = self.find(By::Css("html")).await;
        let query = self.tab().query(By::XPath(named)).and_displayed().and_enabled();
        let found = query.first().await.unwrap_or_else(|e| panic!("no “{words}” to press: {e}"));
        // As a person does: not from under the bar that stays on top.
        found.scroll_into_view().await.unwrap();
        found.click().await.unwrap();
        let left = before.wait_until().stale().await;
        assert!(left.is_ok(), "“{words}” leads nowhere from {}", self.path().await);
        self.find(By::Css("body")).await;
    }

    /// Waits until the page says this.
    pub async fn sees(&self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let shown = self.text("body").await;
            if shown.contains(text) {
                return;
            }
            assert!(Instant::now() < deadline, "no “{text}” on {}:\n{shown}", self.path().await);
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// The words of the first element of a selector.
    pub async fn text(&self, css: &str) -> String {
        self.find(By::Css(css)).await.text().await.unwrap_or_default()
    }

    /// The words of every element of a selector.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.tab().find_all(By::Css(css)).await.unwrap() {
            texts.push(element.text().await.unwrap());
        }
        texts
    }

    /// The path of the page.
    pub async fn path(&self) -> String {
        self.tab().current_url().await.unwrap().path().to_owned()
    }

    /// Takes a file with the cookies of this browser.
    pub async fn download(&self, path: &str) -> Vec<u8> {
        let cookies = self.tab().get_all_cookies().await.unwrap();
        let cookies: Vec<String> = cookies.iter().map(|c| format!("{}={}", c.name, c.value)).collect();
        let request = reqwest::Client::new().get(format!("{}{path}", self.url)).header("cookie", cookies.join("; "));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "GET {path}");
        answer.bytes().await.unwrap().to_vec()
    }

    /// Ends the browser; nothing may have gone wrong in its pages, and none may have broken the content security policy.
    pub async fn quit(mut self) {
        let log = self.tab().browser_log().await.unwrap();
        // A form that comes back to be mended (422) is an answer like any other.
        let severe = log.iter().filter(|e| e.level == "SEVERE" && !e.message.contains("status of 422"));
        let wrong: Vec<&str> = severe.map(|e| e.message.as_str()).collect();
        assert!(wrong.is_empty(), "the browser complains: {wrong:#?}");
        self.tab.take().unwrap().quit().await.unwrap();
    }

    fn tab(&self) -> &WebDriver {
        self.tab.as_ref().unwrap()
    }

    async fn find(&self, by: By) -> WebElement {
        match self.tab().query(by.clone()).first().await {
            Ok(element) => element,
            Err(_) => panic!("no {by:?} on {}", self.path().await),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A test that failed: no polite farewell, which would block this thread; the driver's end is the browser's.
        if let Some(tab) = self.tab.take() {
            let _ = tab.leak();
        }
    }
}
