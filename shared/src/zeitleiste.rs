//! Times as a picture: bars between days, and marks on days. One source for the drawing, for the
//! table that says the same in words, and for whoever reads either elsewhere. What the times mean
//! is known to those who make one.

use serde_json::{Value, json};

use crate::{
    texte::Text,
    werte::{Datum, Wert},
};

/// A picture of times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zeitleiste {
    /// Whose times these are, where there are several; else empty.
    pub name: String,
    /// What each track is about, from above.
    pub spuren: Vec<Text>,
    /// By track, then by first day.
    pub stuecke: Vec<Stueck>,
    /// By day.
    pub marken: Vec<Marke>,
}

/// A bar: from one day to another, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stueck {
    /// Index of its track.
    pub spur: usize,
    pub von: Datum,
    pub bis: Datum,
    /// Whether it goes on after its last day.
    pub is_offen: bool,
    /// What was: `Aufenthaltserlaubnis`.
    pub was: Text,
    pub zaehlung: Zaehlung,
    /// What that means: `zählt`.
    pub bedeutung: Text,
}

/// Whether a time counts. Each has a look of its own, and not by its colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zaehlung {
    Ja,
    /// Somebody has yet to decide it.
    Offen,
    Nein,
}

/// A day that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marke {
    pub tag: Datum,
    pub was: Text,
}

/// A day of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strich {
    pub jahr: i32,
    /// Where 1 January is, in hundredths of a percent of the width.
    pub x: i64,
}

/// The whole width of the picture, in hundredths of a percent.
pub const BREITE: i64 = 10_000;
/// Most labels that fit below a picture of 280 pixels.
const STRICHE_MAX: i32 = 6;

/// What was written has lost its key.
fn read_text(json: &Value) -> Text {
    Text::fest(json.as_str().unwrap_or_default())
}

impl Zaehlung {
    pub const ALLE: [Zaehlung; 3] = [Zaehlung::Ja, Zaehlung::Offen, Zaehlung::Nein];

    /// `ja`, `offen` or `nein`
    pub fn code(self) -> &'static str {
        match self {
            Zaehlung::Ja => "ja",
            Zaehlung::Offen => "offen",
            Zaehlung::Nein => "nein",
        }
    }
}

impl Zeitleiste {
    /// First and last day that it shows; `None` where it shows nothing.
    pub fn spanne(&self) -> Option<(Datum, Datum)> {
        let stuecke = self.stuecke.iter().flat_map(|it| [it.von, it.bis]);
        let tage = || stuecke.clone().chain(self.marken.iter().map(|it| it.tag));
        Some((tage().min()?, tage().max()?))
    }

    /// Where a day begins, in hundredths of a percent of the width.
    pub fn x(&self, tag: Datum) -> i64 {
        let Some((von, bis)) = self.spanne() else { return 0 };
        // The last day has a width, too.
        let tage = von.days_until(bis) + 1;
        (von.days_until(tag) * BREITE / tage).clamp(0, BREITE)
    }

    /// Where a bar begins, and how wide it is; never so narrow that it cannot be seen.
    pub fn lage(&self, stueck: &Stueck) -> (i64, i64) {
        let x = self.x(stueck.von);
        let breite = (self.x(stueck.bis.add_days(1)) - x).max(BREITE / 200);
        (x.min(BREITE - breite), breite)
    }

    /// Years below the picture: every one, second, fifth, or as many as there is room for.
    pub fn striche(&self) -> Vec<Strich> {
        let Some((von, bis)) = self.spanne() else { return Vec::new() };
        let (erstes, letztes) = (von.add_days(-1).jahr() + 1, bis.jahr());
        let passt = |schritt: &i32| (letztes - erstes) / schritt < STRICHE_MAX;
        let schritt = [1, 2, 5, 10, 20, 50].into_iter().find(passt).unwrap_or(100);
        (erstes..=letztes)
            .filter(|jahr| jahr % schritt == 0)
            .map(|jahr| Strich { jahr, x: self.x(Datum::new(jahr, 1, 1)) })
            .collect()
    }

    /// Row of each mark, from below, so that marks that are close do not cover each other. `abstand`
    /// is how wide one is, in hundredths of a percent.
    pub fn zeilen(&self, abstand: i64) -> Vec<usize> {
        let mut enden: Vec<i64> = Vec::new();
        let zeile = |marke: &Marke| {
            let x = self.x(marke.tag);
            let zeile = enden.iter().position(|ende| *ende + abstand <= x);
            let zeile = zeile.unwrap_or(enden.len());
            match enden.get_mut(zeile) {
                Some(ende) => *ende = x,
                None => enden.push(x),
            }
            zeile
        };
        self.marken.iter().map(zeile).collect()
    }

    /// Every text of it.
    pub fn texte(&self) -> impl Iterator<Item = &Text> {
        let stuecke = self.stuecke.iter().flat_map(|it| [&it.was, &it.bedeutung]);
        self.spuren.iter().chain(stuecke).chain(self.marken.iter().map(|it| &it.was))
    }

    /// `{name, spuren, stuecke: [{spur, von, bis, offen, was, zaehlt, bedeutung}], marken: [{tag,
    /// was}]}`, in German, days as `JJJJ-MM-TT`.
    pub fn to_json(&self) -> Value {
        let stuecke = self.stuecke.iter().map(|it| {
            json!({
                "spur": it.spur, "von": it.von.iso(), "bis": it.bis.iso(), "offen": it.is_offen,
                "was": it.was.deutsch, "zaehlt": it.zaehlung.code(),
                "bedeutung": it.bedeutung.deutsch,
            })
        });
        let marken =
            self.marken.iter().map(|it| json!({ "tag": it.tag.iso(), "was": it.was.deutsch }));
        json!({
            "name": self.name,
            "spuren": self.spuren.iter().map(|it| &it.deutsch).collect::<Vec<_>>(),
            "stuecke": stuecke.collect::<Vec<_>>(),
            "marken": marken.collect::<Vec<_>>(),
        })
    }

