//! The same residence piece by piece, as the computation saw it: what counts, what does not, and
//! what the Behörde may count.

use super::{Abwesenheit, Aufenthalt, Reise, Zeit};
use crate::{werte::Datum, zeitleiste::Zaehlung};

/// A piece of time with one meaning; first and last day are part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verlaufsteil {
    pub quelle: Quelle,
    pub von: Datum,
    pub bis: Datum,
    /// Whether it goes on after the Stichtag.
    pub is_offen: bool,
    pub wertung: Wertung,
}

/// What a piece is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quelle {
    /// Index of a period.
    Zeit(usize),
    /// Index of a stay abroad.
    Ausland(usize),
    /// No period was given.
    Luecke,
}

/// What a piece means for the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wertung {
    Zaehlt,
    /// Before a break (§ 12b Abs. 2 Satz 1, Abs. 3 Satz 2 StAG).
    Anrechenbar,
    /// The status is no lawful habitual residence.
    StatusZaehltNicht,
    /// Lawful, but over before the Stichtag.
    EndetVorher,
    /// Lawful, but abroad for too long.
    ImAusland,
    /// A gap that breaks the chain.
    Luecke,
    /// A gap that breaks nothing (§ 12b Abs. 3 Satz 1 StAG).
    LueckeVerspaetet,
    /// A gap in a time that does not matter any more.
    LueckeDavor,
    /// A stay abroad that breaks nothing.
    ReiseZaehlt,
    /// A long stay abroad that breaks nothing if the excuse is proven.
    ReiseEntschuldigt,
    /// A stay abroad that is too long.
    ReiseUnterbricht,
    /// A stay abroad outside of the time that matters.
    ReiseDavor,
}

impl Wertung {
    /// How it is drawn.
    pub fn zaehlung(self) -> Zaehlung {
        match self {
            Wertung::Zaehlt | Wertung::ReiseZaehlt => Zaehlung::Ja,
            Wertung::Anrechenbar | Wertung::ReiseEntschuldigt | Wertung::ReiseDavor => {
                Zaehlung::Offen
            }
            _ => Zaehlung::Nein,
        }
    }

    /// Key below `auskunft.`, and the German text.
    pub fn text(self) -> (&'static str, &'static str) {
        match self {
            Wertung::Zaehlt => ("eb.zeit.zaehlt", "zählt"),
            Wertung::Anrechenbar => {
                ("eb.zeit.anrechenbar", "zählt nur, wenn die Behörde es anrechnet")
            }
            Wertung::StatusZaehltNicht => ("eb.zeit.status", "zählt nicht"),
            Wertung::EndetVorher => {
                ("eb.zeit.endet", "zählt nicht, denn es fehlt eine Erlaubnis bis heute")
            }
            Wertung::ImAusland => ("eb.zeit.imAusland", "zählt nicht, denn Sie waren zu lange weg"),
            Wertung::Luecke => ("eb.zeit.luecke", "unterbricht: Die Zeit beginnt danach neu"),
            Wertung::LueckeVerspaetet => {
                ("eb.zeit.verspaetet", "zählt nicht, unterbricht aber auch nicht")
            }
            Wertung::LueckeDavor => ("eb.zeit.lueckeDavor", "zählt nicht"),
            Wertung::ReiseZaehlt => ("eb.zeit.reise", "unterbricht nicht"),
            Wertung::ReiseEntschuldigt => (
                "eb.zeit.reiseErlaubt",
                "unterbricht nicht, wenn Sie die Erlaubnis oder den Grund zeigen",
            ),
            Wertung::ReiseUnterbricht => {
                ("eb.zeit.reiseBruch", "unterbricht: Die Zeit beginnt danach neu")
            }
            Wertung::ReiseDavor => ("eb.zeit.reiseDavor", "liegt vor der Zeit, die zählt"),
        }
    }
}

impl Aufenthalt {
    /// The pieces, in order of time; `zeiten` and `ausland` are those that it was computed from. Times
    /// after the Stichtag are left out.
    pub fn verlauf(
        &self,
        stichtag: Datum,
        zeiten: &[Zeit],
        ausland: &[Abwesenheit],
    ) -> Vec<Verlaufsteil> {
        let mut teile = Vec::new();
        for (index, zeit) in zeiten.iter().enumerate().filter(|(_, it)| it.von <= stichtag) {
            self.pieces(index, zeit, stichtag, &mut teile);
        }
        teile.extend(self.gaps(zeiten, stichtag));
        for (index, reise) in ausland.iter().enumerate().filter(|(_, it)| it.von <= stichtag) {
            let found = self.reisen.iter().find(|(it, _)| it == reise).map(|(_, it)| *it);
            let wertung = match found {
                Some(Reise::UnterbrichtNicht) => Wertung::ReiseZaehlt,
                Some(Reise::Entschuldigt) => Wertung::ReiseEntschuldigt,
                Some(Reise::Unterbricht) => Wertung::ReiseUnterbricht,
                Some(Reise::Ausserhalb) | None => Wertung::ReiseDavor,
            };
            teile.push(Verlaufsteil {
                quelle: Quelle::Ausland(index),
                von: reise.von,
                bis: reise.bis.min(stichtag),
                is_offen: stichtag < reise.bis,
                wertung,
            });
        }
        // Of pieces that begin on one day the period comes before the stay abroad.
        teile.sort_by_key(|it| (it.von, matches!(it.quelle, Quelle::Ausland(_)), it.bis));
        teile
    }

