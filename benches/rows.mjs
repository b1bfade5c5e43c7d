// So many rows of the UPR exports as CSV in UTF-8, repeated under other symbols when there are not enough.
// Usage: node rows.mjs ../shared/data/upr 250000
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, wanted] = process.argv.slice(2);
const decoder = new TextDecoder("macintosh");
const rows = [];
for (const name of ["1-5", "6-9", "10-13"]) {
  const text = decoder.decode(readFileSync(join(folder, `${name}.csv`)));
  let [field, row, quoted] = ["", [], false];
  let header = null;
  const end = () => {
    row.push(field);
    field = "";
    if (!header) header = row;
    else if (row.length > 1) rows.push(Object.fromEntries(header.map((key, n) => [key, row[n] ?? ""])));
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[at + 1] === '"') (field += '"'), at++;
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") row.push(field), (field = "");
    else if (c === "\r" || c === "\n") {
      if (c === "\r" && text[at + 1] === "\n") at++;
      end();
    } else field += c;
  }
  if (field || row.length) end();
}
const quote = (text) => `"${text.replace(/\s+/g, " ").replaceAll('"', '""')}"`;
const out = ["Symbol,To,Text,From,Response,Issue,Session"];
for (let n = 0; n < Number(wanted); n++) {
  const row = rows[n % rows.length];
  const copy = Math.floor(n / rows.length);
  const symbol = `BENCH/${copy}/${row.To.replace(/[^A-Za-z]/g, "")}/${row.Session}`;
  out.push([symbol, quote(row.To), quote(row.Text), quote(row.From), row.Response, quote(row.Issue), row.Session].join(","));
}
process.stdout.write(out.join("\n") + "\n");
