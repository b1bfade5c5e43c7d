// How long an index of 20,000 cases takes to open and to search, as in a browser: node tests/sealing/index.bench.mjs
// Names are invented out of syllables. A slow laptop is about four times slower than a desk machine.
import * as sealing from "./built/sealing.mjs";
import { NOW, world } from "./world.mjs";

const w = await world();
const syllables = ["A", "Be", "sa", "Đor", "đe", "Xhe", "vdet", "Ma", "ri", "ja", "Lju", "bi", "ca", "Shpre", "sa", "Mi", "ljan", "Kras", "niqi", "Pe", "tro", "vić"];
let state = 1;
const pick = () => syllables[(state = (state * 48271) % 2147483647) % syllables.length];
const word = () => pick() + pick().toLowerCase() + pick().toLowerCase();
const entries = Array.from({ length: 20_000 }, (_, n) => sealing.entry(`C-${n}`, `${word()} ${word()}`));
const timed = async (name, what) => {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const result = await what();
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${name}: ${Math.round(performance.now() - start)} ms, of processor ${Math.round((user + system) / 1000)} ms`);
  return result;
};
const index = sealing.NameIndex.of(entries);
const bytes = await timed("seal", () => sealing.sealField(index.bytes(), { field: sealing.INDEX, version: 2, chain: w.chain, directory: w.good, author: w.ana, now: NOW }));
console.log(`${entries.length} names, ${bytes.length} bytes sealed`);
await timed("open and first search", async () => {
  const { body } = await sealing.openField(bytes, { field: sealing.INDEX, secrets: w.secrets, directory: w.good, memory: new sealing.PageMemory() });
  return sealing.NameIndex.read(body).find("đorđe kras");
});
const read = sealing.NameIndex.read(index.bytes());
await timed("100 searches", () => { for (let n = 0; n < 100; n++) read.find(syllables[n % 22]); });
