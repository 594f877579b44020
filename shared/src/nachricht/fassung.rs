//! Which release of its message an application is sent in. Releases stand side by side, and the
//! operator says from which day on the Fachverfahren reads the next one. What is written stays as
//! it was written: the day counts on which an application is accepted.

use std::str::FromStr;

use serde_json::Value;

use crate::{nachricht::Nachricht, werte::Datum};

/// From which day on which release is sent: `[{"ab":"2026-11-01","release":"xauslaender2611"}]`.
/// Empty: what is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fassungsplan {
    /// By day, the latest last.
    eintraege: Vec<(Datum, String)>,
}

/// The text is no such list, or names a day twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeinFassungsplan;

impl std::fmt::Display for KeinFassungsplan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a list of `{\"ab\": \"JJJJ-MM-TT\", \"release\": \"…\"}`")
    }
}

impl std::error::Error for KeinFassungsplan {}

impl FromStr for Fassungsplan {
    type Err = KeinFassungsplan;

    fn from_str(text: &str) -> Result<Fassungsplan, KeinFassungsplan> {
        if text.trim().is_empty() {
            return Ok(Fassungsplan::default());
        }
        let json: Value = serde_json::from_str(text).map_err(|_| KeinFassungsplan)?;
        let mut eintraege = Vec::new();
        for eintrag in json.as_array().ok_or(KeinFassungsplan)? {
            let eintrag = eintrag.as_object().ok_or(KeinFassungsplan)?;
            let text = |name| eintrag.get(name).and_then(Value::as_str);
            let (Some(ab), Some(release), 2) = (text("ab"), text("release"), eintrag.len()) else {
                return Err(KeinFassungsplan);
            };
            let ab: Datum = ab.parse().map_err(|_| KeinFassungsplan)?;
            // Several applications may change on the same day, each to its own release.
            if eintraege.contains(&(ab, release.to_owned())) {
                return Err(KeinFassungsplan);
            }
            eintraege.push((ab, release.to_owned()));
        }
        eintraege.sort();
        Ok(Fassungsplan { eintraege })
    }
}

impl Fassungsplan {
    /// The releases that it names.
    pub fn releases(&self) -> impl Iterator<Item = &str> {
        self.eintraege.iter().map(|(_, release)| release.as_str())
    }

    /// The message of the release that is sent on this day: of those that the plan names until
    /// then, the last that the application has; the application's first, if there is none.
    pub fn choose<'a>(
        &self,
        nachrichten: &[&'a Nachricht],
        stichtag: Datum,
    ) -> Option<&'a Nachricht> {
        let of =
            |release: &str| nachrichten.iter().copied().find(|it| it.standard.release == release);
        let gilt = self.eintraege.iter().filter(|(ab, _)| *ab <= stichtag);
        let gewaehlt = gilt.rev().find_map(|(_, release)| of(release));
        gewaehlt.or_else(|| nachrichten.first().copied())
    }
}
