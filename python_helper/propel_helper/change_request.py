"""What a person asks for in a sentence: something Propel may do, or a change of meaning. Pure.

The border is DESIGN's: architecture, loss, features, algorithm, data pipeline and hyperparameters
are logic; what stops training from running is not. In doubt it is logic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from propel_helper.facts.answer import Answer
from propel_helper.facts.finding import Category, Scope
from propel_helper.facts.sentences import REDIRECT
from propel_helper.facts.wording import Wording


@dataclass(frozen=True)
class _Symptom:
    """Words of one category: ``sure`` ones tell of a failure by themselves, ``about`` ones don't."""

    category: Category
    sure: Wording
    about: Wording


def _symptom(category: Category, sure: str, about: str) -> _Symptom:
    return _Symptom(category, Wording(sure, re.IGNORECASE), Wording(about, re.IGNORECASE))


# In the order in which they are asked: what names its kind most plainly first.
_SYMPTOMS = (
    _symptom(
        Category.PERMISSION,
        r"permission(?: was| is)? denied|permissionerror|not writable|read-?only file"
        r"|(?:not|n't) allowed to (?:read|write|open)|(?:can'?t|cannot|can not) write (?:to|in|there)",
        r"permissions?|read-only|chmod|chown|owner",
    ),
    _symptom(Category.ENVIRONMENT, r"time limit|preempt\w*", r"walltime"),
    _symptom(
        Category.OOM,
        r"out of (?:\w+ )?memory|\boom\b|\boom-?kill|memory ?error|\b(?:got|gets|was|is|been|being) killed"
        r"|killed (?:by|it|my|the)\b|(?:worker|process|job|training|run)s? (?:was |is |got |gets )?killed"
        r"|\b(?:ram|memory) is (?:full|exhausted)|bad_alloc|can'?t allocate memory|sigkill",
        r"\bram\b|memory|\bvram\b",
    ),
    _symptom(
        Category.DISTRIBUTED,
        r"\bnccl\b.*(?:error|fail|time|crash|hang|stuck)|\bgloo\b.*(?:error|fail|time)|childfailederror"
        r"|port (?:\d+ )?(?:is )?(?:already )?(?:in use|taken)|address already in use|eaddrinuse"
        r"|never joins?|hangs? (?:at|in) init_process_group|process group has not been|rendezvous"
        r"|finished reduction in the prior iteration|watchdog|broken pipe between",
        r"\bnccl\b|\bgloo\b|torchrun|\branks?\b|\bddp\b|\bfsdp\b|process group|nodes?\b|master_port",
    ),
    _symptom(
        Category.CUDA,
        r"cuda(?: runtime)? error|device ordinal|device-side assert|no kernel image|not compiled with cuda"
        r"|illegal memory access|is_available\(\)? (?:returns|is|says|gives) false|no nvidia driver"
        r"|driver (?:on \w+ )?is too old|cudnn[_ ](?:error|status)|driver version is insufficient|on the same device|cublas_status"
        r"|no (?:cuda )?gpus? (?:is|are|was|were)? ?(?:found|available|visible)|cuda tensor to numpy"
        r"|(?:gpu|cuda) is(?:n'?t| not) (?:found|available|seen|used|detected|visible)",
        r"\bcuda\b|\bcudnn\b|\bgpus?\b|nvidia|driver",
    ),
    _symptom(
        Category.DEPENDENCY,
        r"no module named|modulenotfounderror|importerror|cannot import|undefined symbol|glibcxx"
        r"|(?:version|dependency|package) (?:conflict|mismatch)|circular import|is(?:n'?t| not) (?:importable|installed)"
        r"|\.so(?:\.\d+)*\b.*(?:not|cannot|can'?t)|shared object|needs \w+ \d|module \S+ has no attribute"
        r"|\b\w+ (?:was|has been) removed",
        r"\bmodules?\b|\bimport\w*|\binstall\w*|\bpackages?\b|\bpip\b|dependenc\w+|requirements",
    ),
    _symptom(
        Category.CONFIG,
        r"unrecogni[sz]ed arguments?|invalid choice|invalid \w+ value|missing (?:required )?arguments?"
        r"|(?:arguments?|options?) (?:are|is) required|not in struct|no such option|misspel|\btypos?\b"
        r"|(?:read|parsed|treated) as (?:a )?(?:string|text|str)|wrong option|missing config key|could not override|(?:unknown|not an?|n't an?) (?:known |valid )?(?:option|argument|flag)\b|config group|interpolationkeyerror",
        r"\byaml\b|\bjson\b|\btoml\b|\bconfigs?\b|argparse|hydra|omegaconf|command[- ]line|\bflags?\b",
    ),
    _symptom(
        Category.ENVIRONMENT,
        r"no space left|(?:disk|drive|partition) (?:is |was )?full|quota exceeded|too many open files"
        r"|(?:\b[A-Z][A-Z0-9_]{3,}\b'?|environment variable\b.*) ?(?:is|was)? ?(?:not|n'?t|un) ?set|command not found"
        r"|time limit|segmentation fault|segfault|bus error|core dumped|certificate|\b40[13]\b|gated"
        r"|(?:wrong|old|older|newer|another) python|python version|no internet|timed? ?out when it (?:down|up)load"
        r"|asks? for (?:an? |my )?(?:api )?key|login fails|(?:can'?t|cannot|couldn'?t) (?:reach|connect|download)",
        r"environment|\bvenv\b|conda|interpreter|\bdisk\b|log ?in|api key|wandb|hugging ?face|internet"
        r"|network|proxy|download|\bgcc\b|compiler|nvcc|extension|shared memory|shm|slurm|python",
    ),
    _symptom(
        Category.PATH,
        r"no such file|filenotfounderror|isadirectoryerror|notadirectoryerror|fileexistserror"
        r"|(?:can'?t|cannot|can not|couldn'?t) (?:find|open|locate)"
        r"|(?:does not|doesn'?t|do not|don'?t) exist|(?:file|folder|directory|checkpoint|dataset|script|weights|path)s?"
        r" (?:is|are|was|were|isn'?t|aren'?t) (?:missing|not found|found|gone|corrupted|damaged|truncated|empty)"
        r"|missing (?:file|folder|directory|checkpoint)|wrong (?:folder|directory|path)|invalid load key",
        r"\bpaths?\b|\bfiles?\b|\bfolders?\b|director(?:y|ies)|\bcheckpoints?\b|\bdatasets?\b|moved",
    ),
)  # fmt: skip
_BROKEN = Wording(
    r"\b(?:crash\w*|fail\w*|error\w*|broken|breaks?|dies|died|abort\w*|stuck|hangs?|refused|denied)\b"
    r"|won'?t (?:start|run|launch|load)|(?:can'?t|cannot|can not|couldn'?t|doesn'?t|does not|isn'?t|is not|never)\b"
    r"|not found|missing|no such|in use|complain\w*|traceback|exception|\binstall\b|run(?:s|ning)? again|restart"
    r"|shows nothing|too (?:small|old|many)|\bfull\b",
    re.IGNORECASE,
)
# What only a change of the training's meaning can mend, whatever else is said.
_OF_MEANING = Wording(
    r"\bnan\b|\bloss(?:es)?\b(?! *\.)|converge|over-?fit|under-?fit|accurac|\bf1\b|\bbleu\b|collaps|reward"
    r"|gradients? (?:vanish|explod|is|are)|shapes?\b|size mismatch|\bmat1\b|channels|out of (?:range|bounds)"
    r"|\blabels?\b|predict\w*|generali[sz]e|\blearns?\b|results\b|collate|embedding|attention|error rate"
    r"|error on the|test error|dimension mismatch",
    re.IGNORECASE,
)
_VERB = (
    r"add|change|replace|use|try|switch|swap|increase|decrease|bump|raise|lower|reduce|double|halve|set|put"
    r"|implement|remove|drop|tune|make|improve|train|run|freeze|unfreeze|clip|enable|disable|turn|pick|choose"
    r"|resize|normali[sz]e|shuffle|split|filter|weigh|balance|tie|initiali[sz]e|refactor|rewrite|compile|limit"
)
_THING = (
    r"layers?|heads?|attention|models?|network|architecture|backbone|encoder|decoder|activation|loss|objective"
    r"|rewards?|regulari[sz]ation|dropout|weight decay|optimi[sz]er|adamw?|sgd|schedul\w+|warm-?up|learning rate"
    r"|lr|batch(?:es)?(?: ?size)?|epochs?|steps?|gradients?|clip(?:ping)?|accumulation|seed|hyper-?parameters?"
    r"|augment\w*|dataset|data|tokeni[sz]er|features?|labels?|sampl\w+|normali[sz]ation|precision|fp16|bf16"
    r"|algorithm|metric|accuracy|ema|lora|resolution|sequence length|checkpointing|classes"
)
_ASKED = Wording(rf"\b(?:{_VERB})\b.*\b(?:{_THING})\b", re.IGNORECASE)
# A clause that tells when it happens asks for nothing.
_TELLS_WHEN = Wording(
    r"\b(?:when|whenever|after|since|once|while|as soon as|if|because)\b[^,.;:]*", re.IGNORECASE
)
_ENDED = Wording(
    r"\b(?:crash(?:es|ed)?|won'?t (?:start|run|launch)|(?:doesn'?t|does not) (?:start|run|launch)|last error|traceback)\b",
    re.IGNORECASE,
)


