"""Hears that someone may hurt themselves or others, where the words leave no doubt.

A missed threat costs more than a false alarm, so these phrases put `threat_of_harm` first whatever
the trained model says; all that is said less plainly is left to the model. Patterns are written in
plain letters and compared by their sound, so "kiero kitarme la bida" is heard too. What people say
without meaning it ("me mata de risa", "los voy a matar a demandas") is no threat, nor is a death
that has happened ("se suicidó").
"""

from __future__ import annotations

import re

from rasa_server.components.intent_model import Understood
from rasa_server.components.normalise import as_it_sounds, normalise

THREAT_OF_HARM = "threat_of_harm"
LEAST_CONFIDENCE = 0.9

# Who speaks of themselves wants it; "me va a matar mi esposa" and "me van a ahorcar" are idioms.
_I_WANT = r"(?:quiero|quisiera|voy a|vamos a|pienso|puedo|podria|deberia|intente|trate de|prefiero)"
_THEY_WANT = r"(?:quieren?|va a|van a|intento|trato de|piensa|pueden?)"
_YOU = r"(?:te|lo|la|los|las|le|les|se lo|se los)"
_NOT_OTHERS = r"(?<!va a )(?<!van a )(?<!quieren )(?<!pueden )(?<!puede )"
_EMPTY = (
    r"(?! (?:de (?:la |el |pura |puro |un |tanta |tanto )?(?:risa|hambre|verguenza|pena|sueno|frio|"
    r"calor|amor|ganas|aburrimiento|antojo|coraje|infarto|susto|nervios|viej[oa]|sed|cansancio)|"
    r"del (?:aburrimiento|calor|susto|coraje|cansancio|sueno|hambre)|"
    r"trabajando|chambeando|laburando|estudiando|buscando|haciendo|corriendo|pagando|"
    r"en el gimnasio|a (?:trabajar|estudiar|demandas?|denuncias|preguntas|llamadas|mensajes|quejas|"
    r"reclamos|besos|correos|cartas|multas)|en (?:los tribunales|la corte|el juicio|"
    r"las redes|la cancha)|con (?:mi abogad[oa]|los intereses|abogados|demandas)|"
    r"por (?:eso|esto|una deuda|unos pesos)"
    r")(?: |$))"
)
_HIGH_PLACE = (
    r"(?:puente|balcon|edificio|azotea|metro|tren|vias|rio|techo|barranco|terraza|ventana|carro|"
    r"camion|precipicio)"
)
_WEAPON = r"(?:arma|armas|pistola|escopeta|revolver|fusil|machete|cuchillo|fierro|granada)"
_SHOTS = r"(?:tiros?|balazos?|plomo|plomazos?|punaladas?|machetazos?|cuchilladas?)"
_PREMISES = (
    r"(?:oficinas?|sucursal|sucursales|local|edificio|banco|negocio|casa|casas|empresa|agencia)"
)

