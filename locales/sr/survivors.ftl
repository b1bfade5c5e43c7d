# The process of verifying status: the page of the human rights office, the office's keys, and the page of files. No title
# here names what the area is about: it would stand in a history of the browser.

## The process as the human rights office sees it
survivors-process-title = Postupak
# $until is the last day, $days how many days are left after today
survivors-window-open = Prijave su otvorene do { $until }; preostalo dana: { $days }.
# $since is the last day of the window before, $next the first day of the next one
survivors-window-gap = Prijave su zatvorene od { $since }, a ponovo se otvaraju { $next }, i ništa što se u međuvremenu podnese ne računa se.
survivors-window-not-yet = Od { $next } prijave su otvorene.
survivors-window-over = Prijave su zatvorene od { $since }, a novi rok nije poznat.
survivors-window-unknown = Profil ne navodi nijedan rok za prijave.
# $from and $until are days, $source is a law
survivors-period = Zakon ({ $source }) govori o nasilju od { $from } do { $until }
survivors-windows = Rokovi za prijave
survivors-window = Rok
survivors-window-opens = Prvi dan
survivors-window-closes = Poslednji dan
survivors-counts = Objavljene brojke, uporedo
survivors-counts-hint = Organi broje različito i na različite dane. Ovde se ništa ne usklađuje: svaki skup stoji kako je objavljen, uz to da li se slaže.
survivors-count-by = Objavio
survivors-count-as-of = Na dan
survivors-count-source = Izvor
survivors-count-applied = Podneto
survivors-count-recognised = Priznato
survivors-count-rejected = Odbijeno
survivors-count-interview = Na razgovoru
survivors-count-unprocessed = Neobrađeno
survivors-count-reckoning = Slaže li se?
survivors-count-adds-up = Slaže se
# $n is how many people are in the total and in no part
survivors-count-unaccounted = { $n } bez objašnjenja
# $n is how many more the parts are than the total
survivors-count-exceeds = Delovi premašuju ukupno za { $n }
survivors-count-add = Dodaj objavljene brojke
survivors-count-added = Brojke su dodate.
survivors-count-wrong-text = Objavio, Izvor: napišite ko je objavio i gde, u najviše 300 znakova.
survivors-count-wrong-day = Na dan: unesite stvaran datum koji nije u budućnosti.
survivors-count-wrong-number = Brojke: unesite cele brojeve od 0 do 10.000.000. Napišite 0 gde organ nije objavio.
survivors-clocks = Koliko faze smeju da traju
survivors-stage = Faza
survivors-working-days = Radni dani

## Stages, rounds and steps
survivors-stage-draft = Nacrt
survivors-stage-filed = Podneto
survivors-stage-incomplete = Čekaju se dokumenti
survivors-stage-complete = Potpuno, za dodelu
survivors-stage-examination = Razmatra se
survivors-stage-appointment = Sastanak
survivors-stage-decided = Odlučeno, za obaveštavanje
survivors-stage-notified = Obavešteno
survivors-stage-court = Pred sudom
survivors-stage-ordered = Isplata naložena
survivors-stage-closed = Zatvoreno
survivors-stage-withdrawn = Povučeno

## Keys of the office
survivors-keys-title = Ključevi
survivors-keys-hint = Ključevi se overavaju na mašini koja nikada nije na mreži. Prenesite zahtev na nju i vratite ono što je potpisala. Ono što nema potpis kancelarije ne čuva se i nijedan pregledač mu ne veruje.
survivors-keys-office = Ključ kancelarije
survivors-keys-recovery = Ključ za oporavak
survivors-keys-none = Još nije donet
survivors-keys-there = Overen
survivors-keys-people = Ključevi osoba
survivors-keys-made = Napravljen
survivors-keys-certificate = Overa
survivors-keys-request = Zahtev
survivors-keys-waits = Čeka overu
# $n is the number of a certificate
survivors-keys-serial = Broj { $n }
survivors-keys-bring = Donesite potpisan dokument
survivors-keys-document = Dokument
survivors-keys-document-hint = Javni ključ kancelarije, overa ili spisak opoziva, kako ih je napisala mašina van mreže.
survivors-keys-keep = Sačuvaj
survivors-keys-brought = Dokument je sačuvan.
survivors-keys-unreadable = Dokument: ovo nije javni ključ, overa ni spisak opoziva. Prenesite celu datoteku, od prvog reda do potpisa.
survivors-keys-office-first = Dokument: prvo donesite javni ključ kancelarije.
survivors-keys-signature = Dokument: potpis nije od ove kancelarije.
survivors-keys-other = Dokument: drugi sa ovim brojem već postoji. Brojevi se daju jednom; potpišite ga pod sledećim brojem.

