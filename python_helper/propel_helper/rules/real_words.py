"""Words that settings of training really have: one of them is a name, not another one misspelt.

Of the argument names of PyTorch 2.13, scikit-learn 1.9, SciPy 1.17, NumPy 2.4 and Hydra 1.3 those that are
English words a letter away from another such word, with the words that training scripts' own options,
keys and files are made of, and the names of well-known models, optimizers, losses and data sets.
"""

from __future__ import annotations


def is_real(word: str) -> bool:
    """Whether a word in small letters, or what it is the plural of, is one of them."""
    return word in _WORDS or word.removesuffix("s") in _WORDS


_WORDS = frozenset(
    """
    acc accelerate accelerator accessed accesses accumulate accumulated accuracy across act activation adadelta
    adagrad adam adamax adamw adan adapt add added adopt advance advanced again aggregate aggregated ahead
    albert aliased aliases alive all allocate allocated along alpha amp analyze analyzer and annotate annotated
    any applied applies arch architecture are area arguments around arrow artifact assume assumed attention auc augment
    augmentation auto average averaged avg axes axis back backbone backed backend bad bag balance balanced ban
    band banded banned bar bare barrier bart base based bash basic basis batch batched batches bce been beit
    bench benchmark bert best beta better bias biased biases bidirectional big bin binding binned binning bit
    black blank blip block blocked bloom bold book bool bop border bottleneck bound bounded box boxed boxes buck
    buff bug build built bunch bundle bundled bus but cache cached calculate calculated call callback called
    caller can cap capture captured carried carrier case cast cat catch category causal cause cell celu center
    centered cer cfg chance change changed channel char checked checker checkpoint chi cifar class classes
    classic classifier clean clear clip clipped clock clone close closed cls cluster cmnist cnn coalesce
    coalesced coarse coco code coefficient col cola collate colon color combine combined compile compiled
    compiler complete completed compute computed con concatenate concatenated conda config configure configured
    constant consumed consumer contained container content contention context contiguous continuous contract
    contrast convention converge converged converted converter convnext coo cooldown copied copies core corpus
    cosine cost counted counter course cow cpu create created criterion crop cross crow csv cub cube cum cur cut
    cute damp dash data dataset date dead death deberta decay declare declared decode decoded decoder decompose
    decomposed decorate decorated deep deepspeed defer define defined deit delay delete deleted delta den dense
    densenet deprecate deprecated depth detr dev device dice dill dim dino dir directory disable disabled disc
    discriminator disk distilbert distillation distribute distributed dnn domain donate donated done dot down
    draw drop dropout dry duck dump duplicate duplicated duration each early effective efficientnet either
    elapse elapsed electra elu ema embed embedding emit emnist enable enabled encode encoded encoder end
    ensemble enter entered entropy epoch epsilon erase erased escape escaped estimate estimated eta eval
    evaluate evaluated evaluation even event every exclude excluded execute executed exist exit experiment
    exponential exported exporter extend extent face fact factor factory fail fake falcon far fast faster feat
    feature field fig file filename fill filled filler filter fin finalize finalized find fine finetune first
    fit fix fixed flag flake flan flash flat flight flip flipped float flock flop flow flush fmnist fold folded
    folder folding for force forced fork form format found four fps free freed frequency from frozen full fully
    fun fuse fused gain gamma gan gap gate gelu gemma gen generate generated generator get ghost given gives
    global glu glue got gpt gpu grad gradient grain gram gray grid gru hack had half hall handle handled handler
    hard harm has hash hashed hashes hat have having head header heading heap height help here hidden hide high
    hinge hint hip hit hold holder holding home hook hop horovodrun host hot how hparams huber hyper
    hyperparameters ignore ignored ill image imagenet imp improve improved include included indent indexed
    indexes infer inference infinite infinity info init initial initialize initialized initializer inner input
    ins insert inserted instance intent inter intern internal interval into invert inverted iota iou ipython
    item iteration its jagged join joint json jsonl jump jupyter just kappa keep kernel kind kld kmnist lab
    label lag lamb lambda lane language lap large larger lars last lat late latent later layer lead leader
    leading leaf leak leaky learning least left len length less let letter letting level lift lifted light
    lightning like line linear link linked linker lint lion list listed live llama load loaded loader loading
    local lock locked log logged logger logging logits lon long lose loss lost low lower lpf lrs mae main make
    mamba managed manager manifest many map mapped mapper march mark marked marker mask masked mass mast master
    mat match matched matches materialize materialized math max maximum may mean memory merge merged mesh mess
    met metric min minimum mish mismatched mismatches miss mistral mix mixed mlp mnist mnli mobilenet mock mod
    mode model momentum more most move moved mpirun mrpc mse multiple multiplier multiply muon must mutate
    mutated nadam name named narrow nce near need needed neg neither nest nested nesterov nesting net network
    new next nil nit nll nms nmt node nohup noise non none norm normalization normalize not notation note now nu
    null num number objective observed observer odd offset old omega omicron omit once one opened opener ops opt
    optim optimize optimized optimizer option order out outer output own owned owner pack packed packet pad
    padded padding pair par param parameter parse parsed parser part pass passed passes past pat patch patched
    patches path patience peak peek peer penalty pep per phi pi pick picked pickle pickled pin pinned pip place
    plain plan plane plateau plot poetry point pointer pole policy pool poor pop port pos pose position post
    power ppo pre precision prediction prefer preference prepare prepared preserve preserved pretrain pretrained
    prim prime print printed printer prior processed processes prod produced producer produces profile profiler
    project projected projection promote promoted prompt prop propagate propagated protected provide provided
    provider prune pruned psi pure put python qnli qqp quantile query queue queued quote quoted qwen radam
    ragged raise raised ran random rank raster rate ratio raw reach read reader reading ready real realize
    realized rebuild rebuilt recorded recorder red reduce reduced reduction ref refer reference reg region
    regnet regularizer related relative relaxed relu remain remote remove removed rename renamed render repeat
    replace replaced replicate replicated report require required reserve reserved reset resnet resnext
    resolution resolve resolved resort rest restore restored results resume retain rev reverse reversed reward
    rho rid right risk rmse rmsprop rnn roberta role roll root rot rotation round rounded rout route routed
    router routine routing row ruff rule run sac safe same sample sampled sampler sampling satisfied
    satisfies save saved saving saw says scale scaled scan schedule scheduled scheduler schema scope scoped
    score scorer script search sec see seed seeded seen segformer segment self selu sem send seq sequence set
    setter setting several sgd shade shading shape share shared sharing short show shown shuffle shuffled side
    sigma sigmoid sign silu sim simple simplex sin sink site size sized skip slack slash sleep slice sliced
    slope slot slow small smooth smoothing snapshot snli sock soft some sophia sort source space span sparse
    spatial spawn specialize specialized specified specifier speed split squad square squared squeeze squeezed
    src srun ssm sst stable stack stage staged star start state status std step stop store stored strict stride
    string strong structure structured stub student style sub suffix sum summary sup support svhn sweep swin
    swish synthetic tab table tag tail take taken tan taps tar target task tau teacher tee temp temperature
    temporal ten tensor tensorboard test tested testing text tgt than that the them then theta though three
    threshold through tie tied tight tile tiled tiling time timed timeout timer timing tip title tok token
    tokenizer too top topic torchrun tot total tpu trace traced tracing track tracked tracking trail trailing
    train trainer training trans transform transformed transformer transpose transposed tree trial trick tried
    trigger trim true truncate truncated trunk try tsv tune tuned tuning two type typed unet unit update updated
    upper upsilon use used user vae val valid validate validated validation value var variance vector verbose
    version very vgg via vicuna view vision vit vmf vnet voc vocab vocabulary wait wall wandb want warm warmup
    warn warp was wave way weak weight well wer what when where while white whiten whole why width wiki wild
    will win window winner with wnli word work worker workspace world worn wrap wrapped wrapper write writer xi
    xlnet xyz yes yet yield yolo zero zeta zip
    """.split()
)
