# Reports on how many people no list has. Read by statisticians, and by those who quote the number.

estimate-title = Sa persona nuk janë në asnjë listë
estimate-notice = Vlerësim me supozimet e tij. Kush e citon numrin, citon edhe intervalin dhe supozimet.
estimate-answer = Përgjigjja
estimate-graphs-words = Sipas mesatares mbi të gjitha mënyrat si listat mund të varen nga njëra-tjetra: gjithsej { $median }; me probabilitet 95 % midis { $low } dhe { $high }, nëse vlen ajo që thuhet më poshtë.
estimate-classes-words = Sipas klasave latente, persona që gjenden më lehtë dhe më vështirë: gjithsej { $median }; me probabilitet 95 % midis { $low } dhe { $high }, nëse vlen ajo që thuhet më poshtë.
estimate-not-converged = Zinxhirët e klasave latente nuk u afruan. Numri i tyre nuk duhet përdorur.
estimate-refused = Nuk jepet vlerësim, sepse të dhënat nuk mund ta thonë:
estimate-warned = Para se të përdoret numri:
estimate-two-lists = Me dy lista nuk shihet nëse varen nga njëra-tjetra. Më poshtë jepet vetëm vlerësimi i Chapmanit, i cili supozon se nuk varen dhe se secili gjendet po aq lehtë sa të tjerët.
estimate-many-lists = Ka { $lists } lista; mesatarja mbi grafet merr së shumti { $most } dhe lihet jashtë. Jepen vetëm klasat latente.
estimate-no-overlap = Askush nuk është në dy lista. Pa mbivendosje nuk mund të thuhet asgjë për ata që nuk janë në asnjë.
estimate-alone = Askush nga lista “{ $list }” nuk është në një tjetër. Lëreni jashtë, ose shikoni si u përputhën listat.
estimate-within = Të gjithë nga “{ $list }” janë edhe në “{ $of }”. Ndoshta njëra u bë nga tjetra; atëherë nuk thotë asgjë vetë.
estimate-same = “{ $list }” dhe “{ $of }” kanë të njëjtët persona. Ato janë një listë.
estimate-few =
    “{ $list }” ka vetëm { $people ->
        [one] { $people } person
       *[other] { $people } persona
    }. Nuk thotë pothuajse asgjë.
estimate-little-overlap =
    Vetëm { $people ->
        [one] { $people } person është
       *[other] { $people } persona janë
    } në dy ose më shumë lista. Disa përputhje të gabuara do ta ndryshonin përgjigjen.
