# The process of verifying status: the page of the human rights office, the office's keys, and the page of files. No title
# here names what the area is about: it would stand in a history of the browser.

## The process as the human rights office sees it
survivors-process-title = Procesi
# $until is the last day, $days how many days are left after today
survivors-window-open = Aplikimet janë të hapura deri më { $until }; ditë të mbetura: { $days }.
# $since is the last day of the window before, $next the first day of the next one
survivors-window-gap = Aplikimet janë të mbyllura që nga { $since } dhe rihapen më { $next }. Asgjë që dorëzohet ndërkohë nuk llogaritet.
survivors-window-not-yet = Aplikimet hapen më { $next }.
survivors-window-over = Aplikimet janë të mbyllura që nga { $since } dhe nuk dihet për ndonjë afat të ri.
survivors-window-unknown = Profili nuk përcakton asnjë afat për aplikime.
# $from and $until are days, $source is a law
survivors-period = Ligji flet për dhunën nga { $from } deri më { $until }. { $source }.
survivors-windows = Afatet e aplikimit
survivors-window = Afati
survivors-window-opens = Dita e parë
survivors-window-closes = Dita e fundit
survivors-counts = Shifrat e publikuara, krah për krah
survivors-counts-hint = Organet numërojnë ndryshe dhe në ditë të ndryshme. Këtu asgjë nuk barazohet: çdo grup shifrash qëndron siç u publikua, bashkë me atë nëse mblidhet saktë.
survivors-count-by = Publikuar nga
survivors-count-as-of = Më
survivors-count-source = Burimi
survivors-count-applied = Aplikuan
survivors-count-recognised = Të njohur
survivors-count-rejected = Të refuzuar
survivors-count-interview = Në intervistë
survivors-count-unprocessed = Të pashqyrtuar
survivors-count-reckoning = A mblidhet?
survivors-count-adds-up = Mblidhet saktë
# $n is how many people are in the total and in no part
survivors-count-unaccounted = { $n } pa shpjegim
# $n is how many more the parts are than the total
survivors-count-exceeds = Pjesët e tejkalojnë tërësinë për { $n }
survivors-count-add = Shto shifra të publikuara
survivors-count-added = Shifrat u shtuan.
survivors-count-wrong-text = Publikuar nga, Burimi: shkruani kush publikoi dhe ku, në më së shumti 300 shkronja.
survivors-count-wrong-day = Më: shënoni një datë të vërtetë që nuk është në të ardhmen.
survivors-count-wrong-number = Shifrat: shënoni numra të plotë nga 0 deri në 10.000.000. Shkruani 0 ku organi nuk ka publikuar.
survivors-clocks = Sa mund të zgjasin fazat
survivors-stage = Faza
survivors-working-days = Ditë pune

## Stages, rounds and steps
survivors-stage-draft = Draft
survivors-stage-filed = E dorëzuar
survivors-stage-incomplete = Në pritje të dokumenteve
survivors-stage-complete = E plotë, për t'u caktuar
survivors-stage-examination = Në shqyrtim
survivors-stage-appointment = Takim
survivors-stage-decided = E vendosur, për t'u njoftuar
survivors-stage-notified = E njoftuar
survivors-stage-court = Në gjykatë
survivors-stage-ordered = Pagesa e urdhëruar
survivors-stage-closed = E mbyllur
survivors-stage-withdrawn = E tërhequr

## Keys of the office
survivors-keys-title = Çelësat
survivors-keys-hint = Çelësat certifikohen në një makinë që nuk lidhet kurrë në rrjet. Kopjoni kërkesën te ajo dhe sillni këtu atë që nënshkroi. Ajo që nuk ka nënshkrimin e zyrës nuk ruhet dhe asnjë shfletues nuk i beson.
survivors-keys-office = Çelësi i zyrës
survivors-keys-recovery = Çelësi i rikuperimit
survivors-keys-none = Ende nuk është sjellë
survivors-keys-there = I certifikuar
survivors-keys-people = Çelësat e njerëzve
survivors-keys-made = Bërë më
survivors-keys-certificate = Certifikata
survivors-keys-request = Kërkesa
survivors-keys-waits = Pret certifikimin
# $n is the number of a certificate
survivors-keys-serial = Numri { $n }
survivors-keys-bring = Sillni një dokument të nënshkruar
survivors-keys-document = Dokumenti
survivors-keys-document-hint = Çelësi publik i zyrës, një certifikatë ose një listë revokimesh, siç e shkroi makina jashtë rrjetit.
survivors-keys-keep = Ruaj
survivors-keys-brought = Dokumenti u ruajt.
survivors-keys-unreadable = Dokumenti: ky nuk është çelës publik, certifikatë apo listë revokimesh. Kopjoni tërë skedarin, nga rreshti i parë deri te nënshkrimi.
survivors-keys-office-first = Dokumenti: së pari sillni çelësin publik të zyrës.
survivors-keys-signature = Dokumenti: nënshkrimi nuk është i kësaj zyre.
survivors-keys-other = Dokumenti: një tjetër me këtë numër është tashmë këtu. Numrat jepen një herë; nënshkruajeni me numrin tjetër.

