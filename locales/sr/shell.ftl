# Okvir svake stranice i ono što je zajedničko obrascima, tabelama i stranicama o greškama.

## Vrh stranice
shell-skip-to-content = Pređi na glavni sadržaj
shell-menu-main = Glavni meni
shell-breadcrumbs = Nalazite se ovde
shell-home = Početna
shell-language = Jezik
shell-sign-in = Prijavite se
shell-sign-out = Odjavite se
# $name is a person's name
shell-sample-data = Primer podataka: sve je ovde izmišljeno, radi vežbe.

## Meni
shell-menu-desk = Moj radni sto
shell-menu-recommendations = Preporuke
shell-menu-documents = Dokumenti
shell-menu-institutions = Institucije
shell-menu-import = Uvoz
shell-menu-reports = Izveštaji
shell-menu-people = Osobe
shell-menu-ledger = Evidencija promena
shell-menu-alarms = Upozorenja
shell-menu-files = Predmeti
shell-menu-process = Postupak
shell-menu-keys = Ključevi

## Dugmad i veze
shell-save = Sačuvaj
shell-change = Promeni
shell-continue = Nastavi
shell-search = Pretraži
shell-download = Preuzmi
# $format is a file format such as PDF

## Reči koje stoje same
shell-none = Nijedna stavka
# $label is the caption of a field

## Obrasci
shell-problem-title = Postoji problem
# Before the page's title in the window when a form has errors
shell-form-unreadable = Obrazac nije mogao da se pročita. Proverite polja i pošaljite ga ponovo.
# $field is the caption of a field
shell-field-not-a-date = { $field }: unesite ispravan datum
shell-field-not-a-choice = { $field }: izaberite jedan od odgovora sa spiska
# $example is a day, month and year in figures, such as 27 3 2026
shell-file-choose = Izaberite datoteku
# $size is a number with its unit, such as 20 MB
# $formats is a list of file formats

## Spiskovi i tabele
shell-filter = Filtriraj
shell-filter-apply = Primeni filtere
shell-filter-clear = Ukloni filtere
# $filter is the caption and value of a filter
shell-sort-by = Poređaj po
# $column is a column's heading
shell-table-showing = Prikazano od { $from } do { $to }, ukupno { $total }
shell-table-empty = Ovde još nema ničega.
shell-table-no-match = Ništa ne odgovara. Uklonite neki filter ili promenite pretragu.
shell-table-select = Označi
shell-table-select-all = Označi sve na ovoj stranici
shell-chart-table = Prikaži brojeve u tabeli
shell-pagination = Stranice
shell-pagination-previous = Prethodna
shell-pagination-next = Sledeća
# $number is the number of a page

## Sesija i kolačići

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
# $version is the program's version

shell-signed-in-as = Prijavljeni ste kao { $name }
shell-file-formats = Formati: { $formats }
shell-table-selected = { $count ->
    [one] Označena { $count } stavka
    [few] Označene { $count } stavke
   *[other] Označeno { $count } stavki
}
shell-pagination-page = Stranica { $number }
shell-pagination-page-of = Stranica { $number } od { $total }
shell-important = Važno
