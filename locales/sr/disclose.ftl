# Tables of counts that give nobody away: what stands in their cells, and what is said to those who publish them.

disclose-fewer-than = manje od { $number }
disclose-withheld = ne objavljuje se
disclose-total = ukupno
disclose-table = tabela
disclose-people = osobe
disclose-release = objava
disclose-cell = polje
disclose-published = objavljeno
disclose-least = najmanje
disclose-most = najviše
disclose-holds = zaštićeno
disclose-yes = da
disclose-no = ne
disclose-no-end = bez granice
disclose-loss = Ne objavljuje se { $withheld } od { $cells } polja.
disclose-loss-small = Zato što je u njima malo osoba: { $cells }.
disclose-loss-difference = Zato što je malo osoba dodato ili izostavljeno otkad ih je ranija objava prikazala: { $cells }.
disclose-loss-earlier = Zato što ih ranija objava o istim osobama nije prikazala: { $cells }.
disclose-loss-others = Da se druga ne bi mogla izračunati: { $cells }.
disclose-rounded = Svaki broj je zaokružen i razlikuje se od prebrojanog za manje od { $within }.
disclose-audited = Provereno, zajedno sa svim ranijim objavama; polja koja se ne mogu ograničiti uže nego što pravilo dopušta: { $cells }.
disclose-one-word = Reči „manje od” bi zajedno s drugim tabelama otkrile osobe, pa u svakom polju koje se ne prikazuje stoji „ne objavljuje se”.
disclose-given-away = Ranije objave su već suzile ovo polje i to se više ne može popraviti: { $cell }
disclose-trial = Samo proba. U registar nije upisano ništa, pa se ovo ne sme objaviti.
disclose-found = Polja koja nisu prikazana onako kako su prebrojana: { $cells }. Ipak se tačno zna: { $known }. Ograničeno preusko: { $tight }.
disclose-not-protected = Ono što je objavljeno ne štiti osobe na koje se odnosi.
