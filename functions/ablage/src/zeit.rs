//! Points in time, as the store keeps them and as people in Germany read them.

use std::{fmt, time::Duration};

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use tzdb_data::time_zone::europe::BERLIN;

/// A point in time in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zeitpunkt(i64);

impl Zeitpunkt {
    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Zeitpunkt {
        Zeitpunkt(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// What calendar and clock show in Germany (§ 4 EinhZeitG). The Stichtag is its date.
    pub fn in_germany(self) -> NaiveDateTime {
        let sekunden = self.0.div_euclid(1000);
        let versatz = BERLIN.find_local_time_type(sekunden).map_or(0, |art| art.ut_offset());
        let millis = self.0.saturating_add(i64::from(versatz) * 1000);
        DateTime::from_timestamp_millis(millis).unwrap_or_default().naive_utc()
    }

    /// So much later.
    pub fn plus(self, dauer: Duration) -> Zeitpunkt {
        Zeitpunkt(self.0.saturating_add(in_millis(dauer)))
    }

    /// So much earlier.
    pub fn minus(self, dauer: Duration) -> Zeitpunkt {
        Zeitpunkt(self.0.saturating_sub(in_millis(dauer)))
    }
}

/// RFC 3339 in UTC with milliseconds: `2026-11-22T03:09:07.123Z`.
impl fmt::Display for Zeitpunkt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        f.write_str(&moment.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

fn in_millis(dauer: Duration) -> i64 {
    i64::try_from(dauer.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn germany_has_its_own_time() {
        for (utc, erwartet) in [
            ("2026-11-22T22:59:59Z", "2026-11-22T23:59:59"),
            ("2026-11-22T23:00:00Z", "2026-11-23T00:00:00"),
            ("2026-07-01T21:59:59Z", "2026-07-01T23:59:59"),
            ("2026-07-01T22:00:00Z", "2026-07-02T00:00:00"),
            ("2027-03-28T00:59:59Z", "2027-03-28T01:59:59"),
            ("2027-03-28T01:00:00Z", "2027-03-28T03:00:00"),
            ("2062-07-01T22:00:00Z", "2062-07-02T00:00:00"),
        ] {
            let millis = DateTime::parse_from_rfc3339(utc).unwrap().timestamp_millis();
            let ortszeit = Zeitpunkt::from_millis(millis).in_germany();
            assert_eq!(ortszeit.format("%FT%T").to_string(), erwartet);
        }
    }

    #[test]
    fn is_written_as_the_api_has_it() {
        let zeitpunkt = Zeitpunkt::from_millis(1_795_316_947_123);
        assert_eq!(zeitpunkt.to_string(), "2026-11-22T03:09:07.123Z");
        assert_eq!(zeitpunkt.plus(Duration::from_secs(60)).to_string(), "2026-11-22T03:10:07.123Z");
        assert_eq!(zeitpunkt.plus(Duration::MAX).minus(Duration::MAX), Zeitpunkt::from_millis(0));
    }
}
