//! What only Spin gives: variables, its database, its clock.

use std::{fmt, sync::OnceLock, time::SystemTime};

use ablage::{Ablage, AblageError, Mandant, Schluesselring, Zeitpunkt, spin::Spin};
use spin_sdk::variables;

use crate::log;

/// The settings of a function. They are the same for every request, and an instance lives for
/// seconds, so they are read once.
pub struct Einstellung<T>(OnceLock<T>);

impl<T> Einstellung<T> {
    /// Not read yet.
    pub const fn new() -> Einstellung<T> {
        Einstellung(OnceLock::new())
    }

    /// The settings, made by `read` of the values of `namen`; `None` after the operator was told in
    /// the log of `komponente` what is wrong with them.
    pub async fn get<const N: usize, E: fmt::Display>(
        &self,
        namen: [&'static str; N],
        read: impl FnOnce(&[String; N]) -> Result<T, E>,
        (komponente, pfad): (&str, &str),
    ) -> Option<&T> {
        if let Some(gelesen) = self.0.get() {
            return Some(gelesen);
        }
        let mut werte = namen.map(|_| String::new());
        for (wert, name) in werte.iter_mut().zip(namen) {
            match variables::get(name).await {
                Ok(gelesen) => *wert = gelesen,
                Err(_) => {
                    log(komponente, pfad, &format!("the variable `{name}` is not set"));
                    return None;
                }
            }
        }
        match read(&werte) {
            Ok(gelesen) => Some(self.0.get_or_init(|| gelesen)),
            Err(error) => {
                log(komponente, pfad, &error.to_string());
                None
            }
        }
    }
}

impl<T> Default for Einstellung<T> {
    fn default() -> Einstellung<T> {
        Einstellung::new()
    }
}

/// The time of Spin's clock.
pub fn jetzt() -> Zeitpunkt {
    let seit_1970 = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    Zeitpunkt::from_millis(i64::try_from(seit_1970.as_millis()).unwrap_or(i64::MAX))
}

/// Opens the store in the function's database.
///
/// # Errors
/// If the database does not answer, or was made by a newer version.
pub async fn open(mandant: &Mandant, ring: &Schluesselring) -> Result<Ablage<Spin>, AblageError> {
    Ablage::open(Spin::open_default().await?, mandant.clone(), ring.clone()).await
}
