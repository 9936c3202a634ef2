"""What two spellings of one name share: plain letters, short forms, and a skeleton of how it sounds.

Facts of usage (which short form stands for which name, which spellings one Arabic or Slavic name has in English papers), gathered for
the people whom coaches in an English city meet. A short form may stand for several names: Sam for Samuel and for Samantha.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from coachdesk.partner.rules import folded

# One line is one name: every word on it may stand for every other one.
_ONE_NAME = """
abdul abdel abdool abdal
abdullah abdallah abdulah abdalla
abigail abby abbie gail
abraham abe ibrahim ebrahim ibraheem brahim avraham
adam aadam adem
adrian ade adriano
agnieszka aga agnes
ahmed ahmad ahmet achmed ahmmed
aisha aysha ayesha aishah aicha ayisha aisya
alan allan allen alun al
albert al bert bertie
aleksander alexander alexandre alexandros alejandro alex alec sasha sandy al xander aleksandr oleksandr iskander
aleksandra alexandra alex sandra sasha ola oleksandra lexi
alfred alf alfie fred
ali aly
alison alice ali allison allie
amanda mandy
amina aminah ameena aamina
andrew andy drew andrzej andrei andrey andriy andre anders andreas andrea
angela angie ange
anna ann anne annie ania anya hannah hanna ana anouska
anthony tony antony anton antonio ant antoni
arthur art artie artur
barbara barb babs basia
barry baz
beata beatrice bea trixie
benjamin ben benji benny
bernadette bernie
bernard bernie
bilal bilaal belal
bradley brad
bridget biddy bridie brigid
caroline carol carolyn karolina carrie karoline carolina caz
catherine katherine kathryn kate katie kathy cathy kat kay kit kitty katarzyna kasia catrin catriona kateryna katharine cath
charles charlie chuck chas karol carlos carl charley
charlotte lottie charlie char
christina christine chris chrissie tina krystyna kristina christa kirsty krystina
christopher chris kit topher krzysztof kris
clifford cliff
colin col
cynthia cindy
daniel dan danny danil daniil danyal daniyal
danielle dani daniela danny
david dave davey davy dawid daud dawood dafydd dai davide daoud
deborah debbie deb debra debs
dennis den denny denys
derek del deric
diana diane di dianne
dmitri dmitry dimitri dima dmytro dimitrios
dominic dom dominik
donald don donnie
dorothy dot dottie dolly dorota
douglas doug dougie
edward ed eddie ned ted teddy edek eduardo edvard
edwin ed eddie
eileen ailin aileen
eleanor ellie nell nora elinor elly eleanora ellen
elizabeth liz lizzie beth betty eliza elsie lisa libby bess betsy elspeth elzbieta ela elisabeth elisa yelizaveta lizzy
emily em emmie millie emilia
emma em
ewa eva eve ava
fatima fatimah fathima fatma fatema fatoumata
fadumo faduma fatuma
faisal faysal feisal
farhan farhaan
frances fran francesca fanny frankie
francis frank frankie franciszek francisco
frederick fred freddie freddy frederic
gabriel gabe gabby jibril jibreel
gabrielle gabby gabriela gaby
gareth gaz
gary gaz garry
geoffrey geoff jeff jeffrey
george georgie jerzy jorge georgios georgi yuri yiorgos
gerald gerry jerry gerard
gillian gill jill jilly
gordon gord
graham graeme grahame
gregory greg gregor grzegorz grigori
gurpreet gurprit
gwendolyn gwen
hamza hamzah hamsa
harold harry hal
harpreet harprit
harriet hattie
hasan hassan hasaan hassaan
helen nell helena elena helene ellen yelena olena ileana
henry harry hal henryk enrique
hussain hussein husain hossain hossein husein hussayn hosain hussin
imran emran imraan
isabella isabel bella izzy isabelle izabela izabella ysabel iza
ismail ismael ishmael esmail ismaeel
iqbal ikbal
jack jackie john
jacob jake jakub kuba yaqub yakub jakob yaqoob
jacqueline jackie jacqui
jagdeep jagdip
james jim jimmy jamie jem seamus jaime jimi
jane jan janie jayne janet joanna sian
jasmine jas jasmin yasmin yasmeen yasmine jazmin
jaswinder jas
jamal jamaal gamal
jennifer jen jenny jennie
jeremy jerry jez
jessica jess jessie jesse
joan joanie jo siobhan
joanne jo joanna joasia joann
john johnny jon jonny jan ivan sean shaun shawn ian juan ioan ion giovanni evan ewan hans johann jean yahya yehia iain
jonathan jon jonny jonathon johnathan
joseph joe joey jozef josef giuseppe jose yusuf yousef youssef yousuf yusef yosef yussuf yousaf josip
joshua josh
judith judy jude
julia julie juliana jules
karen kaz
katarina kate katya
kenneth ken kenny
kevin kev caoimhin
khadija khadijah khadeeja kadija hadiza
khalid khaled kaled
kimberley kim kimberly
krishna krish
lawrence larry laurence laurie lorenzo
leonard len lenny leo
leslie les lesley
lewis lou louis luis ludwik lew
louise lou louisa lulu luiza
lucy lucie lucia luce
luke lucas lukasz luca luka
lynn lyn linda lynne lynda lindy
maciej matt mathias
magdalena magda maggie madeleine madeline maddie maddy lena
malgorzata margaret gosia maggie meg peggy madge marge margie rita greta marguerite margarita peg daisy
marcin martin marty
mariusz mario
mark marc marek marcus markus marco
martha marta marcie
mary marie maria molly polly maryam mariam miriam mair maura maire mariya mariyam maryum moira
matthew matt mateusz matty mathew matteo matej
maureen mo
maxwell max maximilian maxim
melanie mel
melissa mel
michael mike mick mickey micky mikey michal mikhail miguel mikael mikolaj mihail mikail mikaeel mitch mihai
michelle shell chelle
mohammed mohamed muhammad mohammad muhammed mohamad mohamud mohd md mo muhamad mahomed mehmet mohamoud muhammet mohamet mahamed
mohsin mohsen muhsin
moses musa moosa mousa moshe
mustafa mustapha mostafa moustafa
nadia nadya nadiya
nancy nan
natalie nat natalia natasha nataliya nathalie tasha
nathan nate nat nathaniel
nicholas nick nicky nico mikolaj nicolas nikolai nikos niko nicolae klaas
nicola nicky nikki nicole nicolette
noor nur nour nura
norman norm
oliver ollie olly
olivia liv livvy
omar umar omer umer
osman usman othman uthman usmaan
pamela pam
patricia pat patsy trish tricia paddy patrycja patti
patrick pat paddy padraig patryk pads rick
paul pavel pawel paulo pablo paolo pol
paula pauline paulina
penelope penny
peter pete piotr pyotr pedro pietro petr petro pieter butros
philip phil phillip felipe pip filip philippe
priscilla prissy
rachel rach rachael rae rachelle raquel
rahim raheem rahem
rashid rasheed rachid
raymond ray
rebecca becky bex becca rebekah
richard rick ricky dick rich richie ryszard ricardo rik
robert bob bobby rob robbie bert roberto bobbie robb
roger rodge
ronald ron ronnie
rosemary rose rosie romy
roxanne roxy
russell russ
saeed said sayeed saeid saed sayed
salma selma
samantha sam sammy
samuel sam sammy
sarah sara sally sadie sarra saira
sebastian seb bas
shahid shaheed
sharif shareef sherif
sharon shaz
shirley shirl
simon si szymon simeon shimon
sofia sophia sophie zofia zosia sofiya
stanislaw stan stas stanislav
stanley stan
stephanie steph stephany stefania
steven stephen steve stevie stefan szczepan esteban stefano
stuart stu stewart stew
sukhwinder sukh sukhvinder
suleiman sulaiman suleman soliman suleyman solomon suliman
susan sue susie suzanne suzie susanna zuzanna suze susannah
sylvia silvia sylwia
tariq tarik tareq tarek
taylor tay
teresa theresa tess terry tessa terri
terence terry tel terrance
theodore ted teddy theo
thomas tom tommy tomasz tomas tam
timothy tim timmy
tobias toby
tracey tracy trace
umm um
valerie val
vanessa nessa
veronica ronnie weronika vera
victor vic wiktor viktor
victoria vicky tori vicki wiktoria viktoria vikki
vincent vince vinny wincenty
vladimir vlad volodymyr wlodzimierz
walter wally walt
wendy wen
wieslaw wiesiek
william bill billy will liam willie wilhelm willy guillermo
winifred winnie fred
wojciech wojtek
yunus younus younis yunis jonah
yvonne eve
zachary zac zach zak zakariya zakaria zachariah
zainab zaynab zeinab zaineb
zubair zubayr zoubir
"""
_ONE_SURNAME = """
ahmed ahmad achmed ahmet
akhtar akhter akther
ali aly
begum begam begom
chaudhry chaudhary choudhury chowdhury choudhry chaudhari chaudry chowdhry
hussain hussein husain hossain hossein hosain
islam eslam
khan kahn
macdonald mcdonald
miah mia mian
mohammed mohamed muhammad mohammad muhammed mohamud mohamad mohd md
nguyen ngyuen nguyan
obrien obrian obriain
rahman rehman rahmaan rohman
shah sha
sheikh shaikh shaykh sheik sheick
singh sing
siddiqui siddique siddiqi sidiki
uddin udin ud-din
"""
# Names that many people bear say less when they are the same.
_MANY = """
    smith jones taylor brown williams wilson johnson davies patel wright walker white edwards green hall wood thomas roberts khan hussain "
    "ahmed begum ali singh kaur shah miah akhtar bibi mohammed mahmood iqbal rahman chowdhury hassan islam uddin nowak
