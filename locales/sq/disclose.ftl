# Tables of counts that give nobody away: what stands in their cells, and what is said to those who publish them.

disclose-fewer-than = më pak se { $number }
disclose-withheld = nuk jepet
disclose-total = gjithsej
disclose-table = tabela
disclose-people = persona
disclose-release = publikimi
disclose-cell = qeliza
disclose-published = e publikuar
disclose-least = së paku
disclose-most = së shumti
disclose-holds = e mbrojtur
disclose-yes = po
disclose-no = jo
disclose-no-end = pa kufi
disclose-loss = Nuk jepen { $withheld } nga { $cells } qeliza.
disclose-loss-small = Sepse në to ka pak persona: { $cells }.
disclose-loss-difference = Sepse u shtuan ose u hoqën pak persona që kur i tregoi një publikim i mëparshëm: { $cells }.
disclose-loss-earlier = Sepse nuk i dha një publikim i mëparshëm për të njëjtët persona: { $cells }.
disclose-loss-others = Që të mos mund të llogariten të tjerat: { $cells }.
disclose-rounded = Çdo numër është rrumbullakuar dhe ndryshon më pak se { $within } nga ai i numëruar.
disclose-audited = U verifikuan, bashkë me të gjitha publikimet e mëparshme: { $cells } qeliza nuk mund të kufizohen më ngushtë sesa lejon rregulli.
disclose-one-word = Fjalët “më pak se”, bashkë me tabelat e tjera, do t’i kishin zbuluar personat; prandaj për çdo qelizë që nuk tregohet thuhet “nuk jepet”.
disclose-given-away = Publikimet e mëparshme e kanë ngushtuar tashmë këtë qelizë, dhe kjo nuk ndreqet më: { $cell }
disclose-trial = Vetëm provë. Në regjistër nuk u shkrua asgjë, prandaj kjo nuk guxon të publikohet.
disclose-found = { $cells } qeliza nuk u treguan ashtu siç u numëruan. Megjithatë dihen saktë: { $known }. Të kufizuara tepër ngushtë: { $tight }.
disclose-not-protected = Ajo që u publikua nuk i mbron personat në të.
