"""
What a sentence touches on that somebody may have said in confidence, by its words, in English, Spanish and Welsh.

Only for the leak guard's second look: two sentences that share no words can still be about the same thing. The lists
name what young people tell therapists and nobody else; everyday matters are left out.
"""

from collections.abc import Mapping
from functools import cache

from halfdoor.service.notes.stems import key_maker

_EN = {
    "hurting oneself": (
        "cut cutting cuts injure injuring injury hurt hurting harm harming burn burns scratch "
        "razor blade wound scar scars bruise"
    ),
    "dying": ("suicide suicidal kill die dead death goodbye farewell jump overdose hang grave"),
    "food": ("vomit sick purge binge diet weight kilos pounds scales calories thin starve laxatives"),
    "drugs": (
        "weed cannabis marijuana smoke joint vape drunk drink drinks alcohol beer vodka drug "
        "drugs cocaine pills tablets high"
    ),
    "medicine": ("pills tablets medication antidepressant fluoxetine sertraline dose prescribed ritalin tablet pill"),
    "love": ("kiss kissed love crush boyfriend girlfriend feelings dating romance flirt"),
    "sex": ("sex sexual pregnant pregnancy abortion condom naked nude nudes intimate virgin expecting miscarriage"),
    "pictures": ("photo photos picture pictures image images video webcam nude nudes selfie"),
    "who one is": ("gay lesbian bisexual trans transgender queer dress gender"),
    "being touched": (
        "touch touched grope groped abuse abused rape raped assault assaulted molested fondled unannounced knocking"
    ),
    "violence": (
        "beat beaten hit belt slap punch kick violence violent strangle threaten threatens threatened scar fists"
    ),
    "breaking up": (
        "divorce divorced separation separated affair lawyer court custody legal break-up unfaithful cheating"
    ),
    "crime": (
        "steal stole stolen theft thief burglary burglar police arson fire prison jail murder "
        "convicted alibi forge forged shoplifting intruder broke"
    ),
    "being pressed": (
        "threaten threatens blackmail extort extorting bully bullied mock mocked laughs laughing humiliate"
    ),
    "fear by night": ("nightmare nightmares dream dreams accident crash flashback"),
    "voices": ("voice voices hears commands hallucination"),
    "a secret": (
        "secret secretly hide hides hidden hiding pretend pretends pretending cover lie lied "
        "lying spying forged locked sneaks"
    ),
    "shame": ("ashamed shame humiliating wets wetting sheets laundry soiled"),
    "faith and guilt": ("god sin punish punishes penalty guilt guilty prayed blame fault"),
    "not at home": ("runaway outdoors park homeless shelter"),
    "strangers online": ("internet online stranger pays paid webcam chat"),
}
_ES = {
    "hurting oneself": (
        "corta cortarse cortes herida heridas lastimar lastimarse dano quema quemarse cicatriz cuchilla autolesion"
    ),
    "dying": ("suicidio suicidarse matarse morir muerte muerto despedida adios saltar sobredosis ahorcarse"),
    "food": ("vomito vomita devuelve adelgazado atracon dieta peso kilos bascula calorias laxantes pesa pesarse"),
    "drugs": (
        "hierba cannabis marihuana fuma porro vapea borracho bebe alcohol cerveza droga drogas "
        "cocaina pastillas consume"
    ),
    "medicine": ("pastillas medicinas medicacion antidepresivo fluoxetina sertralina dosis recetadas"),
    "love": ("beso besar enamorada enamorado novio novia sentimientos siente amor ligar"),
    "sex": ("sexo sexual embarazo embarazada aborto condon desnuda desnudo virgen interrumpio"),
    "pictures": ("foto fotos imagen imagenes video webcam desnudos"),
    "who one is": ("gay lesbiana bisexual trans vestido genero"),
    "being touched": ("toca toco tocar abuso abusar violacion violar manosear avisar llamar"),
    "violence": ("pega pegar golpe golpes cinturon bofetada patada violencia violento amenaza amenazar cicatriz punos"),
    "breaking up": ("divorcio divorciarse separacion ruptura infidelidad abogado juicio custodia legal amante"),
    "crime": ("robar robo hurto ladron policia incendio fuego carcel asesinato condenado coartada falsificar intruso"),
    "being pressed": ("amenaza chantaje extorsiona acoso burla burlarse rie humilla"),
    "fear by night": ("pesadilla pesadillas suena accidente choque"),
    "voices": ("voz voces oye ordena alucinacion"),
    "a secret": (
        "secreto escondidas esconde escondio oculta ocultar finge fingir tapa excusa miente espia falsa falsifico"
    ),
    "shame": ("verguenza humillacion moja sabanas colada"),
    "faith and guilt": ("dios pecado castiga pena culpa responsable rezo"),
    "not at home": ("fugarse intemperie parque calle"),
    "strangers online": ("internet red desconocido paga webcam chat"),
}
_CY = {
    "hurting oneself": ("torri niwed niweidio anafu anaf llosgi craith rasel briw clwyf"),
    "dying": ("hunanladdiad lladd marw marwolaeth ffarwel neidio gorddos"),
    "food": ("chwydu deiet pwysau cilo clorian glorian calorïau newynu"),
    "drugs": ("canabis smygu fepio meddw yfed alcohol cwrw cyffur cyffuriau tabledi"),
    "medicine": ("tabledi moddion meddyginiaeth gwrthiselder fluoxetine"),
    "love": ("cusan cusanodd cariad teimladau caru"),
    "sex": ("rhyw rhywiol beichiog beichiogrwydd erthyliad noeth condom"),
    "pictures": ("llun lluniau delwedd delweddau fideo"),
    "who one is": ("hoyw lesbiaidd traws ffrog rhywedd"),
    "being touched": ("cyffwrdd cyffyrddodd cam-drin treisio ymosod ymosododd cnocio rhybudd"),
    "violence": ("curo curwyd gwregys trais bygwth bygythio cicio craith dwrn"),
    "breaking up": ("ysgaru ysgariad gwahanu carwriaeth cyfreithiwr llys gyfreithiol chwalu"),
    "crime": ("dwyn lladrad lleidr heddlu carchar llofruddiaeth euog alibi ffugio tresmaswr"),
    "being pressed": ("bygwth blacmelio bwlio gwawdio hwyl chwerthin bychanu"),
    "fear by night": ("hunllef hunllefau breuddwydio damwain gwrthdrawiad"),
    "voices": ("llais lleisiau clywed gorchymyn"),
    "a secret": ("cyfrinach cyfrinachol dirgel cuddio esgus celwydd ffugio gloi diarwybod"),
    "shame": ("cywilydd bychanu gwlychu cynfasau golch"),
    "faith and guilt": ("duw pechod cosbi euog bai gweddïo"),
    "not at home": ("digartref parc stryd"),
    "strangers online": ("rhyngrwyd ar-lein talu dieithryn"),
}


@cache
def themes_by_key(language: str) -> Mapping[str, frozenset[str]]:
    """Return what each stem touches on."""
    key_of = key_maker(language)
    found: dict[str, frozenset[str]] = {}
    for theme, words in {"en": _EN, "es": _ES, "cy": _CY}[language].items():
        for word in words.replace("-", " ").split():
            if key := key_of(word):
                found[key] = found.get(key, frozenset()) | {theme}
    return found
