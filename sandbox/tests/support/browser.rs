//! A headless Chromium, through WebDriver.
#![allow(
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "helpers fail the test that calls them, and not every test calls all of them"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// Far longer than anything takes, so that a test that waits in vain ends.
const PATIENCE: Duration = Duration::from_secs(30);

const INSTALL: &str = "the tests of the page need a browser: install Chromium and its driver \
    (Debian: sudo apt-get install chromium chromium-driver; \
    macOS: brew install --cask chromium chromedriver)";

/// Run before the page's own script: notes whatever should not happen there.
const WITNESS: &str = r#"
    window.seen = [];
    addEventListener("securitypolicyviolation", (it) => seen.push(`policy: ${it.violatedDirective} ${it.blockedURI}`));
    addEventListener("error", (it) => seen.push(`error: ${it.message ?? it.target.src}`), true);
    addEventListener("unhandledrejection", (it) => seen.push(`rejected: ${it.reason}`));
    window.alert = () => seen.push("alert");
"#;

/// A driver with one browser, both of which end when this is dropped.
#[derive(Debug)]
pub(crate) struct Browser {
    driver: Driver,
    client: Client,
}

impl Browser {
    pub(crate) async fn start() -> Self {
        let driver = Driver::start();
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--lang=en-GB",
        ];
        let wishes = json!({ "goog:chromeOptions": { "args": arguments } });
        let Value::Object(wishes) = wishes else {
            unreachable!("an object");
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wishes)
            .connect(&format!("http://{}", driver.address))
            .await
            .unwrap_or_else(|error| panic!("{INSTALL}: {error}"));
        let browser = Self { driver, client };
        let witness = json!({ "source": WITNESS });
        let add = "Page.addScriptToEvaluateOnNewDocument";
        browser.tell(add, witness).await;
        browser.resize(1280, 900).await;
        browser
    }

    pub(crate) async fn open(&self, url: &str) {
        self.client.goto(url).await.expect("the page is opened");
    }

    /// Runs the body of a function in the page, and gives what it returns.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let given = self.client.execute(script, Vec::new()).await;
        given.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// The same for a function that calls `done(…)`.
    pub(crate) async fn run_async(&self, script: &str) -> Value {
        let script = format!("const done = arguments[0]; {script}");
        let given = self.client.execute_async(&script, Vec::new()).await;
        given.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until an expression is true in the page.
    pub(crate) async fn until(&self, expression: &str) {
        let start = Instant::now();
        while self.run(&format!("return !!({expression})")).await != true {
            if start.elapsed() > PATIENCE {
                let page = "return `${document.body.innerText}\n${window.seen}`";
                let page = self.run(page).await;
                panic!("never true: {expression}\n{}", page.as_str().unwrap_or(""));
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until the page says this somewhere that can be seen.
    pub(crate) async fn until_shown(&self, text: &str) {
        let text = json!(text);
        self.until(&format!("document.body.innerText.includes({text})"))
            .await;
    }

    /// Clicks the visible button, or other element, that has this accessible name.
    pub(crate) async fn click(&self, name: &str) {
        let named = format!(
            "//*[@aria-label={0:?} or (not(@aria-label) and normalize-space(text())={0:?})]",
            name
        );
        let found = self.client.find_all(Locator::XPath(&named)).await;
        for element in found.expect("a look at the page") {
            if element.is_displayed().await.expect("a look at the page") {
                element.click().await.expect("a click");
                return;
            }
        }
        panic!("nothing to click is called {name:?}");
    }

    /// Presses keys one after the other.
    pub(crate) async fn press(&self, keys: &[Key]) {
        for key in keys {
            let value = char::from(*key);
            let actions = KeyActions::new("keyboard".to_owned())
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
            let pressed = self.client.perform_actions(actions).await;
            pressed.expect("a key is pressed");
        }
    }

    /// Types into the element that has focus.
    pub(crate) async fn write(&self, text: &str) {
        let focused = self.client.active_element().await.expect("an element");
        focused.send_keys(text).await.expect("it is typed");
    }

    /// What a screen reader would call the element that has focus.
    pub(crate) async fn focused(&self) -> String {
        let name = "const at = document.activeElement;
            return at.ariaLabel || at.labels?.[0]?.innerText || at.innerText || at.tagName";
        self.run(name).await.as_str().unwrap_or_default().to_owned()
    }

    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// `light` or `dark`, as the system would say.
    pub(crate) async fn prefer(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.tell(
            "Emulation.setEmulatedMedia",
            json!({ "features": [feature] }),
        )
        .await;
    }

    /// The page's accessibility tree, as nodes in its order, without those that are ignored.
    pub(crate) async fn accessibility(&self) -> Vec<Value> {
        let tree = self.tell("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().expect("nodes").clone();
        nodes
            .into_iter()
            .filter(|node| node["ignored"] == false)
            .collect()
    }

    /// What is seen, as a PNG.
    pub(crate) async fn screenshot(&self) -> Vec<u8> {
        let taken = self.tell("Page.captureScreenshot", json!({})).await;
        let text = taken["data"].as_str().expect("a picture");
        STANDARD.decode(text).expect("base64")
    }

    /// Asserts that nothing was blocked, thrown or popped up since the page was opened.
    pub(crate) async fn assert_calm(&self) {
        assert_eq!(self.run("return window.seen").await, json!([]));
    }

    /// A command of Chromium's own protocol, for which WebDriver has none.
    async fn tell(&self, command: &'static str, parameters: Value) -> Value {
        let asked = Protocol {
            command,
            parameters,
        };
        let answer = self.client.issue_cmd(asked).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }
}

#[derive(Debug)]
struct Protocol {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Protocol {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.expect("a session");
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (Method::POST, Some(body.to_string()))
    }
}

/// `chromedriver`, at a port that it found free.
#[derive(Debug)]
struct Driver {
    process: Child,
    /// Open for as long as it may say more: it would not outlive a closed pipe.
    _said: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Driver {
    /// The port that it takes for IPv6 may be another's for IPv4, and then it ends: it is started again.
    fn start() -> Self {
        let started = std::iter::repeat_with(Self::try_start)
            .take(5)
            .flatten()
            .next();
        started.unwrap_or_else(|| panic!("{INSTALL}: chromedriver names no port"))
    }

    fn try_start() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{INSTALL}: chromedriver: {error}"));
        let mut said = BufReader::new(process.stdout.take().expect("a pipe"));
        let port: Option<u16> = said.by_ref().lines().find_map(|line| {
            let line = line.expect("text");
            let (_, port) = line.rsplit_once("successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        let Some(port) = port else {
            process.wait().expect("it has ended");
            return None;
        };
        Some(Self {
            process,
            _said: said,
            address: ([127, 0, 0, 1], port).into(),
        })
    }

    /// Asks it to end, and with it the browser, which it would leave behind if it was killed.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let address = self.address;
        write!(
            stream,
            "GET /shutdown HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        stream.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Where it no longer answers it is killed all the same.
        let _ = self.shut_down();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