estimate-saturated = Modeli sipas të cilit të dhënat nuk thonë asgjë për ata që mungojnë ka probabilitet { $probability }. Atëherë numri vjen nga supozimet, jo nga të dhënat.
estimate-at-the-bound = Përgjigjja mbështetet te numri më i madh i të munguarve që u shikua, { $most }. Lejoni më shumë dhe shihni a lëviz.
estimate-hangs-on = Pa listën “{ $list }” intervali është krejt tjetërkund. Përgjigjja varet nga kjo listë.
estimate-overlap = Kush është në cilat lista
estimate-overlap-legend = Një rresht janë personat që janë pikërisht në listat me pikë të errët dhe në asnjë tjetër.
estimate-posterior = Sa i mundshëm është çdo numër
estimate-posterior-legend = Shtyllat: grafet; ato më të errëtat mbajnë 95 %. Vija e kuqe: klasat latente.
estimate-sensitivity = Sa varet nga supozimet
estimate-sensitivity-legend = Çdo vijë është e njëjta pyetje me një supozim tjetër: intervali 95 %, mesi i tij dhe të dyja me numra. Blu: përgjigjet; gri: çka i lëviz. Brezi i zbehtë është përgjigjja e parë, vija e ndërprerë ata që janë në lista. Vijat që dalin nga brezi do të thonë se të dhënat vetë nuk vendosin. Shigjeta: intervali vazhdon.
estimate-dependence = Lista që varen nga njëra-tjetra
estimate-pair = Listat
estimate-probability = Probabiliteti
estimate-strata = Një pjesë pas tjetrës
estimate-strata-note = Çdo pjesë më vete, pastaj shuma e tyre me pasigurinë e të gjithave. Shuma nuk duhet të jetë vlerësimi i tërësisë.
estimate-part = Pjesa
estimate-observed = Në lista
estimate-low = Nga
estimate-median = Mesi
estimate-high = Deri
estimate-remark = Vërejtje
estimate-method-name = Metoda
estimate-method = Si u llogarit, dhe çka mund të thuhet
estimate-method-graphs = Grafet: çdo mënyrë si listat mund të varen nga njëra-tjetra që mund të vizatohet si graf i zbërthyeshëm peshohet sipas përshtatjes, saktësisht (Madigan dhe York 1997).
estimate-method-classes = Klasat latente: personat bien në klasa që askush nuk i sheh, dhe brenda një klase listat janë të pavarura (Manrique-Vallier 2016). Mostra merren derisa zinxhirët pajtohen.
estimate-method-bounds = Kufiri i Chaos: numri është mbi të, nëse listat janë të pavarura për personat që gjenden po aq lehtë. Chapman: vetëm dy lista, nëse janë të pavarura. Mbulimi i mostrës: tri lista, nga pjesa e personave që i kanë edhe listat e tjera (Chao dhe Tsay 1998).
estimate-method-may = Mund të thuhet: nëse listat u përputhën drejt, nëse mbulojnë të njëjtat ngjarje, vend dhe kohë, dhe nëse askush nuk ishte i pamundur për t'u gjetur, numri është në këtë interval me këtë probabilitet sipas këtij modeli.
estimate-method-may-not = Nuk mund të thuhet: se numri dihet, se ata që nuk janë në lista u numëruan, ose se një pjesë ka më shumë se tjetra aty ku intervalet mbivendosen. Kush u vra, kur dhe nga kush nuk del nga kjo.
estimate-observed-words = { $observed } persona janë në lista.
estimate-linkage-words = Nuk dihet me siguri cilat regjistrime janë të të njëjtit person. Sipas lidhjeve që u nxorën, mesi është midis { $low } dhe { $high }; { $share } e shpërndarjes vjen nga kjo.
estimate-torn = { $people ->
    [one] { $people } person ka regjistrime në pjesë të ndryshme dhe numërohet aty ku ka më shumë.
   *[other] { $people } persona kanë regjistrime në pjesë të ndryshme dhe numërohen aty ku kanë më shumë.
}
estimate-empty = Lista “{ $list }” nuk ka askënd. Lëreni jashtë, ose shikoni si u lexua.
estimate-hangs-on-cell = Numri i personave pikërisht në { $lists }: { $people }. Një më shumë ose më pak aty e lëviz numrin e atyre që mungojnë për { $change }. Këtë do ta bënte një përputhje e vetme e gabuar.
estimate-prior-decides = Me supozime të tjera të zakonshme për varësinë, mesi është midis { $low } dhe { $high }. Të dhënat e lënë numrin të hapur; jepni rangun, jo një numër të vetëm.
estimate-methods-disagree = Grafet thonë { $graphs } dhe klasat latente { $classes }, secila jashtë intervalit të tjetrës. Ato supozojnë gjëra të ndryshme dhe të dhënat nuk vendosin midis tyre.
estimate-classes-exhausted = Të gjitha { $classes } klasat kanë anëtarë shumicën e kohës. Pyetni përsëri me më shumë klasa (--classes).
estimate-overlap-rest = { $sets } bashkësi të tjera listash kanë gjithsej { $people } persona; ato nuk janë vizatuar.
estimate-lists = Listat
estimate-list = Lista
estimate-alone-on = Në asnjë listë tjetër
estimate-pairs = Çifte listash
estimate-graphs = Grafet më të mundshme
estimate-graph = Grafi
estimate-graphs-caption = Listat në një kllapë varen drejtpërdrejt nga njëra-tjetra. Numrat janë ato që thotë secili graf vetë.
estimate-models = Modele log-lineare, sipas BIC
estimate-model = Modeli
estimate-weight = Pesha
estimate-models-caption = Listat në një kllapë varen së bashku nga njëra-tjetra. Intervalet supozojnë se modeli është i vërteti.
estimate-strata-legend = Çdo pjesë sipas grafeve: intervali 95 % me mesin.
estimate-pooling-for = Pjesët pajtohen se cilat lista varen nga njëra-tjetra, prandaj mund ta mësojnë këtë nga njëra-tjetra: shtylla “një graf për të gjitha” mund të përdoret.
estimate-pooling-against = Pjesët nuk pajtohen se cilat lista varen nga njëra-tjetra. Shtylla “një graf për të gjitha” jepet vetëm për krahasim dhe nuk duhet përdorur.
estimate-apart = çdo pjesë më vete
estimate-pooled = një graf për të gjitha
estimate-sum = Të gjitha pjesët
estimate-sum-remark = Në pjesët tepër të holla numërohen vetëm ata që janë në lista.
estimate-thin = Pjesë tepër të holla për vlerësim
estimate-thin-note = Për këto nuk jepet numër. Bashkojini me pjesët fqinje, ose thoni vetëm sa janë në lista.
estimate-chains = Si u morën mostrat e klasave latente
estimate-chains-words = { $chains } zinxhirë me nga { $draws } nxjerrje. R-hat { $rhat } (nën 1,01 është mirë); nxjerrjet vlejnë sa { $worth } të pavarura.
estimate-chains-legend = Çdo vijë është një zinxhir. Vijat që mbulojnë njëra-tjetrën, pa pjerrësi, do të thonë se pajtohen.
estimate-said = Çka mund të thuhet
estimate-method-may-refused = Mund të thuhet sa persona janë në lista, dhe se nuk mund të jepet asnjë numër për ata që nuk janë në asnjë.
estimate-method-models = Modelet log-lineare: çiftet dhe bashkësitë më të mëdha të listave mund t'ia ndryshojnë njëra-tjetrës gjasat; modelet peshohen sipas përshtatjes për madhësinë e tyre (AIC, BIC). Hap pas hapi: zgjidhet një model, edhe kur dy lista nuk kanë askënd të përbashkët, dhe intervali e përsërit zgjedhjen (Chan, Silverman dhe Vincent 2021).
estimate-method-linkages = Lidhjet: çdo lidhje midis dy regjistrimeve vlen me probabilitetin e saj, e nxjerrë sërish e sërish; çdo nxjerrje vlerësohet dhe të gjitha përzihen.
estimate-method-strata = Pjesët: “një graf për të gjitha” mëson nga të gjitha pjesët bashkë vetëm se cilat lista varen nga njëra-tjetra; numrat dhe probabilitetet mbeten të secilës pjesë.
estimate-by-graphs = Grafet
estimate-by-classes = Klasat latente
estimate-by-aic = Log-linear, AIC
estimate-by-bic = Log-linear, BIC
estimate-by-sparse = Log-linear, hap pas hapi
estimate-by-coverage = Mbulimi i mostrës
estimate-by-chapman = Chapman
estimate-by-bound = Kufiri i poshtëm i Chaos
estimate-with-delta = numërime paraprake { $delta }
estimate-with-even-prior = çdo total po aq i mundshëm
estimate-without = pa { $list }
estimate-with-linkages = { $draws ->
    [one] { $draws } lidhje
   *[other] { $draws } lidhje
}
estimate-in-numbers = Me numra
estimate-pooled-column = Një graf për të gjitha
estimate-method-low = Në popullsi të shpikura, e vërteta e të cilave dihej, çdo metodë këtu dha shumë pak aty ku personat dallojnë fort sa lehtë gjenden, dhe intervalet 95 % e përmbanin të vërtetën shumë më rrallë sesa thonë. Numri ka më shumë gjasa të jetë tepër i ulët sesa tepër i lartë, dhe personat që asnjë listë nuk mund t'i gjente nuk janë në të.
