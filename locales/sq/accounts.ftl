# Kyçja, llogaria vetjake, personat e zyrës dhe rolet e tyre, regjistri i ndryshimeve.

## Kyçja
accounts-sign-in-title = Kyçuni
accounts-email = Adresa e postës elektronike
accounts-password = Fjalëkalimi
accounts-sign-in-refused = Adresa e postës elektronike ose fjalëkalimi nuk është i saktë. Kontrolloni të dyja dhe provoni përsëri.
accounts-passkey-sign-in = Kyçu me çelës hyrjeje
accounts-code-title = Konfirmoni se jeni ju
accounts-code = Kodi
accounts-code-hint = Shënoni gjashtë shifrat që aplikacioni i vërtetimit tregon tani. Nëse nuk e keni telefonin me vete, shënoni një nga kodet rezervë.
accounts-passkey-use = Përdor çelësin e hyrjes

## Ftesa
accounts-invitation-title = Mirë se vini në zyrë
# Followed by an e-mail address
accounts-invitation-for = Do të kyçeni me adresën
accounts-name = Emri dhe mbiemri
accounts-new-password = Fjalëkalimi i ri
accounts-password-hint = Së paku 12 shenja. Disa fjalë radhazi mbahen mend lehtë dhe gjenden me vështirësi. Mos përdorni fjalëkalim që e keni diku tjetër.
accounts-accept = Ruaj dhe shko te kyçja
accounts-invitation-accepted = Fjalëkalimi juaj u ruajt. Tani mund të kyçeni.

## Llogaria vetjake
accounts-account-title = Llogaria ime
accounts-sessions-title = Ku jeni kyçur
accounts-browser = Shfletuesi
accounts-began = Kyçur më
accounts-last-seen = Përdorur së fundi
accounts-this-session = kjo seancë
accounts-end = Përfundo
accounts-session-ended = Seanca përfundoi.
accounts-password-change = Ndrysho fjalëkalimin
accounts-present-password = Fjalëkalimi i tanishëm
accounts-password-again = Fjalëkalimi i ri edhe një herë
accounts-password-change-hint = Kur e ndryshoni, seancat tuaja të tjera përfundojnë. Çelësat e hyrjes dhe çelësat për programe mbeten.
accounts-password-changed = Fjalëkalimi juaj u ndryshua. Seancat tuaja të tjera përfunduan.
accounts-passkeys-title = Çelësat e hyrjes
accounts-passkeys-hint = Me një çelës hyrjeje kyçeni me gjurmë gishti, me fytyrë ose me kyçjen e ekranit, pa shënuar fjalëkalim. Funksionon vetëm në këtë adresë, prandaj askush nuk mund t’jua marrë me mashtrim.
accounts-passkeys-browser = Ky shfletues nuk mund të shtojë çelësa hyrjeje, ose skriptet e tij janë të çaktivizuara.
accounts-passkey-name = Emri i çelësit të hyrjes
accounts-passkey-name-hint = Që ta njihni në listë, p.sh. “Laptopi i punës”.
accounts-passkey-add = Shto çelës hyrjeje
accounts-passkey-added-at = Shtuar më
accounts-passkey-added = Çelësi i hyrjes u shtua. Tani mund të kyçeni me të.
accounts-passkey-removed = Çelësi i hyrjes u hoq këtu. Tani mund ta fshini edhe në pajisje.
accounts-passkey-never-used = ende jo
accounts-passkey-known = Kjo pajisje ka tashmë një çelës hyrjeje për llogarinë tuaj.
accounts-passkey-cancelled = Nuk u bë asgjë: veprimi u anulua ose zgjati tepër. Provoni përsëri.
accounts-remove = Hiq
accounts-second-factor-title = Hapi i dytë gjatë kyçjes
accounts-second-factor-on = Aplikacioni i vërtetimit është vendosur. Kodi i tij kërkohet sa herë që kyçeni.
accounts-second-factor-off = Nuk është vendosur asnjë aplikacion vërtetimi. Kur ta keni, vetëm fjalëkalimi nuk mjafton për të hyrë.
accounts-second-factor-set-up = Vendos aplikacionin e vërtetimit
accounts-second-factor-scan = Skanoni këtë kod me aplikacionin e vërtetimit në telefonin tuaj, pastaj shënoni gjashtë shifrat që tregon aplikacioni.
# The text in place of the picture, for those who do not see it
accounts-second-factor-qr = Kodi QR për aplikacionin e vërtetimit; i njëjti çelës është shkruar më poshtë
# Followed by a key of letters and digits
accounts-second-factor-secret = Nëse nuk mund ta skanoni, shënoni këtë çelës në aplikacion:
accounts-recovery-codes-shown-once = Hapi i dytë u vendos. Shtypni ose shënoni këto kode rezervë dhe ruajini në vend të sigurt: secili e hap llogarinë tuaj një herë nëse e humbni telefonin. Nuk do të shfaqen më.
accounts-recovery-codes-left = { $count ->
    [one] Ju ka mbetur { $count } kod rezervë.
   *[other] Ju kanë mbetur { $count } kode rezervë.
}
accounts-recovery-codes-renew = Krijo kode të reja rezervë
accounts-second-factor-change = Ndrysho hapin e dytë
accounts-second-factor-remove = Hiq aplikacionin e vërtetimit
accounts-second-factor-removed = Aplikacioni i vërtetimit u hoq. Kodi nuk kërkohet më.
accounts-tokens-title = Çelësa për programe të tjera
accounts-tokens-hint = Me një çelës, një program tjetër mund të lexojë atë që mund të lexoni ju si lexues. Nuk mund të ndryshojë asgjë.
accounts-token-name = Për çfarë shërben çelësi
accounts-token-create = Krijo çelës
accounts-token-shown-once = Kopjojeni këtë çelës tani. Nuk do të shfaqet më.
accounts-token-ended = Çelësi u shfuqizua.
# Followed by a date
accounts-until = vlen deri më