## The page of files: opening and leaving
survivors-files-title = Dosjet
survivors-leave = Dil nga kjo faqe
survivors-leave-address = https://www.wikipedia.org/
survivors-needs-script = Kjo faqe kërkon JavaScript: ajo që shkruhet këtu mbyllet në shfletuesin tuaj para se të dërgohet.
survivors-unlock = Hapni çelësin tuaj
survivors-unlock-hint = Çelësi juaj mbetet në kujtesën e kësaj faqeje. Ai harrohet kur të dilni nga faqja dhe pas dhjetë minutash pa punë.
survivors-passphrase = Fjalëkalimi i çelësit tuaj
survivors-passphrase-again = Edhe një herë i njëjti
survivors-passphrase-hint = Së paku 14 shkronja: katër a pesë fjalë që nuk lidhen mes vete. Askush nuk mund t'jua thotë më vonë.
survivors-open = Hap
survivors-wait = Një çast: kjo zgjat me qëllim disa sekonda.
survivors-locked = Çelësi juaj u harrua. Hapeni sërish për të vazhduar.
survivors-key-make = Bëni çelësin tuaj
# $fingerprint are groups of letters and figures that people compare
survivors-key-office = Krahasoni këto grupe me fletën që ju dha zyra: { $fingerprint }
survivors-key-compared = Janë të njëjta
survivors-key-waits = Çelësi juaj është bërë. Mund të përdoret sapo ta certifikojë zyra.
survivors-key-good = Çelësi juaj është i mirë dhe nuk mbishkruhet. Nëse ka humbur ose është në duar të gabuara, kërkojini zyrës ta revokojë më parë.
survivors-key-no-office = Çelësi i vetë zyrës ende nuk është sjellë. Pyesni administratorin.
survivors-role = Këtu jeni si
survivors-as-filing = dorëzues
survivors-as-secretariat = sekretariati
survivors-as-commission = anëtar
survivors-as-keeper = ruajtës i emrave

## The list
survivors-none = Këtu nuk ka dosje.
survivors-code = Kodi
survivors-since = Që nga
survivors-clock = Afati
# $due is a day, $days a number of working days
survivors-clock-runs = deri më { $due } ({ $days } ditë pune)
survivors-clock-suspended = i ndalur ({ $days } ditë pune të mbetura)
survivors-clock-late = me vonesë që nga { $due } ({ $days } ditë pune)
survivors-round-first = Hera e parë
survivors-round-reconsideration = Rishqyrtim
survivors-round-court = Pas gjykatës
survivors-round-court-again = Pas gjykatës edhe një herë
survivors-outcome-recognised = Njohur
survivors-outcome-rejected = Refuzuar
survivors-new = Dosje e re
survivors-search = Gjej sipas emrit
survivors-search-hint = Kërkohet në këtë faqe; ajo që shkruani nuk dërgohet.
survivors-search-do = Gjej
survivors-search-none = Askush me këtë emër.
survivors-open-passkey = Hape me çelës hyrjeje
survivors-passkey = Hapeni çelësin tuaj me çelës hyrjeje
survivors-passkey-hint = Atëherë gjurma e gishtit, fytyra ose një çelës sigurie e hap çelësin tuaj në këtë pajisje. Fjalëkalimi juaj e hap ende kudo: ruajeni.
survivors-passkey-add = Bëj një çelës hyrjeje
survivors-passkey-added = Tani e tutje edhe një çelës hyrjeje e hap çelësin tuaj.
survivors-hand-over = Kolegë të rinj
survivors-hand-over-hint = Kush u bashkua më vonë nuk ka ende çelës për dosjet e vjetra. Hapja e çdo dosjeje një herë ia jep, bën çelës të ri aty ku dikush është larguar dhe fut në tregues emrat që mungojnë. Çdo hapje regjistrohet; hapja e shumë dosjeve ngre alarm te dy të tjerë: njoftojini më parë.
survivors-hand-over-do = Hap çdo dosje një herë
survivors-stop = Ndal
# $n is a number of files
survivors-stopped = U ndal pas { $n }. Ajo që u bë mbetet.
# $n is a number of files
survivors-handed-over = Dosje të hapura një herë: { $n }.
survivors-back = Kthehu te lista

