// A host and counterparts of a test's own: to be killed, or with settings of its own.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { env } from "./hilfe.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Starts a program and waits for the line that begins with `sign`. */
async function start(started, program, args, sign) {
  const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "ignore"] });
  started.push(child);
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith(sign)) {
      child.stdout.resume();
      return { child, line };
    }
  }
  throw new Error(`${program} ended before it said ${sign}`);
}

/** Ends a program and waits until it is gone. */
export async function end(child, signal = "SIGTERM") {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
}

/**
 * Counterparts in a folder of their own. Gives their origins, the folder in which they keep what
 * arrives, and `host`, which starts a host for them; all of it ends with the test.
 */
export async function eigenesSystem(t) {
  const dir = await mkdtemp(join(tmpdir(), "system-"));
  const variablen = JSON.parse(await readFile(env("VARIABLEN"), "utf8"));
  const started = [];
  t.after(async () => {
    for (const child of started) child.kill("SIGKILL");
    await rm(dir, { recursive: true, force: true });
  });
  const ordner = join(dir, "gegenstellen");
  const { line } = await start(
    started,
    env("GEGENSTELLEN_PROGRAMM"),
    ["--fachverfahren", "127.0.0.1:0", "--dms", "127.0.0.1:0", "--ordner", ordner,
      "--token", variablen.fachverfahren_token, "--dms-anmeldung", variablen.dms_anmeldung],
    "bereit ",
  );
  const origin = (name) => new RegExp(`${name}=(\\S+)`).exec(line)[1];
  const fachverfahren = origin("fachverfahren");
  const dms = origin("dms");

  /** `daten` is the name of the database's folder; `variables` are added to those of the demo. */
  async function host({ daten = "daten", variables = {}, tick = "500ms", options = [] } = {}) {
    const given = { fachverfahren_ursprung: fachverfahren, dms_ursprung: dms, wiederholung_sekunden: "1", ...variables };
    const { child, line } = await start(
      started,
      env("HOST_PROGRAMM"),
      ["--manifest", "spin.toml", "--listen", "127.0.0.1:0", "--data", join(dir, daten), "--cache", env("CWASM_DIR"),
        "--variables-file", env("VARIABLEN"), "--tick", `/intern/weiterleitung=${tick}`, ...options,
        ...Object.entries(given).flatMap(([name, value]) => ["--variable", `${name}=${value}`])],
      "ready ",
    );
    return { child, portal: line.split(" ")[1] };
  }
  return { dir, ordner, variablen, fachverfahren, dms, host };
}