## The page of files: opening and leaving
survivors-files-title = Predmeti
survivors-leave = Napusti ovu stranicu
survivors-leave-address = https://www.wikipedia.org/
survivors-needs-script = Ova stranica traži JavaScript: ono što se ovde piše zaključava se u vašem pregledaču pre slanja.
survivors-unlock = Otvorite svoj ključ
survivors-unlock-hint = Vaš ključ ostaje u memoriji ove stranice. Zaboravlja se kada napustite stranicu i posle deset minuta bez rada.
survivors-passphrase = Lozinka vašeg ključa
survivors-passphrase-again = Ista još jednom
survivors-passphrase-hint = Najmanje 14 znakova: četiri ili pet reči koje ne idu zajedno. Niko vam je ne može ponovo reći.
survivors-open = Otvori
survivors-wait = Trenutak: ovo namerno traje nekoliko sekundi.
survivors-locked = Vaš ključ je zaboravljen. Otvorite ga ponovo da biste nastavili.
survivors-key-make = Napravite svoj ključ
# $fingerprint are groups of letters and figures that people compare
survivors-key-office = Uporedite ove grupe sa listom koji vam je dala kancelarija: { $fingerprint }
survivors-key-compared = Iste su
survivors-key-waits = Vaš ključ je napravljen. Može se koristiti kada ga kancelarija overi.
survivors-key-good = Vaš ključ je ispravan i ne prepisuje se. Ako je izgubljen ili u pogrešnim rukama, tražite od kancelarije da ga prvo opozove.
survivors-key-no-office = Ključ same kancelarije još nije donet. Obratite se administratoru.
survivors-role = Ovde ste kao
survivors-as-filing = podnosilac
survivors-as-secretariat = sekretarijat
survivors-as-commission = član
survivors-as-keeper = čuvar imena

## The list
survivors-none = Ovde nema predmeta.
survivors-code = Šifra
survivors-since = Od
survivors-clock = Rok
# $due is a day, $days a number of working days
survivors-clock-runs = do { $due } ({ $days } radnih dana)
survivors-clock-suspended = stoji (preostalo { $days } radnih dana)
survivors-clock-late = kasni od { $due } ({ $days } radnih dana)
survivors-round-first = Prvi put
survivors-round-reconsideration = Preispitivanje
survivors-round-court = Posle suda
survivors-round-court-again = Posle suda još jednom
survivors-outcome-recognised = Priznato
survivors-outcome-rejected = Odbijeno
survivors-new = Novi predmet
survivors-search = Nađi po imenu
survivors-search-hint = Traži se na ovoj strani; ono što pišete se ne šalje.
survivors-search-do = Nađi
survivors-search-none = Nema nikog s tim imenom.
survivors-open-passkey = Otvori pristupnim ključem
survivors-passkey = Otvarajte svoj ključ pristupnim ključem
survivors-passkey-hint = Tada otisak prsta, lice ili bezbednosni ključ otvara vaš ključ na ovom uređaju. Lozinka ga i dalje otvara svuda: čuvajte je.
survivors-passkey-add = Napravi pristupni ključ
survivors-passkey-added = Od sada i pristupni ključ otvara vaš ključ.
survivors-hand-over = Nove kolege
survivors-hand-over-hint = Ko je došao kasnije još nema ključ starijih predmeta. Jedno otvaranje svakog predmeta daje im ga, pravi novi ključ tamo gde je neko otišao i unosi u registar imena koja nedostaju. Svako otvaranje se beleži; otvaranje mnogih podiže uzbunu kod dvoje drugih: recite im pre toga.
survivors-hand-over-do = Otvori svaki predmet jednom
survivors-stop = Zaustavi
# $n is a number of files
survivors-stopped = Zaustavljeno posle { $n }. Što je urađeno ostaje.
# $n is a number of files
survivors-handed-over = Predmeta otvorenih jednom: { $n }.
survivors-back = Nazad na spisak

