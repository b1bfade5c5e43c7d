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
kinship-words-for = Ono što je viđeno je { $ratio } puta verovatnije ako su posmrtni ostaci lica { $missing } nego ako su ostaci lica koje nije u srodstvu s porodicom. Taj broj se zove odnos verodostojnosti.
kinship-words-against = Ono što je viđeno je { $ratio } puta verovatnije ako su to posmrtni ostaci lica koje nije u srodstvu s porodicom nego ako su ostaci lica { $missing }. Odnos verodostojnosti govori protiv tog lica.
kinship-words-impossible = Ono što je viđeno nije moguće ako su to posmrtni ostaci lica { $missing }, osim ako je neki uzorak ili neka veza u rodoslovu pogrešna.
kinship-words-direct-same = Ono što je viđeno je { $ratio } puta verovatnije ako su oba uzorka od jednog lica nego ako su od dva lica koja nisu u srodstvu.
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
kinship-words-mutation = Ono što je viđeno na { $markers } zahteva mutaciju između roditelja i deteta. Mutacije su retke i njihova verovatnoća je deo broja; više mutacija pre bi značilo pogrešan uzorak ili pogrešnu vezu.
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
kinship-assumption-mutation = Stope mutacije pomnožene sa { $value }
kinship-assumption-table = Populaciona tabela { $value }
kinship-could-not = nije se moglo izračunati
kinship-method = Kako je računato
kinship-method-model = Verodostojnosti se računaju tačno ({"Elston"} i {"Stewart"} 1971), s mutacijom pri svakoj mejozi i zajedničkim poreklom teta = { $theta } ({"Balding"} i {"Nichols"} 1994). Hipoteze su: posmrtni ostaci su ostaci nestalog lica; ili su ostaci lica koje nije u srodstvu s porodicom. Markeri se računaju kao nezavisni.
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
kinship-joint-prior = Pre DNK svakom paru data je šansa koju kancelarija navodi: jedan prema svim ostalima od { $count ->
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
kinship-pairings-caption = Za svake posmrtne ostatke verovatnoća da pripadaju svakom od nestalih lica
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
} Zajedničko poreklo teta = { $theta }.
kinship-review-caption = Svaka identifikacija s uzorcima koji sada postoje
kinship-review-words = Svaka identifikacija odmerena je ponovo, sama za sebe. Ovde se ništa ne odlučuje: ono što više ne stoji treba da razmotre ljudi, s pažnjom prema porodicama.
kinship-standing = Sada
kinship-standing-contradicted = osporena
kinship-standing-weakened = oslabljena
kinship-standing-rivalled = drugo mesto bolje odgovara
kinship-standing-stands = stoji
kinship-better = Bolje odgovara
kinship-exchange-closed = Ovi posmrtni ostaci možda su međusobno zamenjeni; ostaci pod svakom oznakom odgovaraju mestu sledeće: { $remains }.
kinship-exchange-open = Ove posmrtne ostatke možda treba premestiti: ostatke pod svakom oznakom na mesto sledeće, a poslednje licu { $missing }, koje se još vodi kao nestalo: { $remains }.
kinship-samples-compared = Upoređeni uzorci
kinship-sample-one = Prvi uzorak
kinship-sample-other = Drugi uzorak

