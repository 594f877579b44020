//! When something is asked. Data, not a closure, so that it can be printed on the Prüfblatt.

use crate::{
    angaben::{Angaben, View},
    werte::{Datum, Ganzzahl, Wert},
};

/// A condition on answers. Ids are relative to where the condition stands: in an entry of a group
/// they mean the answers of that entry.
#[derive(Clone, Copy)]
pub enum Bedingung {
    Immer,
    Nie,
    /// The answer is this code, or `true` or `false`.
    Gleich(&'static str, &'static str),
    /// The answer is one of these.
    EinesVon(&'static str, &'static [&'static str]),
    /// The number is greater.
    MehrAls(&'static str, i64),
    /// There is an answer, or an entry.
    Beantwortet(&'static str),
    /// An entry of the group (first id) has this answer in the Feld (second id).
    Enthaelt(&'static str, &'static str, &'static str),
    Nicht(&'static Bedingung),
    Alle(&'static [Bedingung]),
    Eine(&'static [Bedingung]),
    /// Looks from the whole Antrag instead of the entry.
    ImAntrag(&'static Bedingung),
    /// What data cannot say.
    Praedikat(&'static Praedikat),
}

/// A condition with a sentence and a function.
pub struct Praedikat {
    /// Part of a sentence on the Prüfblatt: `die Person ist 16 Jahre alt oder älter`.
    pub satz: &'static str,
    pub holds: fn(&View<'_>, Datum) -> bool,
}

impl Bedingung {
    /// Whether it holds for the answers below `praefix`.
    pub fn holds(&self, angaben: &Angaben, praefix: &str, stichtag: Datum) -> bool {
        let text = |id: &str| angaben.text(&format!("{praefix}{id}"));
        match self {
            Bedingung::Immer => true,
            Bedingung::Nie => false,
            Bedingung::Gleich(id, code) => text(id) == Some(code),
            Bedingung::EinesVon(id, codes) => text(id).is_some_and(|it| codes.contains(&it)),
            Bedingung::MehrAls(id, zahl) => {
                text(id).and_then(Ganzzahl::read).is_some_and(|it| *zahl < it.0)
            }
            Bedingung::Beantwortet(id) => {
                let pfad = format!("{praefix}{id}");
                angaben.text(&pfad).is_some()
                    || 0 < angaben.anzahl(&pfad)
                    || angaben.has_any(&format!("{pfad}."))
            }
            Bedingung::Enthaelt(gruppe, feld, code) => {
                let gruppe = format!("{praefix}{gruppe}");
                (0..angaben.anzahl(&gruppe)).any(|index| {
                    let pfad = match *feld {
                        "" => format!("{gruppe}[{index}]"),
                        feld => format!("{gruppe}[{index}].{feld}"),
                    };
                    angaben.text(&pfad) == Some(code)
                })
            }
            Bedingung::Nicht(it) => !it.holds(angaben, praefix, stichtag),
            Bedingung::Alle(all) => all.iter().all(|it| it.holds(angaben, praefix, stichtag)),
            Bedingung::Eine(any) => any.iter().any(|it| it.holds(angaben, praefix, stichtag)),
            Bedingung::ImAntrag(it) => it.holds(angaben, "", stichtag),
            Bedingung::Praedikat(it) => {
                let view = View::new(angaben).unter(praefix);
                (it.holds)(&view, stichtag)
            }
        }
    }

    pub const fn is_immer(&self) -> bool {
        matches!(self, Bedingung::Immer)
    }

    pub const fn is_nie(&self) -> bool {
        matches!(self, Bedingung::Nie)
    }

    /// The condition as part of a sentence on the Prüfblatt; `None` for [`Bedingung::Immer`].
    pub fn satz(&self) -> Option<String> {
        Some(match self {
            Bedingung::Immer => return None,
            Bedingung::Nie => "nie".to_owned(),
            Bedingung::Gleich(id, code) => format!("`{id}` = {code}"),
            Bedingung::EinesVon(id, codes) => format!("`{id}` ∈ {}", codes.join(", ")),
            Bedingung::MehrAls(id, zahl) => format!("`{id}` > {zahl}"),
            Bedingung::Beantwortet(id) => format!("`{id}` ist angegeben"),
            Bedingung::Enthaelt(gruppe, _, code) => format!("`{gruppe}` enthält {code}"),
            Bedingung::Nicht(it) => format!("nicht ({})", it.satz().unwrap_or_default()),
            Bedingung::Alle(all) => join(all, " und "),
            Bedingung::Eine(any) => format!("({})", join(any, " oder ")),
            Bedingung::ImAntrag(it) => it.satz()?,
            Bedingung::Praedikat(it) => it.satz.to_owned(),
        })
    }

    /// Every id that it looks at, with the codes it compares with.
    pub fn for_each_id<'a>(&'a self, f: &mut impl FnMut(&'static str, &'a [&'static str])) {
        match self {
            Bedingung::Immer | Bedingung::Nie | Bedingung::Praedikat(_) => {}
            Bedingung::Gleich(id, code) => f(id, std::slice::from_ref(code)),
            Bedingung::EinesVon(id, codes) => f(id, codes),
            Bedingung::MehrAls(id, _)
            | Bedingung::Beantwortet(id)
            | Bedingung::Enthaelt(id, _, _) => f(id, &[]),
            Bedingung::Nicht(it) | Bedingung::ImAntrag(it) => it.for_each_id(f),
            Bedingung::Alle(all) | Bedingung::Eine(all) => {
                all.iter().for_each(|it| it.for_each_id(f));
            }
        }
    }
}

fn join(bedingungen: &[Bedingung], word: &str) -> String {
    let saetze: Vec<String> = bedingungen.iter().filter_map(Bedingung::satz).collect();
    saetze.join(word)
}
