"""OmegaConf merged with the command line, or HyperPyYAML: keys of the YAML file in the command.

https://omegaconf.readthedocs.io/en/latest/usage.html#from-command-line-arguments,
https://speechbrain.readthedocs.io/en/latest/tutorials/basics/hyperpyyaml.html
"""

from __future__ import annotations

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.modules import Module
from propel_helper.scan.signatures import names_path
from propel_helper.scan.yaml_text import leaves


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    hyper = "hyperpyyaml" in module.text
    if not hyper and not ("from_cli" in module.text or "from_dotlist" in module.text):
        return ()
    found: list[Option] = []
    for word in script.arguments:
        value = word.rpartition("=")[2]
        if not value.endswith((".yaml", ".yml")):
            continue
        path = script.modules.files.tree.seen(script.cwd, value)
        text = script.modules.files.text(path) if path else None
        for leaf in leaves(text) if text is not None else ():
            nested = "." in leaf.key
            if hyper and nested:
                continue
            found.append(
                Option(
                    name=f"--{leaf.key}" if hyper else leaf.key,
                    form="--name value" if hyper else "name=value",
                    type=leaf.type or None,
                    default=leaf.value,
                    takes_path=names_path(leaf.key.rpartition(".")[2], leaf.type),
                    required="PLACEHOLDER" in leaf.value or leaf.value == "???",
                    file=path or "",
                    line=leaf.line,
                )
            )
    return tuple(found)


LIBRARY = Library("omegaconf", "yaml", _options)