# Šta provera nalazi i kako se ispravlja.
kinship-found-person-twice = Lice { $id } navedeno je dvaput u porodici { $family }.
kinship-mend-person-twice = Zadržite jedan red.
kinship-found-unknown-parent = Roditelj { $parent } nije u porodici { $family }.
kinship-mend-unknown-parent = Dodajte red za roditelja ili ispravite oznaku.
kinship-found-one-parent = { $id } ima samo jednog roditelja. Pretpostavlja se nepoznat drugi roditelj, koji nije roditelj nikome drugom.
kinship-mend-one-parent = Dodajte red za drugog roditelja, da bi deca oboje roditelja bila prava braća i sestre.
kinship-found-sex-against-role = { $parent } je roditelj lica { $child } u ulozi koja ne odgovara polu.
kinship-mend-sex-against-role = Ispravite pol ili zamenite oca i majku.
kinship-found-own-ancestor = { $id } je sam sebi predak.
kinship-mend-own-ancestor = Ispravite roditelje.
kinship-found-nobody-missing = U porodici { $family } niko nije označen kao nestao.
kinship-mend-nobody-missing = Upišite „{"missing"}” kao ulogu nestalog lica.
kinship-found-nobody-typed = Porodica { $family } nema nijedan referentni uzorak.
kinship-mend-nobody-typed = Dodajte uzorke ili izostavite porodicu.
kinship-found-nobody-related = Nijedno lice s uzorkom nije u krvnom srodstvu s licem { $id } iz porodice { $family }, pa se nikakvi posmrtni ostaci ne mogu identifikovati kao njegovi.
kinship-mend-nobody-related = Dodajte uzorak krvnog srodnika.
kinship-found-unknown-person = Uzorak je od lica { $person }, koje nije ni u jednoj porodici.
kinship-mend-unknown-person = Dodajte lice u rodoslov ili ispravite oznaku.
kinship-found-person-in-several = { $person } je ime u više porodica: { $families }.
kinship-mend-person-in-several = Dodajte kolonu „{"family"}”.
kinship-found-sample-twice = Uzorak { $sample } naveden je dvaput, za različita lica.
kinship-mend-sample-twice = Dajte uzorcima različita imena.
kinship-found-marker-twice = Uzorak { $sample } ima marker { $marker } dvaput.
kinship-mend-marker-twice = Zadržite jedan, onaj koji laboratorija smatra konačnim.
kinship-found-person-typed-twice = { $person } ima više uzoraka koji se slažu: { $samples }. Markeri koje svi pokazuju: { $shared }.
kinship-mend-person-typed-twice = Ništa, ako je tako zamišljeno; koriste se svi.
kinship-found-person-typed-differently = { $person } ima uzorke koji se razlikuju: { $samples }. Markeri: { $markers }.
kinship-mend-person-typed-differently = Utvrdite koji uzorak nije od tog lica.
kinship-found-identical-profiles = { $one } i { $other } imaju isti profil na svakom markeru koji oba pokazuju. Markera: { $shared }.
kinship-mend-identical-profiles = Utvrdite da li su jedno lice (isto telo ili dvaput uzet uzorak), blizanci ili zamena.
kinship-found-too-many-alleles = { $sample } na markeru { $marker } pokazuje više od dva alela: { $count }.
kinship-mend-too-many-alleles = Pitajte laboratoriju: mešavina, kontaminacija ili retka triplikacija. Do tada se marker izostavlja.
kinship-found-one-allele = { $sample } na markeru { $marker } pokazuje jedan alel, a o drugom se ništa ne kaže.
kinship-mend-one-allele = Upišite ga dvaput ako ga laboratorija smatra homozigotnim.
kinship-found-two-on-one-chromosome = { $sample } je muškog pola i pokazuje dva alela na markeru { $marker }, gde muškarac ima jedan.
kinship-mend-two-on-one-chromosome = Ispravite pol ili alele.
kinship-found-two-haplotypes = { $sample } na markeru { $marker } pokazuje dva mitohondrijska haplotipa.
kinship-mend-two-haplotypes = Pitajte laboratoriju: mešavina, kontaminacija ili heteroplazmija.
kinship-found-y-of-woman = { $sample } je ženskog pola i pokazuje {"Y"} marker { $marker }.
kinship-mend-y-of-woman = Ispravite pol ili utvrdite čiji je uzorak.
kinship-found-unknown-marker = Marker { $marker } nije u tabeli učestalosti i izostavlja se. Uzoraka s njim: { $samples }.
kinship-mend-unknown-marker = Ispravite ime ili dodajte učestalosti tog markera.
kinship-found-allele-not-in-table = Alel { $allele } markera { $marker } nije u tabeli učestalosti. Uzoraka s njim: { $samples }.
kinship-mend-allele-not-in-table = Pitajte laboratoriju da li je tačan. Dodeljuje mu se najmanja učestalost.
kinship-found-amelogenin-against-sex = Amelogenin uzorka { $sample } pokazuje { $shows ->
    [male] muškarca
   *[other] ženu
}, a upisan je pol { $recorded ->
    [male] muškarca
   *[other] žene
}.
kinship-mend-amelogenin-against-sex = Ispravite pol ili utvrdite čiji je uzorak. Retko se dešava da {"Y"} kopija amelogenina nedostaje.
kinship-found-few-markers = { $sample } pokazuje malo markera: { $markers }.
kinship-mend-few-markers = Očekujte slab dokaz ili tražite dalju tipizaciju.
kinship-found-allele-twice = Alel { $allele } naveden je dvaput u tabeli markera { $marker }.
kinship-mend-allele-twice = Zadržite jedan red.
kinship-found-marker-twice-in-table = Marker { $marker } naveden je dvaput u tabelama učestalosti.
kinship-mend-marker-twice-in-table = Zadržite jedan; koristi se prvi. Tabela druge populacije daje se opcijom {"--other-table"}.
kinship-found-empty-marker = Tabela nema nijedan alel markera { $marker }.
kinship-mend-empty-marker = Dodajte njegove učestalosti ili uklonite marker.
kinship-found-zero-frequency = Tabela alelu { $allele } markera { $marker } daje učestalost 0. Red se izostavlja.
kinship-mend-zero-frequency = Ništa; ako se alel vidi, ima najmanju učestalost.
kinship-found-sum-not-one = Zbir učestalosti markera { $marker } je { $sum }; svaka se deli zbirom.
kinship-mend-sum-not-one = Ništa, ako je tabela tako objavljena.
kinship-found-sum-wrong = Zbir učestalosti markera { $marker } je { $sum }, što zaokruživanje ne objašnjava.
kinship-mend-sum-wrong = Nađite pogrešne redove ili one koji nedostaju.
kinship-found-linked-markers = { $one } i { $other } nalaze se blizu na istom hromozomu, a računaju se kao nezavisni.
kinship-mend-linked-markers = Izostavite jedan i uporedite rezultat, naročito za stričeve, ujake, bake, dede, polubraću i polusestre.
kinship-found-mendelian-conflict = Porodica { $family } ne može se na markeru { $marker } objasniti bez mutacije. Potrebno mutacija, najmanje: { $mutations }. { $persons ->
    [0] Nijedan pojedinačni uzorak to ne objašnjava.
   *[other] Bez uzorka jednog od ovih lica neslaganja ne bi bilo: { $without }.
}
kinship-mend-mendelian-conflict = Jedan takav marker može biti mutacija; više njih znači pogrešan uzorak ili pogrešnu vezu.
kinship-found-mendelian-conflicts = Porodica { $family } ne može se objasniti bez mutacija. Markera: { $markers }; potrebno mutacija, najmanje: { $mutations }. { $persons ->
    [0] Nijedan pojedinačni uzorak to ne objašnjava.
   *[other] Bez uzorka jednog od ovih lica neslaganja ne bi bilo: { $without }.
}
kinship-mend-mendelian-conflicts = Utvrdite čiji je uzorak pogrešan ili koja veza nije biološka, s pažnjom prema porodici.
kinship-found-not-compared = U porodici { $family } nije bilo moguće tražiti neslaganja: { $why }
kinship-mend-not-compared = Najpre ispravite ono što je gore navedeno.

