"""256 plain words, one for each byte, for reading a few bytes aloud: short, spelt as they sound, none like another."""

from __future__ import annotations

WORDS = tuple(
    """
    acorn actor album amber anchor angle apple april apron arch arrow atlas attic autumn badge baker
    banjo barley barn basket beach beacon bench berry bicycle birch biscuit blanket blossom bonnet border bottle
    branch bread brick bridge broom brother bucket bugle butter button cabin camel candle canvas carpet carrot
    castle cedar cellar chalk cherry chimney circle clover coach cobalt coffee compass copper coral cotton cradle
    crayon cricket crown curtain cushion daisy dancer desert diamond dinner dolphin donkey dragon drum eagle early
    easel echo elbow ember engine equal fabric falcon farmer feather fence ferry fiddle finger flag flint
    forest fossil fountain fox galaxy garden garlic ginger giraffe glass globe glove goblin gold goose grape
    gravel guitar hammer harbour harvest hazel hedge helmet heron holly honey hotel ivory jacket jasmine jelly
    jigsaw jungle kennel kettle kingdom kitchen kite ladder lagoon lantern lemon letter lilac lion lizard lobster
    locket lunar magnet mango maple marble market meadow melon mirror mitten model monkey morning mosaic mountain
    muffin mustard napkin nectar needle nettle nickel noodle nutmeg oak oasis ocean olive onion orange orchard
    otter oyster paddle palace panda paper parrot pebble pencil pepper piano picnic pigeon pillow pilot pine
    planet plum pocket poem pony poppy potato puddle pumpkin puppet quarry quilt rabbit radish rainbow raven
    ribbon river robin rocket rope rose saddle sailor salmon sandal saturn scarf school shadow shell silver
    spider spoon spring squirrel stable statue summer sunset swan table tailor teapot temple tiger timber toast
    tomato tower tractor trumpet tulip tunnel turnip turtle umbrella valley velvet village violin walnut willow window
    """.split()  # noqa: SIM905  a page of words is read in lines
)


def words(data: bytes) -> str:
    """One word for each byte: `acorn river kettle …`."""
    return " ".join(WORDS[byte] for byte in data)
