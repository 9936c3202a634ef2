"""Which spellings and short forms one name has: tables of facts, gathered for the people whom coaches in an English city meet.

Usage, not law: which short form stands for which name, which spellings one Arabic, Slavic or Chinese name has in English papers.
A short form may stand for several names: Sam for Samuel and for Samantha.
"""

from __future__ import annotations

# Between two bars stands one name: every word there may stand for every other one.
ONE_NAME = """
aaron ron ronnie haroon harun haroun | abdul abdel abdool abdal | abdullah abdallah abdulah abdalla | abigail abby abbie gail
abraham abe ibrahim ebrahim ibraheem brahim avraham | adam aadam adem | adele addie della | adrian ade adriano | agatha aggie
agnieszka aga agnes | ahmed ahmad ahmet achmed ahmmed | aidan aiden aydan ayden | aisha aysha ayesha aishah aicha ayisha aisya
alan allan allen alun al | alasdair alastair alistair alister al aly | albert al bert bertie
aleksander alexander alexandre alexandros alejandro alex alec sasha sandy al xander aleksandr oleksandr iskander
aleksandra alexandra alex sandra sasha ola oleksandra lexi | alfred alf alfie fred | ali aly | alison alice ali allison allie
aliyah aaliyah alia aliya | amanda mandy | amelia amy millie milly mia emelia | amina aminah ameena aamina | ananya anaya
andrew andy drew andrzej andrei andrey andriy andre anders andreas andrea | angela angie ange
anna ann anne annie ania anya hannah hanna ana anouska | annabel annabelle bella anna belle
anthony tony antony anton antonio ant antoni | antoinette toni nettie | antonia toni tonia | april avril | arabella bella bel
archibald archie | arnold arnie | arthur art artie artur | ashley ash ashleigh | asif aasif | augustus gus august | ayub ayoub
barbara barb babs basia | barry baz | bartholomew bart bartosz bartek bartlomiej | beata beatrice bea trixie | benjamin ben benji benny
bernadette bernie | bernard bernie | beverley bev beverly | bilal bilaal belal | bogdan bohdan | boguslaw bogus | bozena bozenka
bradley brad | brenda bren | brian bryan brayan | bridget biddy bridie brigid | bronwen bron | brooke brook | calum callum malcolm
cameron cam | camilla milla kamila | caroline carol carolyn karolina carrie karoline carolina caz | cassandra cass cassie sandra
catherine katherine kathryn kate katie kathy cathy kat kay kit kitty katarzyna kasia catrin catriona kateryna katharine cath
cecilia cecily cissie celia | cedric ced | chantelle chantel shantelle chantal | charles charlie chuck chas karol carlos carl charley
charlotte lottie charlie char | cheryl cher sheryl | chloe khloe
christina christine chris chrissie tina krystyna kristina christa kirsty krystina | christopher chris kit topher krzysztof kris
clare claire clara klara | claudia klaudia | clifford cliff | colin col | conor connor konnor | cornelius con neil | curtis curt kurt
cynthia cindy | damian damien | daniel dan danny danil daniil danyal daniyal | danielle dani daniela danny | darren daz darran
david dave davey davy dawid daud dawood dafydd dai davide daoud | deanna dee | deborah debbie deb debra debs | declan dec
denise niecy dee | dennis den denny denys | dennis denis | derek del deric | desmond des | devon dev | diana diane di dianne
dmitri dmitry dimitri dima dmytro dimitrios | dolores lola | dominic dom dominik | donald don donnie | dorothy dot dottie dolly dorota
douglas doug dougie | duncan dunc | dwayne duane | dylan dillon | edith edie | edmund ed eddie ted
edward ed eddie ned ted teddy edek eduardo edvard | edwin ed eddie | eileen ailin aileen | elaine ellie lainey
eleanor ellie nell nora elinor elly eleanora ellen | elias eli ilyas iliyas ilias | elijah eli
elizabeth liz lizzie beth betty eliza elsie lisa libby bess betsy elspeth elzbieta ela elisabeth elisa yelizaveta lizzy
eloise ellie louise | elvira elvi | emanuel emmanuel manny manuel | emily em emmie millie emilia | emma em | eric erik rick
erica erika rikki | ernest ernie | estelle stella | esther essie hester | eugene gene evgeny yevgeny evgeni yevhen
eugenia genie yevhenia | evelyn evie eve lyn | ewa eva eve ava | fadumo faduma fatuma | faisal faysal feisal | faith fay
farhan farhaan | fatima fatimah fathima fatma fatema fatoumata | felicity fliss flick | ferdinand ferdie | fiona fi
florence flo florrie flossie | frances fran francesca fanny frankie | francis frank frankie franciszek francisco | frederica freddie
frederick fred freddie freddy frederic | gabriel gabe gabby jibril jibreel | gabrielle gabby gabriela gaby | gareth gaz | gary gaz garry
genevieve jenny gen | geoffrey geoff jeff jeffrey | george georgie jerzy jorge georgios georgi yuri yiorgos
georgina georgie gina georgia georgiana | gerald gerry jerry gerard | geraldine gerry | gerard ger gerry | giles gyles
gillian gill jill jilly | gina georgina regina | gloria glo | godfrey goff | gordon gord | grace gracie gracja | graham graeme grahame
gregory greg gregor grzegorz grigori | grzegorz grzesiek | gulam ghulam | gurpreet gurprit | gwendolyn gwen | gwyneth gwyn gwen
habib habeeb | hafsa hafsah | halima haleema halimah | hamid hameed | hamza hamzah hamsa | hannah hanna johanna hania | harold harry hal
harpreet harprit | harriet hattie | hasan hassan hasaan hassaan | haseeb hasib | hazel haze | heather hev
helen nell helena elena helene ellen yelena olena ileana | henry harry hal henryk enrique | herbert bert herb herbie
hilary hils hillary | hubert hugh bert | hugh hughie hugo hew | hussain hussein husain hossain hossein husein hussayn hosain hussin
idris idrees | ignatius iggy ignacy | ike isaac | ikram ikraam | imran emran imraan | inga ingrid | iqbal ikbal
irena irene irina iryna renie ira | isaac ishaq zac ike izaak isak | isabella isabel bella izzy isabelle izabela izabella ysabel iza
isla ayla | ismail ismael ishmael esmail ismaeel | jack jackie john | jacob jake jakub kuba yaqub yakub jakob yaqoob
jacqueline jackie jacqui | jagdeep jagdip | jamal jamaal gamal | james jim jimmy jamie jem seamus jaime jimi
jane jan janie jayne janet joanna sian | jaroslaw jarek yaroslav | jasmine jas jasmin yasmin yasmeen yasmine jazmin | jason jay jase
jaswinder jas | jayden jaiden jaden | jean jeannie jeanette jeanne | jennifer jen jenny jennie | jennifer jenna | jeremy jerry jez
jessica jess jessie jesse | joan joanie jo siobhan | joanne jo joanna joasia joann | jodie jody jodi judith
john johnny jon jonny jan ivan sean shaun shawn ian juan ioan ion giovanni evan ewan hans johann jean yahya yehia iain | jolanta jola
jonathan jon jonny jonathon johnathan | jordan jordy
joseph joe joey jozef josef giuseppe jose yusuf yousef youssef yousuf yusef yosef yussuf yousaf josip | josephine jo josie fina jozefa
joshua josh | judith judy jude | julia julie juliana jules | julian jules | juliet jules julie juliette julieta | justine tina
justyna justine | kamran kamraan | karen kaz | karim kareem | karina karin | karolina karola | kashif kaashif | kasim qasim qasem kassim
katarina kate katya | kathleen kath kathy kate kay | katrina trina kat | kayleigh kayley kaylee kaley kelly | kelly kelli kelley
kenneth ken kenny | kevin kev caoimhin | khadija khadijah khadeeja kadija hadiza | khalid khaled kaled | kieran kieron ciaran kiaran
kimberley kim kimberly | kirsten kirsty kristen | krishna krish | laila layla leila leyla | lana svetlana alana svitlana
latifa lateefa | laura laurie lori lora | lauren laurie loren | lawrence larry laurence laurie lorenzo | leah lia
lena helena magdalena elena | leonard len lenny leo | leroy roy | lesia olesia olesya | leslie les lesley
lewis lou louis luis ludwik lew | lilian lily lil lillian lilly liliana | linda lin lynda | lindsay lindsey lynsey linz | loretta lori
lorraine lori rainey lorrie | louise lou louisa lulu luiza | louise lou lulu luisa louisa | lucy lucie lucia luce
lucy lucie lucia lucille lou luce | luke lucas lukasz luca luka | luke lucas lukasz luka | lydia lidia
lynn lyn linda lynne lynda lindy | mabel may | maciej matt mathias | madison maddie
magdalena magda maggie madeleine madeline maddie maddy lena | mahmoud mahmood mahmud mehmood mehmud
malgorzata margaret gosia maggie meg peggy madge marge margie rita greta marguerite margarita peg daisy | malik maalik | manjit manjeet
marcin martin marty | marian mariana marianne | marian marion | marilyn mari lyn | mariusz mario | marjorie marge margie
mark marc marek marcus markus marco | marlene marlena | martha marta marcie | martyna martina tina
mary marie maria molly polly maryam mariam miriam mair maura maire mariya mariyam maryum moira | maryna marina
mathilda matilda tilly mattie tilda | matthew matt mateusz matty mathew matteo matej | maureen mo | maxwell max maximilian maxim
maya maia | melanie mel | melissa mel | mercedes mercy | meredith merry | mia amelia
michael mike mick mickey micky mikey michal mikhail miguel mikael mikolaj mihail mikail mikaeel mitch mihai | michelle shell chelle
mildred millie | miroslaw mirek | mitchell mitch
mohammed mohamed muhammad mohammad muhammed mohamad mohamud mohd md mo muhamad mahomed mehmet mohamoud muhammet mohamet mahamed
mohsin mohsen | mohsin mohsen muhsin | moinul moin | mollie molly | monika monica mon | morgan morgs | moses musa moosa mousa moshe
murtaza murtadha mortaza | mustafa mustapha mostafa moustafa | nabeel nabil | nadeem nadim | nadia nadya nadiya | naeem naim
naheed nahid | nancy nan | naomi nomi | narinder narender | natalie nat natalia natasha nataliya nathalie tasha
nathan nate nat nathaniel | nazir nazeer | neil neal niall
nicholas nick nicky nico mikolaj nicolas nikolai nikos niko nicolae klaas | nicola nicky nikki nicole nicolette | nicola nicol
nigel nige | nina antonina | noel nowell | noor nur nour nura | norman norm | nuala fionnuala | oksana oxana | olga ola olha
oliver ollie olly | olivia liv livvy | olivier oliver | omar umar omer umer | oscar oskar | osman usman othman uthman usmaan
oswald oz ozzie | owen eoin ewan euan | pamela pam | parvin parveen perveen | patricia pat patsy trish tricia paddy patrycja patti
patrick pat paddy padraig patryk pads rick | paul pavel pawel paulo pablo paolo pol | paula pauline paulina | pauline paula
penelope penny | percival percy | perminder parminder | peter pete piotr pyotr pedro pietro petr petro pieter butros | petra peta
philip phil phillip felipe pip filip philippe | philippa pip pippa phil | phoebe phebe | phyllis phyl | priscilla prissy | prudence pru
przemyslaw przemek | rachel rach rachael rae rachelle raquel | radoslaw radek | rafael raphael rafi raf rafal | rahim raheem rahem
rajesh raj | rajinder rajender raj | ralph rafe | ramesh rames | randolph randy | rashid rasheed rachid | ravinder ravi rav
raymond ray | rebecca becky bex becca rebekah | regina gina | reginald reg reggie | rena renata | reuben ruben | rhiannon rhi
rhys rees reece reese | richard rick ricky dick rich richie ryszard ricardo rik | robert bob bobby rob robbie bert roberto bobbie robb
roberta bobbie robbie | robin rob robyn | roderick rod roddy rory | rodney rod | roger rodge | roisin rosheen | roland rolly rowland
roman romek | ronald ron ronnie | rosemary rose rosie romy | rowena ro | roxanne roxy | rukhsana ruksana rukhsanah
ruqayyah ruqaya rukaya ruqayya | russell russ | ruth ruthie | sabrina bina | sadia saadia sadiya | saeed said sayeed saeid saed sayed
safiya safia sophia saffiya | sajid saajid | salim saleem selim | salma selma | salman suleman | samantha sam sammy | sameer samir
samuel sam sammy | sandra sandy alexandra | sarah sara sally sadie sarra saira | scarlett scarlet | sean shane | sebastian seb bas
selina celina | serhiy sergei sergey serge sergii serhii | shabana shabanah | shabir shabbir | shahid shaheed | shahzad shehzad
shakil shakeel | shamim shameem | shantel chantelle | sharif shareef sherif | sharon shaz | shaun shawn sean | sheila shelagh sheelagh
shelley michelle shelly | shirley shirl | sidney sid sydney | silvester sly | simon si szymon simeon shimon | sinead janet
slawomir slawek | sofia sophia sophie zofia zosia sofiya | solomon sol | stacey stacy anastasia | stanislaw stan stas stanislav
stanley stan | stella estelle | stephanie steph stephany stefania | steven stephen steve stevie stefan szczepan esteban stefano
stuart stu stewart stew | sukhwinder sukh sukhvinder | suleiman sulaiman suleman soliman suleyman solomon suliman
sumaya sumayya sumaiya | sunita sunny | susan sue susie suzanne suzie susanna zuzanna suze susannah | svetlana sveta lana svitlana
sybil sib | sylvia silvia sylwia | tabitha tabby | tahir taher | tamara tammy tamar | tamsin tammy thomasina
tanya tatiana tania tetiana tatyana | tariq tarik tareq tarek | tatiana tania tanya | taylor tay | tayyab tayab
terence terry tel terrance | teresa theresa tess terry tessa terri | tetiana tanya | theodora dora thea | theodore ted teddy theo
thomas tom tommy tomasz tomas tam | tiffany tiff | timothy tim timmy | tobias tobiasz | tobias toby | tracey tracy trace | trevor trev
tristan tris | tyler ty | tyrone ty | umm um | urszula ursula ula | valentina valya walentyna val | valerie val | vanessa nessa
vasyl vasile vasily basil | vera wiera | vernon vern | veronica ronnie weronika vera | victor vic wiktor viktor
victoria vicky tori vicki wiktoria viktoria vikki | vincent vince vinny wincenty | viola violet | virginia ginny ginger
vivian viv vivien vivienne | vladimir vlad volodymyr wlodzimierz | walter wally walt | wasim waseem | wendy wen | wieslaw wiesiek
wilfred wilf fred | william bill billy will liam willie wilhelm willy guillermo | wilma mina | winifred winnie fred | winston win
wojciech wojtek | yahya yehia yahia | yakub yaqub | yana jana | yasir yasser yaser | yulia julia yuliia yulya
yunus younus younis yunis jonah | yvonne eve | zachary zac zach zak zakariya zakaria zachariah | zahid zaheed | zahra zara zahara zarah
zainab zaynab zeinab zaineb | zakia zakiya | zbigniew zbyszek | zdzislaw zdzisiek | zeeshan zishan | zoe zoey zoya | zohra zuhra
zubair zubayr zoubir | zulfiqar zulfikar
"""
ONE_SURNAME = """
ahmed ahmad achmed ahmet | akhtar akhter akther | akram akraam | ali aly | azam azim | bailey bayley bailie baillie | bashir basheer
begum begam begom | bhatti bhatty | bokhari bukhari | brown browne braun
chaudhry chaudhary choudhury chowdhury choudhry chaudhari chaudry chowdhry | chen chan chin | clark clarke clerk | cole coles
davies davis davys | dickson dixon | evans evens | gray grey | greene green | hall hal | hamid hameed | haq haque huq hoque hak
harris harries | hughes hewes | hussain hussein husain hossain hossein hosain | hussaini husseini | iqbal ikbal | islam eslam
jain jane | jamil jameel | johnson johnston johnstone jonson | karim kareem | kaur kour | khan kahn | khatun khatoon | latif lateef
lewis louis | li lee leigh lea | liu lau | lloyd loyd | macdonald mcdonald | mahmood mahmud mehmood mahmoud | malik mallik malek
matthews mathews | mcleod macleod | meyer meier maier mayer | miah mia mian | miller muller mueller
mohammed mohamed muhammad mohammad muhammed mohamud mohamad mohd md | moore more moor | morris maurice | nadeem nadim
neil neal neill neale | nguyen ngyuen nguyan | nicholson nicolson | nikolenko mykolenko | obrien obrian obriain | osman usman uthman
patel patil | pearce pierce pearse | phillips philips philipps | qureshi koreshi quraishi kureshi | rahman rehman rahmaan rohman
rashid rasheed | rees reece reese | reid read reed reade | roger rogers rodgers | saleem salim | schmidt schmid schmitt smith | shah sha
sharif shareef | sheikh shaikh shaykh sheik sheick | siddiqui siddique siddiqi sidiki | sidhu sidhoo | singh sing
smith smyth smythe | stephens stevens stephen | stewart stuart | sultan soltan | syed sayed said saeed sayyid | taylor tailor tayler
thompson thomson tompson | uddin udin ud-din | ullah ulla | walsh welsh | watts wats | white whyte | wong huang wang | wright right
young yang | yusuf yousaf yousef | zaman zamman | zhang cheung chang jang | zhou chow chou
"""
