// One step: styles and script, minified, named after their content, listed in dist/manifest.json.
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const dist = new URL("dist/", import.meta.url);
await rm(dist, { recursive: true, force: true });
await mkdir(dist);

const manifest = {};
async function keep(name, content) {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const hashed = name.replace(/(\.\w+)$/, `.${digest}$1`);
  await writeFile(new URL(hashed, dist), content);
  manifest[name] = hashed;
}

const bundle = async (entry, more = {}) =>
  (await build({ entryPoints: [new URL(entry, import.meta.url).pathname], bundle: true, minify: true, write: false, target: "es2020", ...more }))
    .outputFiles[0].contents;

await keep("mandate.css", await bundle("src/mandate.css"));
await keep("mandate.js", await bundle("src/mandate.ts"));
await keep("passkey.js", await bundle("src/passkey.ts"));
// The page of files, with what seals and opens. Its digest is published, so that what a server hands out can be compared.
const none = new URL("src/sealing/none.ts", import.meta.url).pathname;
const alias = { "@noble/post-quantum/hybrid.js": none, "@noble/curves/nist.js": none };
const files = await bundle("src/files/main.ts", { target: "es2022", alias });
await keep("files.js", files);
await writeFile(new URL("files.sha256", dist), `${createHash("sha256").update(files).digest("hex")}  files.js\n`);
await keep("favicon.svg", await readFile(new URL("src/favicon.svg", import.meta.url)));
await writeFile(new URL("manifest.json", dist), JSON.stringify(manifest, null, 2));