    /// Reads what [`Zeitleiste::to_json`] writes; what cannot be read is left out.
    pub fn from_json(json: &Value) -> Zeitleiste {
        let list = |name: &str| json[name].as_array().into_iter().flatten();
        let tag = |json: &Value| Datum::read(json.as_str()?);
        let stueck = |it: &Value| {
            let code = it["zaehlt"].as_str()?;
            Some(Stueck {
                spur: usize::try_from(it["spur"].as_u64()?).ok()?,
                von: tag(&it["von"])?,
                bis: tag(&it["bis"])?,
                is_offen: it["offen"] == true,
                was: read_text(&it["was"]),
                zaehlung: Zaehlung::ALLE.into_iter().find(|it| it.code() == code)?,
                bedeutung: read_text(&it["bedeutung"]),
            })
        };
        let marke = |it: &Value| Some(Marke { tag: tag(&it["tag"])?, was: read_text(&it["was"]) });
        Zeitleiste {
            name: json["name"].as_str().unwrap_or_default().to_owned(),
            spuren: list("spuren").map(read_text).collect(),
            stuecke: list("stuecke").filter_map(stueck).collect(),
            marken: list("marken").filter_map(marke).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stueck(von: &str, bis: &str) -> Stueck {
        Stueck {
            spur: 0,
            von: von.parse().unwrap(),
            bis: bis.parse().unwrap(),
            is_offen: false,
            was: Text::fest("was"),
            zaehlung: Zaehlung::Ja,
            bedeutung: Text::fest("zählt"),
        }
    }

    fn marke(tag: &str) -> Marke {
        Marke { tag: tag.parse().unwrap(), was: Text::fest("heute") }
    }

    fn leiste(stuecke: &[(&str, &str)], marken: &[&str]) -> Zeitleiste {
        Zeitleiste {
            spuren: vec![Text::fest("Aufenthalt")],
            stuecke: stuecke.iter().map(|(von, bis)| stueck(von, bis)).collect(),
            marken: marken.iter().map(|it| marke(it)).collect(),
            ..Zeitleiste::default()
        }
    }

    #[track_caller]
    fn check(leiste: &Zeitleiste, lagen: &[(i64, i64)], jahre: &[i32]) {
        let found: Vec<_> = leiste.stuecke.iter().map(|it| leiste.lage(it)).collect();
        assert_eq!(found, lagen);
        assert_eq!(leiste.striche().iter().map(|it| it.jahr).collect::<Vec<_>>(), jahre);
    }

    #[test]
    fn bars_lie_where_their_days_are() {
        let zehn = leiste(&[("2001-01-01", "2001-01-05"), ("2001-01-06", "2001-01-10")], &[]);
        check(&zehn, &[(0, 5000), (5000, 5000)], &[2001]);
        let lang = leiste(&[("2001-01-01", "2004-12-31"), ("2005-01-01", "2005-01-01")], &[]);
        check(&lang, &[(0, 9993), (9950, 50)], &[2001, 2002, 2003, 2004, 2005]);
        let ein_leben = leiste(&[("1980-04-01", "2026-11-23")], &[]);
        check(&ein_leben, &[(0, BREITE)], &[1990, 2000, 2010, 2020]);
        check(&Zeitleiste::default(), &[], &[]);
    }

    #[test]
    fn marks_that_are_close_stand_in_rows() {
        let leiste = leiste(
            &[("2001-01-01", "2001-12-31")],
            &["2001-01-01", "2001-01-10", "2001-01-20", "2001-06-01"],
        );
        assert_eq!(leiste.zeilen(800), [0, 1, 2, 0]);
    }

    #[test]
    fn what_is_written_is_read() {
        let mut leiste = leiste(&[("2001-01-01", "2001-12-31")], &["2001-06-01"]);
        leiste.name = "Dung Lê".to_owned();
        leiste.stuecke[0].is_offen = true;
        leiste.stuecke[0].zaehlung = Zaehlung::Offen;
        assert_eq!(Zeitleiste::from_json(&leiste.to_json()), leiste);
        assert_eq!(Zeitleiste::from_json(&Value::Null), Zeitleiste::default());
    }

    proptest! {
        #[test]
        fn no_bar_leaves_the_picture(tage in proptest::collection::vec((0i64..30_000, 0i64..9000), 1..30)) {
            let tag = |tage: i64| Datum::new(1950, 1, 1).add_days(tage).iso();
            let stuecke: Vec<(String, String)> =
                tage.iter().map(|(von, dauer)| (tag(*von), tag(von + dauer))).collect();
            let stuecke: Vec<(&str, &str)> =
                stuecke.iter().map(|(von, bis)| (von.as_str(), bis.as_str())).collect();
            let leiste = leiste(&stuecke, &[]);
            for it in &leiste.stuecke {
                let (x, breite) = leiste.lage(it);
                prop_assert!(0 <= x && 0 < breite && x + breite <= BREITE);
            }
            let striche = leiste.striche();
            prop_assert!(striche.len() <= 6, "{:?}", striche);
        }
    }
}
