// The key under which spellings of a name agree: engines/names, Strength::Bare, unit for unit. The table of units and the
// rules are explained there; tests/sealing compares the two.

const APART = "";
const vowel = (unit: string): boolean => unit !== "" && "aeiou".includes(unit);

const JOINED: Record<string, string> = {
  sh: "S", zh: "Z", ch: "C", tS: "C", tC: "C", xh: "X", dZ: "X", dS: "X", dX: "X", dj: "X", gj: "X", dz: "x", dx: "x",
  ts: "c", tz: "c", tc: "c", th: "t", dh: "d", gh: "g", kh: "h", ph: "f", ck: "k", lj: "L", lL: "L", nj: "N", nN: "N",
};

function joined(first: string, second: string): string {
  if (first === second && /^[A-Za-z]$/.test(first)) return first;
  return JOINED[first + second] ?? APART;
}

type Map1 = (unit: string) => string;
const asIs: Map1 = (unit) => unit;
/** What remains of a unit in a list without marks. */
const bare: Map1 = (unit) => ({ C: "c", S: "s", Z: "z", X: "d", x: "d" })[unit] ?? unit;

function push(pile: string[], pushed: string, map: Map1): void {
  let unit = map(pushed);
  while (pile.length > 0) {
    const top = pile[pile.length - 1];
    const below = pile[pile.length - 2];
    let one: string;
    if (unit === "h" && top === "c" && below === "s") {
      pile.pop();
      one = "S";
    } else if (top === "j" && below === "i" && "aeou".includes(unit)) {
      one = unit;
    } else {
      one = joined(top, unit);
    }
    if (one === APART) break;
    pile.pop();
    unit = map(one);
  }
  pile.push(unit);
}

const NOTHING = "\u0001";
const EITHER = "\u0002";

function ascii(letter: string): string {
  const small = letter.toLowerCase();
  if (small === "q") return "C";
  if (small === "w") return "v";
  if (small === "y") return EITHER;
  if (/^[a-z0-9]$/.test(small)) return small;
  return letter === "'" || letter === "`" ? NOTHING : " ";
}

const UNITS = new Map<string, string>();
for (const [letters, units] of [
  ["čČćĆçÇчЧћЋќЌ", "C"], ["šŠşŞșȘśŚшШщЩ", "S"], ["žŽźŹżŻжЖ", "Z"], ["đĐðÐђЂџЏѓЃǆǅǄ", "X"], ["ѕЅǳǲǱ", "x"],
  ["љЉǉǈǇľĽ", "L"], ["њЊǌǋǊñÑńŃňŇ", "N"], ["ëËéÉèÈêÊеЕёЁэЭєЄ", "e"], ["üÜıİíÍиИіІыЫ", "i"], ["аАáÁàÀâÂäÄ", "a"],
  ["оОóÓöÖôÔøØ", "o"], ["уУúÚûÛ", "u"], ["бБ", "b"], ["вВ", "v"], ["гГғґ", "g"], ["дД", "d"], ["зЗ", "z"], ["јЈйЙ", "j"],
  ["кК", "k"], ["лЛłŁ", "l"], ["мМ", "m"], ["нН", "n"], ["пП", "p"], ["рР", "r"], ["сСß", "s"], ["тТþÞ", "t"], ["фФ", "f"],
  ["хХ", "h"], ["цЦ", "c"], ["юЮ", "ju"], ["яЯ", "ja"], ["æÆ", "ae"], ["œŒ", "oe"],
]) for (const letter of letters) UNITS.set(letter, units);

const isAscii = (letter: string | undefined): letter is string => letter !== undefined && letter.charCodeAt(0) < 128;

function place(unit: string, next: string | undefined, pile: string[], map: Map1): void {
  if (unit === NOTHING) return;
  if (unit === " ") {
    if (pile.length > 0 && pile[pile.length - 1] !== " ") pile.push(" ");
    return;
  }
  if (unit === EITHER) {
    const before = pile[pile.length - 1] ?? "";
    push(pile, vowel(before) || vowel((next ?? "").toLowerCase()) ? "j" : "i", map);
    return;
  }
  push(pile, unit, map);
}

/** A letter that is none of ours: without its marks if it is one of ours then, else as it is, small. */
function rare(letter: string, pile: string[], map: Map1): void {
  const parts = [...letter.normalize("NFKD")].map((part) => part.toLowerCase()).join("").normalize("NFKD");
  for (const part of parts) {
    if (/^[\u0300-\u036f\u2019\u2018\u02bc\u00b4\u00ad]$/u.test(part)) continue;
    const units = UNITS.get(part);
    if (isAscii(part)) place(ascii(part), undefined, pile, map);
    else if (units) for (const unit of units) push(pile, unit, map);
    else if (/^[\p{Alphabetic}\p{N}]$/u.test(part)) pile.push(part);
    else place(" ", undefined, pile, map);
  }
}

function read(text: string): string[] {
  const pile: string[] = [];
  const letters = [.../[\u0300-\u036f]/.test(text) ? text.normalize("NFC") : text];
  letters.forEach((letter, at) => {
    if (isAscii(letter)) {
      const after = letters[at + 1];
      const next = after === undefined ? undefined : isAscii(after) ? after : UNITS.get(after)?.[0];
      return place(ascii(letter), next, pile, asIs);
    }
    const units = UNITS.get(letter);
    if (!units) return rare(letter, pile, asIs);
    for (const unit of units) push(pile, unit, asIs);
  });
  if (pile[pile.length - 1] === " ") pile.pop();
  return pile;
}

/** The key of a text: words of units with one space between them. */
export function nameKey(text: string): string {
  const pile: string[] = [];
  for (const unit of read(text)) push(pile, unit, bare);
  return pile.join("");
}
