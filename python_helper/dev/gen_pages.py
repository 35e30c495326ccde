"""The page of each rule, from its docstring: what a click on the code in Problems opens."""

from __future__ import annotations

import inspect

from propel_helper.rules import Rule, all_rules

FOLDER = "extension/pages/rules"


def page(rule: Rule) -> str:
    """Markdown: the code as title, the category, then the docstring's sections."""
    head, _, body = inspect.cleandoc(rule.page).partition("\n")
    summary = head.partition(":")[2].strip()
    return f"# {rule.code}\n\nCategory: {rule.category.value}\n\n{summary}\n{body}\n"


def pages() -> dict[str, str]:
    """Path below the repository -> text."""
    return {f"{FOLDER}/{rule.code}.md": page(rule) for rule in all_rules()}
