"""The parts of a command that stand for something a person has to fill in."""

from __future__ import annotations

from propel_helper.facts.wording import Wording

_PLACEHOLDER = Wording(
    r"<[^<>|&]+>|(?<==)#[A-Za-z]\w*|\[--?\w[^\]]*\]|(?<!\w)\[[^\W\d_][^\],=]*\]|\.\.\.|/path[/_]to|path[/_]to/|\bXXX+\b|(?!(?<=[/_-])\{timestamp)\{[A-Za-z_ ]+\}|\*\*\*+"
    # {one | two}: the shell's own braces take commas.
    r"|\{\s*\w[\w.-]*\s*(?:\|\s*\w[\w.-]*\s*)+\}"
    # Of configs that are told apart by a word, one is meant.
    r"|\{\w[\w.-]*(?:,\w[\w.-]*)+\}(?=[\w.-]*\.(?:ya?ml|json|toml|gin|py)(?:$|\s))"
    # A bucket of cloud storage has the name that its owner gave it.
    r"|(?<=://)(?:(?:my|your)[_-]?)?bucket(?:[_-]?name)?(?=/|$|[\s'\"])|(?<![\w-])MY[_-][A-Z]\w*"
    # --name= value: the shell hands over an empty value and another word.
    r"|(?<=[a-z]= )[A-Za-z_]\w*(?=$|\s)"
    # What is "yours" is never the documented word itself; an option may well be called so.
    r"|(?<![\w-])(?:your|YOUR)[_-]\w[\w-]*(?![\w-]*=)|(?<![\w-])(?:path|PATH)[_-](?:to|TO)[_-]\w+(?!\w*=)"
)
_CAPITALS = (
    r"(?:(?:[A-Z]+_)+(?:FILE|PATH|DIR|DIRECTORY|FOLDER|NAME|ID|SIZE)|(?:NUM|NUMBER_OF)_[A-Z]+s?)"
)
_NAMED = Wording(
    # Words of a command line in capitals may be names of a config: what an option is given is none.
    rf"(?<=[/=]){_CAPITALS}(?=$|[\s/.'\"])"
    rf"|(?<!\S)--?(?!-|opts?\s|options\s|overrides?\s)[\w.-]+\s+(?P<value>{_CAPITALS})(?=$|[\s/.])"
    # --env env_id: the option's own name is no value of it.
    r"|(?<!\S)-*(?P<option>\w+)[=\s]+(?P<own>(?P=option)_(?:name|id|path|file))(?=$|[\s.])"
    # ExpName, YourModelName
    r"|(?<![\w./-])(?:[A-Z][a-z]+)+Name(?=$|[\s/])|(?<![\w.-])(?:Your|My)[A-Z]\w+(?=$|[\s/.])"
    r"|(?<![\w-])path_of_\w+(?!\w*=)|(?<!\S)[A-Z]+(?:_[A-Z]+)*_OR_[A-Z]+(?!\S)"
)
"""Values that are called by what they are: ``CONFIG_FILE``, ``NUM_GPUS``, ``env_id``."""
_IN_ORDER = Wording(r"(?:\.(?:sh|py)|^[a-z]\w*)((?:\s+[A-Z][A-Z0-9_]+)+)\s*(?=$|[\[<])")
_CAPITAL = Wording(r"[A-Z]\w+")
"""All that a script is handed, in capitals: were they names of a config, values would follow."""


def marked(text: str) -> bool:
    """Whether signs, and not only words, say that something in ``text`` is to be filled in."""
    return _PLACEHOLDER.search(text) is not None


def placeholders(text: str) -> tuple[str, ...]:
    """The parts of a command that a person has to fill in, as they stand there, each once.

    ``${NAME}`` is the shell's, and ``<in.txt >out.txt`` sends a file in and another out.
    """
    found = {
        match.start(): match[0]
        for match in _PLACEHOLDER.finditer(text)
        if text[match.start() - 1 : match.start()] != "$" and not match[0].endswith(" >")
    }
    for match in _NAMED.finditer(text):
        found.setdefault(match.end(), match["value"] or match["own"] or match[0])
    for match in _IN_ORDER.finditer(text):
        for one in _CAPITAL.finditer(match[1]) if "_" in match[1] else ():
            found.setdefault(match.start(1) + one.start(), one[0])
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))
