"""What a person has to fill in before a command can work, and what only looks like it."""

from __future__ import annotations

import pytest

from propel_helper.scan.placeholders import placeholders
from propel_helper.scan.prominence import unset


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("python train.py --data <path> --out <path>", ("<path>",)),
        ("python train.py --data /path/to/images", ("/path/to",)),
        ("python train.py --data ${DATA} --lr 0.1", ()),
        ("python train.py <in.txt >out.txt", ()),
        ("python train.py", ()),
        ("deepspeed --master_port [端口] train.py", ("[端口]",)),
        ("python train.py --config configs/***.yaml", ("***",)),
        ("python train.py --task {one_a | two | three}", ("{one_a | two | three}",)),
        ("python train.py --task {one,two}", ()),
        ("train --repo_id=your_name --out your-dir/x", ("your_name", "your-dir")),
        ("train --data 'path_to_repo/data'", ("path_to_repo",)),
        ("train --executors '[sdpa, compile]' --hid[h] [32,32]", ()),
        (
            "train --logdir ~/runs/{timestamp} --date {timestamp} --out {task}",
            ("{timestamp}", "{task}"),
        ),
        ("train configs/CONFIG_FILE --n=NUM_GPUs", ("CONFIG_FILE", "NUM_GPUs")),
        ("train --data DATA_DIR --rank=WORLD_SIZE", ("DATA_DIR", "WORLD_SIZE")),
        ("train --data $DATA_DIR --DATA_DIR x OUTPUT_DIR o --opts SOME_NAME 1", ()),
        ("DATA_DIR=d train --data /data/ALFFA_PUBLIC/x --lr 1", ()),
        ("train --model /path_of_model_folder/8B", ("path_of_model_folder",)),
        ("train --algo algo_name --env=env_id", ("algo_name", "env_id")),
        ("train experiment=experiment_name.yaml", ("experiment_name",)),
        ("train --name model_name --run running_id --out out_dir", ()),
        ("./run.sh RUN_NAME GPUS", ("RUN_NAME", "GPUS")),
        ("./run.sh CONFIG_FILE GPU_NUM [options]", ("CONFIG_FILE", "GPU_NUM", "[options]")),
        ("python run.py OUTPUT_DIR out", ()),
        ("./run.sh COCO", ()),
        ("torchrun --nproc_per_node=#gpu train.py  # on all", ("#gpu",)),
        ("python train.py --config /path_to/a.yaml", ("/path_to",)),
        ("train --dir gs://bucket_name/a --out s3://my-bucket", ("bucket_name", "my-bucket")),
        ("train --dir gs://buckets/a", ()),
        ("python main.py path.root_dir= root_dir x.y=1", ("root_dir",)),
        ("CUDA_VISIBLE_DEVICES= python train.py", ()),
        (
            "net_train DATASET_NAME_OR_ID CONFIGURATION FOLD",
            ("DATASET_NAME_OR_ID", "CONFIGURATION", "FOLD"),
        ),
        ("net_train DATASET_NAME_OR_ID 2d 0", ("DATASET_NAME_OR_ID",)),
        ("net_train 2d all [--npz]", ("[--npz]",)),
        ("sbatch -A MY-ACCOUNT run.sh", ("MY-ACCOUNT",)),
        ("train --config recipes/config_{grok,other}.yaml", ("{grok,other}",)),
        ("train --data shards-{a,b}.tar", ()),
        (
            "train -n ExpName -u UpstreamName -m YourModelName",
            ("ExpName", "UpstreamName", "YourModelName"),
        ),
        ("train --className ResNetName2 --name my/FileName.py", ()),
        ("train --path_to_data d --your_option 1 your_key=1 path_to_x=2", ()),
    ],
)
def test_placeholders(text: str, found: tuple[str, ...]) -> None:
    assert placeholders(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("torchrun --nproc_per_node=$NGPU train.py $NGPU", ("NGPU",)),
        ("python train.py --data ${DATA_DIR} --lr ${LR:-0.1}", ("DATA_DIR",)),
        ("export NGPU=2; torchrun --nproc_per_node=$NGPU train.py", ()),
        ("DATA=d python train.py --data $DATA", ()),
        ("python train.py --data $HOME/d --id $SLURM_JOB_ID", ()),
        ("bash -c 'python train.py $X'", ()),
        ("python train.py", ()),
    ],
)
def test_variables_that_nothing_sets(text: str, found: tuple[str, ...]) -> None:
    assert unset(text) == found
