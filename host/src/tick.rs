//! The timer for what components have to do by themselves: a POST to their own path every so often.
//!
//! In Spin a cron trigger or the platform's scheduler does this.

use std::{net::SocketAddr, str::FromStr, sync::Arc, time::Duration};

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, header};
use http_body_util::{BodyExt as _, Empty};
use tokio::time::{MissedTickBehavior, interval_at};

use crate::serve::Application;

/// Variable of the application with the bearer token of such requests.
pub const SECRET: &str = "intern_geheimnis";

/// One `--tick PATH=DURATION`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    path: String,
    every: Duration,
}

impl FromStr for Tick {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Tick> {
        let (path, every) = text.rsplit_once('=').context("it is not PATH=DURATION")?;
        ensure!(path.starts_with('/'), "the path has no leading slash");
        path.parse::<http::uri::PathAndQuery>().context("the path cannot be used")?;
        let every = humantime::parse_duration(every).context("the duration cannot be read")?;
        ensure!(Duration::from_millis(100) <= every, "the duration is shorter than 100ms");
        Ok(Tick { path: path.to_owned(), every })
    }
}

/// Sends the requests of a timer until it is dropped; the next one only when the last is answered.
pub async fn run(tick: Tick, application: Arc<Application>, listen: SocketAddr, secret: String) {
    let authorization = HeaderValue::try_from(format!("Bearer {secret}"))
        .expect("was checked when the host started");
    let mut interval = interval_at(tokio::time::Instant::now() + tick.every, tick.every);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        let request = Request::builder()
            .method(Method::POST)
            .uri(&tick.path)
            .header(header::HOST, listen.to_string())
            .header(header::AUTHORIZATION, authorization.clone())
            .body(Empty::<Bytes>::new())
            .expect("the path was checked when it was read");
        let response = application.answer(request, listen).await;
        // The answer's body ends what the component does. Failures are in the log.
        let _ = response.into_body().collect().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_path_and_duration() {
        let tick: Tick = "/intern/weiterleitung=2s".parse().unwrap();
        let expected =
            Tick { path: "/intern/weiterleitung".to_owned(), every: Duration::from_secs(2) };
        assert_eq!(tick, expected);
        for bad in ["/a", "a=2s", "/a=", "/a=0s", "/a b=2s", "/a=2 äpfel"] {
            assert!(bad.parse::<Tick>().is_err(), "{bad}");
        }
    }
}