"""
COMMON = frozenset(_MANY.split())
# Written before or after a name, never the name itself.
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "jr", "sr"))


@cache
def _table(text: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(text.split("\n")):
        for word in line.replace("-", "").split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in plain small letters, without titles. Other scripts become Latin before (queries.likeness)."""
    found = tuple(folded(text).split())
    return tuple(word for word in found if word not in _TITLES) or found


def meanings(word: str) -> frozenset[int]:
    """Numbers of the given names that a word may stand for; empty where the table does not know it."""
    return _table(_ONE_NAME).get(word, frozenset())


def is_one_name(one: str, other: str) -> bool:
    """Whether two different given names may be one: Bob and Robert, Yusuf and Youssef."""
    return bool(meanings(one) & meanings(other))


def is_one_surname(one: str, other: str) -> bool:
    """Whether two surnames are spellings of one, or its forms for a woman and a man: Kowalski and Kowalska."""
    known = _table(_ONE_SURNAME)
    return bool(known.get(one, frozenset()) & known.get(other, frozenset())) or _plain_ending(one) == _plain_ending(other)


def _plain_ending(surname: str) -> str:
    return re.sub(r"(?<=.{3})(sk|ck|dzk)[iya]{1,2}$", r"\1i", re.sub(r"(?<=.{3})(ov|ev|in)a$", r"\1", surname))


_SOUNDS = (
    ("sch", "s"),
    ("tsch", "s"),
    ("szcz", "s"),
    ("cz", "s"),
    ("sz", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("ck", "k"),
    ("ph", "f"),
    ("gh", "g"),
    ("kh", "k"),
    ("dh", "d"),
    ("th", "t"),
    ("bh", "b"),
    ("wr", "r"),
    ("kn", "n"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("j", "y"),
)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The first sound and the consonants, each once: what stays when a name is heard and written down. Mohammed and Muhamad are mhmd."""
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    first, rest = word[:1], re.sub(r"[aeiouy]", "", word[1:])
    if first in "aeiouy":
        first = "a"
    return re.sub(r"(.)\1+", r"\1", first + rest)
