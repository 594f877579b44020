//! Opening hours of a target, by calendar and clock in Germany.

use std::{str::FromStr, time::Duration};

use ablage::Zeitpunkt;
use chrono::{Datelike as _, NaiveDateTime, Timelike as _};

/// The days as they are written, Monday first.
const TAGE: [&str; 7] = ["mo", "di", "mi", "do", "fr", "sa", "so"];
/// Minutes of a day.
const TAG: u32 = 24 * 60;

/// When a target may be called. Without windows: always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oeffnung {
    fenster: Vec<Fenster>,
}

/// `mo-fr 06:00-22:00`: on these days, from this minute to that, which may be on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fenster {
    tage: [bool; 7],
    von: u32,
    /// Not included; up to a day after `von`.
    bis: u32,
}

/// The text is no window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KeinFenster;

impl Oeffnung {
    /// Reads windows such as `mo-fr 06:00-22:00`, `sa,so 08:00-12:00`, `fr 22:00-02:00` (into the
    /// next day) and `mo-so 00:00-24:00`. The error is the place of the first that is none.
    pub(crate) fn read<'a>(
        texte: impl Iterator<Item = Option<&'a str>>,
    ) -> Result<Oeffnung, usize> {
        let fenster = texte
            .enumerate()
            .map(|(platz, text)| text.and_then(|text| text.parse().ok()).ok_or(platz));
        Ok(Oeffnung { fenster: fenster.collect::<Result<_, _>>()? })
    }

    /// Whether the target may be called at this moment.
    pub fn is_offen(&self, jetzt: Zeitpunkt) -> bool {
        let ortszeit = jetzt.in_germany();
        self.fenster.is_empty() || self.fenster.iter().any(|fenster| fenster.contains(ortszeit))
    }

    /// Whether it is always open.
    pub fn is_immer(&self) -> bool {
        self.fenster.is_empty()
    }

    /// When it opens, if it is closed now; to the minute. `None` also if it never does.
    pub fn oeffnet(&self, jetzt: Zeitpunkt) -> Option<Zeitpunkt> {
        self.naechster_wechsel(jetzt, true)
    }

    /// When it closes, if it is open now; to the minute. `None` also if it never does.
    pub fn schliesst(&self, jetzt: Zeitpunkt) -> Option<Zeitpunkt> {
        self.naechster_wechsel(jetzt, false)
    }

    /// Looks minute by minute: with summer time there is no shorter way that is right.
    fn naechster_wechsel(&self, jetzt: Zeitpunkt, wird_offen: bool) -> Option<Zeitpunkt> {
        if self.is_offen(jetzt) == wird_offen {
            return None;
        }
        let minute = Zeitpunkt::from_millis(jetzt.millis().div_euclid(60_000) * 60_000);
        (1..=8 * TAG)
            .map(|minuten| minute.plus(Duration::from_secs(u64::from(minuten) * 60)))
            .find(|&moment| self.is_offen(moment) == wird_offen)
    }
}

impl Fenster {
    fn contains(&self, ortszeit: NaiveDateTime) -> bool {
        let heute = ortszeit.weekday().num_days_from_monday() as usize;
        let gestern = (heute + 6) % 7;
        let minute = ortszeit.hour() * 60 + ortszeit.minute();
        let is_in = |minute: u32| self.von <= minute && minute < self.bis;
        (self.tage[heute] && is_in(minute)) || (self.tage[gestern] && is_in(minute + TAG))
    }
}

impl FromStr for Fenster {
    type Err = KeinFenster;

    fn from_str(text: &str) -> Result<Fenster, KeinFenster> {
        let (tage, zeiten) = text.trim().split_once(' ').ok_or(KeinFenster)?;
        let (von, bis) = zeiten.trim().split_once('-').ok_or(KeinFenster)?;
        let (von, bis) = (uhrzeit(von).ok_or(KeinFenster)?, uhrzeit(bis).ok_or(KeinFenster)?);
        if von == TAG || von == bis {
            return Err(KeinFenster);
        }
        let mut fenster =
            Fenster { tage: [false; 7], von, bis: if von < bis { bis } else { bis + TAG } };
        for teil in tage.split(',') {
            let (erster, letzter) = teil.split_once('-').unwrap_or((teil, teil));
            let platz = |tag: &str| TAGE.iter().position(|it| it.eq_ignore_ascii_case(tag.trim()));
            let (erster, letzter) =
                (platz(erster).ok_or(KeinFenster)?, platz(letzter).ok_or(KeinFenster)?);
            // `sa-mo` goes round the week.
            let anzahl = (letzter + 7 - erster) % 7;
            (0..=anzahl).for_each(|n| fenster.tage[(erster + n) % 7] = true);
        }
        Ok(fenster)
    }
}

