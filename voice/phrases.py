"""What a call says about the listening itself, whoever is on the line: nothing here tells anything.

What the assistant says about the matter stands in domain.yml, with `channel: voice`. Pure.
"""

from typing import Final

WHAT: Final = "¿En qué le puedo ayudar?"
ANYTHING_ELSE: Final = "¿Le ayudo con algo más?"
STILL_THERE: Final = "¿Sigue ahí?"
USE_KEYS: Final = "No le escucho bien. Puede responder con el teclado."
ANY_KEY: Final = "Para hablar con una persona, marque 0."
CANNOT_HEAR: Final = "No logro escucharle, así que termino la llamada. Que tenga buen día."
KEYS_MEAN_NOTHING: Final = "Eso que marcó no me sirve para esta pregunta."
HEARD: Final = "Le entendí: {words}. ¿Es correcto?"
YES_OR_NO: Final = "Diga sí o marque 1; si no, marque 2."
SAY_AGAIN: Final = "Disculpe. Dígamelo otra vez, o márquelo en el teclado."
BAD_LINE: Final = "La línea se escucha mal. Es mejor que lo marque en el teclado."
ONE_MOMENT: Final = "Un momento, por favor."
STILL_LOOKING: Final = "Sigo consultando, un momento más."
FAILED: Final = (
    "Disculpe, tenemos una falla técnica. Una persona del equipo le llamará. Que tenga buen día."
)
HELLO: Final = "Hola, buenos días."
PASSING: Final = "Un momento, le comunico."
NOBODY_FREE: Final = (
    "En este momento no hay nadie libre. Una persona del equipo le llama {moment}. Hasta luego."
)
AGENT_GONE: Final = "La llamada con la persona del equipo terminó. Que tenga buen día."
VOICEMAIL: Final = (
    "Hola. Este es un mensaje personal. Por favor, llámenos al número que aparece en su pantalla. "
    "Gracias."
)
# To the agent who picks up, and to nobody else.
WHISPER: Final = "{who}. {where}. Para atender, marque 1; para dejarla, cuelgue."
WHISPER_NAMED: Final = "Llama {name}"
WHISPER_UNKNOWN: Final = "Llama alguien sin identificar"
WHISPER_OWES: Final = "identidad confirmada; debe {balance} a {creditor}"
WHISPER_NOT_PROVEN: Final = "no ha confirmado su identidad"
