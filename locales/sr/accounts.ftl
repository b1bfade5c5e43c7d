# Prijavljivanje, sopstveni nalog, ljudi u kancelariji i njihove uloge, evidencija promena.

## Prijavljivanje
accounts-sign-in-title = Prijavite se
accounts-email = Adresa e-pošte
accounts-password = Lozinka
accounts-sign-in-refused = Adresa e-pošte ili lozinka nije ispravna. Proverite oba podatka i pokušajte ponovo.
accounts-passkey-sign-in = Prijavi se pristupnim ključem uređaja
accounts-code-title = Potvrdite da ste to vi
accounts-code = Kôd
accounts-code-hint = Unesite šest cifara koje aplikacija za potvrdu identiteta sada prikazuje. Ako telefon nije kod vas, unesite jedan od rezervnih kodova.
accounts-passkey-use = Upotrebi pristupni ključ uređaja

## Poziv
accounts-invitation-title = Dobro došli u kancelariju
# Followed by an e-mail address
accounts-invitation-for = Prijavljivaćete se adresom
accounts-name = Ime i prezime
accounts-new-password = Nova lozinka
accounts-password-hint = Najmanje 12 znakova. Nekoliko reči zaredom lako se pamti, a teško pogađa. Ne koristite lozinku koju već imate na drugom mestu.
accounts-accept = Sačuvaj i pređi na prijavljivanje
accounts-invitation-accepted = Lozinka je sačuvana. Sada možete da se prijavite.

## Sopstveni nalog
accounts-account-title = Moj nalog
accounts-sessions-title = Gde ste prijavljeni
accounts-browser = Pregledač
accounts-began = Početak
accounts-last-seen = Poslednja aktivnost
accounts-this-session = ova sesija
accounts-end = Završi
accounts-session-ended = Sesija je završena.
accounts-password-change = Promeni lozinku
accounts-present-password = Sadašnja lozinka
accounts-password-again = Nova lozinka još jednom
accounts-password-change-hint = Kada je promenite, vaše druge sesije se završavaju. Pristupni ključevi uređaja i ključevi za programe ostaju.
accounts-password-changed = Lozinka je promenjena. Vaše druge sesije su završene.
accounts-passkeys-title = Pristupni ključevi uređaja
accounts-passkeys-hint = Uz pristupni ključ uređaja prijavljujete se otiskom prsta, licem ili zaključavanjem ekrana, bez unošenja lozinke. Radi samo na ovoj adresi, pa niko ne može prevarom da vam ga uzme.
accounts-passkeys-browser = Ovaj pregledač ne može da doda pristupni ključ uređaja ili su mu skripte isključene.
accounts-passkey-name = Ime pristupnog ključa uređaja
accounts-passkey-name-hint = Da ga prepoznate na spisku, na primer „Službeni laptop“.
accounts-passkey-add = Dodaj pristupni ključ uređaja
accounts-passkey-added-at = Dodat
accounts-passkey-added = Pristupni ključ uređaja je dodat. Od sada možete da se prijavite njime.
accounts-passkey-removed = Pristupni ključ uređaja je ovde uklonjen. Sada ga možete obrisati i na uređaju.
accounts-passkey-never-used = još ne
accounts-passkey-known = Ovaj uređaj već ima pristupni ključ za vaš nalog.
accounts-passkey-cancelled = Ništa nije urađeno: radnja je otkazana ili je predugo trajala. Pokušajte ponovo.
accounts-remove = Ukloni
accounts-second-factor-title = Drugi korak pri prijavljivanju
accounts-second-factor-on = Aplikacija za potvrdu identiteta je podešena. Njen kôd se traži pri svakom prijavljivanju.
accounts-second-factor-off = Nijedna aplikacija za potvrdu identiteta nije podešena. Kada je podesite, sama lozinka nije dovoljna za ulazak.
accounts-second-factor-set-up = Podesi aplikaciju za potvrdu identiteta
accounts-second-factor-scan = Skenirajte ovaj kôd aplikacijom za potvrdu identiteta na svom telefonu, a zatim unesite šest cifara koje aplikacija prikazuje.
# The text in place of the picture, for those who do not see it
accounts-second-factor-qr = QR kôd za aplikaciju za potvrdu identiteta; isti ključ je ispisan ispod
# Followed by a key of letters and digits
accounts-second-factor-secret = Ako ne možete da ga skenirate, unesite u aplikaciju ovaj ključ:
accounts-recovery-codes-shown-once = Drugi korak je podešen. Odštampajte ili prepišite ove rezervne kodove i čuvajte ih na sigurnom mestu: svaki od njih jednom otvara vaš nalog ako izgubite telefon. Neće biti ponovo prikazani.
accounts-recovery-codes-left = { $count ->
    [one] Ostao vam je { $count } rezervni kôd.
    [few] Ostala su vam { $count } rezervna koda.
   *[other] Ostalo vam je { $count } rezervnih kodova.
}
accounts-recovery-codes-renew = Napravi nove rezervne kodove
accounts-second-factor-change = Promeni drugi korak
accounts-second-factor-remove = Ukloni aplikaciju za potvrdu identiteta
accounts-second-factor-removed = Aplikacija za potvrdu identiteta je uklonjena. Kôd se više ne traži.
accounts-tokens-title = Pristupni ključevi za druge programe
accounts-tokens-hint = Uz pristupni ključ drugi program može da čita ono što vi možete da čitate kao čitalac. Ne može ništa da menja.
accounts-token-name = Čemu pristupni ključ služi
accounts-token-create = Napravi pristupni ključ
accounts-token-shown-once = Kopirajte ovaj pristupni ključ sada. Neće biti ponovo prikazan.
accounts-token-ended = Pristupni ključ više ne važi.
# Followed by a date
accounts-until = važi do

