//! Einbürgerung (§§ 8 to 10 StAG): somebody who has lived here long becomes German.

mod aufenthalt;
mod auskuenfte;
mod bekenntnis;
mod formular;
mod gebuehr;
mod listen;
#[cfg(feature = "nachricht")]
mod nachricht;
mod nachweise;
pub mod quickcheck;
mod regeln;
mod seiten;
mod zeitraum;

pub use aufenthalt::{
    Abwesenheit, Aufenthalt, OFFENE_PUNKTE, Quelle, Regime, Verlaufsteil, Wertung, Zeit, aufenthalt,
};
pub use bekenntnis::{Bekenntnistext, TEXTE as BEKENNTNISTEXTE, text_am};
pub use formular::FORMULAR;
pub use gebuehr::{gebuehr, summe as gebuehr_summe};
#[cfg(feature = "nachricht")]
pub use nachricht::NACHRICHT;
pub use quickcheck::QUICKCHECK;
