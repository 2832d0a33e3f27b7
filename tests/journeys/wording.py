"""The wordings of a question, never asked twice in a row in the same words, and telling words."""

from typing import Final

THE_NAME: Final = ("¿Hablo con", "¿Es usted", "¿Usted es")
THE_PROOF: Final = ("últimos 4",)
THE_AMOUNT: Final = ("¿Qué monto", "¿Cuánto le anoto", "Dígame solo la cantidad")
THE_DAY: Final = ("¿Qué día", "¿Para qué fecha", "Dígame solo el día")
THE_YES: Final = ("¿Lo confirmo?", "¿Le anoto entonces", "¿Está de acuerdo?")
THE_CHOICE: Final = ("¿Cuál le acomoda?", "¿Con cuál se queda?", "el número de la opción")
THE_DEBT: Final = ("¿De cuál", "¿Cuál de esas cuentas?")
THE_HOUR: Final = ("¿Qué día y a qué hora", "¿Cuándo le busco?")
THE_DAY_PAID: Final = ("¿Qué día hizo", "¿Recuerda qué día")
THE_SUM_PAID: Final = ("¿Cuánto pagó?", "¿De cuánto fue")
# What nobody may hear before they have proven who they are.
TELLING: Final = ("debe", "Luz Norte", "soles", "pesos", "deuda", "pago", "eléctrico")