## Personat e zyrës
accounts-people-title = Personat
accounts-roles = Rolet
accounts-state = Gjendja
accounts-state-active = Aktive
accounts-state-invited = E ftuar
accounts-state-inactive = Joaktive
accounts-invite-title = Ftoni dikë
accounts-invite = Fto
accounts-may-also = Gjithashtu
accounts-new-link = Lidhje e re
accounts-link-shown-once = Dorëzojeni këtë lidhje personalisht ose përmes një kanali të sigurt. Vlen vetëm një herë, për shtatë ditë, dhe nuk do të shfaqet më.
accounts-deactivate = Çaktivizo
accounts-deactivated = Llogaria nuk është më aktive. Të gjitha seancat dhe çelësat e saj përfunduan.
accounts-reactivate = Aktivizo përsëri
accounts-reactivated = Llogaria është përsëri aktive.
accounts-roles-set = Rolet u ruajtën. Ato vlejnë që tani, edhe në seancat e hapura.
accounts-access-title = Qasja
accounts-new-link-hint = Për dikë që ende nuk e ka pranuar ftesën ose e ka harruar fjalëkalimin. Lidhjet e mëparshme nuk vlejnë më.
accounts-deactivate-hint = Për dikë që është larguar. Të gjitha seancat dhe çelësat përfundojnë menjëherë; ajo që personi ka shkruar mbetet.
accounts-lost-title = Telefoni ose pajisja e humbur
accounts-lost-hint = Nëse dikush e ka humbur pajisjen, sigurohuni se kërkesa vjen vërtet nga ky person, pastaj hiqeni këtu. Personi kyçet me fjalëkalim dhe e vendos nga e para.
accounts-passkey-remove = Hiq çelësin e hyrjes
accounts-administrator = Administrim i llogarive
accounts-role-none = Pa rol
accounts-role-reader = Lexim
accounts-role-officer = Punë
accounts-role-lead = Drejtim
accounts-area-mechanisms = Rekomandimet e mekanizmave

## Nivelet e mbrojtjes
accounts-protection-public = Publike
accounts-protection-office = Për zyrën
accounts-protection-restricted = E kufizuar
accounts-protection-sealed = E vulosur

