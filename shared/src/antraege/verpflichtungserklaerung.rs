//! Verpflichtungserklärung (§ 68 AufenthG): somebody in Germany promises to pay for a guest.

mod bonitaet;
mod formular;
mod listen;
mod regeln;
mod seiten;

pub use bonitaet::{Bonitaet, bonitaet, pfaendbar};
pub use formular::FORMULAR;