## Filing: plain words, why each question is asked, what may be left empty
survivors-support = Pre nego što se išta ispriča: osoba danas ne mora ništa da ispriča. Podrška je na prvom mestu i ne zavisi od ovog predmeta.
survivors-closed-window = Prijave su zatvorene. Možete pripremiti nacrt; on se može podneti kada se otvore.
survivors-pace = Ništa ne mora da se kaže odjednom. Sačuvajte ono što postoji i nastavite drugog dana sa spiska.
survivors-part-name = Ko je to
survivors-part-name-hint = Čuva se odvojeno pod dva ključa. Oni koji odlučuju nikada ga ne vide.
survivors-name = Ime
survivors-father = Ime oca
survivors-born = Datum rođenja
survivors-optional = Može ostati prazno.
survivors-reach = Kako osoba želi da bude kontaktirana
survivors-never = Kako osoba nikada ne sme biti kontaktirana
survivors-never-hint = Pismo, poziv ili poseta na pogrešnom mestu mogu nekoga izložiti.
survivors-part-file = Šta se traži
# $from and $until are days
survivors-when = Kada je bilo
survivors-when-hint = Pita se jer zakon govori samo o vremenu od { $from } do { $until } Dovoljno je godišnje doba ili mesec.
survivors-where = Gde je bilo
survivors-narrative = Šta se dogodilo, rečima same osobe
survivors-narrative-hint = Samo koliko osoba želi da kaže. Izostavite imena: predmet se čita po šifri.
survivors-papers = Dokumenti
survivors-papers-hint = Nije obavezno. Zaključavaju se ovde pre slanja.
# $name is the name of a file
survivors-unfinished = { $name } nije poslato u celini. Izaberite isti dokument ponovo: nastavlja se tamo gde je stalo.
survivors-part-counted = Šta se broji
survivors-part-counted-hint = Nije zaključano: kancelarija za ljudska prava ovo broji da bi videla do koga postupak ne dopire. Ostavite prazno ono što osoba ne želi da se broji.
survivors-region = Region
survivors-sex = Pol
survivors-sex-female = Ženski
survivors-sex-male = Muški
survivors-community = Zajednica
survivors-not-said = Nije rečeno
survivors-consent = Na šta osoba pristaje
survivors-consent-hint = Svako posebno. Dok se ne odluči sve se može povući, a brojanje u svako doba.
survivors-consent-decide = Komisija čita predmet po šifri i odlučuje
survivors-consent-names = Čuvari imena čuvaju ime; dvoje ga otvaraju zajedno, uz pisani razlog
survivors-consent-counted = Kancelarija za ljudska prava broji gore navedeni region, pol i zajednicu, bez šifre i bez imena
survivors-consent-none = Data saglasnost je povučena.
survivors-save-draft = Zaključaj i sačuvaj nacrt
survivors-saved = Nacrt je zaključan i sačuvan. Njegova šifra je na spisku.
survivors-go-on = Nastavi pisanje
survivors-uncount = Ne broj više region, pol i zajednicu
# $code is the code of a file
survivors-receipt = Potvrda. Broj { $code }. Sačuvajte je; ne govori ništa ni o kome.

## People whom the law leaves out
survivors-left-out = Izostavljeni zakonom
survivors-left-out-hint = Ljudi koji bi podneli prijavu kada bi im zakon to dozvolio. Broje se, bez šifre i imena, kao dokaz da zakon treba menjati.
survivors-left-out-new = Upiši nekoga
survivors-left-out-why = Zašto zakon izostavlja osobu
survivors-left-out-account = Šta o tome treba znati
survivors-left-out-account-hint = Može ostati prazno. Zaključava se za vašu organizaciju; osim nje mogao bi ga otvoriti samo oporavak kancelarije, za koji treba troje od petoro ljudi.
survivors-left-out-consent = Osoba pristaje da se broji, bez imena, kao dokaz za izmenu zakona
survivors-left-out-save = Zaključaj i upiši
survivors-left-out-saved = Osoba se broji od sledećih brojki.
survivors-left-out-off = Skini i uništi ono što je rečeno
survivors-left-out-gone = Skinuto. Ono što je rečeno ovde je uništeno; rezervne kopije ga čuvaju dok se ne prepišu.