## Filing: plain words, why each question is asked, what may be left empty
survivors-support = Para se të tregohet gjë: personi nuk ka pse të tregojë asgjë sot. Mbështetja vjen e para dhe nuk varet nga kjo dosje.
survivors-closed-window = Aplikimet janë të mbyllura. Mund të përgatitni një draft; ai mund të dorëzohet kur të hapen.
survivors-pace = Asgjë nuk duhet thënë përnjëherë. Ruani atë që keni dhe vazhdoni një ditë tjetër nga lista.
survivors-part-name = Kush është
survivors-part-name-hint = Ruhet veçmas nën dy çelësa. Ata që vendosin nuk e shohin kurrë.
survivors-name = Emri
survivors-father = Emri i babait
survivors-born = Data e lindjes
survivors-optional = Mund të lihet bosh.
survivors-reach = Si dëshiron personi të kontaktohet
survivors-never = Si nuk duhet kontaktuar kurrë personi
survivors-never-hint = Një letër, thirrje apo vizitë në vendin e gabuar mund ta ekspozojë dikë.
survivors-part-file = Çfarë kërkohet
# $from and $until are days
survivors-when = Kur ndodhi
survivors-when-hint = Pyetet sepse ligji flet vetëm për kohën nga { $from } deri më { $until }. Mjafton stina apo muaji.
survivors-where = Ku ndodhi
survivors-narrative = Çfarë ndodhi, me fjalët e vetë personit
survivors-narrative-hint = Vetëm aq sa dëshiron të thotë personi. Lini jashtë emrat: dosja lexohet me kod.
survivors-papers = Dokumentet
survivors-papers-hint = Jo e detyrueshme. Mbyllen këtu para se të dërgohen.
# $name is the name of a file
survivors-unfinished = { $name } nuk u dërgua i tëri. Zgjidheni përsëri të njëjtin dokument: vazhdon aty ku u ndal.
survivors-part-counted = Çfarë numërohet
survivors-part-counted-hint = Jo e mbyllur: zyra për të drejtat e njeriut i numëron këto, që të shohë kë nuk e arrin procesi. Lini bosh atë që personi nuk do të numërohet.
survivors-region = Rajoni
survivors-sex = Gjinia
survivors-sex-female = Femër
survivors-sex-male = Mashkull
survivors-community = Komuniteti
survivors-not-said = Nuk thuhet
survivors-consent = Për çfarë pajtohet personi
survivors-consent-hint = Secila veç e veç. Derisa të vendoset, të gjitha mund të tërhiqen, dhe numërimi në çdo kohë.
survivors-consent-decide = Komisioni e lexon dosjen me kod dhe vendos
survivors-consent-names = Ruajtësit e emrave e ruajnë emrin; dy prej tyre e hapin bashkë, për një arsye të shkruar
survivors-consent-counted = Zyra për të drejtat e njeriut numëron rajonin, gjininë dhe komunitetin më lart, pa kod e pa emër
survivors-consent-none = Pëlqimi i dhënë është tërhequr.
survivors-save-draft = Mbyll dhe ruaj draftin
survivors-saved = Drafti u mbyll dhe u ruajt. Kodi i tij është në listë.
survivors-go-on = Vazhdo shkrimin
survivors-uncount = Mos i numëro më rajonin, gjininë dhe komunitetin
# $code is the code of a file
survivors-receipt = Dëftesë. Numri { $code }. Ruajeni; nuk thotë asgjë për askënd.

## People whom the law leaves out
survivors-left-out = Të lënë jashtë nga ligji
survivors-left-out-hint = Njerëz që do të aplikonin po t’i lejonte ligji. Numërohen pa kod e pa emër, si dëshmi se ligji duhet ndryshuar.
survivors-left-out-new = Regjistro dikë
survivors-left-out-why = Pse ligji e lë personin jashtë
survivors-left-out-account = Çfarë duhet ditur për këtë
survivors-left-out-account-hint = Mund të mbetet bosh. Mbyllet për organizatën tuaj; përveç saj mund ta hapë vetëm rikthimi i zyrës, për të cilin duhen tre nga pesë veta.
survivors-left-out-consent = Personi pajtohet të numërohet, pa emër, si dëshmi për ndryshimin e ligjit
survivors-left-out-save = Mbyll dhe regjistro
survivors-left-out-saved = Personi numërohet që nga shifrat e ardhshme.
survivors-left-out-off = Hiqe dhe asgjëso atë që u tha
survivors-left-out-gone = U hoq. Ajo që u tha është asgjësuar këtu; kopjet rezervë e mbajnë derisa të mbishkruhen.

