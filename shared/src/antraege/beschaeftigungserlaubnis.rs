//! Beschäftigungserlaubnis (§ 4a AufenthG, § 61 AsylG): somebody who may not work freely asks for the
//! permission to take up a certain job.

mod arbeitgeber;
mod arbeitgeberteil;
mod fiktion;
mod formular;
mod listen;
#[cfg(feature = "nachricht")]
mod nachricht;
mod regeln;
mod seiten;
mod weg;

pub use arbeitgeberteil::{FORMULAR as ARBEITGEBERTEIL, ZULIEFERUNG};
pub use fiktion::fiktion_bis;
pub use formular::FORMULAR;
#[cfg(feature = "nachricht")]
pub use nachricht::NACHRICHT;
pub use weg::{Lage, Weg, Wegart, weg};
