# Okvir svake stranice i ono što je zajedničko obrascima, tabelama i stranicama o greškama.

## Vrh stranice
shell-skip-to-content = Pređi na glavni sadržaj
shell-menu = Meni
shell-menu-main = Glavni meni
shell-breadcrumbs = Nalazite se ovde
shell-home = Početna
shell-language = Jezik
shell-language-choose = Izaberite jezik
shell-sign-in = Prijavite se
shell-sign-out = Odjavite se
# $name is a person's name
shell-signed-in-as = Prijavljeni ste kao { $name }
shell-sample-data = Primer podataka: sve je ovde izmišljeno, radi vežbe.
shell-phase = Nova usluga
shell-phase-text = Ovo je nova usluga. Javite administratoru šta ne radi.

## Meni
shell-menu-desk = Moj radni sto
shell-menu-recommendations = Preporuke
shell-menu-documents = Dokumenti
shell-menu-institutions = Institucije
shell-menu-import = Uvoz
shell-menu-reports = Izveštaji
shell-menu-people = Osobe
shell-menu-account = Moj nalog
shell-menu-ledger = Evidencija promena

## Dugmad i veze
shell-save = Sačuvaj
shell-cancel = Otkaži
shell-delete = Izbriši
shell-edit = Uredi
shell-add = Dodaj
shell-change = Promeni
shell-back = Nazad
shell-continue = Nastavi
shell-confirm = Potvrdi
shell-close = Zatvori
shell-open = Otvori
shell-search = Pretraži
shell-download = Preuzmi
# $format is a file format such as PDF
shell-download-as = Preuzmi kao { $format }
shell-print = Odštampaj ovu stranicu
shell-copy = Kopiraj
shell-copied = Kopirano
shell-show-password = Prikaži lozinku
shell-hide-password = Sakrij lozinku
shell-show = Prikaži
shell-hide = Sakrij
shell-details = Pojedinosti
shell-exit-this-page = Napusti ovu stranicu
shell-exit-this-page-hint = Odmah napuštate stranicu i otvara se neutralan sajt.

## Reči koje stoje same
shell-yes = Da
shell-no = Ne
shell-and = i
shell-or = ili
shell-none = Nijedna stavka
shell-all = Sve
shell-unknown = Nije poznato
shell-not-given = Nije navedeno
shell-required = obavezno
shell-optional = neobavezno
# $label is the caption of a field
shell-field-optional = { $label } (neobavezno)
shell-success = Uspešno obavljeno
shell-important = Važno
shell-warning = Upozorenje
shell-loading = Učitava se

## Obrasci
shell-problem-title = Postoji problem
# Before the page's title in the window when a form has errors
shell-error-prefix = Greška:
shell-form-unreadable = Obrazac nije mogao da se pročita. Proverite polja i pošaljite ga ponovo.
# $field is the caption of a field
shell-field-missing = { $field }: ovo polje je obavezno
shell-field-too-long = { $field }: unesite najviše { $most ->
    [one] { $most } znak
    [few] { $most } znaka
   *[other] { $most } znakova
}
shell-field-not-a-number = { $field }: unesite broj
shell-field-not-a-date = { $field }: unesite ispravan datum
shell-field-not-a-choice = { $field }: izaberite jedan od odgovora sa spiska
shell-choose = Izaberite
shell-unsaved = Imate promene koje nisu sačuvane.
shell-characters-left = { $count ->
    [one] Preostao Vam je { $count } znak
    [few] Preostala su Vam { $count } znaka
   *[other] Preostalo Vam je { $count } znakova
}
shell-date-day = Dan
shell-date-month = Mesec
shell-date-year = Godina
# $example is a day, month and year in figures, such as 27 3 2026
shell-date-hint = Na primer, { $example }
shell-date-from = Od
shell-date-to = Do
shell-file-choose = Izaberite datoteku
shell-file-none = Nijedna datoteka nije izabrana
shell-file-drop = Ili prevucite datoteku ovde
# $size is a number with its unit, such as 20 MB
shell-file-limit = Najveća datoteka koja se može poslati: { $size }.
# $formats is a list of file formats
shell-file-formats = Formati: { $formats }

