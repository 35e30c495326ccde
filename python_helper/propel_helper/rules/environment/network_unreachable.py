"""network-unreachable: a host on the network could not be reached.

## What happened
Something was to be downloaded or reported, and the connection failed.

## Why it happens
Compute nodes often have no way to the internet, a proxy is not set or does not answer, or a library was
told to stay offline.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# requests, urllib3, urllib, http.client, ssl, socket's gaierror; huggingface_hub's offline mode; wandb.
_WORDS = Wording(
    r"Run initialization has timed out|"
    r"We couldn't connect to '"
    r"|Name or service not known"
    r"|Temporary failure in name resolution"
    r"|nodename nor servname provided"
    r"|[Nn]etwork is unreachable"
    r"|No route to host"
    r"|offline mode is enabled"
    r"|Max retries exceeded with url"
    r"|Couldn't reach "
    r"|LocalEntryNotFoundError|outgoing traffic has been disabled|Cannot find an appropriate cached snapshot"
    r"|Connection (?:refused|timed out).*(?:http|url)"
    r"|urlopen error"
    r"|CERTIFICATE_VERIFY_FAILED"
    r"|HTTPSConnectionPool"
    r"|Failed to establish a new connection"
    r"|(?:502|503|504) (?:Server Error|Bad Gateway|Service Unavailable|Gateway Time)"
    r"|HTTP Error 4\d\d|HTTP Error 5\d\d"
    r"|An error happened while trying to locate the file on the Hub"
    r"|ProxyError|Cannot connect to proxy|Tunnel connection failed|Read timed out\."
    r"|Connection broken: |Connection aborted\.|EOF occurred in violation of protocol"
    r"|429 (?:Client Error|Too Many Requests)|Remote end closed connection without response"
)
# Processes of one training that don't find each other are another page.
_RENDEZVOUS = Wording(r"c10d|socket has|gloo|nccl|NCCL|rendezvous|store has failed|TCPStore")
# huggingface_hub/errors.py and _snapshot_download.py, file_download.py; datasets, transformers.
_OFFLINE = Wording(r"offline mode is enabled|outgoing traffic has been disabled")
# urllib3/connectionpool.py; http.client's tunnel.
_PROXY = Wording(
    r"(?:Unable to|Cannot) connect to proxy(?:\W+NewConnectionError\(\W*(?:<\S+ object at \w+>|HTTPS?Connection\(host=)?"
    r"'(?P<host>[^']+)', port=(?P<port>\d+)\))?"
)
_TUNNEL = Wording(r"Tunnel connection failed: (?P<answer>[^'\"\n)]+)")
# urllib3's pool for this machine itself.
_THIS_MACHINE = Wording(
    r"\(host='(?P<host>localhost|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0)', port=(?P<port>\d+)\)[^\n]*Connection refused"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if _RENDEZVOUS.search(found.string) or "gated repo" in found.string:
        return None
    proxy = "Tunnel connection failed" in found.string
    if not proxy and re.search(r"\b(?:401|403)\b|Repository Not Found", found.string):
        return None
    if said(crash, _OFFLINE) is not None:
        return _offline()
    behind = said(crash, _TUNNEL) or said(crash, _PROXY)
    if behind is not None:
        return _behind_proxy(behind)
    here = said(crash, _THIS_MACHINE)
    if here is not None:
        return _on_this_machine(f"{here['host']}:{here['port']}")
    return Explanation(
        error="a host that can't be reached",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "fetch-it-beforehand",
                "Fetch it beforehand",
                "Download what is asked for on a machine with internet, into a cache or folder that this machine sees, and point the run to it; or set the proxy that this network needs.",
            ),
        ),
    )


def _offline() -> Explanation:
    return Explanation(
        error="a download that is switched off",
        because="the library is told to stay offline, and what it needs is not in its cache",
        fixes=(
            guide(
                "go-online-or-fill-the-cache",
                "Go online, or fill the cache",
                "Where this machine has internet, unset `HF_HUB_OFFLINE` and `TRANSFORMERS_OFFLINE`, or take "
                "`local_files_only=True` out of the call, whichever is set; where it has none, download it on "
                "another machine into a cache that this one sees (`HF_HOME`).",
            ),
        ),
    )


def _on_this_machine(address: str) -> Explanation:
    return Explanation(
        error="a server that does not run",
        because=f"the program asks {code(address)}, on this machine itself, and nothing listens there",
        fixes=(
            guide(
                "start-the-server",
                "Start the server",
                f"Start what is to listen at {code(address)} on the machine that the run is on, before the run (on a "
                "cluster that is the compute node), or switch off the part of the program that talks to it.",
            ),
        ),
    )


def _behind_proxy(found: re.Match[str]) -> Explanation:
    named = found.groupdict()
    which = f" {code(named['host'] + ':' + named['port'])}" if named.get("host") else ""
    answered = "can't be reached"
    if "answer" in named:
        answered = f"answered {code(named['answer'].strip())}"
    return Explanation(
        error="a proxy that does not let it through",
        because=f"the way out goes through a proxy{which}, which {answered}",
        fixes=(
            guide(
                "correct-the-proxy",
                "Correct the proxy",
                "Look at the proxy that is set (`env | grep -i proxy`: `HTTPS_PROXY`, `HTTP_PROXY`): correct its "
                "address, start what listens there, or unset it where this network needs none. What it does "
                "not let through is downloaded beforehand, on a machine with internet.",
            ),
        ),
    )


RULE = Rule("network-unreachable", Category.ENVIRONMENT, ("exception",), explain)
