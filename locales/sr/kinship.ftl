# Izveštaji o posmrtnim ostacima i porodicama.

kinship-title-weigh = Posmrtni ostaci { $remains } i nestalo lice { $missing } iz porodice { $family }
kinship-title-direct = Uzorci { $one } i { $other }: jedno lice ili dva
kinship-title-check = Šta treba ispraviti pre bilo kakvog računanja
kinship-title-search = Posmrtni ostaci koji mogu pripadati nekoj porodici
kinship-title-joint = Posmrtni ostaci i nestala lica, svi zajedno
kinship-title-power = Šta porodica { $family } može da postigne
kinship-title-review = Ponovo razmotrene identifikacije
kinship-not-a-decision = Ovaj izveštaj odmerava dokaze. On nikoga ne identifikuje. Odlučuju ljudi, zajedno sa svim drugim dokazima.
kinship-in-words = Jednostavnim rečima
kinship-words-compared = DNK posmrtnih ostataka { $remains } upoređena je s referentnim uzorcima srodnika lica { $missing }: { $relatives }.
kinship-words-for = Ono što je viđeno { $ratio } puta je verovatnije ako su posmrtni ostaci lica { $missing } nego ako su ostaci lica koje nije u srodstvu s porodicom. Taj broj se zove odnos verodostojnosti.
kinship-words-against = Ono što je viđeno { $ratio } puta je verovatnije ako su to posmrtni ostaci lica koje nije u srodstvu s porodicom nego ako su ostaci lica { $missing }. Odnos verodostojnosti govori protiv tog lica.
kinship-words-impossible = Ono što je viđeno nije moguće ako su to posmrtni ostaci lica { $missing }, osim ako je neki uzorak ili neka veza u rodoslovu pogrešna.
kinship-words-direct-same = Ono što je viđeno { $ratio } puta je verovatnije ako su oba uzorka od jednog lica nego ako su od dva lica koja nisu u srodstvu.
kinship-words-direct-different = Ono što je viđeno govori protiv jednog lica: uzorci se razlikuju.
kinship-words-prior = Taj broj sam ne govori koliko je verovatno da su posmrtni ostaci lica { $missing }. To zavisi i od onoga što se znalo pre DNK. { $count ->
    [one] Nestalo je { $count } lice, a pre DNK je uzeta verovatnoća { $prior }; faktor mesta, pola, starosti i datuma iznosi { $factor }.
    [few] Nestala su { $count } lica i svako je uzeto kao jednako verovatno, uz promenu koju donosi ono što se zna o mestu, polu, starosti i datumu (faktor { $factor }); pre DNK verovatnoća je bila { $prior }.
   *[other] Nestalo je { $count } lica i svako je uzeto kao jednako verovatno, uz promenu koju donosi ono što se zna o mestu, polu, starosti i datumu (faktor { $factor }); pre DNK verovatnoća je bila { $prior }.
}
kinship-words-posterior = Sa DNK verovatnoća iznosi { $posterior }.
kinship-words-chance = Među svim poređenjima koja kancelarija može da izvrši, između lica koja nisu u srodstvu očekuje se najviše { $number } jednako jakih rezultata.
kinship-words-reached = Kancelarija traži odnos verodostojnosti od najmanje { $ratio } i verovatnoću od najmanje { $posterior }. Oboje je dostignuto.
kinship-words-not-reached = Kancelarija traži odnos verodostojnosti od najmanje { $ratio } i verovatnoću od najmanje { $posterior }. Nije dostignuto oboje: to nije dovoljno za identifikaciju.
kinship-words-mutation = Na markerima { $markers } ono što je viđeno zahteva mutaciju između roditelja i deteta. Mutacije su retke i njihova verovatnoća je deo broja; više mutacija pre bi značilo pogrešan uzorak ili pogrešnu vezu.
kinship-words-relatives = Blizak srodnik lica { $missing }, na primer brat ili sestra, dao bi sličan rezultat. Ako je nestalo više članova porodice, treba ih upoređivati zajedno.
kinship-words-stable = Uz sve druge pretpostavke koje su isprobane zaključak je isti.
kinship-words-unstable = Uz neke druge pretpostavke koje su isprobane zaključak nije isti: vidite tabelu.
kinship-words-rights = Porodica može tražiti da joj se ovo poređenje objasni i da ga ponovi druga laboratorija.
kinship-pedigree = Porodica
kinship-pedigree-title = Rodoslov porodice { $family }
kinship-pedigree-described = { $count ->
    [one] { $count } lice.
    [few] { $count } lica.
   *[other] { $count } lica.
} Nestali: { $missing }. S referentnim uzorkom: { $typed }.
kinship-pedigree-nobody = niko
kinship-pedigree-legend = Kvadrati su muškarci, krugovi su žene, rombovi su lica čiji pol nije poznat. Ispunjeno: dat je referentni uzorak. Debela isprekidana linija s upitnikom: nestalo lice.
kinship-markers = Marker po marker
kinship-markers-caption = Šta je viđeno i koliko vredi. Odnosi verodostojnosti svih markera množe se.
kinship-marker = Marker
kinship-remains = Posmrtni ostaci
kinship-ratio = Odnos verodostojnosti
kinship-mutations = Potrebne mutacije
kinship-all = Svi markeri
kinship-probability = Verovatnoća i prag
kinship-probability-caption = Od odnosa verodostojnosti do verovatnoće, s onim što je pretpostavljeno
kinship-quantity = Veličina
kinship-value = Vrednost
kinship-log-ratio = Odnos verodostojnosti, kao stepen broja deset
kinship-threshold-ratio = Prag odnosa verodostojnosti
kinship-threshold-posterior = Prag verovatnoće
kinship-missing-count = Nestala lica
kinship-remains-count = Neidentifikovani posmrtni ostaci
kinship-factor = Faktor mesta, pola, starosti i datuma
kinship-prior = Verovatnoća pre DNK
kinship-posterior = Verovatnoća sa DNK
kinship-by-chance = Jednako jaki rezultati koji se slučajno očekuju, najviše
kinship-reached = Prag dostignut
kinship-yes = da
kinship-no = ne
kinship-reached-yes = dostignut
kinship-reached-no = nije dostignut
kinship-agrees = slaže se
kinship-differs = ne slaže se
kinship-not-known = nije poznato
kinship-sex = Pol
kinship-age = Starost
kinship-site = Mesto
kinship-date = Datum
kinship-sensitivity = Šta ako bi pretpostavke bile drukčije
kinship-sensitivity-caption = Isto poređenje uz druge pretpostavke
kinship-assumption = Pretpostavka
kinship-assumption-theta = Zajedničko poreklo (teta) { $value }
kinship-assumption-mutation = Stope mutacija pomnožene sa { $value }
kinship-assumption-table = Populaciona tabela { $value }
kinship-could-not = nije se moglo izračunati
kinship-method = Kako je računato
kinship-method-model = Verodostojnosti su tačne ({"Elston"} i {"Stewart"} 1971), s mutacijom pri svakoj mejozi i zajedničkim poreklom teta = { $theta } ({"Balding"} i {"Nichols"} 1994). Hipoteze su: posmrtni ostaci su ostaci nestalog lica; ili su ostaci lica koje nije u srodstvu s porodicom. Markeri se računaju kao nezavisni.
kinship-method-quality = Posmrtni ostaci: verovatnoća gubitka alela { $dropout }, pojave stranog alela { $dropin }.
kinship-method-files = Datoteke: { $files }
kinship-remarks = Napomene
kinship-family = Porodica
kinship-missing = Nestalo lice
kinship-rank = Redosled
kinship-place = Gde
kinship-severity = Težina
kinship-severity-error = mora se ispraviti
kinship-severity-warning = mora se razumeti
kinship-severity-note = vredi znati
kinship-what = Šta je nađeno
kinship-mend = Kako se ispravlja
kinship-check-none = Ništa nije nađeno.
kinship-check-language = Nalazi su napisani na engleskom; njihova oznaka je ista na svakom jeziku.
kinship-code = Oznaka
kinship-search-caption = Za svake posmrtne ostatke porodice koje najbolje odgovaraju
kinship-search-words = Svi posmrtni ostaci upoređeni su sa svim porodicama, svaka porodica s po jednim nestalim licem. Visok redosled sam ne znači ništa: gledajte odnos verodostojnosti i verovatnoću.
kinship-search-compared = { $count ->
    [one] Upoređen je { $count } par.
    [few] Upoređena su { $count } para.
   *[other] Upoređeno je { $count } parova.
}
kinship-joint-caption = Najverovatniji načini da se svi posmrtni ostaci razmeste
kinship-joint-words = Svi posmrtni ostaci i sva nestala lica odmereni su zajedno: niko se ne razmešta dvaput.
kinship-joint-prior = Pre DNK svakom paru dat je izgled koji kancelarija navodi: jedan prema svima ostalima od { $count ->
    [one] { $count } nestalog lica
    [few] { $count } nestala lica
   *[other] { $count } nestalih lica
}, uz promenu koju donosi ono što se zna o mestu, polu, starosti i datumu.
kinship-joint-flat = Pre DNK svaki način uzet je kao jednako verovatan, uz promenu koju donosi samo ono što se zna o mestu, polu, starosti i datumu.
kinship-joint-alike = DNK ne može da razlikuje da li su { $remains } ostaci jednog ili drugog od ovih lica: { $persons }. Ona imaju isto mesto u porodici. Starost, zubi ili lične stvari mogu da ih razlikuju.
kinship-joint-nearly = Manje od milijarditog dela verovatnoće pripada načinima koji nisu razmotreni.
kinship-joint-gap = Najviše { $gap } verovatnoće pripada načinima koji nisu razmotreni.
kinship-joint-exact = Razmotren je svaki mogući način.
kinship-joint-nobody = niko od ovih
kinship-pairings-caption = Za svake posmrtne ostatke verovatnoća da su svako od nestalih lica
kinship-power-words = Kada bi posmrtni ostaci lica { $missing } bili nađeni, odnos verodostojnosti dostigao bi prag { $ratio } s verovatnoćom { $exceedance }. Lice koje nije u srodstvu bilo bi isključeno na dva ili više markera s verovatnoćom { $exclusion }.
kinship-power-help = Od onih od kojih se uzorak može tražiti najviše bi pomogao uzorak lica: { $person }.
kinship-power-nobody = Niko od onih od kojih se uzorak može tražiti ne bi pomogao.
kinship-power-caption = S uzorcima koji postoje i s još jednim
kinship-power-now = uzorci koji postoje
kinship-power-sample-of = i { $person }
kinship-samples = Uzorci
kinship-exceedance = Verovatnoća da se prag dostigne
kinship-mean = Očekivani odnos verodostojnosti, kao stepen broja deset
kinship-range = Devet od deset je između
kinship-exclusion = Lice koje nije u srodstvu isključuje se
kinship-exclusion-twice = … na dva ili više markera
kinship-power-simulated = { $count ->
    [one] Simulirana je { $count } identifikacija.
    [few] Simulirane su { $count } identifikacije.
   *[other] Simulirano je { $count } identifikacija.
} Zajedničko poreklo nije deo simulacije.
kinship-review-caption = Svaka identifikacija s uzorcima koji sada postoje
kinship-review-words = Svaka identifikacija odmerena je ponovo, sama za sebe. Ovde se ništa ne odlučuje: ono što više ne stoji treba da razmotre ljudi, s pažnjom prema porodicama.
kinship-standing = Sada
kinship-standing-contradicted = osporena
kinship-standing-weakened = oslabljena
kinship-standing-rivalled = drugo mesto bolje odgovara
kinship-standing-stands = stoji
kinship-better = Bolje odgovara
kinship-exchange-closed = Ovi posmrtni ostaci možda su zamenjeni, svaki odgovaraju mestu sledećih: { $remains }.
kinship-exchange-open = Ovi posmrtni ostaci možda treba da se premeste, svaki na mesto sledećih, a poslednji licu { $missing }, koje se još vodi kao nestalo: { $remains }.
kinship-samples-compared = Upoređeni uzorci
kinship-sample-one = Prvi uzorak
kinship-sample-other = Drugi uzorak
