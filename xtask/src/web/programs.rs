//! The programs for the browser: compiled, bound to JavaScript, and started by a file of their
//! own, since the Content-Security-Policy allows no script in a page.

use std::fs;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::{PROGRAMS, site::Site};
use crate::{
    command,
    place::{root, target_dir},
    toolchain::{Target, Toolchain},
};

/// A program as the compiler left it.
pub struct Program {
    /// The binary's name.
    pub name: &'static str,
    /// Before wasm-bindgen.
    pub wasm: Vec<u8>,
}

/// Compiles all programs.
pub fn build(toolchain: &Toolchain) -> Result<Vec<Program>> {
    command::step("programs for the browser", || {
        let dir = target_dir().join("wasm-web");
        let mut cargo = toolchain.cargo();
        cargo.args(["build", "--package", "frontend", "--profile", "web"]);
        cargo.args(["--target", Target::Unknown.triple()]).arg("--target-dir").arg(&dir);
        PROGRAMS.iter().for_each(|(name, _)| _ = cargo.args(["--bin", name]));
        command::run(&mut cargo)?;

        let built = dir.join(Target::Unknown.triple()).join("web");
        PROGRAMS
            .iter()
            .map(|&(name, _)| {
                let path = built.join(format!("{name}.wasm"));
                let wasm =
                    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                Ok(Program { name, wasm })
            })
            .collect()
    })
}

/// The pages whose text is there before the program runs, as (page, HTML): `start` for the start
/// page, `seite` for the others, `amt` for the caseworkers'. The frontend's native program
/// `prerender` prints them.
pub fn prerender() -> Result<Vec<(String, String)>> {
    if !root().join("frontend/src/bin/prerender.rs").is_file() {
        return Ok(Vec::new());
    }
    command::step("prerendered pages", || {
        ["start", "seite", "amt"]
            .into_iter()
            .map(|page| {
                let mut cargo = command::cargo();
                cargo.args(["run", "--quiet", "--package", "frontend", "--features", "ssr"]);
                cargo.args(["--bin", "prerender", "--", page]);
                Ok((page.to_owned(), command::output(&mut cargo)?))
            })
            .collect()
    })
}

impl Program {
    /// Adds the program to `site` and gives what its page has to hold to start it. `texte` goes
    /// before, so that it is there when the program looks.
    pub fn lay_out(&self, site: &mut Site, texte: &str) -> Result<String> {
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
             init({{ module_or_path: \"{wasm}\" }}).catch((error) => {{\n\
             \x20 console.error(error);\n\
             \x20 document.getElementById(\"startfehler\")?.removeAttribute(\"hidden\");\n\
             }});\n"
        );
        let start = site.add_hashed(&format!("{name}-start.js"), start.as_bytes());
        Ok(format!(
            "{texte}<link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\
             <link rel=\"modulepreload\" href=\"{glue}\">\
             <script type=\"module\" src=\"{start}\"></script>"
        ))
    }
}
