# Reports on how many people no list has. Read by statisticians, and by those who quote the number.

estimate-title = Koliko ih nije ni na jednom spisku
estimate-notice = Procena sa svojim pretpostavkama. Ko navodi broj, navodi i interval i pretpostavke.
estimate-answer = Odgovor
estimate-graphs-words = Po proseku svih načina na koje spiskovi mogu zavisiti jedan od drugog: ukupno { $median }; s verovatnoćom od 95 % između { $low } i { $high }, ako važi ono što je rečeno niže.
estimate-classes-words = Po latentnim klasama, osobe koje se lakše i teže nalaze: ukupno { $median }; s verovatnoćom od 95 % između { $low } i { $high }, ako važi ono što je rečeno niže.
estimate-not-converged = Lanci latentnih klasa nisu se složili. Njihov broj se ne sme koristiti.
estimate-refused = Procena se ne daje, jer podaci to ne mogu reći:
estimate-warned = Pre nego što se broj upotrebi:
estimate-two-lists = Sa dva spiska ne vidi se da li zavise jedan od drugog. Dole je data samo Čepmenova procena, koja pretpostavlja da ne zavise i da se svako jednako lako nalazi.
estimate-many-lists = Spiskova je { $lists }; prosek grafova uzima najviše { $most } i izostavljen je. Date su samo latentne klase.
estimate-no-overlap = Niko nije na dva spiska. Bez preklapanja ništa se ne može reći o onima koji nisu ni na jednom.
estimate-alone = Niko sa spiska „{ $list }” nije na drugom. Izostavite ga ili pogledajte kako su spiskovi upareni.
estimate-within = Svi sa spiska „{ $list }” su i na „{ $of }”. Možda je jedan nastao iz drugog; tada sam ništa ne govori.
estimate-same = „{ $list }” i „{ $of }” imaju iste osobe. To je jedan spisak.
estimate-few =
    „{ $list }” ima samo { $people ->
        [one] { $people } osobu
        [few] { $people } osobe
       *[other] { $people } osoba
    }. Ne govori gotovo ništa.
