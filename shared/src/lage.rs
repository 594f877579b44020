//! The state of a case: what follows from the messages that the Fachverfahren and the applicant have
//! sent each other.
//!
//! The state is computed from all messages in the order in which they were written, never from the
//! one that came last: what arrives late changes nothing that came after it.

/// The state of a case, as the applicant and the caseworkers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zustand {
    /// Nobody has said anything about it yet.
    Eingegangen,
    /// A question of the Behörde waits for the applicant.
    Rueckfrage,
    /// The Behörde means to refuse the application, and the applicant may say something to that
    /// (§ 28 Abs. 1 VwVfG).
    Anhoerung,
    /// Every question is answered.
    AntwortEingegangen,
    /// The Behörde has finished its examination.
    PruefungAbgeschlossen,
    /// The applicant has withdrawn the application; the Behörde has not confirmed it.
    RuecknahmeErklaert,
    /// The Behörde has confirmed the withdrawal.
    Zurueckgenommen,
    /// Another Behörde is responsible.
    Unzustaendig,
}

impl Zustand {
    /// All states.
    pub const ALLE: [Zustand; 8] = [
        Zustand::Eingegangen,
        Zustand::Rueckfrage,
        Zustand::Anhoerung,
        Zustand::AntwortEingegangen,
        Zustand::PruefungAbgeschlossen,
        Zustand::RuecknahmeErklaert,
        Zustand::Zurueckgenommen,
        Zustand::Unzustaendig,
    ];

    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Zustand::Eingegangen => "eingegangen",
            Zustand::Rueckfrage => "rueckfrage",
            Zustand::Anhoerung => "anhoerung",
            Zustand::AntwortEingegangen => "antwort_eingegangen",
            Zustand::PruefungAbgeschlossen => "pruefung_abgeschlossen",
            Zustand::RuecknahmeErklaert => "ruecknahme_erklaert",
            Zustand::Zurueckgenommen => "zurueckgenommen",
            Zustand::Unzustaendig => "unzustaendig",
        }
    }

    /// Whether the applicant can still send documents and withdraw the application.
    pub fn is_offen(self) -> bool {
        !matches!(
            self,
            Zustand::RuecknahmeErklaert | Zustand::Zurueckgenommen | Zustand::Unzustaendig
        )
    }
}

/// What a message of the Fachverfahren means for the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wirkung {
    /// Nothing.
    Keine,
    /// It asks something.
    Frage,
    /// It announces a refusal.
    Anhoerung,
    /// Status 02: an answer has arrived.
    AntwortEingegangen,
    /// Status 05: the examination is finished.
    PruefungAbgeschlossen,
    /// Status 03: a withdrawal has arrived.
    Zurueckgenommen,
    /// It answers a withdrawal.
    RuecknahmeReaktion,
    /// Another Behörde is responsible.
    Unzustaendig,
}

impl Wirkung {
    /// All of them.
    pub const ALLE: [Wirkung; 8] = [
        Wirkung::Keine,
        Wirkung::Frage,
        Wirkung::Anhoerung,
        Wirkung::AntwortEingegangen,
        Wirkung::PruefungAbgeschlossen,
        Wirkung::Zurueckgenommen,
        Wirkung::RuecknahmeReaktion,
        Wirkung::Unzustaendig,
    ];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Wirkung::Keine => "",
            Wirkung::Frage => "frage",
            Wirkung::Anhoerung => "anhoerung",
            Wirkung::AntwortEingegangen => "antwort_eingegangen",
            Wirkung::PruefungAbgeschlossen => "pruefung_abgeschlossen",
            Wirkung::Zurueckgenommen => "zurueckgenommen",
            Wirkung::RuecknahmeReaktion => "ruecknahme_reaktion",
            Wirkung::Unzustaendig => "unzustaendig",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Wirkung> {
        Wirkung::ALLE.into_iter().find(|wirkung| wirkung.as_str() == text)
    }