/// Minutes since midnight of `06:00`; up to `24:00`.
pub(crate) fn uhrzeit(text: &str) -> Option<u32> {
    let (stunde, minute) = text.trim().split_once(':')?;
    if stunde.len() != 2 || minute.len() != 2 {
        return None;
    }
    let (stunde, minute): (u32, u32) = (stunde.parse().ok()?, minute.parse().ok()?);
    let minuten = stunde * 60 + minute;
    (minute < 60 && minuten <= TAG).then_some(minuten)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn oeffnung(fenster: &[&str]) -> Oeffnung {
        Oeffnung::read(fenster.iter().map(|text| Some(*text))).unwrap()
    }

    fn moment(utc: &str) -> Zeitpunkt {
        Zeitpunkt::from_millis(DateTime::parse_from_rfc3339(utc).unwrap().timestamp_millis())
    }

    #[test]
    fn days_and_hours_are_those_of_germany() {
        let buero = oeffnung(&["mo-fr 06:00-22:00", "Sa 08:00-12:00"]);
        // 2026-11-23 is a Monday; winter is UTC+1, summer UTC+2.
        for (utc, is_offen) in [
            ("2026-11-23T04:59:59Z", false),
            ("2026-11-23T05:00:00Z", true),
            ("2026-11-23T20:59:59Z", true),
            ("2026-11-23T21:00:00Z", false),
            ("2026-07-01T03:59:59Z", false),
            ("2026-07-01T04:00:00Z", true),
            ("2026-11-28T06:59:59Z", false),
            ("2026-11-28T07:00:00Z", true),
            ("2026-11-28T11:00:00Z", false),
            ("2026-11-29T12:00:00Z", false),
        ] {
            assert_eq!(buero.is_offen(moment(utc)), is_offen, "{utc}");
        }
        assert!(Oeffnung::default().is_offen(moment("2026-11-29T12:00:00Z")));
    }

    #[test]
    fn a_window_may_reach_into_the_next_day() {
        let nachts = oeffnung(&["fr 22:00-02:00"]);
        for (utc, is_offen) in [
            ("2026-11-27T20:59:00Z", false),
            ("2026-11-27T21:00:00Z", true),
            ("2026-11-28T00:59:00Z", true),
            ("2026-11-28T01:00:00Z", false),
            ("2026-11-28T21:30:00Z", false),
        ] {
            assert_eq!(nachts.is_offen(moment(utc)), is_offen, "{utc}");
        }
        let rund = oeffnung(&["so-mo 00:00-24:00"]);
        assert!(rund.is_offen(moment("2026-11-22T12:00:00Z")));
        assert!(rund.is_offen(moment("2026-11-23T22:59:00Z")));
        assert!(!rund.is_offen(moment("2026-11-23T23:00:00Z")));
    }

    #[test]
    fn summer_time_moves_the_doors() {
        // 2027-03-28: 02:00 becomes 03:00. 2026-10-25: 03:00 becomes 02:00.
        let frueh = oeffnung(&["so 02:30-04:00"]);
        let fruehling = moment("2027-03-28T00:00:00Z");
        assert_eq!(frueh.oeffnet(fruehling), Some(moment("2027-03-28T01:00:00Z")));
        assert_eq!(
            frueh.schliesst(moment("2027-03-28T01:00:00Z")),
            Some(moment("2027-03-28T02:00:00Z"))
        );
        let herbst = moment("2026-10-24T23:30:00Z");
        assert_eq!(frueh.oeffnet(herbst), Some(moment("2026-10-25T00:30:00Z")));
        // The clock shows 02:00 once more: closed again for half an hour.
        assert!(frueh.is_offen(moment("2026-10-25T00:59:00Z")));
        assert!(!frueh.is_offen(moment("2026-10-25T01:00:00Z")));
        assert!(frueh.is_offen(moment("2026-10-25T01:30:00Z")));
    }

    #[test]
    fn the_next_change_is_found_over_the_week() {
        let buero = oeffnung(&["mo-fr 06:00-22:00"]);
        let freitagnacht = moment("2026-11-27T21:30:15Z");
        assert_eq!(buero.oeffnet(freitagnacht), Some(moment("2026-11-30T05:00:00Z")));
        assert_eq!(buero.schliesst(freitagnacht), None);
        assert_eq!(oeffnung(&["mo-so 00:00-24:00"]).schliesst(freitagnacht), None);
        assert_eq!(Oeffnung::default().oeffnet(freitagnacht), None);
    }

    #[test]
    fn what_is_no_window_is_none() {
        for text in [
            "",
            "mo",
            "06:00-22:00",
            "mo 6:00-22:00",
            "mo 06:00",
            "xx 06:00-22:00",
            "mo 06:00-25:00",
            "mo 06:60-07:00",
            "mo 06:00-06:00",
            "mo 24:00-06:00",
            "mo- 06:00-07:00",
        ] {
            assert_eq!(text.parse::<Fenster>(), Err(KeinFenster), "{text}");
        }
    }
}