## Ljudi u kancelariji
accounts-people-title = Osobe
accounts-roles = Uloge
accounts-state = Stanje
accounts-state-active = Aktivan nalog
accounts-state-invited = Poziv poslat
accounts-state-inactive = Neaktivan nalog
accounts-invite-title = Pozovite nekoga
accounts-invite = Pozovi
accounts-may-also = Takođe
accounts-new-link = Nova veza
accounts-link-shown-once = Predajte ovu vezu lično ili sigurnim putem. Važi samo jednom, sedam dana, i neće biti ponovo prikazana.
accounts-deactivate = Deaktiviraj
accounts-deactivated = Nalog više nije aktivan. Sve njegove sesije i pristupni ključevi su okončani.
accounts-reactivate = Ponovo aktiviraj
accounts-reactivated = Nalog je ponovo aktivan.
accounts-roles-set = Uloge su sačuvane. Važe od sada, i u otvorenim sesijama.
accounts-access-title = Pristup
accounts-new-link-hint = Za osobu koja još nije prihvatila poziv ili je zaboravila lozinku. Ranije veze prestaju da važe.
accounts-deactivate-hint = Za osobu koja je otišla. Sve sesije i pristupni ključevi završavaju se odmah; ono što je osoba napisala ostaje.
accounts-lost-title = Izgubljen telefon ili uređaj
accounts-lost-hint = Ako je neko izgubio uređaj, uverite se da zahtev zaista dolazi od te osobe, pa ga ovde uklonite. Osoba se prijavljuje lozinkom i podešava ga iznova.
accounts-passkey-remove = Ukloni pristupni ključ uređaja
accounts-administrator = Administriranje naloga
accounts-role-none = Bez uloge
accounts-role-reader = Čitanje
accounts-role-officer = Rad na predmetima
accounts-role-lead = Rukovođenje
accounts-area-mechanisms = Preporuke mehanizama

## Nivoi zaštite
accounts-protection-public = Javno
accounts-protection-office = Za kancelariju
accounts-protection-restricted = Ograničeno
accounts-protection-sealed = Zapečaćeno