    /// Whether it waits for an answer of the applicant.
    pub fn is_frage(self) -> bool {
        matches!(self, Wirkung::Frage | Wirkung::Anhoerung)
    }
}

/// A message, one way or the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schritt<'a> {
    /// When it was written, in milliseconds since 1970.
    pub am: i64,
    /// What it was.
    pub was: Was<'a>,
}

/// What a [`Schritt`] was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Was<'a> {
    /// The Fachverfahren sent the message `id`.
    Rueckmeldung {
        /// Its nachrichtenUUID.
        id: &'a str,
        /// What it means.
        wirkung: Wirkung,
    },
    /// The applicant answered the message `zu`; documents that nobody has asked for answer none.
    Antwort {
        /// The nachrichtenUUID of the question.
        zu: Option<&'a str>,
    },
    /// The applicant withdrew the application.
    Ruecknahme,
}

/// Where a case stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lage {
    /// Its state.
    pub zustand: Zustand,
    /// The messages that wait for an answer, oldest first.
    pub offen: Vec<String>,
}

/// Computes where a case stands. The order of `schritte` does not matter.
pub fn lage(schritte: &[Schritt<'_>]) -> Lage {
    let mut schritte: Vec<&Schritt<'_>> = schritte.iter().collect();
    // Of two at once the Fachverfahren was first: an answer comes after its question.
    schritte.sort_by_key(|schritt| (schritt.am, schritt.was));
    // Nobody reacts before there is something to react to, whatever the clocks say.
    let has_reaktion = schritte.iter().any(|schritt| {
        matches!(schritt.was, Was::Rueckmeldung { wirkung: Wirkung::RuecknahmeReaktion, .. })
    });
    let mut zustand = Zustand::Eingegangen;
    let mut offen: Vec<(&str, Zustand)> = Vec::new();
    for schritt in schritte {
        let (neu, is_ende) = match schritt.was {
            Was::Rueckmeldung { id, wirkung } => match wirkung {
                Wirkung::Frage => {
                    offen.push((id, Zustand::Rueckfrage));
                    (Zustand::Rueckfrage, false)
                }
                Wirkung::Anhoerung => {
                    offen.push((id, Zustand::Anhoerung));
                    (Zustand::Anhoerung, false)
                }
                Wirkung::AntwortEingegangen if offen.is_empty() && zustand.is_offen() => {
                    (Zustand::AntwortEingegangen, false)
                }
                Wirkung::PruefungAbgeschlossen => (Zustand::PruefungAbgeschlossen, true),
                Wirkung::Zurueckgenommen => (Zustand::Zurueckgenommen, true),
                Wirkung::Unzustaendig => (Zustand::Unzustaendig, true),
                Wirkung::Keine | Wirkung::AntwortEingegangen | Wirkung::RuecknahmeReaktion => {
                    continue;
                }
            },
            Was::Antwort { zu } => {
                let vorher = offen.len();
                offen.retain(|(id, _)| Some(*id) != zu);
                match offen.last() {
                    _ if offen.len() == vorher => continue,
                    Some((_, wartet)) => (*wartet, false),
                    None => (Zustand::AntwortEingegangen, false),
                }
            }
            Was::Ruecknahme if has_reaktion => (Zustand::Zurueckgenommen, true),
            Was::Ruecknahme => (Zustand::RuecknahmeErklaert, true),
        };
        zustand = neu;
        if is_ende {
            offen.clear();
        }
    }
    Lage { zustand, offen: offen.into_iter().map(|(id, _)| id.to_owned()).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAGE: Was<'_> = Was::Rueckmeldung { id: "f", wirkung: Wirkung::Frage };
    const ZWEITE: Was<'_> = Was::Rueckmeldung { id: "g", wirkung: Wirkung::Frage };
    const ANHOERUNG: Was<'_> = Was::Rueckmeldung { id: "h", wirkung: Wirkung::Anhoerung };
    const ANTWORT: Was<'_> = Was::Antwort { zu: Some("f") };

    fn says(wirkung: Wirkung) -> Was<'static> {
        Was::Rueckmeldung { id: "x", wirkung }
    }

    #[track_caller]
    fn check(was: &[Was<'_>], zustand: Zustand, offen: &[&str]) {
        let schritte: Vec<Schritt<'_>> =
            (0..).zip(was).map(|(am, was)| Schritt { am, was: *was }).collect();
        let offen = offen.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(lage(&schritte), Lage { zustand, offen }, "{was:?}");
    }

    #[test]
    fn a_question_waits_for_its_answer() {
        use Zustand::*;
        check(&[], Eingegangen, &[]);
        check(&[says(Wirkung::Keine)], Eingegangen, &[]);
        check(&[FRAGE], Rueckfrage, &["f"]);
        check(&[FRAGE, ANTWORT], AntwortEingegangen, &[]);
        check(&[FRAGE, Was::Antwort { zu: None }], Rueckfrage, &["f"]);
        check(&[FRAGE, Was::Antwort { zu: Some("g") }], Rueckfrage, &["f"]);
        check(&[FRAGE, ZWEITE, ANTWORT], Rueckfrage, &["g"]);
        check(&[ANHOERUNG, FRAGE, ANTWORT], Anhoerung, &["h"]);
        check(&[FRAGE, says(Wirkung::AntwortEingegangen)], Rueckfrage, &["f"]);
        check(&[FRAGE, ANTWORT, ZWEITE], Rueckfrage, &["g"]);
    }

    #[test]
    fn an_end_ends_the_questions_before_it() {
        use Zustand::*;
        check(&[FRAGE, says(Wirkung::PruefungAbgeschlossen)], PruefungAbgeschlossen, &[]);
        check(&[says(Wirkung::PruefungAbgeschlossen), FRAGE], Rueckfrage, &["f"]);
        check(&[FRAGE, says(Wirkung::Unzustaendig)], Unzustaendig, &[]);
        check(&[FRAGE, Was::Ruecknahme], RuecknahmeErklaert, &[]);
        check(&[Was::Ruecknahme, says(Wirkung::RuecknahmeReaktion)], Zurueckgenommen, &[]);
        check(&[says(Wirkung::RuecknahmeReaktion), Was::Ruecknahme], Zurueckgenommen, &[]);
        check(&[says(Wirkung::RuecknahmeReaktion)], Eingegangen, &[]);
        check(&[says(Wirkung::Zurueckgenommen)], Zurueckgenommen, &[]);
        check(&[Was::Ruecknahme, says(Wirkung::AntwortEingegangen)], RuecknahmeErklaert, &[]);
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for wirkung in Wirkung::ALLE {
            assert_eq!(Wirkung::parse(wirkung.as_str()), Some(wirkung));
        }
        assert_eq!(Wirkung::parse("anderes"), None);
    }

    fn any_schritt() -> impl Strategy<Value = Schritt<'static>> {
        let id = prop::sample::select(vec!["a", "b", "c"]);
        let was = prop_oneof![
            (id.clone(), prop::sample::select(Wirkung::ALLE.to_vec()))
                .prop_map(|(id, wirkung)| Was::Rueckmeldung { id, wirkung }),
            prop::option::of(id).prop_map(|zu| Was::Antwort { zu }),
            Just(Was::Ruecknahme),
        ];
        (0..20_i64, was).prop_map(|(am, was)| Schritt { am, was })
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(
            schritte in prop::collection::vec(any_schritt(), 0..12),
            drehung in 0..12_usize,
        ) {
            let mut anders = schritte.clone();
            anders.reverse();
            let mitte = drehung % (anders.len() + 1);
            anders.rotate_left(mitte);
            let stand = lage(&schritte);
            prop_assert_eq!(&lage(&anders), &stand);
            let lage = stand;
            prop_assert!(lage.offen.is_empty() || !matches!(
                lage.zustand,
                Zustand::Unzustaendig | Zustand::Zurueckgenommen | Zustand::RuecknahmeErklaert
            ));
        }
    }
}
