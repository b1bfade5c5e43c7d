// Bundles the client, and what tests need to play the server that cheats, for node.
import { build } from "../../assets/node_modules/esbuild/lib/main.js";

const here = (path) => new URL(path, import.meta.url).pathname;
const none = here("../../assets/src/sealing/none.ts");
await build({
  entryPoints: { sealing: here("../../assets/src/sealing/sealing.ts"), tools: here("tools.ts") },
  bundle: true, splitting: true, format: "esm", platform: "node", outdir: here("built/"), outExtension: { ".js": ".mjs" },
  nodePaths: [here("../../assets/node_modules")], target: "es2022",
  // As assets/build.mjs does.
  alias: { "@noble/post-quantum/hybrid.js": none, "@noble/curves/nist.js": none }, logLevel: "warning",
});
