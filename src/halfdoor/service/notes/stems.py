"""
Words and their stems, as the leak guard compares them, in English, Spanish and Welsh.

Small on purpose: endings are cut by a list, Welsh mutations of the first letter are folded together, and a few groups
of kindred words count as one. What is left need not be a word; it only has to be the same for the same thing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüñçŵýŷÿ", "aaaaaeeeeiiiiooooouuuuncwyyy")
_LENGTH = 6
"""Of a longer stem only the beginning counts."""

LITTLE: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """
            a about above after again against all also always am an and any anybody anyone are as at away be became
            because become been before being below between both but by can could d did do does doing don down during
            each else ever every everybody few for from further get gets getting give go goes going gone got had has
            have having he her here hers herself him himself his how i if in into is isn it its itself just know
            knows let like ll m made make makes many may me might mine more most much must my myself never no nobody
            nor not nothing now of off often on once one only or other others our ours out over own put quite rather
            re s said same say saying says she should since so some somebody someone something still such t take
            takes taking tell telling tells than that the their theirs them themselves then there these they thing
            things this those though through to told too under until up upon us ve very was we were what when where
            whether which while who whom whose why will with without would yes yet you your yours
        """,
        "es": """
            a al algo alguien algun alguna ante antes aquel aquella aqui asi aun aunque bien cada casi como con
            contaba contado conto cual cuando cuanto da dar de debajo decia decir del desde despues detras dice
            dicho dijo donde dos e el ella ellas ellos en entonces entre era eran es esa ese eso esta estaba estado
            estan estar este esto estos estuvo fue fuera fueron ha haber habia habian hace hacer haciendo han has
            hasta hay he hubiera hubiese ir la las le les lo los mas me mi mientras mis mismo mucha mucho muy nada
            nadie ni no nos nosotros nuestra nuestro o os otra otras otro otros para pero poco por porque puede pues
            que quien se sea segun ser si sido siempre sin sino sobre solo son su sus suya suyo tal tambien tan
            tanto te tener tiene tienen toda todas todavia todo todos tu tuvo un una unas uno unos va van ve veces
            ver vez y ya yo
        """,
        "cy": """
            a ac aeth ag ai am ambell amdani amdano an ar arall at ati ato atynt bellach bob bod bu buom byd bydd
            byddaf byddai byddwn byth cael cafodd caiff can canddi chi cyn d da dal daw ddim ddo dod dros drosodd
            drwy dwedodd dweud dy dyma dyna dyw dywed dywedodd e ef ei eich ein eisiau eisoes eithaf er ers eto eu
            fe fel felly fi fo fod fu fy fydd gael gaiff gan ganddi ganddo ganddynt gen ger gilydd gwnaeth gwneud
            gwybod gwyr gyda gydag heb hefyd hen hi hoffai hon honno hun hwn hwnnw hyd hyn hynny i iddi iddo iddynt
            ie la le ll llawer lle m mae maen mai meddai mewn mi mis mo mor mwy n na nac nad nawr neb nes neu nhw ni
            nid nifer nol o oddi oed oedd oes oherwydd ohoni ohono on ond os pa pan pawb pe petai peth pethau po pob
            pryd pwy r rhag rhai rhaid rhwng rhyw roedd roedden roi rwyf rydw rydym s sef sut sy sydd syn th ti tra
            trwy tua u un unrhyw uwch w wedi wedyn weithiau wrth wrtha wrthi wrtho y ydi ydw ydy ydyn ym yn yna yng
            yno yr ystod yw
        """,
    }.items()
}
"""Words that say nothing about whom or what a sentence tells, without accents."""

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    language: tuple(sorted(set(endings.split()), key=len, reverse=True))
    for language, endings in {
        "en": """
            nesses ations ation ingly ings edly ness ing ies ied ers ed es er ly s y e
        """,
        "es": """
            iendose andose amiento imiento aciones acion ieron iendo ando abamos aban aron arian aria eria iria iera
            iese aras ados adas idos idas arla arle arlo aba ada ado ara ase ian ida ido rse rla rlo an ar as en er
            es ia io ir os a e o s
        """,
        "cy": """
            asant iadau asai wyd ydd odd ais ant iai ion iau oedd wch wyr au ai af ir io ed es yn on en o u i a
        """,
    }.items()
}

_KINDRED: Mapping[str, tuple[str, ...]] = {
    language: tuple(groups.split(", "))
    for language, groups in {
        "en": (
            "mother mum mom mummy mommy, father dad daddy, grandmother gran granny nana, grandfather grandad "
            "grandpa, mobile phone, weed cannabis marijuana, kill murder, vomit puke, boy lad, infant baby, drink "
            "alcohol, forever ever, began begin begun, told tell, hid hide hidden, felt feel, slept sleep, wrote "
            "write written, bought buy, lost lose, drank drunk, took taken, broke break broken, beat beaten, "
            "stole steal stolen, die died dead death, knew know known, kept keep, paid pay, met meet, lay lie "
            "lying, sent send"
        ),
        "es": (
            "madre mama mami, padre papa papi, abuela yaya abuelita, abuelo yayo abuelito, hierba cannabis porro "
            "marihuana, movil telefono, matar asesinar asesinato, vomito vomitar, muere muerto muerta murio "
            "muriera muriese morir, duerme dormir dormido durmio, quiere querer queria, sabe saber supo sabido, "
            "sueno suena sonar, sienta siente sentir sentado, sigue seguir, pide pedir pidio, miente mentir "
            "mintio mentido, trae traer traia"
        ),
        "cy": (
            "mam fam mham, tad dad thad nhad, mamgu nain, tadcu taid, babi baban, marw farw, ysgrifennodd "
            "ysgrifennu, llun lluniau, arian, gofyn ofyn, cysgu gysgu"
        ),
    }.items()
}
"""Groups of words that count as one."""

_MUTATIONS = (
    ("ngh", "c"), ("ph", "p"), ("th", "t"), ("ch", "c"), ("mh", "p"), ("nh", "t"), ("ng", "c"), ("dd", "t"),
    ("ll", "l"), ("rh", "r"), ("b", "p"), ("f", "p"), ("m", "p"), ("d", "t"), ("n", "t"), ("g", "c"),
)  # fmt: skip
"""What a first letter may have been. Letters that mutate into each other fall together."""


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return _WORD.findall(text.lower())


def language_of(words: Iterable[str], *, otherwise: str = "en") -> str:
    """Return in which of the three languages these words seem to be; ``otherwise`` where that is not plain."""
    seen = set(words)
    found = {language: len(seen & little) for language, little in LITTLE.items()}
    first, second, _ = sorted(found.values(), reverse=True)
    return max(found, key=found.__getitem__) if first > second + 1 else otherwise


@cache
def key_maker(language: str) -> Callable[[str], str]:
    """Return a function from a word to what it is compared by; nothing for a word that carries no meaning."""
    little, endings, shortest = LITTLE[language], _ENDINGS[language], 4 if language == "es" else 3
    kindred = {word: group.split()[0] for group in _KINDRED[language] for word in group.split()}

    @lru_cache(maxsize=20_000)
    def key_of(word: str) -> str:
        word = word.translate(_PLAIN)
        if word in little or (len(word) < 2 and not word.isdigit()):
            return ""
        word = kindred.get(word, word)
        stem = _without_ending(word, endings, shortest=shortest)
        return (_unmutated(stem) if language == "cy" else stem)[:_LENGTH]

    return key_of


def _without_ending(word: str, endings: tuple[str, ...], *, shortest: int) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            stem = word[: -len(ending)]
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
    return word


def _unmutated(word: str) -> str:
    """Fold the first letter. A ``g`` can vanish altogether, so what may have been one is left out."""
    for mutated, folded in _MUTATIONS:
        if word.startswith(mutated) and len(word) > len(mutated) + 1:
            word = folded + word[len(mutated) :]
            break
    return word[1:] if word[0] == "c" and len(word) > 3 else word
