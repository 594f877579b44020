//! Writes the call of `bindgen!` for the Spin interfaces that the host offers.
//!
//! The WIT comes with the crate spin-sdk, which is a dependency for wasm only: it is never compiled here, but cargo
//! knows where it lies once `cargo fetch --locked` has run. `bindgen!` wants a literal path, so its call is generated.

use std::{env, fs, path::Path, path::PathBuf, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let wit = wit_of_spin_sdk();
    println!("cargo::rerun-if-changed={}", wit.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("bindings.rs"), bindgen(&wit)).expect("OUT_DIR can be written to");
}

fn bindgen(wit: &Path) -> String {
    format!(
        r#"wasmtime::component::bindgen!({{
    inline: "package portal:host;
        world host {{
            import spin:sqlite/sqlite@3.1.0;
            import spin:variables/variables@3.0.0;
        }}",
    path: {wit:?},
    imports: {{ default: async | trappable }},
    with: {{ "spin:sqlite/sqlite.connection": crate::sqlite::Session }},
}});
"#
    )
}

fn wit_of_spin_sdk() -> PathBuf {
    // Without a network it works as long as everything was fetched before.
    let output = metadata(&["--offline"]).or_else(|_| metadata(&[]));
    let metadata = output.unwrap_or_else(|text| {
        panic!(
            "{text}\nthe crate spin-sdk is not on this machine: run `cargo fetch --locked` first"
        )
    });
    let metadata: serde_json::Value =
        serde_json::from_slice(&metadata).expect("cargo metadata prints JSON");
    let manifest = metadata["packages"]
        .as_array()
        .expect("the metadata lists packages")
        .iter()
        .find(|package| package["name"] == "spin-sdk")
        .and_then(|package| package["manifest_path"].as_str())
        .expect("spin-sdk is a dependency of this crate");
    Path::new(manifest).parent().expect("a manifest lies in a folder").join("wit")
}

/// What `cargo metadata` prints, or what it says went wrong.
fn metadata(more: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new(env::var_os("CARGO").expect("cargo sets CARGO"))
        .args(["metadata", "--format-version=1", "--locked"])
        .args(more)
        .current_dir(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"))
        .output()
        .map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