_SELF_HARM = (
    rf"(?:me|nos) {_I_WANT} (?:a )?matar{_EMPTY}",
    rf"(?<!no )se {_THEY_WANT} (?:a )?matar(?! entre){_EMPTY}",
    rf"{_NOT_OTHERS}matar(?:me|nos){_EMPTY}",
    rf"(?:mejor|hoy|hoy mismo|ahora|ahorita|entonces) me mato{_EMPTY}",
    r"si (?:\S+ ){1,8}?me mato",
    r"me mato (?:hoy|ahora|aqui|yo|y ya|y listo|delante|enfrente|frente)",
    rf"{_NOT_OTHERS}quitar(?:me|se|nos) la vida",
    rf"(?:me|nos) (?:{_I_WANT} )?(?:quitar|quito) (?:yo )?la vida",
    rf"se {_THEY_WANT} quitar la vida",
    r"(?<!escuadron )(?<!se )(?<!se nos )(?<!se me )(?<!murio por )(?<!murio de )(?<!fue )"
    r"(?<!fue un )suicid\S*(?! (?:financier\S|economic\S|comercial|laboral|politic\S))",
    r"no (?:quiero|quisiera|deseo|puedo) (?:\S+ )?(?:seguir )?(?:vivir|viviendo|existir|existiendo)"
    r"(?: mas)?(?! (?:con (?:mis?|ellos|ell[ao]s?|el|deudas?|la deuda|esta deuda|este atraso)|"
    r"(?:de|en|aqui|alla|ahi|debiendo|endeudad\S|pendiente|preocupad\S|alquilando|sin "
    r"(?:pagar|internet|luz|agua))(?! este mundo)(?: |$)))",
    rf"{_NOT_OTHERS}(?:acabar|terminar|acabo|termino|poner(?:le)? fin|pongo fin) (?:con|a) mi vida",
    rf"(?<!no )(?<!no me )(?:me (?:quiero|quisiera) morir|(?:quiero|quisiera) morir(?:me)?|"
    rf"ganas de morir(?:me)?){_EMPTY}",
    r"(?:quiero|quisiera|prefiero|prefiriera) estar muert[oa]",
    r"se quieren? morir(?! de)|(?:me canse|cansad[oa]|harto|harta|fuerzas para) (?:de )?"
    r"(?:seguir )?(?:vivir|viviendo)(?= |$)(?! (?:con|en|de|asi con|aqui|endeudad))",
    r"no quiero (?:llegar|amanecer) viv[oa]|carta de despedida|me prendo fuego",
    r"ojala (?:ya )?(?:me (?:muera|muriera|mate)|no (?:despierte|despertara))",
    r"no (?:quiero|quisiera) despertar(?:me)?(?: (?:nunca|jamas|manana|mas))?(?= |$)(?! temprano)",
    r"me (?:voy a|quiero) ahorcar|ahorcarme(?! (?:con|los|las|de))",
    r"me (?:voy a|quiero) colgar de (?:un|una|la|el|mi) (?:viga|arbol|techo|soga|cuerda|lazo)",
    rf"me (?:{_I_WANT} )?(?:tir|avent|avient|lanz|arroj)\S+ (?:\S+ ){{1,3}}{_HIGH_PLACE}",
    rf"{_NOT_OTHERS}(?:tirar|aventar|lanzar|arrojar)(?:me|se) (?:\S+ ){{1,3}}{_HIGH_PLACE}",
    rf"me (?:{_I_WANT} )?cort(?:o|ar|e) las venas|cortar(?:me|se) las venas",
    rf"me (?:{_I_WANT} )?(?:pego|pegar|doy|dar|meto|meter) un (?:tiro|balazo|plomazo)",
    rf"me (?:{_I_WANT} )?(?:vuelo|volar) (?:los sesos|la cabeza)|volarme (?:los sesos|la cabeza)",
    r"(?:quiero|voy a|pienso|pensando en|ganas de|intente|miedo de) hacerme dano|"
    r"me (?:quiero|voy a) hacer dano",
    r"(?:me (?:voy a )?tom\S+|tomar(?:me|se)) (?:todas? (?:las|mis|estas)|un frasco de|el frasco "
    r"de) (?:pastillas|pildoras|medicinas|somniferos)",
    r"(?:me (?:voy a |quiero )?tom\S+|tomar(?:me|se)) (?:el |un |todo el )?"
    r"(?:veneno|raticida|cianuro)",
    r"(?:ir|irme|desaparecer|despedirme|me despido|me voy) (?:ya )?de este mundo",
    r"(?:no|sin) (?:\S+ ){1,3}sentido (?:a |de )?(?:vivir|mi vida|seguir viviendo)",
    r"estarian? mejor (?:sin mi|muert[oa]|si yo no estuviera)(?= |$)",
)
_VIOLENCE = (
    rf"{_YOU} (?:voy|vamos|van) a (?:ir a |mandar a |mandar )?matar{_EMPTY}",
    rf"(?:voy|vamos|soy capaz de|ganas de) (?:a )?(?:ir a |mandar a )?matar(?:te|l[aeo]s?){_EMPTY}",
    r"(?:voy|vamos) a matar a (?!la (?:deuda|cuenta))(?:mi|tu|su|al|un[oa]?|la|todos|alguien|quien|"
    r"el que|ese|esa)",
    rf"te mato(?! la ){_EMPTY}|si (?:\S+ ){{1,8}}?(?:los|las|lo|la) mato(?= a todos|$)|"
    r"(?:los|las) mato a todos",
    r"(?:voy|vamos) a matar al (?:que|primero|primer)",
    rf"{_YOU} (?:mando|voy a mandar|vamos a mandar|puedo mandar a) (?:a )?(?:matar|\S+ sicarios?)",
    rf"{_YOU} (?:voy|vamos) a (?:romper|partir|quebrar|reventar|arrancar|volar) (?:la|el|las|los) "
    r"(?:cara|madre|piernas|manos|cabeza|boca|alma|cuello|dientes|hocico|jeta)",
    r"date por muert[oa]|vas a (?:amanecer|terminar|aparecer|acabar) muert[oa]",
    r"(?:poner|pongo|ponemos|mandar|mando|tirar|tiro|dejar|dejo|explotar)(?:les?|te)? una bomba",
    r"una bomba (?:en|a) (?:su|sus|tu|la|las|el|esa) (?:\S+ )?" + _PREMISES,
    r"(?:voy|vamos|ire|iremos|llego|caigo|ir|llegar) (?:a (?:ir|llegar|caer) )?(?:bien |muy )?"
    r"armad(?:o|os|a)(?! de (?:paciencia|valor))",
    r"(?:voy|vamos|ire|llego|caigo|espero|esperando|recibo|recibir) (?:\S+ ){0,6}con (?:un|una|mi|"
    rf"la|el|mis) {_WEAPON}(?= |$)",
    rf"{_YOU} (?:voy a |vamos a )?(?:meter|meto|dar|doy|pegar|pego|recibo|recibir|saco|sacar|"
    rf"agarro) (?:a |de |un |una |dos |tres |unos |unas |0+ )?{_SHOTS}(?= |$)",
    r"(?:voy|vamos) a (?:quemar(?:les?)?|incendiar(?:les?)?|prender(?:les?)? fuego|volar(?:les?)?|"
    rf"hacer explotar) (?:a )?(?:su|sus|tu|la|las|el|esa|ese) (?:\S+ )?{_PREMISES}",
    rf"{_YOU} (?:voy|vamos) a (?:mandar a )?(?:apunalar|balear|degollar|descuartizar|secuestrar|"
    r"acuchillar|violar|disparar|baliar|prender fuego)",
    r"(?:voy|vamos) a (?:apunalar|balear|degollar|descuartizar|secuestrar|acuchillar)",
)
_HARM = re.compile(
    "(?:^|(?<= ))(?:"
    + "|".join(as_it_sounds(pattern) for pattern in (*_SELF_HARM, *_VIOLENCE))
    + ")(?= |$)"
)


def speaks_of_harm(text: str) -> bool:
    """Tells whether a message plainly speaks of suicide or of violence against someone."""
    return _HARM.search(as_it_sounds(normalise(text))) is not None


def harm_first(text: str, understood: Understood) -> Understood:
    """Gives what was understood, with `threat_of_harm` first where the text plainly speaks of it.

    Its confidence is then at least 0.9 and the other intents share the rest. A model that was not
    trained on that intent is left alone.
    """
    known = dict(understood.ranking)
    if THREAT_OF_HARM not in known or not speaks_of_harm(text):
        return understood
    confidence = max(known.pop(THREAT_OF_HARM), LEAST_CONFIDENCE)
    left = sum(known.values())
    scale = (1.0 - confidence) / left if left else 0.0
    others = [(name, probability * scale) for name, probability in known.items()]
    return Understood(THREAT_OF_HARM, confidence, [(THREAT_OF_HARM, confidence), *others])