## Evidencija promena
accounts-ledger-title = Evidencija promena
accounts-ledger-hint = Svaka promena, svako odbijanje i svako čitanje ograničenog zapisa, najnovije na početku.
accounts-ledger-number = Br.
accounts-ledger-when = Kada
accounts-ledger-who = Ko
accounts-ledger-what = Šta
accounts-ledger-outcome = Ishod
accounts-ledger-record = Zapis
accounts-ledger-unsigned = Još nije potpisana nijedna kontrolna tačka ove evidencije.
accounts-ledger-signed = Potpisano do unosa { $size }, { $at }.
accounts-ledger-cosigned = Supotpisao { $witness } do unosa { $size }, { $at }.
accounts-alarms-title = Upozorenja: mnogo čitanja
accounts-alarms-hint = Neko je za kratko vreme pročitao više zaštićenih zapisa nego što kancelarija očekuje od jedne osobe. Možda postoji dobar razlog: pitajte. Upozorenje stoji dok ga ne vide dve osobe osim one koja je čitala.
accounts-alarms-none = Nije bilo upozorenja.
accounts-alarms-readings = Čitanja
accounts-alarms-count = Najmanje { $readings } u roku od { $minutes } min
accounts-alarms-seen = Videli
accounts-alarms-see = Vidim ovo upozorenje
accounts-alarms-done = Zabeleženo je da ste videli upozorenje.
accounts-outcome-done = Izvršeno
accounts-outcome-read = Pročitano
accounts-outcome-refused = Odbijeno
accounts-who-erased = Obrisano
accounts-who-command-line = Komandna linija
accounts-who-nobody = Neprijavljen
accounts-who-program = Sam program
accounts-action-desk-marked-as-seen = Radni sto označen kao pregledan
accounts-action-document-added = Dodat dokument
accounts-action-import-started = Započet uvoz
accounts-action-import-proposed = Uvoz pročitan i predlozi napravljeni
accounts-action-import-proposal-decided = Odlučeno o predlogu iz uvoza
accounts-action-import-changed = Izmenjen uvoz
accounts-action-import-finished = Završen uvoz
accounts-action-erased = Obrisano
accounts-action-ledger-alarm-raised = Upozorenje: mnogo čitanja
accounts-action-ledger-alarm-seen = Viđeno upozorenje
accounts-action-ledger-erased = Obrisani unosi ove evidencije
accounts-action-ledger-key-added = Novi ključ za potpisivanje ove evidencije
accounts-action-ledger-rate-set = Određeno koliko čitanja izaziva upozorenje
accounts-action-ledger-reader-added = Telu izvan kancelarije dozvoljeno da prati ovu evidenciju
accounts-action-ledger-reader-ended = Telu izvan kancelarije ukinuto praćenje ove evidencije
accounts-action-ledger-witness-added = Zamoljen svedok da supotpisuje ovu evidenciju
accounts-action-passkey-added = Dodat pristupni ključ uređaja
accounts-action-passkey-removed = Uklonjen pristupni ključ uređaja
accounts-action-person-created = Napravljen nalog
accounts-action-person-invited = Pozvana osoba
accounts-action-person-invited-again = Napravljena nova veza
accounts-action-person-invitation-accepted = Prihvaćen poziv
accounts-action-person-deactivated = Deaktiviran nalog
accounts-action-person-reactivated = Nalog ponovo aktiviran
accounts-action-person-renamed = Promenjeno ime
accounts-action-person-language-set = Izabran jezik
accounts-action-person-roles-set = Određene uloge
accounts-action-person-password-changed = Promenjena lozinka
accounts-action-person-password-refused = Sadašnja lozinka nije bila ispravna
accounts-action-person-second-factor-set = Podešena aplikacija za potvrdu identiteta
accounts-action-person-second-factor-removed = Uklonjena aplikacija za potvrdu identiteta
accounts-action-person-recovery-codes-renewed = Napravljeni novi rezervni kodovi
accounts-action-recommendation-added = Dodata preporuka
accounts-action-recommendation-imported = Uvezena preporuka
accounts-action-recommendation-reworded = Izmenjen tekst
accounts-action-recommendation-translated = Dodat prevod
accounts-action-recommendation-tagged = Određene teme i grupe
accounts-action-recommendation-assigned = Dodeljena preporuka
accounts-action-recommendation-responsible-set = Određeni odgovorni
accounts-action-recommendation-deadline-set = Određen rok
accounts-action-recommendation-priority-set = Određen prioritet
accounts-action-recommendation-protection-set = Određen nivo zaštite
accounts-action-recommendation-reply-set = Zabeležen odgovor vlasti
accounts-action-recommendation-assessed = Ocenjena preporuka
accounts-action-recommendation-evidence-added = Dodat dokaz
accounts-action-recommendation-measure-added = Dodata mera
accounts-action-recommendation-measure-progressed = Zabeležen napredak mere
accounts-action-recommendation-commented = Napisan komentar
accounts-action-recommendation-mention-seen = Pregledano pominjanje
accounts-action-recommendation-people-named = Određeno ko sme da otvori zapis
accounts-action-record-read = Pročitan ograničen zapis
accounts-action-record-refused = Odbijeno otvaranje zapisa
accounts-action-route-refused = Odbijeno otvaranje stranice
accounts-action-session-opened = Prijavljivanje
accounts-action-session-refused = Prijavljivanje odbijeno
accounts-action-session-ended = Završena sesija
accounts-action-session-others-ended = Završene ostale sesije
accounts-action-session-rotated = Sesija se nastavlja s novom tajnom
accounts-action-token-created = Napravljen pristupni ključ za programe
accounts-action-token-ended = Ukinut pristupni ključ za programe