## Regjistri i ndryshimeve
accounts-ledger-title = Regjistri i ndryshimeve
accounts-ledger-hint = Çdo ndryshim, çdo refuzim dhe çdo lexim i një shënimi të kufizuar, më të rejat në fillim.
accounts-ledger-number = Nr.
accounts-ledger-when = Kur
accounts-ledger-who = Kush
accounts-ledger-what = Çfarë
accounts-ledger-outcome = Përfundimi
accounts-ledger-record = Shënimi
accounts-ledger-unsigned = Ende nuk është nënshkruar asnjë pikë kontrolli e këtij regjistri.
accounts-ledger-signed = I nënshkruar deri te shënimi { $size }, më { $at }.
accounts-ledger-cosigned = I bashkënënshkruar nga { $witness } deri te shënimi { $size }, më { $at }.
accounts-alarms-title = Alarme: shumë lexime
accounts-alarms-hint = Dikush ka lexuar për një kohë të shkurtër më shumë shënime të mbrojtura sesa zyra pret nga një person. Mund të ketë arsye të mirë: pyeteni. Alarmi mbetet derisa ta kenë parë dy persona të tjerë, përveç atij që ka lexuar.
accounts-alarms-none = Nuk ka pasur asnjë alarm.
accounts-alarms-readings = Leximet
accounts-alarms-count = Së paku { $readings } brenda { $minutes } minutash
accounts-alarms-seen = E kanë parë
accounts-alarms-see = E kam parë këtë alarm
accounts-alarms-done = U shënua se e keni parë alarmin.
accounts-outcome-done = Kryer
accounts-outcome-read = Lexuar
accounts-outcome-refused = Refuzuar
accounts-who-erased = Fshirë
accounts-who-command-line = Rreshti i komandës
accounts-who-nobody = I pakyçur
accounts-who-program = Vetë programi
accounts-action-desk-marked-as-seen = Tryeza u shënua si e parë
accounts-action-document-added = U shtua një dokument
accounts-action-import-started = Filloi një importim
accounts-action-import-proposed = Importimi u lexua dhe u bënë propozime
accounts-action-import-proposal-decided = U vendos për një propozim të importimit
accounts-action-import-changed = U ndryshua një importim
accounts-action-import-finished = Përfundoi një importim
accounts-action-erased = Fshirë
accounts-action-ledger-alarm-raised = Alarm: shumë lexime
accounts-action-ledger-alarm-seen = U pa një alarm
accounts-action-ledger-erased = U fshinë shënime të këtij regjistri
accounts-action-ledger-key-added = Çelës i ri për nënshkrimin e këtij regjistri
accounts-action-ledger-rate-set = U caktua sa lexime shkaktojnë alarm
accounts-action-ledger-reader-added = Iu lejua një organi të jashtëm ta ndjekë këtë regjistër
accounts-action-ledger-reader-ended = Iu hoq një organi të jashtëm e drejta ta ndjekë këtë regjistër
accounts-action-ledger-witness-added = Iu kërkua një dëshmitari ta bashkënënshkruajë këtë regjistër
accounts-action-passkey-added = U shtua një çelës hyrjeje
accounts-action-passkey-removed = U hoq një çelës hyrjeje
accounts-action-person-created = U krijua një llogari
accounts-action-person-invited = U ftua një person
accounts-action-person-invited-again = U krijua një lidhje e re
accounts-action-person-invitation-accepted = U pranua ftesa
accounts-action-person-deactivated = U çaktivizua një llogari
accounts-action-person-reactivated = U aktivizua përsëri një llogari
accounts-action-person-renamed = U ndryshua një emër
accounts-action-person-language-set = U zgjodh një gjuhë
accounts-action-person-roles-set = U caktuan rolet
accounts-action-person-password-changed = U ndryshua fjalëkalimi
accounts-action-person-password-refused = Fjalëkalimi i tanishëm nuk ishte i saktë
accounts-action-person-second-factor-set = U vendos aplikacioni i vërtetimit
accounts-action-person-second-factor-removed = U hoq aplikacioni i vërtetimit
accounts-action-person-recovery-codes-renewed = U krijuan kode të reja rezervë
accounts-action-recommendation-added = U shtua një rekomandim
accounts-action-recommendation-imported = U importua një rekomandim
accounts-action-recommendation-reworded = U ndryshua teksti
accounts-action-recommendation-translated = U shtua një përkthim
accounts-action-recommendation-tagged = U caktuan temat dhe grupet
accounts-action-recommendation-assigned = U caktua një rekomandim
accounts-action-recommendation-responsible-set = U caktuan përgjegjësit
accounts-action-recommendation-deadline-set = U caktua një afat
accounts-action-recommendation-priority-set = U caktua prioriteti
accounts-action-recommendation-protection-set = U caktua niveli i mbrojtjes
accounts-action-recommendation-reply-set = U shënua përgjigjja e autoriteteve
accounts-action-recommendation-assessed = U vlerësua një rekomandim
accounts-action-recommendation-evidence-added = U shtua një dëshmi
accounts-action-recommendation-measure-added = U shtua një masë
accounts-action-recommendation-measure-progressed = U shënua ecuria e një mase
accounts-action-recommendation-commented = U shkrua një koment
accounts-action-recommendation-mention-seen = U pa një përmendje
accounts-action-recommendation-people-named = U caktuan personat që mund ta hapin
accounts-action-record-read = U lexua një shënim i kufizuar
accounts-action-record-refused = U refuzua hapja e një shënimi
accounts-action-route-refused = U refuzua hapja e një faqeje
accounts-action-session-opened = Kyçje
accounts-action-session-refused = Kyçja u refuzua
accounts-action-session-ended = Përfundoi një seancë
accounts-action-session-others-ended = Përfunduan seancat e tjera
accounts-action-session-rotated = Seanca vazhdon me sekret të ri
accounts-action-token-created = U krijua një çelës për programe
accounts-action-token-ended = U shfuqizua një çelës për programe

