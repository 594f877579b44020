//! The PDF of an application: tagged, archivable (PDF/A-2a) and accessible (PDF/UA-1), with fonts for all of
//! DIN 91379.
//!
//! A [`Dokument`] goes in, bytes come out; [`antrag`] makes one of an application and is all that knows forms.
//! Read on in [`satz`] (text becomes lines), [`seiten`] (lines find their places) and [`ausgabe`] (places become a PDF).
//!
//! Absent on purpose: a clock, files and randomness. The same [`Dokument`] gives the same bytes.

pub mod antrag;

mod ausgabe;
mod satz;
mod schrift;
mod seiten;

use chrono::{DateTime, Utc};

/// What is printed. All texts are plain; a line feed starts a new line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dokument {
    /// Title of the document, its first heading and what a viewer shows in its title bar.
    pub titel: String,
    /// Language of the text, BCP 47 (`de`, `en`, `ar`). Says the direction, too.
    pub sprache: String,
    /// Name of the authority, at the top of every page.
    pub behoerde: String,
    /// What tells this document from others, for example `Vorgang A7K2-…`. At the top of every page.
    pub kennung: String,
    /// Label and value, printed below the title: receipt number, date, checksum.
    pub kopf: Vec<(String, String)>,
    pub abschnitte: Vec<Abschnitt>,
    /// At the bottom of every page.
    pub fuss: String,
    /// Beside it, with `{seite}` and `{seiten}` for the numbers: `Seite {seite} von {seiten}`.
    pub seitenzahl: String,
    /// Goes into the metadata.
    pub erstellt: DateTime<Utc>,
}

/// A heading with what stands below it. Each is a bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abschnitt {
    pub titel: String,
    /// 1 below the title, 2 below an Abschnitt of 1, and so on. A level that was skipped is taken back.
    pub ebene: u8,
    pub bloecke: Vec<Block>,
}

/// What stands in an [`Abschnitt`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Absatz(String),
    /// Question and answer.
    Antworten(Vec<(String, String)>),
    Liste(Vec<String>),
    Tabelle(Tabelle),
    /// Set apart from the rest, for example a finding. The title says what it is (`Bitte prüfen`): colour
    /// alone says nothing to many.
    Hinweis {
        titel: String,
        text: String,
    },
}

/// A table; its head is repeated on each page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabelle {
    /// Headings of the columns.
    pub kopf: Vec<String>,
    /// As many cells as `kopf` has; missing ones are empty, those too many are left out.
    pub zeilen: Vec<Vec<String>>,
}

/// Why there is no PDF. Names no contents.
#[derive(Debug, thiserror::Error)]
pub enum DruckError {
    /// The document would break PDF/A-2a or PDF/UA-1, for example for want of a title.
    #[error("the document does not meet its standards: {}", .0.join(", "))]
    Standard(Vec<String>),
    /// More than the format can hold, for example objects.
    #[error("the document exceeds a limit of the format")]
    Grenze,
    /// The library refused; ours to mend.
    #[error("the document cannot be written: {0}")]
    Bibliothek(String),
}

thread_local! {
    /// Reading the fonts takes longer than setting a page: once for an instance, which has one
    /// thread.
    static SCHRIFTEN: schrift::Schriften = schrift::Schriften::new();
}

/// The PDF of `dokument`.
///
/// # Errors
/// [`DruckError`] if the document would break its standards or the limits of the format.
pub fn write(dokument: &Dokument) -> Result<Vec<u8>, DruckError> {
    let seiten = SCHRIFTEN.with(|schriften| seiten::lay_out(dokument, schriften));
    ausgabe::write(dokument, seiten)
}