## A file
survivors-what-is-locked = E hapur në këtë shfletues. Serveri nuk mund ta lexojë.
survivors-not-granted = Nuk keni çelës për këtë pjesë.
survivors-download = Hap dokumentin
survivors-history = Çfarë u bë
survivors-asked = Çfarë u kërkua
survivors-ask-text = Cilat dokumente, me fjalë të thjeshta
survivors-request-text = Pse duhet shqyrtuar sërish
survivors-appointment-text = Dita, ora dhe vendi. Mos shkruani për çfarë është.
survivors-unassign-text = Pse u hiqet atyre që nuk kanë votuar
survivors-members = Anëtarët
survivors-members-hint = Së paku dy që nuk e kanë lexuar më parë dhe nuk kanë konflikt interesi. U jepet çelësi i dosjes së koduar.
survivors-voted = ka votuar
survivors-not-voted = ende nuk ka votuar
survivors-vote = Vota juaj
survivors-vote-recognise = Njoh
survivors-vote-reject = Refuzoj
survivors-vote-interview = Së pari intervistë
survivors-tally-open = Mungojnë vota.
survivors-tally-recognised = Votat japin: njohur.
survivors-tally-rejected = Votat japin: refuzuar.
survivors-tally-interview = Votat kërkojnë së pari intervistë.
survivors-tally-tied = Votat janë të barabarta. Bisedoni dhe votoni sërish.
survivors-reasons = Arsyet
survivors-decision-text = Arsyet me fjalë, për personin
survivors-decision = Vendimi
survivors-step-file = Dorëzoje
survivors-step-ask-documents = Kërko dokumente
survivors-step-add-documents = Dokumentet u shtuan
survivors-step-find-complete = Është e plotë
survivors-step-assign = Cakto
survivors-step-unassign = Hiqua anëtarëve që nuk votojnë
survivors-step-stand-aside = Tërhiqem: konflikt interesi
survivors-step-vote = Voto
survivors-step-make-appointment = Cakto takimin
survivors-step-hold-appointment = U mbajt
survivors-step-decide = Ruaj vendimin
survivors-step-notify = Dorëzuesi u njoftua
survivors-step-ask-reconsideration = Kërko rishqyrtim
survivors-step-go-to-court = Iu drejtuan gjykatës
survivors-step-send-back = Gjykata e ktheu
survivors-step-uphold = Gjykata e la në fuqi
survivors-step-order-payment = Urdhëro pagesën
survivors-step-close = Mbyll
survivors-step-withdraw = Tërhiqe
survivors-did-file = U dorëzua
survivors-did-ask-documents = U kërkuan dokumente
survivors-did-add-documents = U shtuan dokumente
survivors-did-find-complete = U gjet e plotë
survivors-did-assign = U caktua
survivors-did-unassign = U hoq nga anëtarët që nuk votuan
survivors-did-stand-aside = Një anëtar u përjashtua vetë
survivors-did-vote = Një anëtar votoi
survivors-did-make-appointment = U caktua takimi
survivors-did-hold-appointment = Takimi u mbajt
survivors-did-decide = U vendos
survivors-did-notify = Dorëzuesi u njoftua
survivors-did-ask-reconsideration = U kërkua rishqyrtim
survivors-did-go-to-court = Iu drejtuan gjykatës
survivors-did-send-back = Gjykata e ktheu
survivors-did-uphold = Gjykata e la në fuqi
survivors-did-order-payment = U urdhërua pagesa
survivors-did-close = U mbyll
survivors-did-withdraw = U tërhoq
survivors-sure = Kjo nuk mund të zhbëhet. Shtypni sërish për ta bërë.

## Names
survivors-open-name = Kërko hapjen e emrit
survivors-open-name-reason = Pse duhet hapur
survivors-open-name-hint = Ruajtësi i çelësit tjetër e lexon arsyen dhe përgjigjet. Kush pyeti, kush u përgjigj dhe kur mbetet përgjithmonë.
survivors-openings = Kush kërkoi ta mësojë emrin
survivors-opening-waits = pret përgjigje
survivors-opening-granted = lejuar
survivors-opening-refused = refuzuar
survivors-grant-name = Lejo
survivors-refuse-name = Refuzo