## Šta nije uspelo
accounts-error-password-short = { $least ->
    [one] Lozinka mora imati najmanje { $least } znak
    [few] Lozinka mora imati najmanje { $least } znaka
   *[other] Lozinka mora imati najmanje { $least } znakova
}
accounts-error-password-long = Lozinka je predugačka
accounts-error-password-common = Ova lozinka je među prvima koje se pogađaju. Izaberite drugu
accounts-error-password-email = Lozinka ne sme da sadrži vašu adresu e-pošte
accounts-error-wrong-password = Sadašnja lozinka nije ispravna
accounts-error-password-different = Dve nove lozinke nisu iste. Unesite obe ponovo
accounts-error-email-taken = Već postoji nalog sa ovom adresom e-pošte
accounts-error-email = Unesite adresu e-pošte, na primer ime@example.org
accounts-error-name = Unesite ime od najviše 120 znakova
accounts-error-language = Ovaj jezik ovde nije poznat
accounts-error-invitation = Ova veza više ne važi. Zatražite novu od administratora.
accounts-error-person = Takva osoba ne postoji
accounts-error-inactive = Nalog nije aktivan
accounts-error-last-administrator = Kancelariji je potreban bar jedan aktivan administrator. Najpre odredite drugog administratora.
accounts-error-code = Kôd nije ispravan ili je već iskorišćen. Sačekajte sledeći i unesite ga
accounts-error-expired = Ovo je predugo trajalo ili je već obavljeno. Počnite iz početka.
accounts-error-passkey = Pristupni ključ uređaja nije prihvaćen. Pokušajte ponovo.
accounts-error-no-passkeys = Pristupni ključevi uređaja ne mogu da se koriste na ovoj adresi
accounts-error-unknown = Toga više nema
accounts-error-token-end = Izaberite datum u budućnosti, najviše dve godine unapred
accounts-error-too-many = { $minutes ->
    [one] Previše pokušaja. Sačekajte { $minutes } minut, pa pokušajte ponovo.
    [few] Previše pokušaja. Sačekajte { $minutes } minuta, pa pokušajte ponovo.
   *[other] Previše pokušaja. Sačekajte { $minutes } minuta, pa pokušajte ponovo.
}
accounts-error-broken = Nešto nije uspelo. Pokušajte ponovo kasnije.

## The sealed process: who is what, so that nobody sees it whole
accounts-parties-title = Predmeti
accounts-parties = Uloga u predmetima
accounts-parties-hint = Niko ne vidi sve. Samo podnošenje i sekretarijat idu zajedno.
accounts-party-filing = Podnosi za druge
accounts-party-secretariat = Sekretarijat
accounts-party-commission = Član koji odlučuje
accounts-party-keeper = Čuvar imena
accounts-party-observer = Vidi postupak, a nijedan predmet
accounts-party-body = Podnosi za
accounts-party-key = Ključ imena
accounts-key-1 = Prvi ključ
accounts-key-2 = Drugi ključ
accounts-error-parties-apart = Uloga u predmetima: niko ne može imati obe. Zajedno bi videle ono što niko ne treba da vidi. Samo podnošenje i sekretarijat idu zajedno.
accounts-error-party-body = Podnosi za: izaberite za koga osoba podnosi, a ostavite prazno za nekoga ko ne podnosi.
accounts-error-party-key = Ključ imena: izaberite koji ključ čuvar drži, a ostavite prazno za nekoga ko ne čuva imena. Ime se otvara samo sa oba ključa.