def answer(sentence: str) -> Answer:
    """The answer to one sentence, in a person's own words."""
    text = " ".join(sentence.split())[:2000]
    if _ASKED.search(_TELLS_WHEN.sub("", text)):
        return _redirect()
    for symptom in _SYMPTOMS:
        if symptom.sure.search(text):
            return _take_on(symptom.category)
    if _OF_MEANING.search(text) or not _BROKEN.search(text):
        return _redirect()
    for symptom in _SYMPTOMS:
        if symptom.about.search(text):
            return _take_on(symptom.category)
    if _ENDED.search(text):
        return Answer(Scope.RUNTIME, Category.ENVIRONMENT, None, _LOOK)
    return _redirect()


def _redirect() -> Answer:
    return Answer(Scope.LOGIC, Category.LOGIC, REDIRECT, REDIRECT)


def _take_on(category: Category) -> Answer:
    name = "out-of-memory" if category is Category.OOM else category.value
    article = "an" if name[0] in "aeiou" else "a"
    text = f"That is {article} {name} bug, which Propel can mend. {_OFFER}"
    return Answer(Scope.RUNTIME, category, None, text)


_OFFER = (
    "Launch the command with Propel: when it crashes, the line that caused it is marked, and the "
    "smallest fix is asked for before anything is changed. If it has crashed already, its fix is "
    "offered on the squiggle and in the Runs view."
)
_LOOK = f"Propel reads what a run crashed of. {_OFFER}"