## What does not fit
survivors-error-unreadable = Ajo që u dërgua nuk u lexua dot. Ngarkojeni faqen sërish dhe provoni edhe një herë.
survivors-error-moved-on = Dosja ka lëvizur që kur e hapët. Hapeni sërish nga lista.
survivors-error-no-answer = Nuk pati përgjigje. Ajo që shkruat është ende këtu; kontrolloni lidhjen dhe provoni sërish.
survivors-error-window = Aplikimet sot janë të mbyllura: nuk mund të dorëzohet gjë që llogaritet. Drafti ruhet.
survivors-error-not-whole = Formulari dhe rrëfimi nevojiten para se të dorëzohet.
survivors-error-nothing = Së pari shkruani diçka: një emër, një kohë ose rrëfimin.
survivors-error-not-taken-back = Të tjerët i kanë ende çelësat. Hapeni dosjen përsëri dhe tërhiqeni edhe një herë.
survivors-error-choose = Zgjidhni një nga përgjigjet.
survivors-error-two-members = Anëtarët: zgjidhni së paku dy.
survivors-error-not-granted = Çelësi nuk iu dha atyre që duhet ta lexojnë. Hapeni dosjen sërish dhe përsëriteni hapin.
survivors-error-not-theirs = Një nga ata që do ta merrnin çelësin nuk mund ta ketë. Hapeni dosjen përsëri; asgjë nuk u ndryshua.
survivors-error-conflict = Anëtarët: njëri prej tyre e ka lexuar këtë dosje në një raund të mëparshëm ose është tërhequr. Zgjidhni të tjerë.
survivors-error-no-appointment = Votat nuk kërkojnë takim.
survivors-error-term-runs = Afati për rishqyrtim ende rrjedh. Mund të mbyllet kur të kalojë.
survivors-error-votes = Votat nuk e japin këtë përfundim. Hapeni dosjen sërish për të parë si qëndrojnë.
survivors-error-reason = Arsyet: zgjidhni së paku një që i përket përfundimit.
survivors-error-no-text = Nevojiten arsyet me fjalë: personi duhet të mund ta kuptojë vendimin.
survivors-error-no-reason = Shkruani pse duhet hapur emri.
survivors-error-second-keeper = Duhet të përgjigjet një ruajtës i çelësit tjetër.
survivors-error-passphrase = Dy fjalëkalimet dallojnë ose kanë më pak se 14 shkronja.
survivors-error-fill = Kjo nevojitet: { $field }
# $names is a list of names of parties that have no certified key yet
survivors-error-nobody = Askush nuk do të mund ta hapte këtë më vonë: mungon një çelës i certifikuar për { $names }. Pyesni administratorin.

## Figures under disclosure control
survivors-outcome-pending = E pavendosur
survivors-figures = Procesi në shifra
survivors-figures-hint = Numërohet pa hapur asnjë dosje. Numrat e vegjël nuk tregohen, as asgjë nga e cila mund të nxirreshin, edhe bashkë me atë që u dha më parë.
survivors-figures-none = Ende nuk janë dhënë shifra.
survivors-figures-make = Jep shifrat e sotme
survivors-figure-released = Shifrat u dhanë. Ajo që jepet më vonë i merr parasysh.
survivors-figure-today = Sot janë dhënë tashmë shifra. Ruhet një dhënie në ditë.
# $why is what the program found
survivors-figure-refused = Nuk mund të jepen shifra që nuk do të zbulonin dikë. { $why }
# $n is a number of people
survivors-figure-fewer = më pak se { $n }
survivors-figure-rounded = rreth { $n }
survivors-figure-withheld = nuk tregohet
survivors-figure-all = Gjithsej
survivors-figure-files = Dosje
survivors-figure-median = Mesorja e ditëve aty
survivors-figure-longest = Më së shumti ditë aty
# $n is a number of days, the upper end of a band
survivors-figure-up-to = deri në { $n }
survivors-figure-by-body = Sipas dorëzuesit
survivors-figure-by-region = Sipas rajonit
survivors-figure-by-year = Sipas vitit të dorëzimit
survivors-figure-by-sex = Sipas gjinisë
survivors-figure-by-community = Sipas komunitetit
survivors-figure-by-stage = Sipas fazës
survivors-figure-by-round = Sipas herës së shqyrtimit
survivors-figure-reasons-recognised = Vendimet: të njohura, sipas arsyes
survivors-figure-reasons-rejected = Vendimet: të refuzuara, sipas arsyes
survivors-figure-several = Më shumë se një arsye
survivors-figure-to-decision = Nga paraqitja deri te vendimi i parë
survivors-figure-left-out-by-region = Të lënë jashtë nga ligji, sipas rajonit
survivors-figure-left-out-by-sex = Të lënë jashtë nga ligji, sipas gjinisë
survivors-figure-left-out-by-community = Të lënë jashtë nga ligji, sipas komunitetit
