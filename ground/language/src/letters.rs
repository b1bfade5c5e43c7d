//! Until `mandate-names` is there.
pub(crate) fn latin_to_cyrillic(text: &str) -> String {
    let mut out = String::new();
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let pair: String = letters[at..].iter().take(2).collect();
        let digraph = match pair.as_str() {
            "lj" => Some('љ'),
            "Lj" | "LJ" => Some('Љ'),
            "nj" => Some('њ'),
            "Nj" | "NJ" => Some('Њ'),
            "dž" => Some('џ'),
            "Dž" | "DŽ" => Some('Џ'),
            _ => None,
        };
        if let Some(letter) = digraph {
            out.push(letter);
            at += 2;
            continue;
        }
        let latin = "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ";
        let cyrillic = "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ";
        out.push(
            latin
                .chars()
                .position(|c| c == letters[at])
                .and_then(|i| cyrillic.chars().nth(i))
                .unwrap_or(letters[at]),
        );
        at += 1;
    }
    out
}