    /// A period, cut where its meaning changes.
    fn pieces(&self, index: usize, zeit: &Zeit, stichtag: Datum, teile: &mut Vec<Verlaufsteil>) {
        let ende = zeit.bis.unwrap_or(stichtag).min(stichtag);
        let mut push = |von: Datum, bis: Datum, wertung: Wertung| {
            if von <= bis {
                teile.push(Verlaufsteil {
                    quelle: Quelle::Zeit(index),
                    von,
                    bis,
                    is_offen: bis == stichtag && zeit.bis.is_none_or(|it| stichtag < it),
                    wertung,
                });
            }
        };
        if !zeit.zaehlt {
            return push(zeit.von, ende, Wertung::StatusZaehltNicht);
        }
        let Some(beginn) = self.kettenbeginn else {
            return push(zeit.von, ende, Wertung::EndetVorher);
        };
        // The day of coming back counts again; that of leaving does not any more.
        let mut tag = zeit.von;
        let brueche = self.reisen.iter().filter(|(_, it)| *it == Reise::Unterbricht);
        for (weg, _) in brueche {
            let (von, bis) = (weg.von.max(zeit.von), weg.bis.add_days(-1).min(ende));
            push(tag, von.add_days(-1).min(ende), Wertung::Anrechenbar);
            push(von, bis, Wertung::ImAusland);
            tag = tag.max(weg.bis);
        }
        push(tag, beginn.add_days(-1).min(ende), Wertung::Anrechenbar);
        push(tag.max(beginn), ende, Wertung::Zaehlt);
    }

