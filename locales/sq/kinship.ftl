# Raporte për mbetjet mortore dhe familjet.

kinship-title-weigh = Mbetjet mortore { $remains } dhe personi i zhdukur { $missing } nga familja { $family }
kinship-title-direct = Mostrat { $one } dhe { $other }: një person apo dy
kinship-title-check = Çfarë duhet ndrequr para çdo llogaritjeje
kinship-title-search = Mbetje mortore që mund t’i takojnë një familjeje
kinship-title-joint = Mbetjet mortore dhe personat e zhdukur, të gjithë së bashku
kinship-title-power = Çfarë mund të arrijë familja { $family }
kinship-title-review = Identifikime të rishikuara
kinship-not-a-decision = Ky raport peshon provat. Ai nuk identifikon askënd. Vendosin njerëzit, së bashku me të gjitha provat e tjera.
kinship-in-words = Me fjalë të thjeshta
kinship-words-compared = ADN-ja e mbetjeve mortore { $remains } u krahasua me mostrat referente të të afërmve të personit { $missing }: { $relatives }.
kinship-words-for = Ajo që u pa është { $ratio } herë më e mundshme nëse mbetjet mortore janë të personit { $missing } sesa nëse janë të një personi pa lidhje gjaku me familjen. Ky numër quhet raporti i gjasave.
kinship-words-against = Ajo që u pa është { $ratio } herë më e mundshme nëse mbetjet mortore janë të një personi pa lidhje gjaku me familjen sesa nëse janë të personit { $missing }. Raporti i gjasave flet kundër këtij personi.
kinship-words-impossible = Ajo që u pa nuk është e mundur nëse mbetjet mortore janë të personit { $missing }, përveç nëse një mostër ose një lidhje në trungun familjar është e gabuar.
kinship-words-direct-same = Ajo që u pa është { $ratio } herë më e mundshme nëse të dy mostrat janë të një personi sesa nëse janë të dy personave pa lidhje gjaku.
kinship-words-direct-different = Ajo që u pa flet kundër një personi të vetëm: mostrat dallojnë.
kinship-words-prior = Ky numër i vetëm nuk tregon sa e mundshme është që mbetjet mortore të jenë të personit { $missing }. Kjo varet edhe nga ajo që dihej para ADN-së. { $count ->
    [one] Është i zhdukur { $count } person; para ADN-së probabiliteti u mor { $prior }.
   *[other] Janë të zhdukur { $count } persona dhe secili u mor po aq i mundshëm sa të tjerët, me ndryshimin që sjell ajo që dihet për vendin, gjininë, moshën dhe datën (faktori { $factor }); para ADN-së probabiliteti ishte { $prior }.
}
kinship-words-posterior = Me ADN-në probabiliteti është { $posterior }.
kinship-words-chance = Në të gjitha krahasimet që mund të bëjë zyra, ndërmjet të panjohurve priten më së shumti { $number } rezultate po aq të forta.
kinship-words-reached = Zyra kërkon raport të gjasave së paku { $ratio } dhe probabilitet së paku { $posterior }. Të dy janë arritur.
kinship-words-not-reached = Zyra kërkon raport të gjasave së paku { $ratio } dhe probabilitet së paku { $posterior }. Nuk janë arritur të dy: kjo nuk mjafton për identifikim.
kinship-words-mutation = Te { $markers } ajo që u pa kërkon një mutacion ndërmjet prindit dhe fëmijës. Mutacionet janë të rralla dhe probabiliteti i tyre është pjesë e numrit; disa mutacione do të tregonin më parë një mostër ose lidhje të gabuar.
kinship-words-relatives = Një i afërm i personit { $missing }, për shembull një vëlla ose motër, do të jepte rezultat të ngjashëm. Nëse janë zhdukur disa anëtarë të familjes, ata duhet krahasuar së bashku.
kinship-words-stable = Me të gjitha supozimet e tjera që u provuan, përfundimi është i njëjtë.
kinship-words-unstable = Me disa nga supozimet e tjera që u provuan, përfundimi nuk është i njëjtë: shihni tabelën.
kinship-words-rights = Familja mund të kërkojë që ky krahasim t’i shpjegohet dhe të përsëritet nga një laborator tjetër.
kinship-pedigree = Familja
kinship-pedigree-title = Trungu i familjes { $family }
kinship-pedigree-described = { $count ->
    [one] { $count } person.
   *[other] { $count } persona.
} Të zhdukur: { $missing }. Me mostër referente: { $typed }.
kinship-pedigree-nobody = askush
kinship-pedigree-legend = Katrorët janë burra, rrathët janë gra, rombet janë persona gjinia e të cilëve nuk dihet. Të mbushura: është dhënë mostër referente. Vija e trashë e ndërprerë me pikëpyetje: i zhdukur.
kinship-markers = Shënues pas shënuesi
kinship-markers-caption = Çfarë u pa dhe sa peshon. Raportet e gjasave të të gjithë shënuesve shumëzohen.
kinship-marker = Shënuesi
kinship-remains = Mbetjet mortore
kinship-ratio = Raporti i gjasave
kinship-mutations = Mutacione të nevojshme
kinship-all = Të gjithë shënuesit
kinship-probability = Probabiliteti dhe pragu
kinship-probability-caption = Nga raporti i gjasave te probabiliteti, me atë që u supozua
kinship-quantity = Madhësia
kinship-value = Vlera
kinship-log-ratio = Raporti i gjasave, si fuqi e dhjetës
kinship-threshold-ratio = Pragu i raportit të gjasave
kinship-threshold-posterior = Pragu i probabilitetit
kinship-missing-count = Persona të zhdukur
kinship-remains-count = Mbetje mortore të paidentifikuara
kinship-factor = Faktori i vendit, gjinisë, moshës dhe datës
kinship-prior = Probabiliteti para ADN-së
kinship-posterior = Probabiliteti me ADN-në
kinship-by-chance = Rezultate po aq të forta që priten rastësisht, më së shumti
kinship-reached = Pragu i arritur
kinship-yes = po
kinship-no = jo
kinship-reached-yes = arritur
kinship-reached-no = nuk është arritur
kinship-agrees = përputhet
kinship-differs = nuk përputhet
kinship-not-known = nuk dihet
kinship-sex = Gjinia
kinship-age = Mosha
kinship-site = Vendi
kinship-date = Data
kinship-sensitivity = Po sikur supozimet të ishin të tjera
kinship-sensitivity-caption = I njëjti krahasim me supozime të tjera
kinship-assumption = Supozimi
kinship-assumption-theta = Prejardhja e përbashkët (theta) { $value }
kinship-assumption-mutation = Shkallët e mutacionit shumëzuar me { $value }
kinship-assumption-table = Tabela e popullatës { $value }
kinship-could-not = nuk mund të llogaritej
kinship-method = Si u llogarit
kinship-method-model = Gjasat llogariten saktësisht (Elston dhe Stewart 1971), me mutacion në çdo mejozë dhe prejardhje të përbashkët theta = { $theta } (Balding dhe Nichols 1994). Hipotezat janë: mbetjet mortore janë të personit të zhdukur; ose janë të një personi pa lidhje gjaku me familjen. Shënuesit merren si të pavarur.
kinship-method-quality = Mbetjet mortore: probabiliteti i humbjes së një aleli { $dropout }, i shfaqjes së një aleli të huaj { $dropin }.
kinship-method-files = Skedarët: { $files }
kinship-remarks = Vërejtje
kinship-family = Familja
kinship-missing = Personi i zhdukur
kinship-rank = Renditja
kinship-place = Ku
kinship-severity = Pesha
kinship-severity-error = duhet ndrequr
kinship-severity-warning = duhet kuptuar
kinship-severity-note = vlen të dihet
kinship-what = Çfarë u gjet
kinship-mend = Si ndreqet
kinship-check-none = Nuk u gjet asgjë.
kinship-code = Kodi
kinship-search-caption = Për çdo mbetje mortore familjet që përputhen më së miri
kinship-search-words = Të gjitha mbetjet mortore u krahasuan me të gjitha familjet, çdo familje me nga një person të zhdukur. Renditja e lartë vetvetiu nuk do të thotë asgjë: shihni raportin e gjasave dhe probabilitetin.
kinship-search-compared = { $count ->
    [one] U krahasua { $count } çift.
   *[other] U krahasuan { $count } çifte.
}
kinship-joint-caption = Mënyrat më të mundshme për t’i vendosur të gjitha mbetjet mortore
kinship-joint-words = Të gjitha mbetjet mortore dhe të gjithë personat e zhdukur u peshuan së bashku: askush nuk vendoset dy herë.
kinship-joint-prior = Para ADN-së çdo çifti iu dha shansi që e përcakton zyra: një kundrejt të gjithë të tjerëve nga { $count ->
    [one] { $count } person i zhdukur
   *[other] { $count } persona të zhdukur
}, me ndryshimin që sjell ajo që dihet për vendin, gjininë, moshën dhe datën.
kinship-joint-flat = Para ADN-së çdo mënyrë u mor po aq e mundshme sa të tjerat, me ndryshimin e vetëm që sjell ajo që dihet për vendin, gjininë, moshën dhe datën.
kinship-joint-alike = ADN-ja nuk mund të dallojë nëse { $remains } janë mbetjet e njërit prej këtyre: { $persons }. Ata kanë të njëjtin vend në familje. Mosha, dhëmbët ose sendet personale mund ta dallojnë.
kinship-joint-nearly = Më pak se një e miliardta e probabilitetit u takon mënyrave që nuk u shqyrtuan.
kinship-joint-gap = Më së shumti { $gap } e probabilitetit u takon mënyrave që nuk u shqyrtuan.
kinship-joint-exact = U shqyrtua çdo mënyrë e mundshme.
kinship-joint-nobody = askush prej këtyre
kinship-pairings-caption = Për çdo mbetje mortore probabiliteti që të jetë secili person i zhdukur
kinship-power-words = Nëse do të gjendeshin mbetjet mortore të personit { $missing }, raporti i gjasave do ta arrinte pragun { $ratio } me probabilitet { $exceedance }. Një i panjohur do të përjashtohej në dy ose më shumë shënues me probabilitet { $exclusion }.
kinship-power-help = Nga ata të cilëve mund t’u kërkohet mostër, më së shumti do të ndihmonte: { $person }.
kinship-power-nobody = Askush nga ata që mund të pyeten nuk do të ndihmonte.
kinship-power-caption = Me mostrat që ekzistojnë dhe me një më shumë
kinship-power-now = mostrat që ekzistojnë
kinship-power-sample-of = dhe { $person }
kinship-samples = Mostrat
kinship-exceedance = Probabiliteti për ta arritur pragun
kinship-mean = Raporti i pritur i gjasave, si fuqi e dhjetës
kinship-range = Nëntë nga dhjetë janë ndërmjet
kinship-exclusion = Një i panjohur përjashtohet
kinship-exclusion-twice = … në dy ose më shumë shënues
kinship-power-simulated = { $count ->
    [one] U simulua { $count } identifikim.
   *[other] U simuluan { $count } identifikime.
} Prejardhja e përbashkët theta = { $theta }.
kinship-review-caption = Çdo identifikim me mostrat që ekzistojnë tani
kinship-review-words = Çdo identifikim u peshua sërish më vete. Këtu nuk vendoset asgjë: ajo që nuk qëndron më duhet rishikuar nga njerëzit, me kujdes për familjet.
kinship-standing = Tani
kinship-standing-contradicted = kundërshtohet
kinship-standing-weakened = është dobësuar
kinship-standing-rivalled = një vend tjetër përputhet më mirë
kinship-standing-stands = qëndron
kinship-better = Përputhet më mirë
kinship-exchange-closed = Këto mbetje mortore mund të jenë ndërruar me njëra-tjetrën; secila përputhet me vendin e së radhës: { $remains }.
kinship-exchange-open = Këto mbetje mortore ndoshta duhet të lëvizin, secila në vendin e së radhës, dhe e fundit te personi { $missing }, i cili ende është i zhdukur: { $remains }.
kinship-samples-compared = Mostrat e krahasuara
kinship-sample-one = Mostra e parë
kinship-sample-other = Mostra e dytë

