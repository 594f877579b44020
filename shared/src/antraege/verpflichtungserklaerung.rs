//! Verpflichtungserklärung (§ 68 AufenthG): somebody in Germany promises to pay for a guest.

mod bonitaet;
mod formular;
mod listen;
#[cfg(feature = "nachricht")]
mod nachricht;
mod regeln;
mod seiten;

pub use bonitaet::{Bonitaet, bonitaet, pfaendbar};
pub use formular::FORMULAR;
#[cfg(feature = "nachricht")]
pub use nachricht::NACHRICHT;