    /// Days for which no period at all was given.
    fn gaps(&self, zeiten: &[Zeit], stichtag: Datum) -> Vec<Verlaufsteil> {
        let mut zeiten: Vec<&Zeit> = zeiten.iter().filter(|it| it.von <= stichtag).collect();
        zeiten.sort_by_key(|it| it.von);
        let mut teile = Vec::new();
        let Some(mut ende) = zeiten.first().map(|it| it.von.add_days(-1)) else { return teile };
        for (at, zeit) in zeiten.iter().enumerate() {
            // A period that does not count lies within the gap between those that do.
            let danach = zeiten.get(at..).and_then(|it| it.iter().find(|it| it.zaehlt));
            let wertung = match danach {
                Some(it) if self.luecke_vor == Some(it.von) => Wertung::Luecke,
                Some(it) if it.verspaetet && self.kettenbeginn.is_some_and(|tag| tag < it.von) => {
                    Wertung::LueckeVerspaetet
                }
                _ => Wertung::LueckeDavor,
            };
            let (von, bis) = (ende.add_days(1), zeit.von.add_days(-1));
            if von <= bis {
                let quelle = Quelle::Luecke;
                teile.push(Verlaufsteil { quelle, von, bis, is_offen: false, wertung });
            }
            ende = ende.max(zeit.bis.unwrap_or(stichtag));
        }
        if ende < stichtag {
            let (von, bis) = (ende.add_days(1), stichtag);
            let (quelle, wertung) = (Quelle::Luecke, Wertung::LueckeDavor);
            teile.push(Verlaufsteil { quelle, von, bis, is_offen: true, wertung });
        }
        teile
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;
    use crate::antraege::einbuergerung::{Regime, aufenthalt};

    const STICHTAG: Datum = Datum::new(2026, 11, 23);

    fn tag(text: &str) -> Datum {
        text.parse().unwrap()
    }

    fn zeit(von: &str, bis: &str) -> Zeit {
        let bis = (!bis.is_empty()).then(|| tag(bis));
        Zeit { von: tag(von), bis, zaehlt: true, verspaetet: false }
    }

    fn weg(von: &str, bis: &str) -> Abwesenheit {
        Abwesenheit { von: tag(von), bis: tag(bis), entschuldigt: false, wichtig: false }
    }

    #[track_caller]
    fn check(zeiten: &[Zeit], ausland: &[Abwesenheit], expect: Expect) {
        let aufenthalt = aufenthalt(STICHTAG, zeiten, ausland, Regime::Drittstaat);
        let teile = aufenthalt.verlauf(STICHTAG, zeiten, ausland);
        let zeilen = teile.iter().map(|it| {
            let offen = if it.is_offen { " …" } else { "" };
            format!("{}–{}{offen} {:?} {:?}\n", it.von, it.bis, it.quelle, it.wertung)
        });
        expect.assert_eq(&zeilen.collect::<String>());
    }

    #[test]
    fn what_counts_and_what_does_not_stand_apart() {
        let duldung = Zeit { zaehlt: false, ..zeit("2011-04-20", "2023-01-10") };
        check(
            &[duldung, zeit("2023-01-11", "")],
            &[weg("2024-07-01", "2024-08-15")],
            expect![[r#"
                20.04.2011–10.01.2023 Zeit(0) StatusZaehltNicht
                11.01.2023–23.11.2026 … Zeit(1) Zaehlt
                01.07.2024–15.08.2024 Ausland(0) ReiseZaehlt
            "#]],
        );
    }

    #[test]
    fn a_long_absence_cuts_the_period_in_which_it_lies() {
        check(
            &[zeit("2015-01-01", "2030-01-01")],
            &[weg("2021-01-01", "2021-09-01")],
            expect![[r#"
                01.01.2015–31.12.2020 Zeit(0) Anrechenbar
                01.01.2021–31.08.2021 Zeit(0) ImAusland
                01.01.2021–01.09.2021 Ausland(0) ReiseUnterbricht
                01.09.2021–23.11.2026 … Zeit(0) Zaehlt
            "#]],
        );
    }

    #[test]
    fn gaps_are_shown_with_what_they_do() {
        let spaet = Zeit { verspaetet: true, ..zeit("2022-03-03", "") };
        check(
            &[zeit("2014-01-01", "2015-01-31"), zeit("2020-01-01", "2022-01-31"), spaet],
            &[weg("2014-03-01", "2014-12-01")],
            expect![[r#"
                01.01.2014–31.01.2015 Zeit(0) Anrechenbar
                01.03.2014–01.12.2014 Ausland(0) ReiseDavor
                01.02.2015–31.12.2019 Luecke Luecke
                01.01.2020–31.01.2022 Zeit(1) Zaehlt
                01.02.2022–02.03.2022 Luecke LueckeVerspaetet
                03.03.2022–23.11.2026 … Zeit(2) Zaehlt
            "#]],
        );
    }

    #[test]
    fn without_a_time_until_today_nothing_counts() {
        check(
            &[zeit("2014-01-01", "2020-06-30")],
            &[],
            expect![[r#"
                01.01.2014–30.06.2020 Zeit(0) EndetVorher
                01.07.2020–23.11.2026 … Luecke LueckeDavor
            "#]],
        );
    }

    proptest! {
        /// What counts begins with the chain, and is as long as the computation says.
        #[test]
        fn pieces_add_up(
            zeiten in proptest::collection::vec((0i64..400, 1i64..900, any::<bool>(), any::<bool>()), 1..6),
            reisen in proptest::collection::vec((0i64..5000, 1i64..400), 0..4),
        ) {
            let mut tag = Datum::new(2010, 1, 1);
            let mut liste = Vec::new();
            for (abstand, dauer, zaehlt, verspaetet) in zeiten {
                let von = tag.add_days(if abstand < 200 { 0 } else { abstand });
                let bis = von.add_days(dauer);
                liste.push(Zeit { von, bis: Some(bis), zaehlt, verspaetet });
                tag = bis.add_days(1);
            }
            liste.last_mut().unwrap().bis = None;
            let reisen: Vec<Abwesenheit> = reisen
                .into_iter()
                .map(|(von, dauer)| {
                    let von = Datum::new(2010, 1, 1).add_days(von);
                    let bis = von.add_days(dauer);
                    Abwesenheit { von, bis, entschuldigt: false, wichtig: false }
                })
                .collect();
            let aufenthalt = aufenthalt(STICHTAG, &liste, &reisen, Regime::Drittstaat);
            let teile = aufenthalt.verlauf(STICHTAG, &liste, &reisen);
            let zaehlt: Vec<_> = teile.iter().filter(|it| it.wertung == Wertung::Zaehlt).collect();
            prop_assert!(teile.iter().all(|it| it.von <= it.bis && it.bis <= STICHTAG));
            match aufenthalt.kettenbeginn.filter(|it| *it <= STICHTAG) {
                None => prop_assert!(zaehlt.is_empty()),
                Some(beginn) => {
                    // Somebody may come back in a gap that breaks nothing.
                    prop_assert!(beginn <= zaehlt[0].von);
                    let tage: i64 = zaehlt.iter().map(|it| it.von.days_until(it.bis) + 1).sum();
                    // Periods that do not count may lie in a gap that breaks nothing.
                    prop_assert_eq!(tage, beginn.days_until(STICHTAG) + 1 - aufenthalt.luecken_tage);
                }
            }
        }
    }
}
