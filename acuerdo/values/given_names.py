"""Given names of the countries we serve, in plain letters, as civil registers list them most often.

Pure. It need not be complete: a name that is not here is a name in doubt.
"""

from typing import Final

_GIVEN: Final = """
abel abigail ada adela adolfo adrian adriana agustina aida aitor alan alba alberto alejandra
alejandro alejo alexander alexandra alexis alfonso alfredo alicia alma alvaro amalia amanda
amelia amparo ana anahi andrea andres angel angela angelica angelina anibal anita antonella
antonia antonio araceli aracely ariadna ariana ariel armando arturo astrid augusto aurora
azucena barbara beatriz belen benjamin berta bertha blanca brayan brenda bruno bryan camila
camilo candela carla carlos carlota carmela carmen carolina catalina cecilia celeste celia cesar
cinthia cintia clara claudia claudio clemente concepcion constanza consuelo cristian cristina
cristobal cynthia dalia damian daniel daniela danilo dario david dayana debora delia demetrio
denis denisse diana diego dina dolores dora doris edgar edgardo edison edith edmundo eduardo
edwin efrain elba elena eliana elias elisa elizabeth eloisa elsa elvira emilia emilio emma
enrique erica erick erika ernesto esteban estefania estefany estela esther eugenia eugenio
eulalia eva evelyn fabian fabiana fabio fabiola fatima fca fco federico felicia felipe fermin
fernanda fernando fidel flavia flor florencia francisca francisco franco freddy frida gabriel
gabriela genaro gerardo german gilberto giovanna giovanni gisela giselle gladys gloria gonzalo
gpe graciela gregorio griselda guadalupe guillermina guillermo gustavo hector helena henry
hernan hilda homero hortensia hugo humberto ignacio ines ingrid irene iris irma isaac isabel
isabella isaias ismael israel ivan ivonne jacinta jacqueline jaime janet javier jazmin jennifer
jenny jeremias jessica jesus jhon jhonatan jimena joaquin joel johanna john jonathan jorge jose
josefa josefina joselyn juan juana juanita julia juliana julieta julio karen karina karla
katherine kathia kevin laura leandro leidy leonardo leonor leopoldo leslie leticia lidia lilia
liliana lisandro lizbeth lizeth lola lorena lourdes lucas lucero lucia luciana luciano lucila
lucrecia lucy luis luisa luz ma mabel macarena magali magdalena manuel manuela marcela marcelo
marcia marco marcos margarita maria mariana mariano maribel maricela maricruz mariela marina
mario marisol marlene marta martha mateo matias matilde mauricio maximiliano maximo mayra
melanie melissa mercedes mercy micaela miguel milagros milena mireya miriam moises monica nadia
nancy natalia natividad nelly nelson nestor nicolas nicole nidia nilda noelia noemi nora
norberto norma octavio ofelia olga olivia omar orlando oscar osvaldo pablo paloma pamela paola
patricia patricio paul paula paulina pedro perla pilar priscila rafael rafaela raimundo ramiro
raquel raul rebeca regina reinaldo renata renato rene ricardo roberta roberto rocio rodolfo
rodrigo rogelio rolando romina ronald rosa rosalia rosalinda rosana rosario rosaura roxana ruben
rufino ruth sabrina samuel sandra santos sara saul sebastian selena sergio silvana silvia silvio
sofia soledad sonia stefany stella susana tamara tania tatiana teodoro teresa thiago tomas
trinidad ulises uriel valentin valentina valeria vanesa vanessa veronica vicenta victor victoria
vilma vinicio violeta virginia vivian viviana walter wendy wilfredo william wilmer wilson xavier
ximena yadira yamila yanina yenny yesenia yesica yolanda yuri zoila zulema zully
"""
_SURNAMES_TOO: Final = """
abril alexis alonso amador amaro andres angel aquiles aurora bautista beltran benito bernardo
blanca bolivar bruno clemente cruz david domingo elias esteban felix fernando fidel flor franco
garcia gaspar gonzalo gregorio guadalupe hernan ignacio jacinto jaime jesus joaquin julian leon
leonardo lorenzo lucas luna luz marcial marcos marin martin martina mateo matias maximo mercedes
milagros miranda montserrat nestor nieves pablo pascual pastor patricio paz perla ramon reyes
rocio rodrigo rosales rosario salvador santiago santos segundo simon tadeo tomas toribio
trinidad valentin vicente victoriano zacarias
"""

SURNAMES_TOO: Final = frozenset(_SURNAMES_TOO.split())
# What is written short stands among them: Ma. and Gpe. in Mexico.
ONLY_GIVEN: Final = frozenset(_GIVEN.split()) - SURNAMES_TOO
