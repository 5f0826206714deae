/**
 * Other languages than English: what a complaint about the work looks like (above all a negation after something was
 * claimed), and what an order, a question or a plain “go on” looks like. Basics only: the commonest words of each.
 */
import { type Cue, start, word } from './cue.ts';

export const foreignCues: readonly Cue[] = [
  {
    name: 'foreignNot',
    pattern: word(
      "(?:geht|gehen|funktioniert|läuft|klappt|stimmt|passt|kommt|erscheint|passiert|sehe|kann|ist|sind|hat|wird)(?: \\S+){0,4}? (?:nicht|nichts|kein\\w*)|fehlt|fehlen|weg|leer|falsch\\w*|kaputt|(?:furt|pořád|stále|zase|porád|stale|zas) \\S+|nefunguj\\w*|nejde|nezobrazuj\\w*|háže|hází|špatn\\w+|chybí|nie (?:działa|widać|ma|wyświetla\\w*)|(?:masih|tetap) (?:error|gagal|tidak|belum|sama)|tidak (?:bisa|muncul|jalan|berfungsi|tampil)|gagal|salah|no (?:se |me |lo |la |los |las |le |he |ha |hay |está\\w* )?(?:funciona\\w*|aparece\\w*|ve[non]?|veo|puedo|deja\\w*|anda|carga\\w*|guarda\\w*|abre\\w*|cambi\\w+|muestra\\w*|salen?|existen?|hay|coincide\\w*|persisti\\w+|actualiza\\w*|hace nada|es (?:lo|así|correcto)|sirven?|responden?)|(?:se (?:ve|ven|muestra|muestran)|sale|salen|quedó|quedaron|va) (?:muy |todo |toda )?(?:mal|raro|feo|fea|horrible)|no (?:se |me |lo |la )?(?:ha|han|has|haz|hemos) \\p{L}+(?:ado|ido|cho|sto|rto)|tampoco|sigue\\w* (?:sin|siendo|igual|ah[ií]|el|la|los|las|apareciendo|fallando|viendo|mal)|desapareci\\w+|se (?:perdi\\w+|borr\\w+|rompi\\w+|duplic\\w+)|está\\w* (?:mal|vac[íi][oa]s?|rot[oa]s?|en blanco)|en blanco|n'(?:est|a(?! rien [aà] voir)|y|ai|arrive|apparaît|apparait|affiche|existe|ont|étai\\w+|avai\\w+)\\S*(?: \\S+){0,5}? (?:pas|plus|rien|aucune?)|(?<!je )ne (?:se |s'|me |m'|le |la |les )?(?!pas|sais|savais)\\S+(?: \\S+){0,4}? (?:pas|plus|rien|aucune?)|je (?:n'|ne )?(?:vois|peux|arrive|trouve)(?: \\S+){0,2} (?:pas|plus|rien|aucune?)|(?:ça|ca|cela) (?:ne )?(?:marche|fonctionne|change|va) (?:pas|plus|rien)|toujours pas|j'ai (?:toujours |encore |maintenant )?(?:une?|des|cette|ces?) (?:\\S+ )?(?:erreurs?|bugs?)|il (?:manque|reste|y a (?:encore|toujours))|disparu\\w*|vide|n[ãa]o (?:\\S+ )?(?:funciona\\w*|funcionou|aparece\\w*|apareceu|abre|abriu|salva|salvou|mud\\w+|carrega\\w*|mostra|deu|está|consigo|existe|atualiz\\w+|vejo)|sumiu|sumiram|ainda (?:não|dá|está|vejo|aparece)|continua (?:igual|sem|aparecendo|dando|a mesma|o mesmo)|vazi[oa]s?|deu erro|non (?:si |lo |la |mi |è |c'è )?(?:funziona|vedo|appare|apre|salva|cambia|carica|esiste|va|compare|giusto|corretto)\\S*|vuot[oa]|en (?:double|doublon)|plante(?:nt)?|doppelt|duplicad[oa]s?|duplicat[oa]|дублиру\\S+|не (?:\\S+ )?(?:работает|работают|открывается|отображается|показывает\\S*|сохраняется|видно|вижу|грузится|загружа\\S+|меня\\S+|изменил\\S+|запускается|находит|то|та|те)|не (?:\\S+ )?\\p{L}{3,}(?:ется|ётся|ится|ются|утся|атся|ятся|лся|лась|лось|лись|ена|ено|ены|ана|аны)|пропал\\S*|исчез\\S*|пуст\\S+|ломается|сломал\\S*|ничего не|nie (?:działa|widać|widzę|zapisuje|otwiera|ma)|pust[aey]|zniknął|zniknęł\\w+|werkt (?:nog steeds )?niet|doet het niet|is (?:leeg|weg|kapot)|не (?:працює|видно|відкривається|зберігається)|зник\\S*|порожн\\S+|\\p{L}{2,}m[ıiuü]yor\\p{L}{0,5}|kaybo\\w+|kayıp|çök(?:tü|üyor|me\\p{L}*)|boz(?:uk|uldu|ul\\w+)|silindi|eksik|hata(?: (?:var|ver\\p{L}+|al\\p{L}+)|mız|lı|lar(?:ı|ımız)? (?:gör\\p{L}+|devam))|boş|nefunguje|nejde|nezobrazuje|nevidím|není|neřeší|nevyřeší|prázdn\\S+|zmizel\\S*|không (?:\\S+ ){0,3}(?:chạy|được|hoạt động|hiển thị|tồn tại|có tác dụng|chuyển|đúng|thấy|tự|giải quyết)|bị lỗi|trống",
    ),
    reason: 'says that something is not so',
  },
  {
    name: 'foreignNotCjk',
    pattern:
      /(?:没有?|沒有?)(?:反应|变化|显示|效果|更新|出现|保存)|不(?:见|顯示|显示|工作|起作用|生效|正确|一样|能用)|没有?办法|没法|不能再?[\u4e00-\u9fff]{1,3}了|无法|打不开|(?:点|动|用|关|改)不(?:了|开|动|掉)|空白|丢失|少了|ません(?!か)|ないです|できない|されない|(?<!知|わか|分か|かま|つま|な)[かがさたばまらわ]ない(?=$|[。、\n！!]|です|ように|こと|のに|ので|から|ため|まま)|でない|消え|真っ白|변화가|안 (?:나|보|되|됩)|없어요|없습니다|비어|사라/u,
    reason: 'says that something is not so',
  },
  {
    name: 'foreignBut',
    pattern: word(
      'pero|sin embargo|aunque|aber|jedoch|allerdings|(?<=^[\\s]*|[,.;!?…:]\\s*)mais|cependant|pourtant|en revanche|porém|mas|però|ma|но|однако|але|проте|ale|jednak|maar|ama|fakat|nhưng|vẫn|avšak',
    ),
    reason: 'objects',
  },
  {
    name: 'foreignTask',
    pattern: start(
      "(?:(?:ok(?:ay)?|vale|bien|super|gut|prima|хорошо|dobře|výborně|parfait|perfecto|perfeito|ahora|agora|maintenant|jetzt|теперь|teď|adesso|ora|bitte|noch|auch|también|tambien|aussi|et|y|e|и|и ещё|a su vez|además)[,.!:]? (?:mi |me |nos |bitte |prosím |ještě |noch )*)*(?:erstelle?|erzeuge|füge?|mach|starte|zeige?|ändere?|lösche?|entferne?|schreibe?|erkläre?|prüfe?|baue?|teste|benenne|implementiere|weiter|kannst du|könntest du|crea\\w{0,2}|agrega\\w{0,2}|añad[ei]\\w{0,2}|pon(?:er|me|le)?|haz|hacer|hagamos|elimina\\w{0,2}|borra\\w{0,2}|quita\\w{0,2}|remover|remove(?= (?:o|a|os|as|ess[ea]s?|est[ea]s?|isso|tud[oa])\\b)|cambia\\w{0,2}|mueve|mover|lanza\\w{0,2}|intenta\\w{0,2}|procede\\w{0,2}|sube|subir|muestra\\w{0,2}|explica\\w{0,2}|revisa\\w{0,2}|ejecuta\\w{0,2}|corre\\w{0,2}|genera\\w{0,2}|escribe|analiza\\w{0,2}|actualiza\\w{0,2}|pued[ea]s?|pod(?:rías|emos|es|és|rías)|anali[sz]a\\w{0,2}|res(?:o|ue)lv[ea]\\w{0,2}|quiero que|crée|créer|cree|ajoute[rz]?|mets|met|fais|faire|supprime[rz]?|enlève|change[rz]?|déplace|lance[rz]?|relance[rz]?|arrête|arrêter|continue[rz]?|montre|explique[rz]?|vérifie[rz]?|génère|écris|corrige[rz]?|peux-tu|pouvez-vous|est-ce que tu peux|tu peux|je voudrais|j'aimerais|cri[ae]r?|adicion[ae]r?|coloc[ae]r?|coloque|faça|faz|mud[ae]r?|remover|remova|remove(?= (?:o|a|os|as|ess[ea]s?|est[ea]s?|isso|tud[oa])\\b)|execut[ae]r?|explic[ae]r?|mostr[ae]r?|ger[ae]r?|escrev[ae]r?|corrij[ae]|pode(?:ria)?|continu[ae]r?|conitnue|atuali[zs][ae]r?|avali[ae]r?|pesquis[ae]r?|valid[ae]r?|inici[ae]r?|investig[ae]r?|implement[ae]r?|verifi(?:que|car?)|revis[ae]r?|test[ae]r?|instal[ae]r?|rod[ae]r?|segue|siga|(?:me )?ajud[ae]r?|vamos(?! (?:usar|com|manter|ficar))|aggiungi|cambia|rimuovi|mostra|spiega|esegui|procedi|puoi|сделай\\S*|добавь\\S*|покажи\\S*|запусти\\S*|создай\\S*|напиши\\S*|объясни\\S*|удали\\S*|убери\\S*|переименуй\\S*|измени\\S*|закоммить|проверь\\S*|почитай|посмотри|найди|продолж\\S+|давай(?:те)?(?! (?:лучше|оставим|использ|назов|сохран|без))|проанализир\\S+|настрой\\S*|исправь\\S*|обнови\\S*|реализуй\\S*|перезапусти\\S*|опиши|расскажи|помоги|реши|разбер\\S+|можешь|dodaj|zrób|usuń|pokaż|napisz|utwórz|kontynuuj|możesz|voeg|maak|verwijder|toon|ga verder|kun je|додай|зроби|створи|покажи|видали|давай|продовжуй|ekle|yap|oluştur|göster|sil|devam|přidej|vytvoř|smaž|ukaž|udělej|pokračuj|zkontroluj|thêm|tạo|xóa|sửa|giải thích|tiếp tục|hãy|giúp)",
    ),
  },
  {
    name: 'foreignTaskCjk',
    pattern:
      /^\s*(?:请|請|帮我|幫我|再)?(?:写|加|添加|增加|运行|執行|执行|提交|解释|解釋|创建|新建|继续|繼續|修改|更新|实现|生成|查看|删除|把)|(?<!ない|しない)で(?:くださ|下さ)い|(?:を|に|て)(?:追加|作成|実行|説明|変更|作って|続け|教え)|してくださ|続けて|해 ?줘|해 ?주세요|계속/u,
  },
  {
    name: 'foreignQuestion',
    pattern:
      /^\W*(?:und |y |et |e |а |и |ok,? |d'accord,? )?(?:wie|was|wo|wann|welche\w*|gibt es|kann man|ist das|qué|que|cómo|como|cuál\w*|dónde|cuánto\w*|se puede|es posible|hay (?:alguna|una)|comment|quel\w*|où|combien|est-ce qu\S*|qu'est-ce|y a[- ]t[- ]il|peut-on|quando|qual\w*|onde|o que|dá para|come|cosa|dove|как|что|где|когда|какой|какая|какие|сколько|можно ли|есть ли|jak|co|gdzie|hoe|wat|waar|як|що|де|nasıl|ne|nerede|jaký|kde|làm sao|tại sao|có (?:cần|thể|giải pháp))(?!\p{L})[^.!\n]{0,200}[?？]|(?:是怎么|怎么|如何|什么|哪里|多少|吗)[^。！\n]{0,30}[?？]|(?:什么意思|是(?:做)?什么的?|怎么(?!还|又|没|不|会|回事)[^。！\n]{0,25}$|如何[^。！\n]{0,25}$|什么(?:样的?|区别|意思)?\s*[。，,?？\n]|怎么(?:选|看|弄|用|做)|(?:有没有?|是不是|能不能|可不可以)[^。！\n]{0,30}|[吗呢])\s*$|(?:ですか|ますか|でしょうか)[?？。]?\s*$|(?:인가요|나요|까요)\?\s*$/u,
  },
  {
    name: 'foreignThanks',
    pattern: start(
      "(?:super|toll|prima|danke|passt|perfekt|läuft|perfecto|genial|gracias|listo|funciona|fenomenal|excelente|parfait|génial|merci|ça marche|c'est bon|top|perfeito|ótimo|obrigad[oa]|funcionou|perfetto|grazie|va bene|отлично|супер|спасибо|класс|готово|всё работает|dziękuję|dzięki|dank|mooi|чудово|дякую|harika|teşekkür\\S*|výborně|díky|skvěl\\S+|cảm ơn|tốt)",
    ),
  },
];
