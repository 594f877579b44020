//! Beschäftigungserlaubnis (§ 4a AufenthG, § 61 AsylG): somebody who may not work freely asks for the
//! permission to take up a certain job.

mod arbeitgeber;
mod formular;
mod listen;
mod regeln;
mod seiten;
mod weg;

pub use formular::FORMULAR;
pub use weg::{Lage, Weg, Wegart, weg};