## A file
survivors-what-is-locked = Otvoreno u ovom pregledaču. Server to ne može da pročita.
survivors-not-granted = Nemate ključ za ovaj deo.
survivors-download = Otvori dokument
survivors-history = Šta je urađeno
survivors-asked = Šta je traženo
survivors-ask-text = Koji dokumenti, jednostavnim rečima
survivors-request-text = Zašto treba ponovo razmotriti
survivors-appointment-text = Dan, sat i mesto. Ne pišite čemu služi.
survivors-unassign-text = Zašto se oduzima onima koji nisu glasali
survivors-members = Članovi
survivors-members-hint = Najmanje dvoje koji ga ranije nisu čitali i nemaju sukob interesa. Dobijaju ključ šifrovanog predmeta.
survivors-voted = je glasao/la
survivors-not-voted = još nije glasao/la
survivors-vote = Vaš glas
survivors-vote-recognise = Priznati
survivors-vote-reject = Odbiti
survivors-vote-interview = Prvo razgovor
survivors-tally-open = Nedostaju glasovi.
survivors-tally-recognised = Glasovi daju: priznato.
survivors-tally-rejected = Glasovi daju: odbijeno.
survivors-tally-interview = Glasovi traže prvo razgovor.
survivors-tally-tied = Glasovi su izjednačeni. Porazgovarajte i glasajte ponovo.
survivors-reasons = Razlozi
survivors-decision-text = Razlozi rečima, za osobu
survivors-decision = Odluka
survivors-step-file = Podnesi
survivors-step-ask-documents = Zatraži dokumente
survivors-step-add-documents = Dokumenti su dodati
survivors-step-find-complete = Potpuno je
survivors-step-assign = Dodeli
survivors-step-unassign = Oduzmi članovima koji ne glasaju
survivors-step-stand-aside = Izuzimam se: sukob interesa
survivors-step-vote = Glasaj
survivors-step-make-appointment = Zakaži sastanak
survivors-step-hold-appointment = Održan je
survivors-step-decide = Sačuvaj odluku
survivors-step-notify = Podnosilac je obavešten
survivors-step-ask-reconsideration = Zatraži preispitivanje
survivors-step-go-to-court = Podneto je sudu
survivors-step-send-back = Sud je vratio
survivors-step-uphold = Sud je potvrdio
survivors-step-order-payment = Naloži isplatu
survivors-step-close = Zatvori
survivors-step-withdraw = Povuci
survivors-did-file = Podneto
survivors-did-ask-documents = Zatraženi su dokumenti
survivors-did-add-documents = Dodati su dokumenti
survivors-did-find-complete = Utvrđeno da je potpun
survivors-did-assign = Dodeljeno
survivors-did-unassign = Oduzeto članovima koji nisu glasali
survivors-did-stand-aside = Član se izuzeo
survivors-did-vote = Član je glasao
survivors-did-make-appointment = Zakazan je sastanak
survivors-did-hold-appointment = Sastanak je održan
survivors-did-decide = Odlučeno
survivors-did-notify = Podnosilac je obavešten
survivors-did-ask-reconsideration = Zatraženo je preispitivanje
survivors-did-go-to-court = Podneto je sudu
survivors-did-send-back = Sud je vratio predmet
survivors-did-uphold = Sud je potvrdio odluku
survivors-did-order-payment = Naložena je isplata
survivors-did-close = Zatvoreno
survivors-did-withdraw = Povučeno
survivors-sure = Ovo se ne može poništiti. Pritisnite ponovo da biste to uradili.

## Names
survivors-open-name = Zatraži otvaranje imena
survivors-open-name-reason = Zašto mora da se otvori
survivors-open-name-hint = Čuvar drugog ključa čita razlog i odgovara. Ko je pitao, ko je odgovorio i kada ostaje zauvek.
survivors-openings = Ko je tražio da sazna ime
survivors-opening-waits = čeka odgovor
survivors-opening-granted = odobreno
survivors-opening-refused = odbijeno
survivors-grant-name = Odobri
survivors-refuse-name = Odbij

