//! Which pages the site has, and which program runs in each: the one place that says so.

use shared::antraege::{ANGEBOTE, ANTRAEGE, Angebot};

/// A page. It is made of `frontend/vorlage.html`, loads its program, and shows what the frontend's
/// native program `prerender` prints for it until that runs.
#[derive(Debug)]
pub struct Page {
    /// Its file. The portal serves `index.html` at its folder, and `seite.html` at its folder and
    /// every path below that has no file of its own.
    pub file: String,
    /// Its `<title>` until the program sets another.
    pub title: &'static str,
    /// The binary of the crate `frontend` that runs in it.
    pub program: &'static str,
    /// What `prerender` is asked for; `None` leaves the page empty.
    pub content: Option<&'static str>,
    /// How the program is given the texts in other languages.
    pub languages: Languages,
    /// Whether people come to it from elsewhere. Its styles stand in it, so that one request shows
    /// it; those of the other pages come meanwhile.
    pub is_entrance: bool,
}

/// How a program gets at other languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Languages {
    /// It has one only.
    None,
    /// `<meta name="texte-en" content="/assets/texte-en-….json">`: the file of texts.
    Texts,
    /// `<meta name="start-en" content="/assets/start-en-….html">`: the whole page, made
    /// beforehand. The name is that of its `content`.
    Pages,
}

const PORTAL: &str = "Anträge an die Ausländerbehörde";
const QUICKCHECK: &str = "Quick-Check Einbürgerung";

/// All pages. A new one is a line here, with a program of its own in `frontend/src/bin/` unless one
/// of those there draws it.
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        Page {
            languages: Languages::Pages,
            is_entrance: true,
            ..Page::new("index.html", PORTAL, "start", Some("start"))
        },
        Page {
            is_entrance: true,
            ..Page::new("quick-check/index.html", QUICKCHECK, "quickcheck", Some("quickcheck"))
        },
        Page::new("quick-check/seite.html", QUICKCHECK, "quickcheck", Some("seite")),
        // Also where there is no such page.
        Page::new("seite.html", PORTAL, "auskunft", Some("seite")),
        Page {
            languages: Languages::None,
            ..Page::new("amt/seite.html", "Vorgänge – Sachbearbeitung", "amt", None)
        },
    ];
    for Angebot { id, titel, .. } in &ANGEBOTE {
        pages.push(Page::new(&format!("antrag/{id}/index.html"), titel, id, Some(id)));
        pages.push(Page::new(&format!("antrag/{id}/seite.html"), titel, id, Some("seite")));
    }
    // Parts that somebody else fills in.
    for formular in ANTRAEGE.iter().filter_map(|it| Some(it.zulieferung?.formular)) {
        for file in ["index.html", "seite.html"] {
            let file = format!("antrag/{}/{file}", formular.id);
            pages.push(Page::new(&file, formular.titel, formular.id, Some("seite")));
        }
    }
    pages
}

impl Page {
    /// Whether it is of use before its program runs.
    pub fn is_of_use(&self) -> bool {
        self.content.is_some_and(|it| it != "seite")
    }

    fn new(
        file: &str,
        title: &'static str,
        program: &'static str,
        content: Option<&'static str>,
    ) -> Page {
        Page {
            file: file.to_owned(),
            title,
            program,
            content,
            languages: Languages::Texts,
            is_entrance: false,
        }
    }
}