# Y i mitohondrijski haplotipovi: deli ih cela linija, pa stoje pored odnosa verodostojnosti.
kinship-line = Muška i ženska linija
kinship-line-caption = Haplotipovi koje deli cela linija. Odmeravaju se odvojeno.
kinship-line-kind = Haplotip
kinship-line-kind-y = {"Y"}
kinship-line-kind-mt = mitohondrijski
kinship-line-relative = Srodnik
kinship-line-meioses = Koliko puta je prenet između njih
kinship-line-compared = Upoređeni markeri
kinship-line-different = Markeri koji se razlikuju
kinship-line-agrees = { $kind ->
    [y] {"Y"} haplotip posmrtnih ostataka isti je kao kod: { $relatives }, na svakom upoređenom markeru. Dele ga svi muškarci jedne muške linije, i braća i rođaci: on govori da posmrtni ostaci mogu biti iz te linije, a ne kog muškarca iz nje.
   *[mt] Mitohondrijski haplotip posmrtnih ostataka isti je kao kod: { $relatives }. Dele ga sva deca jedne ženske linije: on govori da posmrtni ostaci mogu biti iz te linije, a ne kog lica iz nje.
}
kinship-line-differs = { $kind ->
    [y] {"Y"} haplotip posmrtnih ostataka razlikuje se od onog koji ima: { $relatives }. Markeri: { $markers }. Jedna razlika može biti mutacija, naročito tokom više generacija; više razlika govori protiv te muške linije ili protiv oca kojeg rodoslov navodi.
   *[mt] Mitohondrijski haplotip posmrtnih ostataka razlikuje se od onog koji ima: { $relatives }. Markeri: { $markers }. To govori protiv te ženske linije, osim ako laboratorija nađe mutaciju ili heteroplazmiju.
}
kinship-line-weight = U bazi podataka ({ $database }) taj haplotip ima { $seen } od { $of } lica. Najviše { $frequency } populacije ga ima (gornja granica, 95 %), pa je u toj liniji najmanje { $ratio } puta verovatniji nego kod lica koje nije u srodstvu. To stoji pored odnosa verodostojnosti i ne množi se s njim: tamo gde mnoge porodice dele jednu liniju, kao u selu, vredi manje.
kinship-line-kappa = Po pravilu koje je za haplotip koji nikad nije viđen dao {"Brenner"} (2010) bilo bi { $ratio } puta.
kinship-line-no-count = Za njega nije dat broj iz baze podataka, pa se težina ne navodi.

# Jedan rodoslov istih lica prema drugom.
kinship-title-relations = Dva načina na koja ova lica mogu biti u srodstvu: { $first } i { $second }
kinship-relations-for = Ono što je viđeno je { $ratio } puta verovatnije ako su lica u srodstvu kao u { $first } nego ako su kao u { $second }. Taj broj se zove odnos verodostojnosti.
kinship-relations-against = Ono što je viđeno je { $ratio } puta verovatnije ako su lica u srodstvu kao u { $second } nego ako su kao u { $first }. Odnos verodostojnosti govori protiv { $first }.
kinship-relations-impossible = Ono što je viđeno nije moguće ako su lica u srodstvu kao u { $first }, osim ako je neki uzorak pogrešan.
kinship-relations-method = Ovde su dve hipoteze dva rodoslova navedena u naslovu.