## Çfarë nuk shkoi mirë
accounts-error-password-short = Fjalëkalimi duhet të ketë së paku { $least } shenja
accounts-error-password-long = Fjalëkalimi është tepër i gjatë
accounts-error-password-common = Ky fjalëkalim është nga të parët që hamendësohen. Zgjidhni një tjetër
accounts-error-password-email = Fjalëkalimi nuk duhet të përmbajë adresën tuaj të postës elektronike
accounts-error-wrong-password = Fjalëkalimi i tanishëm nuk është i saktë
accounts-error-password-different = Dy fjalëkalimet e reja nuk janë të njëjta. Shënojini përsëri të dyja
accounts-error-email-taken = Dikush ka tashmë llogari me këtë adresë të postës elektronike
accounts-error-email = Shënoni një adresë të postës elektronike, p.sh. emri@example.org
accounts-error-name = Shënoni një emër prej së shumti 120 shenjash
accounts-error-language = Kjo gjuhë nuk njihet këtu
accounts-error-invitation = Kjo lidhje nuk vlen më. Kërkoni një të re nga administratori.
accounts-error-person = Nuk ka person të tillë
accounts-error-inactive = Llogaria nuk është aktive
accounts-error-last-administrator = Zyra ka nevojë për së paku një administrator aktiv. Caktoni më parë një administrator tjetër.
accounts-error-code = Kodi nuk është i saktë ose është përdorur tashmë. Prisni kodin e radhës dhe shënojeni
accounts-error-expired = Kjo zgjati tepër ose është kryer tashmë. Filloni nga e para.
accounts-error-passkey = Çelësi i hyrjes nuk u pranua. Provoni përsëri.
accounts-error-no-passkeys = Çelësat e hyrjes nuk mund të përdoren në këtë adresë
accounts-error-unknown = Nuk gjendet më
accounts-error-token-end = Zgjidhni një datë në të ardhmen, së shumti dy vjet përpara
accounts-error-too-many = { $minutes ->
    [one] Tepër përpjekje. Prisni { $minutes } minutë, pastaj provoni përsëri.
   *[other] Tepër përpjekje. Prisni { $minutes } minuta, pastaj provoni përsëri.
}
accounts-error-broken = Diçka nuk shkoi mirë. Provoni përsëri më vonë.

## The sealed process: who is what, so that nobody sees it whole
accounts-parties-title = Dosjet
accounts-parties = Pjesa në dosje
accounts-parties-hint = Askush nuk sheh gjithçka. Vetëm dorëzimi dhe sekretariati shkojnë bashkë.
accounts-party-filing = Dorëzon për të tjerët
accounts-party-secretariat = Sekretariati
accounts-party-commission = Anëtar që vendos
accounts-party-keeper = Ruajtës i emrave
accounts-party-observer = Sheh procesin dhe asnjë dosje
accounts-party-body = Dorëzon për
accounts-party-key = Çelësi i emrave
accounts-key-1 = Çelësi i parë
accounts-key-2 = Çelësi i dytë
accounts-error-parties-apart = Pjesa në dosje: askush nuk mund t'i ketë të dyja. Bashkë do të shihnin atë që nuk duhet ta shohë askush. Vetëm dorëzimi dhe sekretariati shkojnë bashkë.
accounts-error-party-body = Dorëzon për: zgjidhni për kë dorëzon personi dhe lëreni bosh për dikë që nuk dorëzon.
accounts-error-party-key = Çelësi i emrave: zgjidhni cilin çelës mban ruajtësi dhe lëreni bosh për dikë që nuk ruan emra. Një emër hapet vetëm me të dy çelësat.
