//! The programs for the browser: compiled, bound to JavaScript, and started by a file of their
//! own, since the Content-Security-Policy allows no script in a page.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::{
    pages::{Languages, Page},
    site::Site,
};
use crate::{
    command,
    place::target_dir,
    toolchain::{Target, Toolchain},
};

/// A program as the compiler left it.
pub struct Program {
    /// The binary's name.
    pub name: &'static str,
    /// Before wasm-bindgen.
    pub wasm: Vec<u8>,
}

/// Compiles the programs of all pages.
pub fn build(toolchain: &Toolchain, pages: &[Page]) -> Result<Vec<Program>> {
    let names: BTreeSet<&'static str> = pages.iter().map(|it| it.program).collect();
    command::step("programs for the browser", || {
        let dir = target_dir().join("wasm-web");
        let mut cargo = toolchain.cargo();
        cargo.args(["build", "--package", "frontend", "--profile", "web"]);
        cargo.args(["--target", Target::Unknown.triple()]).arg("--target-dir").arg(&dir);
        names.iter().for_each(|name| _ = cargo.args(["--bin", name]));
        command::run(&mut cargo)?;

        let built = dir.join(Target::Unknown.triple()).join("web");
        names
            .into_iter()
            .map(|name| {
                let path = built.join(format!("{name}.wasm"));
                let wasm =
                    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                Ok(Program { name, wasm })
            })
            .collect()
    })
}

/// HTML by what was asked for and the tag of the language.
pub type Prerendered = BTreeMap<(&'static str, String), String>;

/// What stands on the pages before their programs run, in German, and in all `languages` (tag and
/// file of texts) where the page wants them.
pub fn prerender(pages: &[Page], languages: &[(String, PathBuf)]) -> Result<Prerendered> {
    command::step("prerendered pages", || {
        let mut cargo = command::cargo();
        cargo.args(["build", "--package", "frontend", "--features", "ssr", "--bin", "prerender"]);
        command::run(&mut cargo)?;
        let render = |content: &str, texts: Option<&Path>| {
            let mut program = std::process::Command::new(target_dir().join("debug/prerender"));
            command::output(program.arg(content).args(texts))
        };
        let mut prerendered = Prerendered::new();
        for page in pages {
            let Some(content) = page.content else { continue };
            prerendered.insert((content, "de".to_owned()), render(content, None)?);
            if page.languages == Languages::Pages {
                for (language, texts) in languages {
                    let html = render(content, Some(texts))?;
                    prerendered.insert((content, language.clone()), html);
                }
            }
        }
        Ok(prerendered)
    })
}

impl Program {
    /// Adds the program to `site`.
    pub fn lay_out(&self, site: &mut Site) -> Result<Starter> {
        let name = self.name;
        let mut output = Bindgen::new()
            .input_bytes(name, self.wasm.clone())
            .web(true)?
            .typescript(false)
            .omit_default_module_path(true)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate_output()
            .with_context(|| format!("wasm-bindgen cannot read the program `{name}`"))?;
        // Crates may carry JavaScript files that no code of ours reaches; those are not named.
        if output.js().contains("snippets/") {
            bail!(
                "the program `{name}` needs JavaScript files of a crate, which the site does not serve"
            );
        }
        let wasm = site.add_hashed(&format!("{name}.wasm"), &output.wasm_mut().emit_wasm());
        let glue = site.add_hashed(&format!("{name}.js"), output.js().as_bytes());
        let start = format!(
            "import init from \"{glue}\";\n\
             for (const link of document.querySelectorAll(\"link[media='not all']\")) link.media = \"all\";\n\
             init({{ module_or_path: \"{wasm}\" }}).catch((error) => {{\n\
             \x20 console.error(error);\n\
             \x20 document.getElementById(\"startfehler\")?.removeAttribute(\"hidden\");\n\
             }});\n"
        );
        let start = site.add_hashed(&format!("{name}-start.js"), start.as_bytes());
        Ok(Starter { wasm, glue, start })
    }
}

/// Paths of what starts a program in a page.
pub struct Starter {
    wasm: String,
    glue: String,
    start: String,
}

impl Starter {
    /// What a page has to hold. A page that is of use before its program runs shows itself first.
    pub fn html(&self, is_of_use: bool) -> String {
        let Starter { wasm, glue, start } = self;
        let priority = if is_of_use { " fetchpriority=\"low\"" } else { "" };
        format!(
            "<link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin{priority}>\
             <link rel=\"modulepreload\" href=\"{glue}\"{priority}>\
             <script type=\"module\" src=\"{start}\"{priority}></script>"
        )
    }
}