## What does not fit
survivors-error-unreadable = Poslato nije moglo da se pročita. Učitajte stranicu ponovo i pokušajte još jednom.
survivors-error-moved-on = Predmet se u međuvremenu pomerio. Otvorite ga ponovo sa spiska.
survivors-error-no-answer = Nema odgovora. Ono što ste napisali još je ovde; proverite vezu i pokušajte ponovo.
survivors-error-window = Prijave su danas zatvorene: ne može se podneti ništa što se računa. Nacrt je sačuvan.
survivors-error-not-whole = Obrazac i iskaz potrebni su pre podnošenja.
survivors-error-nothing = Prvo napišite nešto: ime, vreme ili iskaz.
survivors-error-not-taken-back = Drugi još imaju ključeve. Otvorite predmet ponovo i povucite ga još jednom.
survivors-error-choose = Izaberite jedan od odgovora.
survivors-error-two-members = Članovi: izaberite najmanje dvoje.
survivors-error-not-granted = Ključ nije dat onima koji treba da čitaju. Otvorite predmet ponovo i ponovite korak.
survivors-error-not-theirs = Neko od onih koji bi dobili ključ ne sme da ga ima. Otvorite predmet ponovo; ništa nije promenjeno.
survivors-error-conflict = Članovi: neko od njih je ovaj predmet čitao u ranijem krugu ili se izuzeo. Izaberite druge.
survivors-error-no-appointment = Glasovi ne traže sastanak.
survivors-error-term-runs = Rok za preispitivanje još teče. Može se zatvoriti kada istekne.
survivors-error-votes = Glasovi ne daju ovaj ishod. Otvorite predmet ponovo da vidite kako stoje.
survivors-error-reason = Razlozi: izaberite najmanje jedan koji pripada ishodu.
survivors-error-no-text = Potrebni su razlozi rečima: osoba mora moći da razume odluku.
survivors-error-no-reason = Napišite zašto ime mora da se otvori.
survivors-error-second-keeper = Mora odgovoriti čuvar drugog ključa.
survivors-error-passphrase = Dve lozinke se razlikuju ili imaju manje od 14 znakova.
survivors-error-fill = Ovo je potrebno: { $field }
# $names is a list of names of parties that have no certified key yet
survivors-error-nobody = Niko ovo kasnije ne bi mogao da otvori: nedostaje overen ključ za { $names }. Obratite se administratoru.

## Figures under disclosure control
survivors-outcome-pending = Neodlučeno
survivors-figures = Postupak u brojkama
survivors-figures-hint = Broji se bez otvaranja predmeta. Mali brojevi se ne prikazuju, niti išta iz čega bi se mogli izvesti, ni zajedno sa onim što je ranije dato.
survivors-figures-none = Još nisu date brojke.
survivors-figures-make = Izdaj današnje brojke
survivors-figure-released = Brojke su izdate. Ono što se kasnije izda računa sa njima.
survivors-figure-today = Brojke su danas već izdate. Čuva se jedno izdanje na dan.
# $why is what the program found
survivors-figure-refused = Ne mogu se izdati brojke koje nekoga ne bi odale. { $why }
# $n is a number of people
survivors-figure-fewer = manje od { $n }
survivors-figure-rounded = oko { $n }
survivors-figure-withheld = ne prikazuje se
survivors-figure-all = Ukupno
survivors-figure-files = Predmeta
survivors-figure-median = Medijana dana tu
survivors-figure-longest = Najviše dana tu
# $n is a number of days, the upper end of a band
survivors-figure-up-to = do { $n }
survivors-figure-by-body = Po podnosiocu
survivors-figure-by-region = Po regionu
survivors-figure-by-year = Po godini podnošenja
survivors-figure-by-sex = Po polu
survivors-figure-by-community = Po zajednici
survivors-figure-by-stage = Po fazi
survivors-figure-by-round = Po tome koji put se razmatra
survivors-figure-reasons-recognised = Odluke: priznato, po razlogu
survivors-figure-reasons-rejected = Odluke: odbijeno, po razlogu
survivors-figure-several = Više od jednog razloga
survivors-figure-to-decision = Od podnošenja do prve odluke
survivors-figure-left-out-by-region = Izostavljeni zakonom, po regionu
survivors-figure-left-out-by-sex = Izostavljeni zakonom, po polu
survivors-figure-left-out-by-community = Izostavljeni zakonom, po zajednici