# Çfarë gjen kontrolli dhe si ndreqet.
kinship-found-person-twice = Personi { $id } shënohet dy herë në familjen { $family }.
kinship-mend-person-twice = Mbani vetëm një rresht.
kinship-found-unknown-parent = Prindi { $parent } nuk është në familjen { $family }.
kinship-mend-unknown-parent = Shtoni një rresht për prindin ose ndreqni identifikuesin e tij.
kinship-found-one-parent = { $id } ka vetëm një prind. Merret se prindi tjetër është i panjohur dhe nuk është prind i askujt tjetër.
kinship-mend-one-parent = Shtoni një rresht për prindin tjetër, që fëmijët e të dyve të jenë vëllezër e motra të plotë.
kinship-found-sex-against-role = { $parent } është prind i { $child } në një rol që nuk përputhet me gjininë.
kinship-mend-sex-against-role = Ndreqni gjininë ose ndërroni babain me nënën.
kinship-found-own-ancestor = { $id } del paraardhës i vetvetes.
kinship-mend-own-ancestor = Ndreqni prindërit.
kinship-found-nobody-missing = Në familjen { $family } askush nuk është shënuar si i zhdukur.
kinship-mend-nobody-missing = Shkruani “missing” si rol të personit të zhdukur.
kinship-found-nobody-typed = Familja { $family } nuk ka asnjë mostër referente.
kinship-mend-nobody-typed = Shtoni mostrat ose lëreni familjen jashtë.
kinship-found-nobody-related = Asnjë person me mostër nuk ka lidhje gjaku me { $id } nga familja { $family }, prandaj asnjë mbetje mortore nuk mund të identifikohet si e këtij personi.
kinship-mend-nobody-related = Shtoni mostrën e një të afërmi gjaku.
kinship-found-unknown-person = Mostra është e { $person }, që nuk është në asnjë familje.
kinship-mend-unknown-person = Shtojeni personin në një trung familjar ose ndreqni identifikuesin e tij.
kinship-found-person-in-several = { $person } është emër në disa familje: { $families }.
kinship-mend-person-in-several = Shtoni një kolonë “family”.
kinship-found-sample-twice = Mostra { $sample } shënohet dy herë, për persona të ndryshëm.
kinship-mend-sample-twice = Jepuni mostrave emra të ndryshëm.
kinship-found-marker-twice = Mostra { $sample } e ka dy herë shënuesin { $marker }.
kinship-mend-marker-twice = Mbani njërin, atë që laboratori e pranon si përfundimtar.
kinship-found-person-typed-twice = { $person } ka disa mostra që përputhen: { $samples }. Shënues që i tregojnë të gjitha: { $shared }.
kinship-mend-person-typed-twice = Asgjë, nëse kështu është menduar; përdoren të gjitha.
kinship-found-person-typed-differently = { $person } ka mostra që dallojnë: { $samples }. Shënuesit: { $markers }.
kinship-mend-person-typed-differently = Gjeni se cila mostër nuk është e këtij personi.
kinship-found-identical-profiles = { $one } dhe { $other } kanë të njëjtin profil në çdo shënues që e tregojnë të dy. Shënues: { $shared }.
kinship-mend-identical-profiles = Gjeni nëse janë një person (i njëjti trup ose mostër e marrë dy herë), binjakë apo ngatërrim.
kinship-found-too-many-alleles = { $sample } tregon më shumë se dy alele te { $marker }: { $count }.
kinship-mend-too-many-alleles = Pyesni laboratorin: përzierje, ndotje ose trefishim i rrallë. Deri atëherë shënuesi lihet jashtë.
kinship-found-one-allele = { $sample } tregon vetëm një alel te { $marker } dhe për tjetrin nuk thuhet asgjë.
kinship-mend-one-allele = Shkruajeni dy herë nëse laboratori e quan homozigot.
kinship-found-two-on-one-chromosome = { $sample } është mashkull dhe tregon dy alele te { $marker }, ku një mashkull ka vetëm një.
kinship-mend-two-on-one-chromosome = Ndreqni gjininë ose alelet.
kinship-found-two-haplotypes = { $sample } tregon dy haplotipe mitokondriale te { $marker }.
kinship-mend-two-haplotypes = Pyesni laboratorin: përzierje, ndotje ose heteroplazmi.
kinship-found-y-of-woman = { $sample } është femër dhe tregon shënuesin Y { $marker }.
kinship-mend-y-of-woman = Ndreqni gjininë ose gjeni e kujt është mostra.
kinship-found-unknown-marker = Shënuesi { $marker } nuk është në tabelën e frekuencave dhe lihet jashtë. Mostra me të: { $samples }.
kinship-mend-unknown-marker = Ndreqni emrin ose shtoni frekuencat e shënuesit.
kinship-found-allele-not-in-table = Aleli { $allele } i { $marker } nuk është në tabelën e frekuencave. Mostra me të: { $samples }.
kinship-mend-allele-not-in-table = Pyesni laboratorin nëse është i saktë. Atij i jepet frekuenca më e vogël.
kinship-found-amelogenin-against-sex = Amelogjenina e { $sample } tregon { $shows ->
    [male] mashkull
   *[other] femër
}, por është shënuar { $recorded ->
    [male] mashkull
   *[other] femër
}.
kinship-mend-amelogenin-against-sex = Ndreqni gjininë ose gjeni e kujt është mostra. Rrallë ndodh që kopja Y e amelogjeninës mungon.
kinship-found-few-markers = { $sample } tregon pak shënues: { $markers }.
kinship-mend-few-markers = Prisni dëshmi të dobët ose kërkoni tipizim të mëtejshëm.
kinship-found-allele-twice = Aleli { $allele } shënohet dy herë në tabelën e { $marker }.
kinship-mend-allele-twice = Mbani vetëm një rresht.
kinship-found-marker-twice-in-table = Shënuesi { $marker } shënohet dy herë në tabelat e frekuencave.
kinship-mend-marker-twice-in-table = Mbani njërin; përdoret i pari. Tabela e një popullate tjetër jepet me --other-table.
kinship-found-empty-marker = Tabela nuk ka asnjë alel të { $marker }.
kinship-mend-empty-marker = Shtoni frekuencat e tij ose hiqeni shënuesin.
kinship-found-zero-frequency = Tabela i jep { $allele } të { $marker } frekuencën 0. Rreshti lihet jashtë.
kinship-mend-zero-frequency = Asgjë; nëse aleli shihet, ai merr frekuencën më të vogël.
kinship-found-sum-not-one = Frekuencat e { $marker } kanë shumën { $sum }; secila pjesëtohet me shumën.
kinship-mend-sum-not-one = Asgjë, nëse tabela është botuar kështu.
kinship-found-sum-wrong = Frekuencat e { $marker } kanë shumën { $sum }, të cilën rrumbullakimi nuk e shpjegon.
kinship-mend-sum-wrong = Gjeni rreshtat e gabuar ose që mungojnë.
kinship-found-linked-markers = { $one } dhe { $other } janë afër njëri-tjetrit në një kromozom dhe llogariten si të pavarur.
kinship-mend-linked-markers = Lëreni njërin jashtë dhe krahasoni rezultatin, sidomos për dajallarë, xhaxhallarë, gjyshër dhe gjysmëvëllezër.
kinship-found-mendelian-conflict = Familja { $family } nuk shpjegohet te { $marker } pa mutacion. Mutacione të nevojshme, së paku: { $mutations }. { $persons ->
    [0] Asnjë mostër e vetme nuk e shpjegon.
   *[other] Pa mostrën e njërit prej këtyre nuk do të kishte mospërputhje: { $without }.
}
kinship-mend-mendelian-conflict = Një shënues i tillë mund të jetë mutacion; disa tregojnë mostër ose lidhje të gabuar.
kinship-found-mendelian-conflicts = Familja { $family } nuk shpjegohet pa mutacione. Shënues: { $markers }; mutacione të nevojshme, së paku: { $mutations }. { $persons ->
    [0] Asnjë mostër e vetme nuk e shpjegon.
   *[other] Pa mostrën e njërit prej këtyre nuk do të kishte mospërputhje: { $without }.
}
kinship-mend-mendelian-conflicts = Gjeni e kujt mostër është e gabuar ose cila lidhje nuk është biologjike, me kujdes për familjen.
kinship-found-not-compared = Familja { $family } nuk mund të kontrollohej për mospërputhje: { $why }
kinship-mend-not-compared = Ndreqni së pari atë që përmendet më lart.

