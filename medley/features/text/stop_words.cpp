#include "medley/features/text/stop_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace medley::features {
namespace {

template <std::size_t N>
constexpr std::array<std::string_view, N> sorted(std::array<std::string_view, N> words) {
  std::ranges::sort(words);
  return words;
}

constexpr auto kEnglish = sorted(std::to_array<std::string_view>(
    {"a",      "about",  "above",    "after",   "against", "all",    "also",      "although",   "am",
     "an",     "and",    "any",      "are",     "aren't",  "as",     "at",        "be",         "because",
     "been",   "before", "being",    "below",   "between", "both",   "but",       "by",         "can",
     "can't",  "could",  "couldn't", "did",     "didn't",  "do",     "does",      "doesn't",    "doing",
     "don't",  "down",   "during",   "each",    "for",     "from",   "had",       "has",        "have",
     "having", "he",     "he's",     "her",     "here",    "hers",   "herself",   "him",        "himself",
     "his",    "how",    "i",        "i'm",     "i've",    "if",     "in",        "into",       "is",
     "isn't",  "it",     "it's",     "its",     "itself",  "just",   "may",       "me",         "might",
     "mine",   "must",   "my",       "myself",  "no",      "nor",    "not",       "of",         "off",
     "on",     "only",   "or",       "other",   "our",     "ours",   "ourselves", "out",        "over",
     "own",    "same",   "shall",    "she",     "she's",   "should", "so",        "some",       "such",
     "than",   "that",   "that's",   "the",     "their",   "theirs", "them",      "themselves", "then",
     "there",  "these",  "they",     "they're", "this",    "those",  "though",    "through",    "to",
     "too",    "under",  "until",    "up",      "us",      "very",   "was",       "wasn't",     "we",
     "we're",  "were",   "weren't",  "what",    "when",    "where",  "which",     "while",      "who",
     "whom",   "whose",  "why",      "will",    "with",    "won't",  "would",     "wouldn't",   "you",
     "you're", "your",   "yours",    "yourself"}));

constexpr auto kGerman = sorted(std::to_array<std::string_view>(
    {"aber",    "alle",    "allem",   "allen",   "aller",   "alles",   "als",     "also",    "am",
     "an",      "ander",   "andere",  "anderen", "anderer", "anderes", "auch",    "auf",     "aus",
     "bei",     "beim",    "bin",     "bis",     "bist",    "da",      "dabei",   "dadurch", "dafür",
     "dagegen", "daher",   "damit",   "danach",  "dann",    "daran",   "darauf",  "daraus",  "darf",
     "darin",   "darüber", "darum",   "das",     "dass",    "daß",     "dazu",    "dein",    "deine",
     "deinem",  "deinen",  "deiner",  "deines",  "dem",     "den",     "denen",   "denn",    "der",
     "deren",   "des",     "dessen",  "dich",    "die",     "dies",    "diese",   "diesem",  "diesen",
     "dieser",  "dieses",  "dir",     "doch",    "dort",    "du",      "durch",   "ein",     "eine",
     "einem",   "einen",   "einer",   "eines",   "er",      "es",      "etwas",   "euch",    "euer",
     "eure",    "eurem",   "euren",   "eurer",   "für",     "gegen",   "hab",     "habe",    "haben",
     "hat",     "hatte",   "hatten",  "hier",    "hin",     "hinter",  "ich",     "ihm",     "ihn",
     "ihnen",   "ihr",     "ihre",    "ihrem",   "ihren",   "ihrer",   "ihres",   "im",      "in",
     "indem",   "ins",     "ist",     "ja",      "jede",    "jedem",   "jeden",   "jeder",   "jedes",
     "jedoch",  "jene",    "jenem",   "jenen",   "jener",   "jenes",   "kann",    "kein",    "keine",
     "keinem",  "keinen",  "keiner",  "können",  "könnte",  "man",     "mein",    "meine",   "meinem",
     "meinen",  "meiner",  "meines",  "mich",    "mir",     "mit",     "muss",    "muß",     "müssen",
     "nach",    "nicht",   "nichts",  "noch",    "nun",     "nur",     "ob",      "oder",    "ohne",
     "sehr",    "sein",    "seine",   "seinem",  "seinen",  "seiner",  "seines",  "seit",    "selbst",
     "sich",    "sie",     "sind",    "so",      "solche",  "solchem", "solchen", "solcher", "soll",
     "sollen",  "sollte",  "sondern", "sonst",   "über",    "um",      "und",     "uns",     "unser",
     "unsere",  "unserem", "unseren", "unserer", "unter",   "vom",     "von",     "vor",     "während",
     "war",     "waren",   "was",     "weder",   "weil",    "weiter",  "welche",  "welchem", "welchen",
     "welcher", "welches", "wenn",    "wer",     "werde",   "werden",  "wie",     "wieder",  "will",
     "wir",     "wird",    "wirst",   "wo",      "wollen",  "wurde",   "wurden",  "würde",   "würden",
     "zu",      "zum",     "zur",     "zwar",    "zwischen"}));

constexpr auto kFrench = sorted(std::to_array<std::string_view>(
    {"à",        "ai",       "aie",      "aient",  "ainsi",   "alors",      "as",       "au",
     "aucun",    "aucune",   "auquel",   "aussi",  "autre",   "autres",     "aux",      "auxquelles",
     "auxquels", "avaient",  "avait",    "avant",  "avec",    "avez",       "avons",    "ayant",
     "c",        "car",      "ce",       "ceci",   "cela",    "celle",      "celles",   "celui",
     "ces",      "cet",      "cette",    "ceux",   "chaque",  "chez",       "ci",       "comme",
     "comment",  "d",        "dans",     "de",     "depuis",  "des",        "dès",      "desquelles",
     "desquels", "donc",     "dont",     "du",     "duquel",  "elle",       "elles",    "en",
     "encore",   "entre",    "es",       "est",    "et",      "étaient",    "étais",    "était",
     "étant",    "êtes",     "être",     "eu",     "eut",     "eux",        "fait",     "fut",
     "furent",   "il",       "ils",      "j",      "je",      "jusque",     "l",        "la",
     "là",       "laquelle", "le",       "lequel", "les",     "lesquelles", "lesquels", "leur",
     "leurs",    "lors",     "lorsque",  "lui",    "m",       "ma",         "mais",     "me",
     "même",     "mêmes",    "mes",      "mien",   "mienne",  "mon",        "n",        "ne",
     "ni",       "non",      "nos",      "notre",  "nôtre",   "nous",       "on",       "ont",
     "ou",       "où",       "par",      "parce",  "pas",     "pendant",    "peu",      "peut",
     "plus",     "pour",     "pourquoi", "puis",   "puisque", "qu",         "quand",    "que",
     "quel",     "quelle",   "quelles",  "quels",  "qui",     "quoi",       "quoique",  "s",
     "sa",       "sans",     "se",       "sera",   "seront",  "ses",        "si",       "sien",
     "sienne",   "soi",      "soient",   "sois",   "soit",    "sommes",     "son",      "sont",
     "sous",     "suis",     "sur",      "t",      "ta",      "te",         "tel",      "telle",
     "telles",   "tels",     "tes",      "toi",    "ton",     "tous",       "tout",     "toute",
     "toutes",   "très",     "tu",       "un",     "une",     "vers",       "voici",    "voilà",
     "vos",      "votre",    "vôtre",    "vous",   "y"}));

constexpr auto kSpanish = sorted(std::to_array<std::string_view>(
    {"a",        "al",       "algo",     "algunas",  "algunos", "ante",     "antes",    "aquel",    "aquella",
     "aquellas", "aquello",  "aquellos", "aquí",     "así",     "aun",      "aunque",   "bajo",     "bien",
     "cada",     "como",     "cómo",     "con",      "contra",  "cual",     "cuál",     "cuales",   "cuando",
     "cuándo",   "cuyo",     "cuya",     "de",       "del",     "desde",    "donde",    "dónde",    "dos",
     "durante",  "e",        "el",       "él",       "ella",    "ellas",    "ello",     "ellos",    "en",
     "entonces", "entre",    "era",      "eran",     "eras",    "eres",     "es",       "esa",      "esas",
     "ese",      "eso",      "esos",     "esta",     "está",    "ésta",     "están",    "estar",    "estas",
     "éstas",    "estaba",   "estaban",  "este",     "éste",    "esto",     "estos",    "éstos",    "estoy",
     "fue",      "fueron",   "fui",      "ha",       "había",   "habían",   "han",      "has",      "hasta",
     "hay",      "haya",     "he",       "hemos",    "la",      "las",      "le",       "les",      "lo",
     "los",      "más",      "me",       "mi",       "mí",      "mía",      "mías",     "mientras", "mío",
     "míos",     "mis",      "mucho",    "muchos",   "muy",     "nada",     "ni",       "no",       "nos",
     "nosotras", "nosotros", "nuestra",  "nuestras", "nuestro", "nuestros", "o",        "os",       "otra",
     "otras",    "otro",     "otros",    "para",     "pero",    "poco",     "por",      "porque",   "porqué",
     "pues",     "que",      "qué",      "quien",    "quién",   "quienes",  "se",       "sea",      "sean",
     "según",    "ser",      "si",       "sí",       "sido",    "sin",      "sino",     "sobre",    "sois",
     "somos",    "son",      "soy",      "su",       "sus",     "suya",     "suyas",    "suyo",     "suyos",
     "también",  "tampoco",  "tan",      "tanto",    "te",      "tener",    "tenía",    "tiene",    "tienen",
     "ti",       "todo",     "todos",    "tu",       "tú",      "tus",      "tuya",     "tuyo",     "un",
     "una",      "unas",     "uno",      "unos",     "usted",   "ustedes",  "vosotras", "vosotros", "vuestra",
     "vuestras", "vuestro",  "vuestros", "y",        "ya",      "yo"}));

constexpr auto kRussian = sorted(std::to_array<std::string_view>(
    {"а",       "без",     "более",    "больше",  "будет",   "будто",   "будут",   "будучи",  "бы",
     "был",     "была",    "были",     "было",    "быть",    "в",       "вам",     "вами",    "вас",
     "ведь",    "весь",    "во",       "вот",     "все",     "всё",     "всего",   "всей",    "всем",
     "всеми",   "всему",   "всех",     "всю",     "вся",     "вы",      "где",     "да",      "даже",
     "для",     "до",      "его",      "ее",      "её",      "ей",      "ему",     "если",    "есть",
     "еще",     "ещё",     "же",       "за",      "здесь",   "и",       "из",      "или",     "им",
     "ими",     "иногда",  "их",       "к",       "как",     "какая",   "какие",   "какой",   "когда",
     "конечно", "которая", "которого", "которое", "которой", "котором", "которую", "которые", "который",
     "которых", "кто",     "куда",     "ли",      "либо",    "лишь",    "меня",    "мне",     "многие",
     "может",   "можно",   "мной",     "мой",     "моя",     "мы",      "на",      "над",     "надо",
     "наш",     "наша",    "наше",     "наши",    "нашего",  "нашей",   "нашем",   "нашему",  "нашим",
     "нашими",  "наших",   "нашу",     "ваш",     "ваша",    "ваше",    "ваши",    "вашего",  "вашей",
     "вашу",    "моего",   "моей",     "моем",    "моём",    "мои",     "мою",     "не",      "него",
     "нее",     "неё",     "ней",      "нельзя",  "нем",     "нём",     "нет",     "ни",      "нибудь",
     "ним",     "ними",    "них",      "но",      "ну",      "о",       "об",      "обо",     "один",
     "однако",  "он",      "она",      "они",     "оно",     "от",      "ото",     "перед",   "по",
     "под",     "подо",    "после",    "потому",  "потом",   "почти",   "при",     "про",     "раз",
     "разве",   "с",       "сам",      "сама",    "сами",    "само",    "свой",    "своего",  "своей",
     "своем",   "своих",   "свою",     "своя",    "себе",    "себя",    "сейчас",  "сквозь",  "со",
     "так",     "такая",   "также",    "такие",   "таких",   "такого",  "такое",   "такой",   "такую",
     "там",     "тебе",    "тебя",     "тем",     "теми",    "теперь",  "тех",     "то",      "тобой",
     "того",    "тоже",    "той",      "только",  "том",     "тому",    "тот",     "тою",     "ту",
     "тут",     "ты",      "у",        "уж",      "уже",     "хоть",    "хотя",    "чего",    "чей",
     "чем",     "через",   "что",      "чтоб",    "чтобы",   "чуть",    "эта",     "эти",     "этим",
     "этими",   "этих",    "это",      "этого",   "этой",    "этом",    "этому",   "этот",    "эту",
     "я"}));

constexpr auto kChinese = sorted(std::to_array<std::string_view>(
    {"的",   "了",     "和",     "是",   "在",   "有",   "就",   "都",   "而",   "及",   "与",   "與",
     "或",   "也",     "很",     "我",   "你",   "您",   "他",   "她",   "它",   "我们", "我們", "你们",
     "你們", "他们",   "他們",   "她们", "她們", "它们", "它們", "自己", "这",   "這",   "那",   "这个",
     "這個", "那个",   "那個",   "这些", "這些", "那些", "这里", "這裡", "那里", "那裡", "这样", "這樣",
     "那样", "那樣",   "什么",   "什麼", "谁",   "誰",   "哪",   "哪里", "哪裡", "怎么", "怎麼", "怎样",
     "怎樣", "为什么", "為什麼", "一个", "一個", "一种", "一種", "一些", "不",   "没",   "沒",   "没有",
     "沒有", "吗",     "嗎",     "呢",   "吧",   "啊",   "呀",   "嘛",   "着",   "著",   "过",   "過",
     "把",   "被",     "让",     "讓",   "给",   "給",   "对",   "對",   "对于", "對於", "从",   "從",
     "向",   "往",     "到",     "以",   "以及", "以为", "因",   "因为", "因為", "所以", "因此", "但",
     "但是", "却",     "卻",     "不过", "不過", "虽然", "雖然", "如果", "若",   "则",   "則",   "并",
     "並",   "并且",   "並且",   "而且", "还",   "還",   "还是", "還是", "又",   "再",   "才",   "只",
     "只有", "只是",   "于",     "於",   "由",   "由于", "由於", "为",   "為",   "为了", "為了", "之",
     "其",   "其中",   "此",     "该",   "該",   "某",   "每",   "各",   "等",   "等等", "地",   "得",
     "所",   "将",     "將",     "会",   "會",   "能",   "可",   "可以", "要",   "已",   "已经", "已經",
     "正在", "上",     "中",     "下"}));

constexpr auto kJapanese = sorted(std::to_array<std::string_view>(
    {"の",     "に",       "は",       "を",       "た",       "が",       "で",       "て",       "と",
     "し",     "れ",       "さ",       "も",       "な",       "や",       "か",       "ね",       "よ",
     "わ",     "ぞ",       "ば",       "へ",       "ず",       "だ",       "う",       "ぬ",       "ん",
     "です",   "ます",     "でし",     "まし",     "ある",     "あり",     "あっ",     "あれ",     "いる",
     "い",     "いっ",     "おり",     "おる",     "する",     "すれ",     "せ",       "せる",     "なる",
     "なり",   "なっ",     "なら",     "ない",     "なく",     "なかっ",   "れる",     "られる",   "られ",
     "させる", "たい",     "たら",     "から",     "まで",     "より",     "だけ",     "ほど",     "など",
     "ながら", "ので",     "のに",     "でも",     "ても",     "では",     "には",     "とは",     "との",
     "への",   "からの",   "までの",   "って",     "という",   "といった", "として",   "について", "による",
     "により", "によって", "において", "における", "に対して", "に関する", "ため",     "こと",     "もの",
     "とき",   "ところ",   "よう",     "ように",   "ような",   "そう",     "これ",     "それ",     "どれ",
     "ここ",   "そこ",     "あそこ",   "どこ",     "この",     "その",     "あの",     "どの",     "こう",
     "ああ",   "どう",     "こんな",   "そんな",   "あんな",   "どんな",   "だれ",     "誰",       "なに",
     "何",     "なぜ",     "いつ",     "また",     "まだ",     "もう",     "そして",   "しかし",   "または",
     "及び",   "並びに",   "ただし",   "なお",     "さらに",   "つまり",   "すなわち", "たとえば", "例えば",
     "私",     "僕",       "俺",       "あなた",   "彼",       "彼女",     "私たち",   "我々",     "自分",
     "お",     "ご",       "的",       "等",       "および"}));

std::span<const std::string_view> list_of(std::string_view language) {
  if (language == "en") return kEnglish;
  if (language == "de") return kGerman;
  if (language == "fr") return kFrench;
  if (language == "es") return kSpanish;
  if (language == "ru") return kRussian;
  if (language == "zh") return kChinese;
  if (language == "ja") return kJapanese;
  return {};
}

}  // namespace

bool is_stop_word(std::string_view language, std::string_view word) {
  const auto list = list_of(language);
  constexpr std::string_view kApostrophe = "\u2019";
  if (const auto at = word.find(kApostrophe); at != word.npos) {
    std::string typed(word.substr(0, at));
    typed += '\'';
    typed += word.substr(at + kApostrophe.size());
    return std::ranges::binary_search(list, std::string_view(typed));
  }
  return std::ranges::binary_search(list, word);
}

bool has_stop_words(std::string_view language) {
  return !list_of(language).empty();
}

}  // namespace medley::features