estimate-little-overlap = Broj osoba na dva ili više spiskova je samo { $people }. Nekoliko pogrešnih uparivanja promenilo bi odgovor.
estimate-saturated = Model po kojem podaci ništa ne govore o onima koji nedostaju ima verovatnoću { $probability }. Broj tada dolazi iz pretpostavki, a ne iz podataka.
estimate-at-the-bound = Odgovor leži uz najveći broj nedostajućih koji je gledan, { $most }. Dozvolite više i vidite pomera li se.
estimate-hangs-on = Bez spiska „{ $list }” interval je sasvim drugde. Odgovor zavisi od tog spiska.
estimate-overlap = Ko je na kojim spiskovima
estimate-overlap-legend = Red su osobe koje su tačno na spiskovima s tamnom tačkom i ni na jednom drugom.
estimate-posterior = Koliko je verovatan svaki broj
estimate-posterior-legend = Stupci: grafovi; tamniji sadrže 95 %. Crvena linija: latentne klase.
estimate-sensitivity = Koliko zavisi od pretpostavki
estimate-sensitivity-legend = Svaka linija je isto pitanje pod drugom pretpostavkom: interval od 95 %, njegova sredina i oboje u brojevima. Plavo: odgovori; sivo: ono što ih pomera. Bleda traka je prvi odgovor, isprekidana linija oni na spiskovima. Linije koje izlaze iz trake znače da podaci sami ne odlučuju. Strelica: interval ide dalje.
estimate-dependence = Spiskovi koji zavise jedan od drugog
estimate-pair = Spiskovi
estimate-probability = Verovatnoća
estimate-strata = Deo po deo
estimate-strata-note = Svaki deo zasebno, zatim njihov zbir s neizvesnošću svih. Zbir ne mora biti procena celine.
estimate-part = Deo
estimate-observed = Na spiskovima
estimate-low = Od
estimate-median = Sredina
estimate-high = Do
estimate-remark = Napomena
estimate-method-name = Metoda
estimate-method = Kako je računato i šta se sme reći
estimate-method-graphs = Grafovi: svaki način na koji spiskovi mogu zavisiti jedan od drugog, a koji se može nacrtati kao razloživ graf, meri se po tome koliko odgovara, tačno ({"Madigan"} i {"York"} 1997).
estimate-method-classes = Latentne klase: osobe pripadaju klasama koje niko ne vidi, a unutar klase spiskovi su nezavisni ({"Manrique-Vallier"} 2016). Uzorkuje se dok se lanci ne slože.
estimate-method-bounds = Čaova granica: broj je iznad nje, ako su spiskovi nezavisni za osobe koje se jednako lako nalaze. Čepmen: samo dva spiska, ako su nezavisni. Pokrivenost uzorka: tri spiska, iz udela osoba koje imaju i drugi spiskovi ({"Chao"} i {"Tsay"} 1998).
estimate-method-may = Sme se reći: ako su spiskovi ispravno upareni, ako obuhvataju iste događaje, mesto i vreme, i ako niko nije bio nemoguć za naći, broj je u ovom intervalu s ovom verovatnoćom po ovom modelu.
estimate-method-may-not = Ne sme se reći: da je broj poznat, da su oni koji nisu na spiskovima prebrojani, ili da jedan deo ima više od drugog tamo gde se intervali preklapaju. Ko je ubijen, kada i od koga iz toga ne sledi.
estimate-observed-words = Na spiskovima je osoba: { $observed }.
estimate-linkage-words = Nije sigurno koji su zapisi o istoj osobi. Po izvučenim povezivanjima sredina je između { $low } i { $high }; od toga potiče { $share } raspona.
estimate-torn = { $people ->
    [one] { $people } osoba ima zapise u različitim delovima i broji se tamo gde ih je najviše.
    [few] { $people } osobe imaju zapise u različitim delovima i broje se tamo gde ih je najviše.
   *[other] { $people } osoba ima zapise u različitim delovima i broji se tamo gde ih je najviše.
}
estimate-empty = Na spisku „{ $list }” nema nikoga. Izostavite ga ili pogledajte kako je pročitan.
estimate-hangs-on-cell = Broj osoba tačno na { $lists }: { $people }. Jedna više ili manje tamo pomera broj onih koji nedostaju za { $change }. Toliko bi učinilo jedno pogrešno uparivanje.
estimate-prior-decides = Pod drugim uobičajenim pretpostavkama o zavisnosti sredina je između { $low } i { $high }. Podaci ostavljaju broj otvorenim; navedite raspon, a ne jedan broj.
estimate-methods-disagree = Grafovi kažu { $graphs }, a latentne klase { $classes }, svako van intervala onog drugog. Pretpostavljaju različite stvari, a podaci među njima ne odlučuju.
estimate-classes-exhausted = Sve klase (njih { $classes }) imaju članove većinu vremena. Pitajte ponovo sa više klasa ({"--classes"}).
estimate-overlap-rest = Ostalih skupova spiskova ima { $sets }, s ukupno osoba: { $people }; nisu nacrtani.
estimate-lists = Spiskovi
estimate-list = Spisak
estimate-alone-on = Ni na jednom drugom
estimate-pairs = Parovi spiskova
estimate-graphs = Najverovatniji grafovi
estimate-graph = Graf
estimate-graphs-caption = Spiskovi u istoj zagradi neposredno zavise jedan od drugog. Brojevi su ono što svaki graf kaže sam.
estimate-models = Log-linearni modeli, po {"BIC"}
estimate-model = Model
estimate-weight = Težina
estimate-models-caption = Spiskovi u istoj zagradi zajedno zavise jedan od drugog. Intervali pretpostavljaju da je model istinit.
estimate-strata-legend = Svaki deo po grafovima: interval od 95 % sa sredinom.
estimate-pooling-for = Delovi se slažu u tome koji spiskovi zavise jedan od drugog, pa to smeju učiti jedan od drugog: kolona „jedan graf za sve” sme se koristiti.
estimate-pooling-against = Delovi se ne slažu u tome koji spiskovi zavise jedan od drugog. Kolona „jedan graf za sve” data je samo radi poređenja i ne sme se koristiti.
estimate-apart = svaki deo zasebno
estimate-pooled = jedan graf za sve
estimate-sum = Svi delovi
estimate-sum-remark = U delovima koji su previše tanki broje se samo oni na spiskovima.
estimate-thin = Delovi previše tanki za procenu
estimate-thin-note = Za njih se ne daje broj. Spojite ih sa susednim delovima ili recite samo koliko ih je na spiskovima.
estimate-chains = Kako su uzorkovane latentne klase
estimate-chains-words = Broj lanaca: { $chains }, izvlačenja u svakom: { $draws }. {"R-hat"} { $rhat } (ispod 1,01 je dobro); izvlačenja vrede koliko nezavisnih: { $worth }.
estimate-chains-legend = Svaka linija je jedan lanac. Linije koje leže jedna preko druge, bez nagiba, znače da se slažu.
estimate-said = Šta se sme reći
estimate-method-may-refused = Sme se reći koliko je osoba na spiskovima, i da se ne može dati nikakav broj onih koji nisu ni na jednom.
estimate-method-models = Log-linearni modeli: parovi i veći skupovi spiskova mogu menjati izglede jedan drugom; modeli se mere po tome koliko odgovaraju za svoju veličinu ({"AIC"}, {"BIC"}). Korak po korak: bira se jedan model, i tamo gde dva spiska nemaju nikog zajedničkog, a interval ponavlja izbor ({"Chan"}, {"Silverman"} i {"Vincent"} 2021).
estimate-method-linkages = Povezivanja: svaka veza dva zapisa važi sa svojom verovatnoćom, izvučena iznova i iznova; svako izvlačenje se procenjuje, a sva se mešaju.
estimate-method-strata = Delovi: „jedan graf za sve” iz svih delova zajedno uči samo koji spiskovi zavise jedan od drugog; brojevi i verovatnoće ostaju svakog dela.
estimate-by-graphs = Grafovi
estimate-by-classes = Latentne klase
estimate-by-aic = Log-linearno, {"AIC"}
estimate-by-bic = Log-linearno, {"BIC"}
estimate-by-sparse = Log-linearno, korak po korak
estimate-by-coverage = Pokrivenost uzorka
estimate-by-chapman = Čepmen
estimate-by-bound = Čaova donja granica
estimate-with-delta = prethodni brojevi { $delta }
estimate-with-even-prior = svaki zbir jednako verovatan
estimate-without = bez { $list }
estimate-with-linkages = { $draws ->
    [one] { $draws } povezivanje
    [few] { $draws } povezivanja
   *[other] { $draws } povezivanja
}
estimate-in-numbers = U brojevima
estimate-pooled-column = Jedan graf za sve
estimate-method-low = Na izmišljenim populacijama, čija je istina bila poznata, svaka metoda ovde dala je premalo tamo gde se osobe jako razlikuju po tome koliko se lako nalaze, a intervali od 95 % sadržali su istinu mnogo ređe nego što kažu. Broj je pre prenizak nego previsok, a osobe koje nijedan spisak nije mogao naći nisu u njemu.