# Haplotipet Y dhe mitokondriale: i ka e gjithë linja, prandaj qëndrojnë pranë raportit të gjasave.
kinship-line = Linja mashkullore dhe femërore
kinship-line-caption = Haplotipe që i ka e gjithë linja. Ato peshohen veçmas.
kinship-line-kind = Haplotipi
kinship-line-kind-y = Y
kinship-line-kind-mt = mitokondrial
kinship-line-relative = I afërmi
kinship-line-meioses = Sa herë është trashëguar ndërmjet tyre
kinship-line-compared = Shënues të krahasuar
kinship-line-different = Shënues që dallojnë
kinship-line-agrees = { $kind ->
    [y] Haplotipi Y i mbetjeve mortore është i njëjtë me atë të { $relatives } në çdo shënues të krahasuar. E kanë të gjithë meshkujt e një linje mashkullore, edhe vëllezërit dhe kushërinjtë: ai tregon se mbetjet mortore mund të jenë të kësaj linje, por jo të cilit mashkull të saj.
   *[mt] Haplotipi mitokondrial i mbetjeve mortore është i njëjtë me atë të { $relatives }. E kanë të gjithë fëmijët e një linje femërore: ai tregon se mbetjet mortore mund të jenë të kësaj linje, por jo të cilit person të saj.
}
kinship-line-differs = { $kind ->
    [y] Haplotipi Y i mbetjeve mortore dallon nga ai i { $relatives } te { $markers }. Një dallim mund të jetë mutacion, sidomos gjatë disa brezave; më shumë dallime flasin kundër kësaj linje mashkullore ose kundër babait që përmend trungu familjar.
   *[mt] Haplotipi mitokondrial i mbetjeve mortore dallon nga ai i { $relatives } te { $markers }. Kjo flet kundër kësaj linje femërore, përveç nëse laboratori gjen mutacion ose heteroplazmi.
}
kinship-line-weight = Në bazën e të dhënave ({ $database }) haplotipin e kanë { $seen } nga { $of } persona. Më së shumti { $frequency } e popullatës e ka (kufiri i sipërm, 95 %), kështu që në këtë linjë është së paku { $ratio } herë më i mundshëm sesa te një i panjohur. Kjo qëndron pranë raportit të gjasave dhe nuk shumëzohet me të: aty ku shumë familje janë të një linje, si në një fshat, vlen më pak.
kinship-line-kappa = Sipas rregullës së Brennerit për një haplotip që nuk është parë asnjëherë, do të ishte { $ratio } herë.
kinship-line-no-count = Për të nuk është dhënë numërim në ndonjë bazë të dhënash, prandaj nuk jepet peshë.

# Një trung familjar i të njëjtëve persona kundrejt një tjetri.
kinship-title-relations = Dy mënyra si mund të jenë në lidhje këta persona: { $first } dhe { $second }
kinship-relations-for = Ajo që u pa është { $ratio } herë më e mundshme nëse personat janë në lidhje si te { $first } sesa nëse janë si te { $second }. Ky numër quhet raporti i gjasave.
kinship-relations-against = Ajo që u pa është { $ratio } herë më e mundshme nëse personat janë në lidhje si te { $second } sesa nëse janë si te { $first }. Raporti i gjasave flet kundër { $first }.
kinship-relations-impossible = Ajo që u pa nuk është e mundur nëse personat janë në lidhje si te { $first }, përveç nëse një mostër është e gabuar.
kinship-relations-method = Këtu dy hipotezat janë dy trungjet familjare të përmendura në titull.