## Spiskovi i tabele
shell-filter = Filtriraj
shell-filter-apply = Primeni filtere
shell-filter-clear = Ukloni filtere
shell-filter-active = Aktivni filteri
# $filter is the caption and value of a filter
shell-filter-remove = Ukloni filter: { $filter }
shell-sort-by = Poređaj po
# $column is a column's heading
shell-sort-ascending = Poređaj po koloni „{ $column }”, rastuće
shell-sort-descending = Poređaj po koloni „{ $column }”, opadajuće
shell-sorted-ascending = poređano rastuće
shell-sorted-descending = poređano opadajuće
shell-rows-per-page = Redova po stranici
shell-table-showing = Prikazano od { $from } do { $to }, ukupno { $total }
shell-table-empty = Ovde još nema ničega.
shell-table-no-match = Ništa ne odgovara. Uklonite neki filter ili promenite pretragu.
shell-table-select = Označi
shell-table-select-all = Označi sve na ovoj stranici
shell-table-selected = { $count ->
    [one] Označena { $count } stavka
    [few] Označene { $count } stavke
   *[other] Označeno { $count } stavki
}
shell-chart-table = Prikaži brojeve u tabeli
shell-pagination = Stranice
shell-pagination-previous = Prethodna
shell-pagination-next = Sledeća
# $number is the number of a page
shell-pagination-page = Stranica { $number }
shell-pagination-page-of = Stranica { $number } od { $total }

## Sesija i kolačići
shell-session-ending = { $minutes ->
    [one] Bićete odjavljeni za { $minutes } minut.
    [few] Bićete odjavljeni za { $minutes } minuta.
   *[other] Bićete odjavljeni za { $minutes } minuta.
}
shell-session-stay = Ostanite prijavljeni
shell-session-ended = Odjavljeni ste jer neko vreme nije bilo aktivnosti. Prijavite se da biste nastavili.
shell-cookies = Ovaj sajt čuva samo dva kolačića: jedan za Vašu sesiju i jedan za Vaš jezik.

## Greške: naslov i šta dalje da se radi
shell-error-400-title = Zahtev nije mogao da se razume
shell-error-400-next = Proverite adresu ili obrazac i pokušajte ponovo.
shell-error-401-title = Najpre se prijavite
shell-error-401-next = Kada se prijavite, otvoriće se stranica koju ste tražili.
shell-error-403-title = Ne možete to da uradite
shell-error-403-next = Vaša uloga to ne obuhvata. Ako Vam je potrebno za rad, obratite se administratoru.
shell-error-404-title = Stranica nije pronađena
shell-error-404-next = Proverite adresu. Stranica je možda premeštena ili joj nemate pristup.
shell-error-405-title = To se ovde ne može uraditi
shell-error-405-next = Vratite se nazad i koristite dugmad na stranici.
shell-error-409-title = U međuvremenu se nešto promenilo
shell-error-409-next = Neko je ovo promenio dok ste radili. Vratite se nazad, pogledajte sadašnje stanje i ponovo pošaljite svoju izmenu.
shell-error-413-title = Datoteka je prevelika
shell-error-413-next = Podelite datoteku na manje i pošaljite ih jednu po jednu.
shell-error-415-title = Ova vrsta datoteke ne može da se pročita
shell-error-415-next = Sačuvajte datoteku u formatu koji obrazac navodi i pošaljite je ponovo.
shell-error-422-title = Deo poslatih podataka nije ispravan
shell-error-422-next = Vratite se nazad, ispravite označena polja i ponovo pošaljite obrazac.
shell-error-429-title = Previše pokušaja
shell-error-429-next = { $minutes ->
    [one] Sačekajte { $minutes } minut, pa pokušajte ponovo.
    [few] Sačekajte { $minutes } minuta, pa pokušajte ponovo.
   *[other] Sačekajte { $minutes } minuta, pa pokušajte ponovo.
}
shell-error-500-title = Došlo je do greške
# $number finds the error in the log
shell-error-500-next = Ono što ste poslali možda nije sačuvano. Pokušajte kasnije; ako se ponovi, javite administratoru ovaj broj: { $number }
shell-error-503-title = Usluga nije dostupna
shell-error-503-next = U toku je održavanje ili ponovno pokretanje. Pokušajte ponovo za nekoliko minuta.
shell-error-stale-title = Obrazac je istekao
shell-error-stale-next = Vratite se nazad, ponovo učitajte stranicu i pošaljite obrazac. Duže tekstove prethodno kopirajte.

## Dno stranice
shell-footer = Dno stranice
shell-footer-accessibility = Pristupačnost
shell-footer-privacy = Privatnost
shell-footer-help = Pomoć
shell-footer-source = Izvorni kod
# $version is the program's version
shell-footer-version = Verzija { $version }
